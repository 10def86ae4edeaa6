"""Calls and texts go at Twilio once they are over, over restarts too."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta

import anyio
import pytest

from helpline.upkeep import sweeping
from helpline.upkeep.erasing import Eraser
from tests.conftest import OWN_NUMBER
from tests.upkeep.at_twilio import call, text
from tests.upkeep.erasing_world import World

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def test_a_call_goes_a_minute_after_its_end_with_its_legs_first(world: World) -> None:
    """Then Twilio has nothing of it, and neither have we."""
    world.twilio.calls = {call(1): "", call(2): call(1), call(3): call(1)}
    world.eraser.call_begun(call(1))
    world.round()
    world.eraser.call_over(call(1))
    world.round(59 * timedelta(seconds=1))
    assert len(world.rows()) == 1
    world.round(timedelta(seconds=2))
    world.round(MINUTE)
    assert world.deleted() == [call(2), call(3), call(1)]
    assert (world.twilio.calls, world.rows()) == ({}, [])


def test_a_text_goes_a_minute_later(world: World) -> None:
    """One that came in, and one that was our answer."""
    world.twilio.texts = {text(1), text(2)}
    world.eraser.text_over(text(1))
    world.eraser.text_over(text(2))
    world.round()
    world.round(MINUTE)
    assert (world.twilio.texts, world.rows()) == (set(), [])


def test_a_call_whose_end_nobody_told_goes_after_five_hours(world: World) -> None:
    """Twilio's status callback can get lost."""
    world.twilio.calls = {call(1): ""}
    world.eraser.call_begun(call(1))
    world.round()
    world.round(5 * HOUR - MINUTE)
    assert (world.deleted(), len(world.rows())) == ([], 1)
    world.round(MINUTE)
    assert (world.twilio.calls, world.rows()) == ({}, [])


def test_what_is_queued_survives_a_restart(world: World) -> None:
    """What was written is found by the next process, in which nothing was called."""
    world.twilio.calls = {call(1): ""}
    world.eraser.call_over(call(1))
    world.round()
    world.restart()
    world.round(MINUTE)
    assert (world.twilio.calls, world.rows()) == ({}, [])


def test_a_kill_between_deletion_and_the_note_of_it_does_no_harm(world: World) -> None:
    """What is gone at Twilio already counts as deleted, the leg too."""
    world.eraser.call_over(call(1))
    world.eraser.text_over(text(2))
    world.round()
    world.twilio.calls = {call(3): call(1)}
    world.round(MINUTE)
    assert world.deleted() == [call(3), call(1), text(2)]
    assert (world.rows(), world.told) == ([], [])


def test_two_processes_on_one_database_do_no_harm(world: World) -> None:
    """The same call can be queued and deleted by both."""
    world.twilio.calls = {call(1): ""}
    other = Eraser(world.erasures, world.twilio, world.clock, [], world.told.append)
    world.eraser.call_over(call(1))
    other.call_over(call(1))
    anyio.run(other.round)
    world.round()
    world.round(MINUTE)
    anyio.run(other.round)
    assert (world.twilio.calls, world.rows()) == ({}, [])


def test_a_text_that_cannot_be_deleted_loses_its_words_at_once(world: World) -> None:
    """Then it is deleted as soon as it can be."""
    world.twilio.texts = {text(1)}
    world.twilio.refuses = {text(1): 20009}
    world.eraser.text_over(text(1))
    world.round()
    world.round(MINUTE)
    assert world.twilio.asked == [f"delete {text(1)}", f"redact {text(1)}"]
    world.twilio.refuses.clear()
    world.round(MINUTE)
    assert (world.twilio.texts, world.rows()) == (set(), [])


def test_a_call_whose_leg_cannot_be_deleted_stays_with_it(world: World) -> None:
    """Nothing would lead to the leg any more."""
    world.twilio.calls = {call(1): "", call(2): call(1)}
    world.twilio.refuses = {call(2): 20009}
    world.eraser.call_over(call(1))
    world.round()
    world.round(MINUTE)
    assert set(world.twilio.calls) == {call(1), call(2)}
    world.twilio.refuses.clear()
    world.round(MINUTE)
    assert world.twilio.calls == {}


@pytest.mark.parametrize("sid", ["", "+31612345601", "CA", "CA" + "G" * 32, call(1) + "\n", text(1), "AC" + "0" * 32])
def test_what_is_no_sid_is_not_kept(world: World, sid: str) -> None:
    """Only what has the form of a call's SID gets into the queue of calls, and of a text's into that of texts."""
    world.eraser.call_begun(sid)
    world.eraser.call_over(sid)
    world.eraser.text_over(sid.replace("SM", "CA"))
    world.round()
    assert world.rows() == []


def test_a_sweep_finds_what_was_never_queued(world: World) -> None:
    """Once an hour, the calls that ended before yesterday and the texts before today are listed for each number."""
    world.twilio.calls, world.twilio.texts = {call(1): "", call(2): call(1)}, {text(3)}
    world.twilio.old = {call(1), text(3)}
    world.round(59 * MINUTE)
    assert world.twilio.asked == []
    world.round(MINUTE)
    assert world.twilio.asked[:3] == [
        f"calls to {OWN_NUMBER} before 2026-11-22",
        f"texts to {OWN_NUMBER} from  before 2026-11-23",
        f"texts to  from {OWN_NUMBER} before 2026-11-23",
    ]
    assert (world.twilio.calls, world.twilio.texts, world.rows()) == ({}, set(), [])


def test_an_account_with_years_of_calls_is_emptied_bit_by_bit(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sweep takes so many of each number and kind; the next takes more."""
    monkeypatch.setattr(sweeping, "MOST", 2)
    world.twilio.calls = {call(number): "" for number in range(5)}
    world.twilio.texts = {text(number) for number in range(3)}
    world.twilio.old = {*world.twilio.calls, *world.twilio.texts}
    world.round(HOUR)
    assert (len(world.twilio.calls), len(world.twilio.texts)) == (3, 1)
    world.round(HOUR)
    world.round(HOUR)
    assert (world.twilio.calls, world.twilio.texts) == ({}, set())


def test_nothing_of_a_caller_is_in_the_file(world: World) -> None:
    """While a call waits it holds the SID and no number, with all that the database has written beside it."""
    with closing(sqlite3.connect(world.file)) as open_still:
        open_still.execute("SELECT count(*) FROM erasures").fetchall()  # so that what is beside it stays
        world.eraser.call_over(call(1))
        world.round()
        files = sorted(world.file.parent.iterdir())
        held = b"".join(path.read_bytes() for path in files)
    assert [path.name for path in files] == ["helpline.db", "helpline.db-shm", "helpline.db-wal"]
    assert call(1).encode() in held
    assert b"+31" not in held
    assert OWN_NUMBER[3:].encode() not in held


def test_at_the_end_what_is_in_memory_is_written(world: World) -> None:
    """A service that is stopped between two looks loses nothing."""

    async def stopped_at_once() -> None:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(world.eraser.run)
            await anyio.sleep(0.05)
            world.eraser.call_over(call(1))
            tasks.cancel_scope.cancel()

    anyio.run(stopped_at_once)
    assert [sid for sid, _, _ in world.rows()] == [call(1)]
