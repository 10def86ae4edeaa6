"""From notes to what is kept: a trail is looked into here, off the path of calls."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

import structlog

from helpline.log import without_words
from helpline.storage.calls import Batch, TextRecord
from helpline.storage.progress import Progress, whole_hour
from helpline.switchboard.story import story
from helpline.upkeep.notes import FaultNote, Note, OverNote, TextNote, TurnNote

log = structlog.get_logger()


def folded(notes: Iterable[Note]) -> tuple[Batch, int]:
    """All notes, those of one call or text as one; and how many could not be read, which are logged and left out."""
    calls: dict[str, Progress] = {}
    texts: dict[str, TextRecord] = {}
    unread = 0
    for note in notes:
        if isinstance(note, TextNote):
            texts.setdefault(note.hashed, TextRecord(whole_hour(note.at), *note.story))
            continue
        try:
            piece = _piece(note)
        except Exception as fault:  # such as a trail that does not fit; it was answered all the same
            log.error("record_not_made", **without_words(fault))
            unread += 1
            continue
        before = calls.get(note.hashed)
        calls[note.hashed] = before.merged(piece) if before else piece
    return Batch(calls, texts), unread


def _piece(note: TurnNote | FaultNote | OverNote) -> Progress:
    """What one note tells of its call."""
    hour = whole_hour(note.at)
    match note:
        case TurnNote():
            told = story(note.table, note.trail, spoken=note.spoken)
            began = note.at if note.begun else None
            rang = note.at if note.rings and not told.dials else None
            return Progress(hour, len(note.trail.entries), told, began, rang)
        case FaultNote():
            return Progress(hour, faulted=True)
        case OverNote():
            return Progress(hour, over=True, seconds=note.seconds)
        case _:
            assert_never(note)
