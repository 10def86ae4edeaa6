"""The tables of docs/capacity.md, in Markdown: what was assumed, what came of it, and what would change it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields

from benchmarks.capacity.assumed import Assumed
from benchmarks.capacity.callers import staff_of
from benchmarks.capacity.counted import Counted, Peak
from benchmarks.capacity.evening import OUTCOMES
from benchmarks.capacity.what_if import Changed, Row, WhatIf
from helpline.directory.table import Table
from helpline.flow.steps import NATIONAL


def report(
    table: Table, assumed: Assumed, country: Counted, peak: Peak, organisations: Sequence[Row], worst: Sequence[WhatIf]
) -> Iterator[str]:
    """Every table under its heading, line by line."""
    yield from _machine(assumed, peak)
    yield from _country(table, assumed, country, peak)
    yield from _organisations(table, assumed, organisations)
    yield from _what_if(table, worst)
    yield from _assumed(assumed)


def calls_a_minute(assumed: Assumed) -> float:
    """How many calls one machine carries, by what a request costs."""
    of_each = assumed.turn_microseconds * assumed.turns_per_call / 1e6
    return 60 * assumed.cores * assumed.most_busy / of_each


def _machine(assumed: Assumed, peak: Peak) -> Iterator[str]:
    carried = calls_a_minute(assumed)
    turns = carried * assumed.turns_per_call
    yield "### What one small machine carries\n"
    yield from _head("", "")
    yield from _row("CPU of a request", f"{assumed.turn_microseconds:g} µs")
    yield from _row("requests to a call that is answered at once", f"{assumed.turns_per_call:g}")
    yield from _row("of which it may be busy", f"{100 * assumed.most_busy:g} % of {assumed.cores:g} core")
    yield from _row("**new calls a minute**", f"**{carried:,.0f}**")
    yield from _row("requests a minute", f"{turns:,.0f}")
    yield from _row("requests of the callers of the worst minute below", f"{peak.turns_in_a_minute}")
    yield from _row("so that peak fits into it", f"{turns / max(peak.turns_in_a_minute, 1):,.0f} times")


def _country(table: Table, assumed: Assumed, country: Counted, peak: Peak) -> Iterator[str]:
    median, worst = peak.calls_at_once
    workers = sum(staff_of(table, assumed).values())
    yield "\n### The whole country\n"
    yield (
        f"An evening has {country.callers:.0f} callers in the {assumed.minutes_after:g} minutes after the broadcast, "
        f"and {workers} workers, {assumed.desk_workers} of them at the national desk.\n"
    )
    yield from _head("what became of them", "callers of an evening", "%")
    for outcome in OUTCOMES:
        number = country.outcomes.get(outcome, 0.0)
        yield from _row(_SAID[outcome], f"{number:.1f}", f"{100 * number / (country.callers or 1):.1f}")
    yield (
        f"\nWho was answered waited {country.waited[0]:.0f} s (median), 95 % at most {country.waited[1]:.0f} s, from "
        "the first word on; some 15 s of it are the 112 guidance and the question. In the worst minute, number "
        f"{country.worst_minute}, {country.waiting_then:.1f} callers wait at the same time. At once there are "
        f"{median} calls on the usual of these evenings and {worst} on the worst, and as many second legs at most; in "
        f"one second at most {peak.calls_in_a_second} callers ring.\n"
    )


def _organisations(table: Table, assumed: Assumed, organisations: Sequence[Row]) -> Iterator[str]:
    staff = staff_of(table, assumed)
    yield "### By organisation\n"
    yield "Callers of an evening, by whose number answered them; those who reach fewest of theirs first.\n"
    yield from _head(
        "",
        *("workers", "callers", "first", "second", "stand-in", "desk", "nobody", "went"),
        *("median s", "95 % s", "worst minute", "waiting then"),
    )
    for slug, counts in organisations:
        workers = sum(staff.get(number, 0) for number in table.organisation(slug).advice.numbers)
        numbers = (f"{counts.outcomes.get(outcome, 0.0):.1f}" for outcome in OUTCOMES)
        waited = (f"{seconds:.0f}" for seconds in counts.waited)
        worst = (str(counts.worst_minute), f"{counts.waiting_then:.1f}")
        yield from _row(slug, str(workers), f"{counts.callers:.1f}", *numbers, *waited, *worst)


def _what_if(table: Table, worst: Sequence[WhatIf]) -> Iterator[str]:
    yield "\n### What would change it\n"
    yield (
        "For the five above that reach fewest: callers of an evening who reach nobody, its own, and in brackets those "
        "of the whole country, as it is and with one change. The same callers ring each time. A stand-in is tried from "
        "each neighbour, that is, each that shares a postcode; the last column is what it costs the neighbour.\n"
    )
    yield from _head("", "as it is", "a worker more", "the best other stand-in", "with it", "the stand-in's own")
    for each in worst:
        then = _changed(each.with_best) if each.with_best else "–"
        cost = f"{each.now.helper:.1f} → {each.with_best.helper:.1f}" if each.with_best else "–"
        now = f"{_changed(each.now)}, stand-in {each.stand_in or 'none'}"
        yield from _row(each.region, now, _changed(each.one_more), each.best or "none is better", then, cost)


def _assumed(assumed: Assumed) -> Iterator[str]:
    yield "\n### What was assumed\n"
    yield from _head("option", "value", "")
    for each in fields(assumed):
        option = f"`--{each.name.replace('_', '-')}`"
        yield from _row(option, f"{getattr(assumed, each.name):g}", each.metadata["says"])


def _changed(changed: Changed) -> str:
    return f"{changed.own:.2f} ({changed.country:.1f})"


_SAID = dict(
    zip(
        OUTCOMES,
        (
            "answered at their organisation's first number",
            "at its second number",
            "at its stand-in",
            "at the national desk",
            "heard the last words: nobody in two rounds",
            "went before anybody answered",
        ),
        strict=True,
    )
)


def _head(*cells: str) -> Iterator[str]:
    yield from _row(*cells)
    yield from _row("---", *["--:"] * (len(cells) - 1))


def _row(*cells: str) -> Iterator[str]:
    yield f"| {' | '.join(cells)} |"


def rows(table: Table, counts: dict[str, Counted]) -> list[Row]:
    """The organisations, those who reach the smallest share of their callers first; not the desk."""
    regions = [slug for slug in table.organisations if slug != NATIONAL]
    return [(slug, counts[slug]) for slug in sorted(regions, key=lambda slug: -counts[slug].share_unreached)]
