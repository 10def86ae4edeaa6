"""The calls of the last hours by organisation, told in three counts each, with small ones withheld as in a report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from helpline.reports.covering import Place, withheld_of
from helpline.reports.days import HOUR, parts
from helpline.reports.folding import Calls, folded, together
from helpline.reports.small_counts import is_small, withheld
from helpline.storage.counts import Counts, Hours

ANSWERED = ("answered first", "answered second", "answered later")
# What calls are told in. The third is not shown, and is what the other two leave of all calls.
KINDS = ("answered", "unreached", "otherwise")


@dataclass(frozen=True)
class Figures:
    """Calls that are over, those that somebody answered, and those whom nobody did; None where it is withheld."""

    calls: int | None
    answered: int | None
    unreached: int | None


NOBODY = Figures(0, 0, 0)
WITHHELD = Figures(None, None, None)


@dataclass(frozen=True)
class Recent:
    """The calls since a whole hour; `of` those of each organisation that had any, by name, `none` where none was found.

    It is empty where nothing can be told of any, or there were none.
    """

    since: datetime
    total: Figures
    of: Mapping[str, Figures]


def recent(counts: Counts, now: datetime, hours: int) -> Recent:
    """The calls of this hour so far and of so many before it. Raises DatabaseAway."""
    since, until = span(now, hours)
    written = Hours(*(moment.isoformat()[: len("2026-11-24T17")] for moment in (since, until)))
    groups = folded("region", ((part, row) for part in parts(written) for row in counts.calls("region", part.hours)))
    calls = together(groups.values())
    if is_small(calls.total):
        return Recent(since, WITHHELD, {})
    total = _kinds(calls)
    return Recent(since, _figures(calls.total, {**total, **dict.fromkeys(withheld(total))}), _told(groups))


def span(now: datetime, hours: int) -> tuple[datetime, datetime]:
    """From the beginning of the hour so many before this one, until the end of this one; in UTC."""
    this = now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    return this - timedelta(hours=hours), this + HOUR


def _told(groups: Mapping[str, Calls]) -> dict[str, Figures]:
    kinds = {name: _kinds(calls) for name, calls in groups.items()}
    hidden = withheld_of(kinds)
    if hidden.rows == kinds.keys():  # all of them, or there are none
        return {}
    return {
        name: WITHHELD
        if name in hidden.rows
        else _figures(
            groups[name].total,
            {kind: None if Place(name, kind) in hidden.cells else count for kind, count in counts.items()},
        )
        for name, counts in sorted(kinds.items())
    }


def _kinds(calls: Calls) -> dict[str, int]:
    answered, unreached = sum(calls.ended[ending] for ending in ANSWERED), calls.ended["unreached"]
    return dict(zip(KINDS, (answered, unreached, calls.total - answered - unreached), strict=True))


def _figures(calls: int, kinds: Mapping[str, int | None]) -> Figures:
    return Figures(calls, kinds["answered"], kinds["unreached"])
