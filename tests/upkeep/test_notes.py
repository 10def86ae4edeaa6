"""Notes between a request and the database."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from helpline.upkeep.notes import FaultNote, Notes
from tests.conftest import TODAY


def note(number: int) -> FaultNote:
    """One that is told apart by its number."""
    return FaultNote(str(number), TODAY)


def filled(*, room: int, count: int) -> Notes:
    """So many notes came where there is room for so many."""
    notes = Notes(room)
    for number in range(count):
        notes.put(note(number))
    return notes


def numbers(notes: Notes) -> list[str]:
    """All that can be taken now."""
    return [each.hashed for each in notes.take(1000)]


def test_the_oldest_make_room() -> None:
    """What is lost is counted, and the newest are there."""
    notes = filled(room=3, count=5)
    assert (notes.waiting, notes.lost) == (3, 2)
    assert numbers(notes) == ["2", "3", "4"]


def test_what_is_taken_waits_until_it_is_written() -> None:
    """Then it counts as written, but for what could not be read."""
    notes = filled(room=5, count=5)
    assert len(notes.take(3)) == 3
    assert notes.waiting == 5
    notes.done(1)
    assert (notes.waiting, notes.written, notes.lost) == (2, 2, 1)


def test_what_is_given_back_comes_first_again() -> None:
    """In its order, and no more of it than there is room for besides what came meanwhile."""
    notes = filled(room=3, count=3)
    notes.take(3)
    notes.put(note(3))
    notes.give_back()
    assert (notes.waiting, notes.lost) == (3, 1)
    assert numbers(notes) == ["1", "2", "3"]


def test_a_full_room_takes_nothing_back() -> None:
    """All that came meanwhile is newer."""
    notes = filled(room=2, count=2)
    notes.take(2)
    for number in (2, 3):
        notes.put(note(number))
    notes.give_back()
    assert (notes.waiting, notes.lost) == (2, 2)
    assert numbers(notes) == ["2", "3"]


def test_what_cannot_be_written_is_lost() -> None:
    """And is in nobody's way."""
    notes = filled(room=5, count=5)
    notes.take(2)
    notes.lose()
    assert (notes.waiting, notes.lost) == (3, 2)


def test_none_is_counted_twice_or_not_at_all_when_many_threads_put() -> None:
    """While one takes: each note is written, lost, or waits."""
    notes = Notes(50)

    def put(begin: int) -> None:
        for number in range(begin, begin + 2000):
            notes.put(note(number))

    with ThreadPoolExecutor(8) as pool:
        putting = [pool.submit(put, begin) for begin in range(0, 16_000, 2000)]
        while not all(each.done() for each in putting):
            if notes.take(7):
                notes.done(0)
                notes.take(3)
                notes.give_back()
    assert notes.written + notes.lost + notes.waiting == 16_000
