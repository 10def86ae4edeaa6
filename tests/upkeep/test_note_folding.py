"""Notes folded into what is kept: in whatever order, however often, and whatever is lost of them."""

from __future__ import annotations

from datetime import UTC, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpline import log
from helpline.bootstrap import Helpline
from helpline.flow.trail import Trail
from helpline.storage.batch import TextRecord
from helpline.storage.progress import Progress
from helpline.switchboard.story import Dial
from helpline.switchboard.text_story import TextStory
from helpline.upkeep.note_folding import folded
from helpline.upkeep.notes import FaultNote, Note, OverNote, TextNote
from tests.conftest import TODAY
from tests.upkeep.noted_calls import HASH, SECONDS, acts, notes_of

HOUR = TODAY.astimezone(UTC)


def known(notes: list[Note]) -> Progress:
    """What these notes of one call tell."""
    batch, unread = folded(notes)
    assert unread == 0
    return batch.calls[HASH]


@given(acts, st.booleans(), st.booleans(), st.data())
def test_any_order_tells_the_same(
    helpline: Helpline, done: list[str], ends: bool, faulty: bool, data: st.DataObject
) -> None:
    """Notes that come shuffled, twice and in several parts make the call that they make in order."""
    notes = notes_of(helpline, done, ends=ends)
    if faulty:
        notes.insert(data.draw(st.integers(0, len(notes))), FaultNote(HASH, TODAY + timedelta(seconds=1)))
    told = known(notes)
    again = data.draw(st.permutations([*notes, *data.draw(st.lists(st.sampled_from(notes), max_size=5))]))
    cut = data.draw(st.integers(1, len(again)))
    first, rest = known(again[:cut]), known(again[cut:] or again)
    assert known(again) == first.merged(rest) == rest.merged(first) == told


@given(acts, st.data())
def test_a_lost_note_costs_what_only_it_told(helpline: Helpline, done: list[str], data: st.DataObject) -> None:
    """Without some of the turns in between, the last one still tells the whole story but for what was spoken."""
    notes = notes_of(helpline, done)
    left = [note for note in notes[:-2] if data.draw(st.booleans())] + notes[-2:]
    told, whole = known(left), known(notes)
    assert told.story._replace(found=whole.story.found) == whole.story
    assert (told.outcome, told.complete, told.seconds) == (whole.outcome, whole.complete, whole.seconds)
    assert told.seconds_to_ring in (None, whole.seconds_to_ring)


def test_a_call_that_was_answered(helpline: Helpline) -> None:
    """Two lines rang, the second was answered; the first rang two turns after the call came in."""
    told = known(notes_of(helpline, ["01", "3511", "busy", "answered"]))
    assert told.hour == HOUR
    assert told.story[:4] == ("utrecht", "doctors", "nl", "keyed")
    assert told.story.dials == (Dial("utrecht", "doctors", 1, "busy"), Dial("utrecht", "advice", 1, "answered"))
    assert (told.outcome, told.complete, told.seconds) == ("answered", True, 5 * SECONDS)
    assert told.seconds_to_ring == 2 * SECONDS


def test_a_place_that_was_said_stays_so(helpline: Helpline) -> None:
    """The turn after it tells, and later turns do not: whichever comes first."""
    notes = notes_of(helpline, ["", "Zeist.", "busy", "answered"])
    assert known(notes).story.found == known(notes[::-1]).story.found == "spoken"


@pytest.mark.parametrize("order", [1, -1])
def test_what_is_asked_for_again_began_and_rang_the_first_time(helpline: Helpline, order: int) -> None:
    """Twilio asks again where we are slow: the caller has waited since the first time."""
    first, second = notes_of(helpline, ["3511"], ends=False)
    late = timedelta(seconds=3)
    notes = [first, second, first._replace(at=first.at + late), second._replace(at=second.at + late)]
    assert known(notes[::order]).seconds_to_ring == SECONDS


@pytest.mark.parametrize(
    ("done", "ends", "outcome", "complete"),
    [
        ([], False, "", False),
        ([], True, "hung up", True),
        (["1382"], True, "hung up", True),
        (["3511"], False, "", False),
        (["3511"], True, "unknown", True),
        (["3511", "dropped"], True, "unknown", True),
        (["3511", "gone"], False, "gone", True),
        (["3511", *["busy"] * 40], False, "unreached", True),
        (["3511", "dropped", "gone"], True, "dropped", True),
    ],
)
def test_how_a_call_ended(helpline: Helpline, done: list[str], ends: bool, outcome: str, complete: bool) -> None:
    """By its trail, or by the carrier's word that it is over; a dial whose end was never told stays unknown."""
    told = known(notes_of(helpline, done, ends=ends))
    assert (told.outcome, told.complete) == (outcome, complete)


@pytest.mark.parametrize(
    ("done", "ends", "outcome"),
    [([], False, "fault"), (["3511"], True, "fault"), (["3511", "answered"], True, "answered")],
)
def test_a_fault_of_ours(helpline: Helpline, done: list[str], ends: bool, outcome: str) -> None:
    """What became of the last resort is not told; a call that went on all the same has its own end."""
    notes = notes_of(helpline, done, ends=ends)
    assert known([FaultNote(HASH, TODAY), *notes]).outcome == outcome


def test_only_its_end_was_told() -> None:
    """Such as of a call that the fallback document answered: it counts, and nothing is known of it."""
    told = known([OverNote(HASH, TODAY, 40)])
    assert (told.outcome, told.story.organisation, told.seconds, told.seconds_to_ring) == ("unknown", "", 40, None)
    assert known([FaultNote(HASH, TODAY)]).outcome == "fault"


def test_the_hour_is_that_of_the_first_note(helpline: Helpline) -> None:
    """A call that goes on past the hour belongs to the one in which it came in, in UTC."""
    notes = notes_of(helpline, ["3511", "answered"], began=TODAY.replace(minute=59, second=55))
    assert known(notes[::-1]).hour == HOUR
    assert known(notes[1:]).hour == HOUR + timedelta(hours=1)


def test_clocks_that_differ_make_no_negative_time(helpline: Helpline) -> None:
    """The machine that rang is behind the one that took the call."""
    first, second = notes_of(helpline, ["3511"], ends=False)
    assert known([first, second._replace(at=first.at - timedelta(seconds=3))]).seconds_to_ring == 0


def test_each_text_is_one(helpline: Helpline) -> None:
    """Asked for again by the carrier, it is still one."""
    note = TextNote("a", TODAY, TextStory("utrecht", "nl", "place"))
    other = note._replace(hashed="b", story=TextStory("", "", "stopped"))
    batch, unread = folded([note, other, note._replace(at=TODAY + timedelta(hours=2))])
    assert batch.texts == {"a": TextRecord(HOUR, "utrecht", "nl", "place"), "b": TextRecord(HOUR, "", "", "stopped")}
    assert (batch.calls, unread) == ({}, 0)


def test_a_note_that_cannot_be_read_costs_no_other(helpline: Helpline, capfd: pytest.CaptureFixture[str]) -> None:
    """It is told by its kind, and counted."""
    log.configure()
    [note] = notes_of(helpline, [], ends=False)
    bad = note._replace(hashed="b", trail=Trail("v", (("place", "utrecht"),)))  # type: ignore[call-arg]
    batch, unread = folded([bad, note])
    assert ([*batch.calls], unread) == ([HASH], 1)
    told = capfd.readouterr().err
    assert "record_not_made" in told
    assert "Diverged" in told


def test_what_moments_told_stays_when_they_are_forgotten() -> None:
    """The time to the first ring is kept as seconds; a late note does not change it."""
    told = Progress(HOUR, seconds_before=12)
    assert told._replace(began=TODAY).seconds_to_ring == 12
    assert told.merged(Progress(HOUR)).seconds_to_ring == 12
