"""What a worker hears, in Dutch, before being joined with the caller."""

from __future__ import annotations

from helpline.flow.steps import Ring, Say


def whisper(ring: Ring, *, organisation: str, accept: bool) -> tuple[Say, ...]:
    """The words for the one who picks up at `organisation`; none for an ordinary call on a staffed switchboard.

    Every word here is a moment the caller waits, so only what the worker must know is said; and the key comes last, or
    it would be pressed before the rest is heard.
    """
    says: list[Say] = []
    if organisation != ring.region:
        says.append(Say("whisper_for", "nl", ring.region))
    if ring.caller.doctor:
        says.append(Say("whisper_doctor", "nl"))
    if ring.caller.mute:
        says.append(Say("whisper_mute", "nl"))
    if ring.caller.language != "nl":
        says.append(Say("whisper_language", "nl", spoken=ring.caller.language))
    if accept:
        says.append(Say("whisper_accept", "nl"))
    return (Say("whisper_start", "nl"), *says) if says else ()
