"""Probes for the platform."""

from __future__ import annotations

from helpline.bootstrap import Helpline
from tests.clock import Clock
from tests.web.carrier import Carrier


def test_live(carrier: Carrier) -> None:
    """The process is up."""
    assert carrier.client.get("/live").status_code == 200


def test_ready_tells_the_table(carrier: Carrier, helpline: Helpline, clock: Clock) -> None:
    """It can route: with which table, for how long, and whether a change was refused."""
    told = carrier.client.get("/ready").json()
    assert told["ready"] is True
    assert told["table"] == helpline.directory.current.version
    assert told["organisations"] == 27
    assert told["table_age_seconds"] == round((clock() - helpline.directory.since).total_seconds())
    assert told["problem"] is None
