"""A person at a terminal plays the caller and the workers."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TextIO

from helpline.simulator.events import Asked, Event, Pressed, Spoke, Waited
from helpline.simulator.keying import keys_for
from helpline.simulator.party import Answered, CallerHangsUp, GatherReply, Keys, RingReply, Silent, Spoken
from helpline.simulator.telling import tell
from helpline.simulator.verbs import Gather
from helpline.simulator.words import WAYS, reply_for

AT_A_QUESTION = "keys | keys at once | words | nothing, for silence | hangs up"
_THEN_HANGS_UP = re.compile(r"(answered.*?),? (?:then |and )?hangs up")
_TYPED = (Asked, Pressed, Spoke, Waited)  # what the person has just typed need not be said again


class Terminal:
    """Prints what happens, and asks what the caller and the workers do; the end of input hangs up."""

    def __init__(self, source: TextIO, screen: TextIO, line_of: Callable[[str], str]) -> None:
        self._source = source
        self._screen = screen
        self._line_of = line_of

    def interrupts(self, gather: Gather) -> Keys | None:
        """Nobody can type over a prompt that is printed in an instant."""
        return None

    def at_gather(self, gather: Gather) -> GatherReply:
        """Keys, words or silence, as typed."""
        typed = self._ask(AT_A_QUESTION)
        if typed is None or typed == "hangs up":
            return CallerHangsUp()
        if not typed:
            return Silent()
        return keys_for(typed) or Spoken(typed)

    def at_ring(self, number: str) -> RingReply:
        """How the ring ends, in a transcript's words; asked until it is one of them."""
        while True:
            typed = self._ask(" | ".join((*WAYS, "answered, hangs up")))
            if typed is None:
                return CallerHangsUp()
            reply = _ring_reply(typed)
            if reply is not None:
                return reply
            self._show(f"{'':10}{typed!r} is none of these")

    def note(self, event: Event) -> None:
        """Prints what happens."""
        if not isinstance(event, _TYPED):
            self._show(f"{event.at:7.1f} s  {tell(event, self._line_of)}")

    def _ask(self, choices: str) -> str | None:
        self._show(f"{'':10}({choices})")
        self._screen.write(f"{'':9}> ")
        self._screen.flush()
        line = self._source.readline()
        if not self._source.isatty():  # where nobody's typing shows, what is read does
            self._show(line.strip())
        return line.strip() if line else None

    def _show(self, line: str) -> None:
        self._screen.write(line + "\n")
        self._screen.flush()


def _ring_reply(typed: str) -> RingReply | None:
    """The reply meant; `answered, hangs up` is a conversation that the caller ends."""
    both = _THEN_HANGS_UP.fullmatch(typed)
    reply = reply_for(both[1] if both else typed)
    return replace(reply, caller_hangs_up=True) if both and isinstance(reply, Answered) else reply
