"""Status callbacks that come late, in disorder, twice or for nobody's call: no caller notices."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from helpline.bootstrap import Helpline
from helpline.simulator.player import Telephone
from helpline.simulator.rehearsal import rehearse
from helpline.simulator.transcript import parse
from tests.clock import Clock
from tests.conftest import TODAY
from tests.web.carrier import Carrier

CALLS = Path(__file__).parents[1] / "calls"
PLAYED = ("caller_hangs_up_while_it_rings", "dropped_talk_is_rung_again", "whole_chain_fails_twice_and_ends_with_112")


@pytest.mark.parametrize("name", PLAYED)
@pytest.mark.parametrize("seed", range(4))
def test_a_call_goes_as_written(name: str, seed: int, telephone: Telephone, helpline: Helpline, clock: Clock) -> None:
    """Whether the callback at the end comes before or after what is asked for last, the call is the same."""
    transcript = parse((CALLS / f"{name}.call").read_text("utf-8"), name)
    clock.moment = transcript.at or TODAY
    rehearsal = rehearse(transcript, replace(telephone, shuffled=seed), helpline.directory.current.line_of)
    assert rehearsal.ok, rehearsal.report()


@pytest.mark.parametrize("status", ["completed", "completed", "ringing", "canceled", "never heard of", ""])
def test_each_is_taken(carrier: Carrier, status: str) -> None:
    """A callback is answered 204, the second time too, and with a status of a call that is over long since."""
    assert [carrier.post("/voice/status", CallStatus=status).status_code for _ in range(2)] == [204, 204]
