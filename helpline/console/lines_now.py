"""What the database tells of the lines now: which are not answered, by calls and by test calls, and how many called.

It is the same from every process and machine: nothing of it comes from what this one has seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from helpline.bootstrap.office import Office
from helpline.directory.table import Table
from helpline.reports.recent import Recent, recent, span
from helpline.storage.call_rows import written_hour
from helpline.storage.counts import Hours
from helpline.storage.last_dials import UnansweredLine
from helpline.storage.tested_number import TestedNumber
from helpline.upkeep.ringing import ACCEPTED

A_DAY, AN_HOUR = 24, 1  # before this hour
NOT_RUNG = ("closed", "quiet", "not-rung")  # outcomes of test calls that tell nothing of a number


@dataclass(frozen=True)
class UnacceptedNumber:
    """The `place`-th number of a line, whose last test call nobody accepted; how it ended, and when."""

    organisation: str
    line: str
    place: int
    outcome: str
    at: datetime


@dataclass(frozen=True)
class LinesNow:
    """Lines whose last dials nobody answered, by name, and numbers that did not accept their last test call."""

    failing: tuple[UnansweredLine, ...]
    unaccepted: tuple[UnacceptedNumber, ...]


@dataclass(frozen=True)
class Traffic:
    """The calls of this hour and the one before it, and those of a day."""

    hour: Recent
    day: Recent


def lines_now(office: Office, table: Table, now: datetime) -> LinesNow:
    """The lines of this table; one that is no more is left out. Raises DatabaseAway."""
    begin, end = map(written_hour, span(now, A_DAY))
    failing = office.last_dials.unanswered(Hours(begin, end), office.helpline.settings.helpline_alert_failed_dials)
    there = tuple(each for each in failing if each.organisation in table.organisations)
    return LinesNow(there, _unaccepted(office, table))


def traffic(office: Office, now: datetime) -> Traffic:
    """How many called of late. Raises DatabaseAway."""
    return Traffic(recent(office.counts, now, AN_HOUR), recent(office.counts, now, A_DAY))


def _unaccepted(office: Office, table: Table) -> tuple[UnacceptedNumber, ...]:
    newest = office.helpline.rung.newest()
    return tuple(
        UnacceptedNumber(slug, kind, place, outcome, at)
        for slug, organisation in table.organisations.items()
        for kind, line in (("advice", organisation.advice), ("doctors", organisation.doctors))
        for place, number in enumerate(line.numbers if line else (), start=1)
        for at, outcome in [newest.get(TestedNumber(slug, kind, number), (None, ACCEPTED))]
        if at is not None and outcome not in (ACCEPTED, *NOT_RUNG)
    )
