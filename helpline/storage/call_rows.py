"""The calls that can still change as rows of their tables: read, added and changed by the keyed hash of their SID."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import ColumnElement, Connection, Row, delete, select

from helpline.storage import many_rows
from helpline.storage.progress import Progress
from helpline.storage.tables import CALLS, DIALS, UNDER_WAY
from helpline.switchboard.story import Dial, Outcome, Story

HOUR = "%Y-%m-%dT%H"
AT_A_TIME = 100  # hours that are written down at a time; mostly it is the same one again
BY_NO_TRAIL = ("fault", "hung up", "unknown")  # outcomes that say what else was known than a trail


@dataclass(frozen=True)
class Known:
    """A call in the database: the number of its row, and what is known of it."""

    call: int
    progress: Progress


def written_hour(hour: datetime) -> str:
    """A whole hour as it is kept; all are of one length, so that the earlier one is the smaller text."""
    return _written_hour(hour.astimezone(UTC))


@lru_cache(AT_A_TIME)
def _written_hour(hour: datetime) -> str:
    """In UTC: elsewhere the hour before and the one after a clock is set back are equal to Python."""
    return hour.strftime(HOUR)


def read_hour(written: str) -> datetime:
    """A whole hour as it was kept, with its zone."""
    return datetime.fromisoformat(f"{written}:00:00+00:00")


def dials_of(connection: Connection, which: ColumnElement[bool]) -> dict[int, tuple[Dial, ...]]:
    """The dials of which this is true, by the number of their call's row, in order; a call without any is not there."""
    wanted = select(DIALS).where(which).order_by(DIALS.c.call, DIALS.c.position)
    dials: dict[int, tuple[Dial, ...]] = {}
    for row in connection.execute(wanted):
        dials[row.call] = (*dials.get(row.call, ()), Dial(row.organisation, row.line, row.number, row.ending))
    return dials


def known(connection: Connection, hashes: Iterable[str]) -> dict[str, Known]:
    """Those of these calls that are in the database, by their hash."""
    meant = UNDER_WAY.c.hash.in_(many_rows.texts(connection, [*hashes]))
    rows = connection.execute(select(UNDER_WAY, CALLS).join_from(UNDER_WAY, CALLS).where(meant)).all()
    if not rows:
        return {}
    dials = dials_of(connection, DIALS.c.call.in_(select(UNDER_WAY.c.call).where(meant)))
    return {row.hash: Known(row.id, _progress(row, dials.get(row.id, ()))) for row in rows}


def add(connection: Connection, calls: Mapping[str, Progress]) -> None:
    """Calls that are not in the database yet, by their hash."""
    if not calls:
        return
    ids = many_rows.add_numbered(connection, CALLS, [_call_row(progress) for progress in calls.values()])
    moments = [
        {"hash": hashed, "call": call, **_under_way_row(progress)}
        for call, (hashed, progress) in zip(ids, calls.items(), strict=True)
    ]
    many_rows.add(connection, UNDER_WAY, moments)
    _add_dials(connection, dict(zip(ids, calls.values(), strict=True)))


def change(connection: Connection, calls: Mapping[str, Known], dialled: Collection[str]) -> None:
    """Calls that are in the database, as they now are; `dialled` are those whose dials are others than before."""
    if not calls:
        return
    many_rows.change(connection, CALLS.c.id, [{"id": each.call, **_call_row(each.progress)} for each in calls.values()])
    moments = [{"hash": hashed, **_under_way_row(each.progress)} for hashed, each in calls.items()]
    many_rows.change(connection, UNDER_WAY.c.hash, moments)
    others = {calls[hashed].call: calls[hashed].progress for hashed in dialled}
    if others:
        connection.execute(delete(DIALS).where(DIALS.c.call.in_([*others])))
        _add_dials(connection, others)


def _add_dials(connection: Connection, calls: Mapping[int, Progress]) -> None:
    rows = [
        {"call": call, "position": position, **dial._asdict()}
        for call, progress in calls.items()
        for position, dial in enumerate(progress.story.dials)
    ]
    if rows:
        many_rows.add(connection, DIALS, rows)


def _call_row(progress: Progress) -> dict[str, Any]:
    story = progress.story
    return {
        "hour": written_hour(progress.hour),
        "organisation": story.organisation,
        "line": story.line,
        "language": story.language,
        "found": story.found,
        "outcome": progress.outcome,
        "seconds_to_ring": progress.seconds_to_ring,
        "seconds": progress.seconds,
        "complete": progress.complete,
    }


def _under_way_row(progress: Progress) -> dict[str, Any]:
    return {"steps": progress.steps, "began": _written(progress.began), "rang": _written(progress.rang)}


def _progress(row: Row[Any], dials: tuple[Dial, ...]) -> Progress:
    outcome = "" if row.outcome in BY_NO_TRAIL else cast(Outcome, row.outcome)
    return Progress(
        read_hour(row.hour),
        row.steps,
        Story(row.organisation, row.line, row.language, row.found, dials, outcome),
        _read(row.began),
        _read(row.rang),
        row.seconds_to_ring,
        faulted=row.outcome == "fault",
        over=row.complete,
        seconds=row.seconds,
    )


def _written(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds") if moment else None


def _read(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None
