"""Every written-down call, played against the running service over real HTTP with real signatures."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from helpline.bootstrap import Helpline
from helpline.directory.hours import AMSTERDAM
from helpline.simulator.player import Telephone
from helpline.simulator.rehearsal import rehearse
from helpline.simulator.transcript import parse
from tests.clock import Clock

CALLS = Path(__file__).parent / "calls"
DEMONSTRATION = Path(__file__).parents[1] / "helpline" / "cli" / "demonstration"
FILES = sorted([*CALLS.rglob("*.call"), *DEMONSTRATION.glob("*.call")])
MONDAY_MORNING = datetime(2026, 11, 23, 11, 0, tzinfo=AMSTERDAM)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_call_goes_as_written(path: Path, telephone: Telephone, helpline: Helpline, clock: Clock) -> None:
    """What is written is what the caller lives through, and Twilio would warn of nothing."""
    transcript = parse(path.read_text("utf-8"), path.name)
    clock.moment = transcript.at or MONDAY_MORNING
    rehearsal = rehearse(transcript, telephone, helpline.directory.current.line_of)
    assert rehearsal.ok, rehearsal.report()


def test_every_organisation_has_its_calls(helpline: Helpline) -> None:
    """Each of the 26 is reached by postcode in some call, and by landline where it has area codes."""
    table = helpline.directory.current
    names = {path.stem for path in CALLS.rglob("*.call")}
    by_postcode = {f"{slug}_by_postcode" for slug in table.organisations if slug != "landelijk"}
    by_landline = {f"{slug}_by_landline" for slug in table.region_of_area_code.values()}
    assert len(by_postcode) == 26
    assert by_postcode | by_landline <= names


def test_every_call_says_what_it_is_about() -> None:
    """The first line of a written-down call tells a reader what happens in it."""
    assert [path.name for path in FILES if not path.read_text("utf-8").startswith("# ")] == []
