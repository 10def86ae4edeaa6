"""Real calls as notes: what a service notes of each turn, and of its end, in the order in which it happens."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from hypothesis import strategies as st

from helpline.bootstrap import Helpline
from helpline.flow.dialled import Dialled
from helpline.switchboard.turn import Keyed, PutThrough, Spoken, Turn
from helpline.upkeep.notes import Note, OverNote, TurnNote
from tests.conftest import TODAY

CALLER = "+31612345601"
HASH = "c" * 64
SECONDS = 7  # from one turn to the next
BUSY = Dialled("busy", None, None, caller_there=True)
DIALLED = {
    "answered": Dialled("picked-up", bridged=True, seconds=300, caller_there=True),
    "dropped": Dialled("picked-up", bridged=True, seconds=3, caller_there=True),
    "gone": Dialled("canceled", None, None, caller_there=False),
}
SPOKEN = ("in Zeist", "Hoorn", "Zeist.")
ACTS = ["3511", "1382", "1", "2", "0", "01", "02", "03", "09", "112", "", "x", *SPOKEN, *DIALLED, "busy"]

acts = st.lists(st.sampled_from(ACTS), max_size=15)


def notes_of(helpline: Helpline, done: Sequence[str], *, ends: bool = True, began: datetime = TODAY) -> list[Note]:
    """The notes of a call in which the caller and the lines did this, as far as it goes; at its end the status."""
    turn, answer = helpline.switchboard.incoming(CALLER), None
    notes: list[Note] = [_noted(turn, began, answer)]
    for number, act in enumerate(done, start=1):
        if turn.then is None:
            break
        answer = _answer(act, ringing=isinstance(turn.then, PutThrough))
        turn = helpline.switchboard.proceed(turn.trail, CALLER, answer)
        notes.append(_noted(turn, began + timedelta(seconds=SECONDS * number), answer))
    over = began + timedelta(seconds=SECONDS * len(notes))
    return [*notes, OverNote(HASH, over, SECONDS * len(notes))] if ends else notes


def _noted(turn: Turn, at: datetime, answer: Keyed | Spoken | Dialled | None) -> TurnNote:
    rings, spoken = isinstance(turn.then, PutThrough), isinstance(answer, Spoken)
    return TurnNote(HASH, at, turn.table, turn.trail, begun=answer is None, rings=rings, spoken=spoken)


def _answer(act: str, *, ringing: bool) -> Keyed | Spoken | Dialled:
    if ringing:
        return DIALLED.get(act, BUSY)
    return Spoken(act) if act in SPOKEN else Keyed(act)
