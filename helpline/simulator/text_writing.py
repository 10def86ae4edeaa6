"""Writes a transcript of texts again as they now go; comments, and what holds, stay as they are."""

from __future__ import annotations

from collections.abc import Iterator

from helpline.simulator.text_rehearsal import Played, TextRehearsal
from helpline.simulator.text_transcript import NOTHING


def rewritten(text: str, rehearsal: TextRehearsal) -> str:
    """This file of a rehearsal with the whole reply in place of each line about it that does not hold."""
    lines = text.splitlines()
    faulty = {fault.number for fault in rehearsal.faults}
    gone = {line.number for line in rehearsal.transcript.never if line.number in faulty}
    added: dict[int, list[str]] = {}
    for played in rehearsal.played:
        if played.faults:
            gone |= {line.number for line in played.sent.gets}
            added[played.sent.number] = list(_as_it_went(played))
    kept = (
        each
        for number, line in enumerate(lines, start=1)
        for each in [*([] if number in gone else [line]), *added.get(number, [])]
    )
    return "\n".join(kept) + "\n"


def _as_it_went(played: Played) -> Iterator[str]:
    if not played.texted.replies:
        yield f"gets {NOTHING}"
    for place, reply in enumerate(played.texted.replies):
        # One text gets one reply: another can only be told of.
        yield f"{'# and ' if place else ''}gets   {' '.join(reply.text.replace('#', '').split())}"
    for each in played.texted.notifications:
        yield f"# Twilio's debugger shows {each.code}: {each.text}"
