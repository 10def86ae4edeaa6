"""What is kept of calls and texts, on both kinds of database: one row each, in whatever order it becomes known."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpline.bootstrap import Helpline
from helpline.errors import DatabaseAway
from helpline.storage.batch import Batch, TextRecord
from helpline.storage.calls import Calls
from helpline.storage.database import Database
from helpline.storage.progress import Progress
from helpline.storage.tables import DIALS, TEXTS, UNDER_WAY
from helpline.switchboard.story import Dial, Story
from helpline.upkeep.note_folding import folded
from helpline.upkeep.notes import FaultNote, Note
from tests.conftest import TODAY
from tests.storage.kept import CallRecord, calls_in, rows_of, texts_in
from tests.upkeep.noted_calls import HASH, acts, notes_of

HOUR = TODAY.astimezone(UTC)
BUSY, ANSWERED = Dial("utrecht", "advice", 1, "busy"), Dial("utrecht", "advice", 2, "answered")
BEGUN = Progress(HOUR, 3, began=TODAY)
RINGS = Progress(HOUR, 6, Story("utrecht", found="keyed"), rang=TODAY + timedelta(seconds=9))
RANG = Progress(HOUR, 7, Story("utrecht", found="keyed", dials=(BUSY,)))
TALKED = Progress(HOUR, 8, Story("utrecht", found="keyed", dials=(BUSY, ANSWERED), outcome="answered"))
OVER = Progress(HOUR, over=True, seconds=321)
PIECES = (BEGUN, RINGS, RANG, TALKED, OVER)
WHOLE = CallRecord(HOUR, "utrecht", "advice", "nl", "keyed", "answered", 9, 321, True, (BUSY, ANSWERED))


@pytest.fixture
def calls(database: Database) -> Calls:
    """Nothing is kept yet."""
    return Calls(database)


def one(progress: Progress, hashed: str = HASH) -> Batch:
    """A batch with this of one call."""
    return Batch({hashed: progress})


def test_a_call_grows_in_its_row(calls: Calls, database: Database) -> None:
    """Each piece adds what it knows; while the call is under way it has no outcome."""
    seen = []
    for piece in PIECES:
        calls.write(one(piece))
        [row] = calls_in(database)
        seen.append((row.organisation, row.seconds_to_ring, len(row.dials), row.outcome, row.complete, row.seconds))
    assert seen == [
        ("", None, 0, "", False, None),
        ("utrecht", 9, 0, "", False, None),
        ("utrecht", 9, 1, "", False, None),
        ("utrecht", 9, 2, "answered", True, None),
        ("utrecht", 9, 2, "answered", True, 321),
    ]
    assert calls_in(database) == [WHOLE]


@pytest.mark.parametrize("order", [(4, 3, 2, 1, 0), (4, 0, 3, 1, 2), (3, 4, 4, 1, 0, 2, 3)])
def test_any_order_and_any_repetition_make_the_same_row(
    calls: Calls, database: Database, order: tuple[int, ...]
) -> None:
    """The status may come first, the beginning last, and each of them again."""
    for number in order:
        calls.write(one(PIECES[number]))
    assert calls_in(database) == [WHOLE]
    assert len(rows_of(database, DIALS)) == 2


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(done=acts, faulty=st.booleans(), data=st.data())
def test_two_writers_make_the_row_that_one_makes(
    helpline: Helpline, database: Database, url: str, done: list[str], faulty: bool, data: st.DataObject
) -> None:
    """The notes of a real call, shuffled, repeated, in batches of any size, each by one process or another."""
    notes: list[Note] = notes_of(helpline, done, ends=data.draw(st.booleans()))
    notes += [FaultNote(HASH, TODAY)] if faulty else []
    whole, split = uuid4().hex, uuid4().hex
    before = len(calls_in(database))
    Calls(database).write(one(folded(notes)[0].calls[HASH], whole))
    writers = Calls(database), Calls(Database(url))
    left = data.draw(st.permutations([*notes, *data.draw(st.lists(st.sampled_from(notes), max_size=4))]))
    while left:
        many = data.draw(st.integers(1, len(left)))
        data.draw(st.sampled_from(writers)).write(one(folded(left[:many])[0].calls[HASH], split))
        left = left[many:]
    *_, expected, found = calls_in(database)
    assert found == expected
    assert len(calls_in(database)) == before + 2


def test_writers_at_once_make_one_row_of_each_call(database: Database, url: str) -> None:
    """Several processes that begin at the same moment, each with another piece of the same calls, lose nothing."""
    hashes = [f"{number:064x}" for number in range(30)]
    together = threading.Barrier(len(PIECES))

    def write(piece: Progress) -> None:
        together.wait()
        for number in range(0, len(hashes), 10):
            Calls(Database(url)).write(Batch(dict.fromkeys(hashes[number : number + 10], piece)))

    with ThreadPoolExecutor(len(PIECES)) as pool:
        [*pool.map(write, PIECES)]
    assert calls_in(database) == [WHOLE] * len(hashes)
    assert len(rows_of(database, UNDER_WAY)) == len(hashes)


def test_many_calls_in_one_batch(calls: Calls, database: Database) -> None:
    """New ones and known ones, each with its own dials."""
    dials = [tuple(Dial("zeeland", "advice", 1, "busy") for _ in range(number % 4)) for number in range(60)]
    batch = {
        f"{number:064x}": Progress(HOUR, number + 1, Story("zeeland", dials=each)) for number, each in enumerate(dials)
    }
    some = {hashed: batch[hashed] for hashed in [*batch][::3]}
    calls.write(Batch(some))
    calls.write(Batch(batch))
    assert sorted(len(call.dials) for call in calls_in(database)) == sorted(len(each) for each in dials)


def test_what_is_known_already_changes_nothing(calls: Calls, database: Database) -> None:
    """A shorter trail, an earlier piece, the same once more."""
    for piece in PIECES:
        calls.write(one(piece))
    before = rows_of(database, UNDER_WAY)
    calls.write(one(RANG))
    calls.write(one(OVER._replace(seconds=None)))
    assert (calls_in(database), rows_of(database, UNDER_WAY)) == ([WHOLE], before)


def test_the_moments_are_kept_beside_the_row_only(calls: Calls, database: Database) -> None:
    """In UTC, to the thousandth of a second; the row itself has the hour."""
    for piece in PIECES:
        calls.write(one(piece))
    [(hashed, _, steps, began, rang)] = rows_of(database, UNDER_WAY)
    assert (hashed, steps, began) == (HASH, 8, "2026-11-23T10:00:00.000+00:00")
    assert rang == "2026-11-23T10:00:09.000+00:00"


def test_a_text_is_kept_once(calls: Calls, database: Database) -> None:
    """Told of twice, in one batch or in two, the first counts."""
    first, other = TextRecord(HOUR, "utrecht", "nl", "place"), TextRecord(HOUR, "", "", "stopped")
    calls.write(Batch(texts={"a": first, "b": other}))
    calls.write(Batch(texts={"a": other, "c": other}))
    assert texts_in(database) == [first, other, other]
    assert sorted(row[-1] for row in rows_of(database, TEXTS)) == ["a", "b", "c"]


def test_a_batch_is_written_whole_or_not_at_all(calls: Calls, database: Database) -> None:
    """Where one part of it does not fit, nothing of the rest is there."""
    bad = TextRecord(HOUR, "utrecht", "nl", None)  # type: ignore[arg-type]
    with pytest.raises(Exception, match="outcome"):
        calls.write(Batch({HASH: TALKED}, {"a": bad}))
    assert (calls_in(database), texts_in(database)) == ([], [])


def test_nothing_to_write_is_no_fault(calls: Calls, database: Database) -> None:
    """An empty batch leaves all as it is."""
    calls.write(Batch())
    assert calls_in(database) == []


def test_a_database_that_is_away_is_told(url: str) -> None:
    """Also one that was never brought up to date."""
    with pytest.raises(DatabaseAway):
        Calls(Database(url)).write(one(BEGUN))
