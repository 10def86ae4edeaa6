"""What became of a crowd, as a page of text: the same for the same calls, in whatever order they ended."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from helpline.simulator.crowd_judging import LOST, OUTCOMES, Judged
from helpline.simulator.crowd_shares import ABOUT, WHO
from helpline.simulator.crowd_tally import Complaints, Counted, Tally
from helpline.simulator.writing import write

NAME, COLUMNS = 29, (7, 8, 12, 9, 6, 7, 8, 7, 7)
HEADS = ("calls", *OUTCOMES, "wrong", "median", "95 %", "most")
SECONDS_HEAD = "seconds to ring"
LEGEND = """\
talked      with a person, for half a minute or until the caller hung up
last words  every number rang in vain, and 112 and when to ring again were heard
hung up     the caller herself, before anybody answered
lost        none of these, or 112 was not the first thing heard
wrong       the first number rung was not that of the organisation meant"""


def report(tally: Tally, line_of: Callable[[str], str]) -> str:
    """The whole page, down to the verdict."""
    parts = [
        "\n".join(_table(tally)),
        LEGEND,
        *_slowest(tally),
        "\n".join(_rings(tally.rings)),
        "\n".join((*_complaints("Twilio's errors", tally.errors), *_complaints("schema warnings", tally.warnings))),
        *_faulty(tally, line_of),
        verdict(tally),
    ]
    return "\n\n".join(parts)


def verdict(tally: Tally) -> str:
    """The one line that counts."""
    told = ", ".join(
        (
            counted(tally.all.calls, "call"),
            f"{tally.all.outcomes[LOST]:,} lost",
            f"{tally.all.wrong:,} wrongly routed",
            counted(tally.errors.often.total(), "error"),
            counted(tally.warnings.often.total(), "schema warning"),
        )
    )
    return f"{'PASS' if tally.is_pass else 'NO PASS'}: {told}."


def counted(number: int, what: str) -> str:
    """So many of them, as in "1 call", "2,000 calls"."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def one_call(judged: Judged, line_of: Callable[[str], str]) -> str:
    """A call as a transcript, under what is to be known of it."""
    wrong = [f"LOST: {judged.lost}."] if judged.lost else []
    wrong += [f"WRONGLY ROUTED: {judged.wrong}."] if judged.wrong else []
    comment = [_about(judged), *wrong, _again(judged)]
    return write(judged.call, line_of, comment="\n".join(comment)).rstrip()


def _table(tally: Tally) -> Iterator[str]:
    yield " " * (NAME + sum(COLUMNS[:6])) + SECONDS_HEAD.rjust(sum(COLUMNS[6:]))
    yield _row("", HEADS)
    yield _row("all", _cells(tally.all))
    for head, rows in (
        ("who rings", _in_order(tally.who, WHO)),
        ("what about", _in_order(tally.about, ABOUT)),
        ("whose telephone rings first", sorted(tally.organisations.items())),
    ):
        yield ""
        yield head
        for name, calls in rows:
            yield _row(f"  {name}", _cells(calls))


def _in_order(calls: Mapping[str, Counted], names: Iterable[str]) -> list[tuple[str, Counted]]:
    return [(name, calls[name]) for name in names if name in calls]


def _cells(calls: Counted) -> Sequence[str]:
    numbers = (calls.calls, *(calls.outcomes[outcome] for outcome in OUTCOMES), calls.wrong)
    seconds = (calls.seconds_of(0.5), calls.seconds_of(0.95), calls.seconds_of(1))
    return (
        *(f"{number:,}" if number else "-" for number in numbers),
        *("-" if each is None else f"{each:.1f}" for each in seconds),
    )


def _row(name: str, cells: Sequence[str]) -> str:
    return f"{name:<{NAME}}" + "".join(cell.rjust(width) for cell, width in zip(cells, COLUMNS, strict=True))


def _rings(rings: Mapping[str, int]) -> Iterator[str]:
    total = sum(rings.values())
    yield f"how {total:,} rings ended"
    for kind, count in sorted(rings.items(), key=lambda each: (-each[1], each[0])):
        yield f"  {kind:<{NAME - 2}}{count:7,}{count / total:8.1%}"


def _slowest(tally: Tally) -> Iterator[str]:
    slowest = tally.slowest
    if slowest and (seconds := slowest.seconds_to_ring) is not None:
        yield f"longest until a telephone rang: {seconds:.1f} s\n  {_about(slowest)}\n  {_again(slowest)}"


def _about(judged: Judged) -> str:
    caller = judged.caller
    return f"{caller.who[0].upper()}{caller.who[1:]}: {caller.about}; keys {caller.pace}."


def _again(judged: Judged) -> str:
    return f"Again: helpline call --calls 1 --seed {judged.caller.seed}"


def _complaints(head: str, complaints: Complaints) -> Iterator[str]:
    if not complaints.often:
        yield f"{head}: none"
        return
    yield f"{head}: {complaints.often.total():,}"
    for code, count in sorted(complaints.often.items()):
        yield f"  {code}  {counted(count, 'time')}, first: {complaints.words[code]}"


def _faulty(tally: Tally, line_of: Callable[[str], str]) -> Iterator[str]:
    if tally.kept:
        shown = f"the first {len(tally.kept)} of {tally.faulty:,}" if tally.faulty > len(tally.kept) else "all"
        yield f"calls that did not go well, {shown}:"
    for judged in tally.kept:
        yield one_call(judged, line_of)
