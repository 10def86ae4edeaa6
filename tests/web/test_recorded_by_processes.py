"""`helpline serve` with several workers that are told to stop: what each of them noted makes one row of each call."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from helpline.storage.database import Database
from helpline.storage.tables import UNDER_WAY
from tests.storage.kept import calls_in, rows_of
from tests.upkeep.at_twilio import call
from tests.web.carrier import Carrier, action
from tests.web.test_served_in_processes import served

CALLS = 40


@pytest.mark.proof
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_what_was_noted_is_written_before_the_end(
    regions: Path, tmp_path: Path, request: pytest.FixtureRequest, kind: str
) -> None:
    """Each turn is any worker's, and they are stopped (SIGTERM) at once after the last request."""
    url = f"sqlite:///{tmp_path}/kept.db" if kind == "sqlite" else request.getfixturevalue("postgresql_url")
    log = tmp_path / "log"
    with (
        log.open("wb") as stderr,
        served(tmp_path, regions, stderr.fileno(), WEB_CONCURRENCY="2", DATABASE_URL=url) as service,
        httpx.Client(base_url=service.address, headers={"Connection": "close"}) as client,
    ):
        service.until_begun(2)
        carrier = Carrier(client)
        for number in range(CALLS):
            sid = call(number)
            asked = action(carrier.post("/voice", CallSid=sid).text)
            dial = action(carrier.post(asked, CallSid=sid, Digits="3511").text)
            carrier.post("/voice/status", CallSid=sid, CallStatus="completed", CallDuration="90")
            carrier.post(dial, CallSid=sid, DialCallStatus="completed", DialBridged="true", DialCallDuration="60")
    rows = calls_in(Database(url))
    assert [(row.organisation, row.found, row.outcome, row.seconds) for row in rows] == [
        ("utrecht", "keyed", "answered", 90)
    ] * CALLS
    assert len(rows_of(Database(url), UNDER_WAY)) == CALLS
    assert "records_lost" not in log.read_text("utf-8")
