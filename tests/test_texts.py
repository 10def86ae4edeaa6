"""Every written-down text, sent to the running service over real HTTP with real signatures."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpline.simulator.text_rehearsal import rehearse_texts
from helpline.simulator.text_transcript import parse_texts
from helpline.simulator.texting import Messenger
from tests.clock import Clock
from tests.conftest import TODAY

FILES = sorted((Path(__file__).parent / "texts").rglob("*.sms"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_texts_go_as_written(path: Path, messenger: Messenger, clock: Clock) -> None:
    """What is written is what the sender gets, and Twilio would warn of nothing."""
    transcript = parse_texts(path.read_text("utf-8"), path.name)
    clock.moment = transcript.at or TODAY
    rehearsal = rehearse_texts(transcript, messenger)
    assert rehearsal.ok, rehearsal.report()


def test_every_transcript_says_what_it_is_about() -> None:
    """The first line of a transcript tells a reader what happens in it."""
    assert [path.name for path in FILES if not path.read_text("utf-8").startswith("# ")] == []


def test_no_two_transcripts_share_a_sender() -> None:
    """A sender is answered so many times an hour, all transcripts together."""
    senders = [parse_texts(path.read_text("utf-8"), path.name).sender for path in FILES]
    assert len(set(senders)) == len(senders)
