"""From notes to what is kept: a trail is looked into here, off the path of calls."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import assert_never

import structlog

from helpline.flow.trail import Trail
from helpline.log import without_words
from helpline.storage.batch import Batch, TextRecord
from helpline.storage.progress import Progress, whole_hour
from helpline.switchboard.story import Story, story
from helpline.upkeep.notes import FaultNote, Note, OverNote, TextNote, TurnNote

MOST_STORIES = 10_000  # some ten MB; a day's calls share some hundreds

log = structlog.get_logger()


def told(note: TurnNote) -> Story:
    """What the trail of a note tells."""
    return story(note.table, note.trail, spoken=note.spoken)


class Stories:
    """Remembers what trails tell: the same trail on the same table tells the same, and to look into one takes long."""

    def __init__(self) -> None:
        self._told: dict[tuple[str, Trail, bool], Story] = {}

    def told(self, note: TurnNote) -> Story:
        """What the trail of a note tells."""
        key = note.table.version, note.trail, note.spoken
        if (kept := self._told.get(key)) is None:
            if len(self._told) >= MOST_STORIES:
                self._told.clear()
            kept = self._told[key] = told(note)
        return kept


def folded(notes: Iterable[Note], tell: Callable[[TurnNote], Story] = told) -> tuple[Batch, int]:
    """All notes, those of one call or text as one; and how many could not be read, which are logged and left out."""
    calls: dict[str, Progress] = {}
    texts: dict[str, TextRecord] = {}
    unread = 0
    for note in notes:
        if isinstance(note, TextNote):
            texts.setdefault(note.hashed, TextRecord(whole_hour(note.at), *note.story))
            continue
        try:
            piece = _piece(note, tell)
        except Exception as fault:  # such as a trail that does not fit; it was answered all the same
            log.error("record_not_made", **without_words(fault))
            unread += 1
            continue
        before = calls.get(note.hashed)
        calls[note.hashed] = before.merged(piece) if before else piece
    return Batch(calls, texts), unread


def _piece(note: TurnNote | FaultNote | OverNote, tell: Callable[[TurnNote], Story]) -> Progress:
    """What one note tells of its call."""
    hour = whole_hour(note.at)
    match note:
        case TurnNote():
            so_far = tell(note)
            began = note.at if note.begun else None
            rang = note.at if note.rings and not so_far.dials else None
            return Progress(hour, len(note.trail.entries), so_far, began, rang)
        case FaultNote():
            return Progress(hour, faulted=True)
        case OverNote():
            return Progress(hour, over=True, seconds=note.seconds)
        case _:
            assert_never(note)
