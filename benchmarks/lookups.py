"""`python -m benchmarks.lookups`: how long it takes to find who answers for a place, and how often that is right.

1. Times are of one run, the matchers taking turns in rounds, and are told as ratios: a machine's own speed falls out.
2. "Wrongly taken" is a caller who is put through, without being asked, to another organisation than serves the place
   that was said. What a spelling means that is another place's real name, nobody can know; these are counted apart.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from statistics import median

from benchmarks.matchers import Matcher, Taken, matchers
from benchmarks.mishearings import Misheard, Names
from benchmarks.places import REGIONS
from helpline.directory import country, files
from helpline.directory.content import Content
from helpline.directory.numbers import area_code_of
from helpline.directory.said_numbers import postcode_in
from helpline.directory.table import Table
from helpline.directory.version import Version

OUTCOMES = ("found", "asked back", "asked, without it", "not found", "wrongly taken")
LIMIT = "an exact dictionary"


@dataclass(frozen=True)
class Wanted:
    """How much is tried: so many spellings of each name, and rounds of so many look-ups to be timed."""

    seed: int = 1
    each: int = 2
    rounds: int = 9
    batch: int = 100


def table_as_shipped() -> Table:
    """The routing table of the files, as it is today."""
    land = country.load(REGIONS / "geography")
    return Version("files", Content(files.read(REGIONS).texts), land).in_force(datetime.now(UTC))


def outcome(taken: Taken, right: set[str]) -> str:
    """What becomes of a caller who said a place that these organisations serve."""
    if taken.sure is not None:
        return "found" if taken.sure in right else "wrongly taken"
    if not taken.asked:
        return "not found"
    return "asked back" if taken.asked & right else "asked, without it"


def outcomes(matcher: Matcher, names: Names, misheard: Iterable[Misheard]) -> Counter[str]:
    """How often each outcome is met."""
    return Counter(outcome(matcher(each.spelling), names.right(each.name)) for each in misheard)


def microseconds(ways: Mapping[str, Callable[[str], object]], batches: Sequence[Sequence[str]]) -> dict[str, float]:
    """The median over all batches of what one look-up takes; the ways take turns, each batch in another order."""
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for number, batch in enumerate(batches):
        order = list(ways)
        Random(number).shuffle(order)  # noqa: S311 - to be had again
        for name in order:
            taken[name].append(_timed(ways[name], batch))
    return {name: median(times) for name, times in taken.items()}


def _timed(way: Callable[[str], object], batch: Sequence[str]) -> float:
    begun = time.perf_counter_ns()
    for words in batch:
        way(words)
    return (time.perf_counter_ns() - begun) / len(batch) / 1000


def _batches(words: Sequence[str], wanted: Wanted) -> list[list[str]]:
    chance = Random(wanted.seed)  # noqa: S311 - to be had again
    return [chance.choices(words, k=wanted.batch) for _ in range(wanted.rounds)]


def report(table: Table, wanted: Wanted) -> Iterator[str]:
    """The page, line by line."""
    names = Names(table)
    drawn = list(names.drawn(names.said, wanted.seed, wanted.each))
    misheard = [each for each in drawn if not each.anothers]
    ways = matchers(table, names)
    table.warm()
    yield "# Look-ups\n"
    yield (
        f"{len(names.said)} names of places, with what else they are called {len(names.organisations)} spellings. Made "
        f"by `python -m benchmarks.lookups --write benchmarks/LOOKUPS.md --seed {wanted.seed}`; the rules are in "
        "[mishearings.py](mishearings.py), the other ways in [matchers.py](matchers.py).\n"
    )
    yield from _misheard(ways, names, misheard)
    yield from _anothers(ways["ours"], names, drawn, wanted)
    yield from _times(ways, names, misheard, wanted)
    yield from _by_number(table, wanted)


def _misheard(ways: Mapping[str, Matcher], names: Names, misheard: Sequence[Misheard]) -> Iterator[str]:
    yield "## A name that was misheard\n"
    yield f"{len(misheard)} spellings, at most two of a name, each made by a rule that is drawn; share of them in %.\n"
    yield from _row("", *OUTCOMES)
    yield from _row("---", *["--:"] * len(OUTCOMES))
    for name, matcher in ways.items():
        found = outcomes(matcher, names, misheard)
        shares = [f"{100 * found[each] / len(misheard):.1f}" for each in OUTCOMES[:-1]]
        wrong = found[OUTCOMES[-1]]
        yield from _row(name, *shares, f"{wrong} of {len(misheard)}" if wrong else "**0**")
    yield (
        "\nOurs takes few of them for sure and asks of nearly all others: one key more for the caller. "
        "It is wrong to take a misheard name because it is the nearest: the place next to it may be another "
        "organisation's.\n"
    )


def _anothers(ours: Matcher, names: Names, drawn: Sequence[Misheard], wanted: Wanted) -> Iterator[str]:
    everything = [each for name in names.said for each in names.misheard(name, wanted.seed)]
    apart = [each for each in everything if each.anothers]
    of_all = outcomes(ours, names, (each for each in everything if not each.anothers))
    of_apart = outcomes(ours, names, apart)
    yield (
        f"All {len(everything) - len(apart)} spellings that the rules can make, by ours: "
        f"{of_all['wrongly taken']} wrongly taken. {len(apart)} more are the name of another place, such as "
        f"“{apart[0].spelling}” for {apart[0].name}; of these {of_apart['wrongly taken']} are taken, unasked, for an "
        f"organisation that does not serve the place that was said ({sum(each.anothers for each in drawn)} of them "
        "were drawn above and left out).\n"
    )


def _times(ways: Mapping[str, Matcher], names: Names, misheard: Sequence[Misheard], wanted: Wanted) -> Iterator[str]:
    exact = microseconds(ways, _batches(names.said, wanted))
    wrong = microseconds(ways, _batches([each.spelling for each in misheard], wanted))
    yield "## What a look-up takes\n"
    yield f"Ratios to the exact dictionary, which took {exact[LIMIT]:.1f} µs here: median of {wanted.rounds} rounds.\n"
    yield from _row("", "a name as it is spelt", "a misheard name", "µs", "µs")
    yield from _row("---", *["--:"] * 4)
    for name in ways:
        ratios = [f"{each[name] / each[LIMIT]:.1f}" for each in (exact, wrong)]
        yield from _row(name, *ratios, f"{exact[name]:.0f}", f"{wrong[name]:.0f}")


def _by_number(table: Table, wanted: Wanted) -> Iterator[str]:
    postcodes = list(table.country.geography.postcodes)
    numbers = [f"+31{code[1:]}{'0' * (10 - len(code))}" for code in table.country.geography.area_codes]
    ways: list[tuple[str, Callable[[str], object], Sequence[str]]] = [
        ("a keyed postcode", table.of_postcode, postcodes),
        ("a spoken postcode", lambda words: table.of_postcode(postcode_in(words, "nl") or ""), postcodes),
        ("a landline's area code", lambda number: table.of_area_code(area_code_of(number)), numbers),
    ]
    yield "\n## By number\n"
    yield from _row("", "µs")
    yield from _row("---", "--:")
    for name, way, words in ways:
        taken = microseconds({name: way}, _batches(words, wanted))
        yield from _row(name, f"{taken[name]:.1f}")


def _row(*cells: str) -> Iterator[str]:
    yield f"| {' | '.join(cells)} |"


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the page, or write it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.lookups", description=__doc__)
    parser.add_argument("--seed", type=int, default=Wanted.seed)
    parser.add_argument("--write", type=Path, help="the page to write; else it is printed")
    asked = parser.parse_args(arguments)
    page = "\n".join(report(table_as_shipped(), Wanted(seed=asked.seed))) + "\n"
    if asked.write:
        asked.write.write_text(page, "utf-8")
    else:
        sys.stdout.write(page)


if __name__ == "__main__":
    main()
