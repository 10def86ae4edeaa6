"""Deletions that fail: tried again, given up, and never at the cost of the others."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta

import anyio
import pytest

from helpline.upkeep import erasing, patience, waiting
from helpline.upkeep.erasing import Eraser
from tests.upkeep.at_twilio import AtTwilio, call, text
from tests.upkeep.erasing_world import World

BAD_REQUEST = 20001
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def test_twilio_away_for_a_day_loses_nothing(world: World) -> None:
    """Many calls wait for it, and none is given up."""
    world.twilio.calls = {call(number): "" for number in range(50)}
    for sid in world.twilio.calls:
        world.eraser.call_over(sid)
    world.twilio.away = True
    for _ in range(24 * 12):
        world.round(5 * MINUTE)
    assert (len(world.rows()), world.told) == (50, [])
    world.twilio.away = False
    for _ in range(12 * 6 + 1):
        world.round(5 * MINUTE)
    assert (world.twilio.calls, world.rows()) == ({}, [])


def test_an_outage_costs_one_try_at_a_time(world: World, capfd: pytest.CaptureFixture[str]) -> None:
    """Twilio is not asked for the next one, nor every five seconds; that it is away is told once."""
    for number in range(3):
        world.eraser.call_over(call(number))
    world.twilio.away = True
    world.round()
    world.round(MINUTE)
    world.round(timedelta(seconds=5))
    world.round(timedelta(seconds=50))
    assert sum(tries for _, _, tries in world.rows()) == 1
    world.round(timedelta(seconds=5))
    world.round(timedelta(seconds=5))
    assert sum(tries for _, _, tries in world.rows()) == 2
    assert capfd.readouterr().err.count("erasing_paused") == 1


@pytest.mark.parametrize("code", [20003, None])
def test_a_wrong_token_stops_the_round_and_costs_one_try(world: World, code: int | None) -> None:
    """A refusal of the account, or one for which Twilio gives no number, would be the same for every other SID."""
    for number in range(20):
        world.eraser.call_over(call(number))
        world.twilio.refuses[call(number)] = code
    world.round()
    world.round(MINUTE)
    world.round(timedelta(seconds=5))
    assert sorted(tries for _, _, tries in world.rows()) == [0] * 19 + [1]
    assert len(world.deleted()) == 1


def test_one_that_is_refused_does_not_hold_up_the_others(world: World) -> None:
    """It is tried later, the next one now."""
    world.twilio.texts = {text(1), text(2)}
    world.twilio.refuses = {text(1): BAD_REQUEST}
    world.eraser.text_over(text(1))
    world.eraser.text_over(text(2))
    world.round()
    world.round(MINUTE)
    assert world.twilio.texts == {text(1)}
    assert [(sid, tries) for sid, _, tries in world.rows()] == [(text(1), 1)]


def test_after_twelve_tries_it_is_given_up_and_told_once(world: World, capfd: pytest.CaptureFixture[str]) -> None:
    """Some two days after the first; the log has the number of them, and nothing else."""
    world.twilio.refuses = {text(1): BAD_REQUEST, text(2): BAD_REQUEST}
    world.eraser.text_over(text(1))
    world.eraser.text_over(text(2))
    world.round()
    begin = world.clock.moment
    while world.told == []:
        world.round(HOUR)
    assert 36 * HOUR < world.clock.moment - begin < 60 * HOUR
    assert world.deleted().count(text(1)) == 12
    for _ in range(100):
        world.round(HOUR)
    assert world.deleted().count(text(1)) == 12
    assert (world.told, world.erasures.given_up(), world.erasures.waiting()) == ([2], 2, 0)
    assert (world.eraser.given_up, world.eraser.waiting) == (2, 0)
    [line] = [line for line in capfd.readouterr().err.splitlines() if "erasure_given_up" in line]
    assert '"count":2' in line
    assert text(1) not in line


def test_a_record_that_twilio_has_not_finished_is_tried_for_two_weeks(world: World) -> None:
    """ "In rare cases, a message or call record may take up to 14 days to be finalized and able to be deleted."

    https://www.twilio.com/docs/api/errors/20009
    """
    world.twilio.texts, world.twilio.refuses = {text(1)}, {text(1): 20009}
    world.eraser.text_over(text(1))
    for _ in range(14 * 24):
        world.round(HOUR)
    assert world.told == []
    world.twilio.refuses.clear()
    for _ in range(6):
        world.round(HOUR)
    assert world.twilio.texts == set()


def test_a_fault_of_ours_holds_nothing_up(world: World, capfd: pytest.CaptureFixture[str]) -> None:
    """Whatever is raised counts as a try in vain; what it says is not logged."""

    class Broken(AtTwilio):
        async def delete_message(self, sid: str) -> None:
            raise KeyError(sid)

    broken = Broken(calls={call(2): ""})
    eraser = Eraser(world.erasures, broken, world.clock, [], world.told.append)
    eraser.text_over(text(1))
    eraser.call_over(call(2))
    anyio.run(eraser.round)
    world.clock.moment += MINUTE
    anyio.run(eraser.round)
    assert broken.calls == {}
    assert [(sid, tries) for sid, _, tries in world.rows()] == [(text(1), 1)]
    assert text(1) not in capfd.readouterr().err


def test_waits_grow_to_six_hours(monkeypatch: pytest.MonkeyPatch) -> None:
    """And are never quite the same, so that several processes do not come back together."""
    minutes = [patience.wait(9), patience.wait(9)]
    assert minutes[0] != minutes[1]
    monkeypatch.setattr(patience, "JITTER", 0)
    assert [patience.wait(tries) / MINUTE for tries in (1, 2, 3, 4, 5, 6, 60)] == [1, 4, 16, 64, 256, 360, 360]
    assert [patience.pause(stops) / MINUTE for stops in (1, 2, 3, 60)] == [1, 4, 15, 15]


def test_a_database_that_is_away_loses_nothing(world: World, capfd: pytest.CaptureFixture[str]) -> None:
    """What is over stays in memory until it can be written; that the database is away is told once, and its end."""
    world.twilio.calls = {call(1): "", call(2): ""}
    with closing(sqlite3.connect(world.file)) as other:
        other.execute("BEGIN IMMEDIATE")
        world.eraser.call_over(call(1))
        world.round(MINUTE / 2)
        world.eraser.call_over(call(2))
        world.round(MINUTE / 2)
        other.rollback()
    world.round()
    assert (world.twilio.calls, len(world.rows())) == ({call(2): ""}, 1)
    world.round(MINUTE)
    assert (world.twilio.calls, world.rows()) == ({}, [])
    lines = capfd.readouterr().err
    assert (lines.count("erasure_database_away"), lines.count("erasure_database_back")) == (1, 1)


def test_a_full_memory_drops_and_says_how_many(
    world: World, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A call never waits for room; one that waits already can still come forward."""
    monkeypatch.setattr(waiting, "ROOM", 2)
    for number in range(5):
        world.eraser.call_begun(call(number))
    world.eraser.call_over(call(1))
    world.round()
    assert [sid for sid, _, _ in world.rows()] == [call(0), call(1)]
    assert '"count":3' in capfd.readouterr().err
    assert world.erasures.due(world.clock.moment + MINUTE, None)[0].sid == call(1)


def test_the_end_does_not_wait_for_a_database(
    world: World, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What cannot be written then is counted, and left to the sweep."""
    monkeypatch.setattr(erasing, "EVERY_SECONDS", 0.001)

    async def stopped() -> None:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(world.eraser.run)
            world.eraser.call_over(call(1))
            await anyio.sleep(0.03)
            tasks.cancel_scope.cancel()

    with closing(sqlite3.connect(world.file)) as other:
        other.execute("BEGIN IMMEDIATE")
        anyio.run(stopped)
    assert "erasures_dropped" in capfd.readouterr().err


def test_a_sweep_that_fails_is_told_and_holds_nothing_up(world: World, capfd: pytest.CaptureFixture[str]) -> None:
    """The next is an hour later; what is in the queue is tried meanwhile."""
    world.twilio.refuses[""] = BAD_REQUEST
    world.eraser.text_over(text(1))
    world.round(HOUR)
    world.round(MINUTE)
    assert world.deleted() == [text(1)]
    assert capfd.readouterr().err.count("erasure_sweep_failed") == 1


def test_a_round_survives_whatever_is_raised_in_it(world: World, capfd: pytest.CaptureFixture[str]) -> None:
    """Else the service would end with it; the next round goes on, and the log has the kind of fault only."""

    def broken(_count: int) -> None:
        raise RuntimeError("+31612345601")

    world.twilio.refuses = {text(1): BAD_REQUEST}
    world.erasures.add({text(1): world.clock.moment})
    world.erasures.later(text(1), world.clock.moment, patience.MOST_TRIES - 1)
    eraser = Eraser(world.erasures, world.twilio, world.clock, [], broken)
    anyio.run(eraser.round)
    anyio.run(eraser.round)
    told = capfd.readouterr().err
    assert told.count("erasing_failed") == 1
    assert '"RuntimeError"' in told
    assert "612345601" not in told
