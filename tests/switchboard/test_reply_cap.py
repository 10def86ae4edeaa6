"""A machine that answers us goes unanswered after a while; a person does not notice."""

from __future__ import annotations

import pickle

from helpline.switchboard import reply_cap
from helpline.switchboard.reply_cap import MOST_REPLIES, SECONDS, ReplyCap

PERSON, OTHER = "+31612345601", "+31612345602"


class Seconds:
    """A clock in seconds."""

    now = 0.0

    def __call__(self) -> float:
        """The seconds."""
        return self.now


def test_the_answers_of_an_hour_are_counted_by_sender() -> None:
    """After the last one there is none for the rest of the hour; another sender has answers of their own."""
    cap = ReplyCap(seconds := Seconds())
    assert all(cap.allows(PERSON, f"SM{each}") for each in range(MOST_REPLIES))
    assert not cap.allows(PERSON, "SM-one-more")
    assert cap.allows(OTHER, "SM-other")
    seconds.now = SECONDS + 1
    assert cap.allows(PERSON, "SM-later")


def test_the_same_message_asked_again_counts_once() -> None:
    """The carrier may ask twice for one text: it gets the same answer, also when no other would be given."""
    cap = ReplyCap(Seconds())
    assert all(cap.allows(PERSON, "SM1") for _ in range(3 * MOST_REPLIES))
    assert all(cap.allows(PERSON, f"SM{each}") for each in range(2, MOST_REPLIES + 1))
    assert not cap.allows(PERSON, "SM-one-more")
    assert cap.allows(PERSON, "SM1")


def test_no_number_is_in_its_memory() -> None:
    """What it keeps holds no number, and two processes keep different things of the same one."""
    first, second = ReplyCap(Seconds()), ReplyCap(Seconds())
    for cap in (first, second):
        cap.allows(PERSON, "SM1")
    kept = [pickle.dumps(cap._answered) for cap in (first, second)]
    assert not any(PERSON.encode() in each or PERSON[1:].encode() in each for each in kept)
    assert first._answered.keys() != second._answered.keys()


def test_its_memory_is_bounded(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    """Many senders push out those silent the longest."""
    monkeypatch.setattr(reply_cap, "MOST_SENDERS", 3)
    cap = ReplyCap(Seconds())
    for sender in ("a", "b", "c", "a", "d"):
        cap.allows(sender, "SM1")
    assert len(cap._answered) == 3
    assert {cap._hash(sender) for sender in ("c", "a", "d")} == set(cap._answered)
