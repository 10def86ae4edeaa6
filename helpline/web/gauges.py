"""What the metrics take over from others, once a second and whenever they are read."""

from __future__ import annotations

from typing import get_args

import anyio

from helpline.bootstrap import Helpline
from helpline.directory.table import Table
from helpline.flow.steps import RING_ENDINGS
from helpline.storage.source import IN_DATABASE, IN_LAST_GOOD
from helpline.upkeep.alert_groups import Kind
from helpline.web.no_harm import no_harm

EVERY_SECONDS = 1.0


class Gauges:
    """How things stand in this process, for its metrics."""

    def __init__(self, helpline: Helpline) -> None:
        self._helpline = helpline
        self._lines_of: Table | None = None

    async def run(self) -> None:
        """Takes it over, until cancelled."""
        while True:
            with no_harm():
                self.take()
            await anyio.sleep(EVERY_SECONDS)

    def take(self) -> None:
        """Takes it over as it stands now."""
        helpline, metrics = self._helpline, self._helpline.metrics
        metrics.take_in_flight()
        table = helpline.directory.current
        metrics.table(
            version=self._number(table),
            since=helpline.directory.since.timestamp(),
            problem=helpline.directory.problem is not None,
            diversions=len(table.diversions),
            announcements=len(table.announcements),
        )
        if table is not self._lines_of:
            metrics.dials_of(_lines(table), RING_ENDINGS)
            self._lines_of = table
        metrics.alerts({kind: helpline.alerts.told[kind] for kind in get_args(Kind)})
        if helpline.records is not None:
            records = helpline.records
            metrics.records(waiting=records.waiting, written=records.written, dropped=records.dropped)
        if helpline.eraser is not None:
            metrics.erasures(waiting=helpline.eraser.waiting, given_up=helpline.eraser.given_up)

    def _number(self, table: Table) -> int:
        """The number of a published version; 0 where it was found in the files, whose name is a hash."""
        published = self._helpline.directory.found_in in (IN_DATABASE, IN_LAST_GOOD)
        return int(table.version.partition("-")[0]) if published else 0


def _lines(table: Table) -> list[tuple[str, str]]:
    """Every line of every organisation."""
    return [
        (name, line)
        for name, organisation in table.organisations.items()
        for line in ("advice", "doctors")
        if line == "advice" or organisation.doctors
    ]
