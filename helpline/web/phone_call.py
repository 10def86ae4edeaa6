"""One call from a browser: what happens is kept to be told, and at each stop the call waits for what a person does.

1. Time in the call is virtual: it runs ahead to its next stop at once. The browser lets the seconds pass.
   Words that keys can cut are such stops, so that no more of them is in the call than the person has heard.
2. An answer names the stop it is for, so that one sent twice, or too late, does nothing.
3. A call that is left alone for too long is hung up.
"""

from __future__ import annotations

import json
import secrets
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from queue import Empty, Queue

from helpline.simulator.events import Asked, Event
from helpline.simulator.party import CallerHangsUp, GatherReply, Keys, RingReply
from helpline.simulator.player import Call
from helpline.simulator.verbs import Gather
from helpline.simulator.writing import write
from helpline.web.phone_events import Told, at_prompt, at_question, at_ring, told
from helpline.web.phone_way import WayOfCall


@dataclass(frozen=True)
class Listens:
    """The person hears out what has just been said, without pressing a key over it."""


Reply = GatherReply | RingReply | Listens


class BrowserCall:
    """The caller and the workers of one call, played by whoever sits at the browser."""

    def __init__(self, caller: str, line_of: Callable[[str], str], way: WayOfCall, patience: float) -> None:
        self.token = secrets.token_urlsafe(16)
        self.caller = caller
        self.is_over = False
        self.is_told = threading.Event()  # all of it, to the end
        self._line_of = line_of
        self._way = way
        self._patience = patience
        self._events: list[Event] = []
        self._told: list[str] = []
        self._stop = 0  # the number of what is told last, while it waits for an answer
        self._answers: Queue[Reply] = Queue()
        self._lock = threading.Lock()

    def interrupts(self, gather: Gather) -> Keys | None:
        """Keys that the person presses over what was said last of this prompt; the rest of it is then not said."""
        nothing_said = isinstance(self._events[-1], Asked)
        if nothing_said or not (gather.takes_keys and gather.barge_in):
            return None
        reply = self._wait_at(at_prompt(gather))
        if isinstance(reply, CallerHangsUp):
            self._answers.put(reply)  # again, for the question itself
        return reply if isinstance(reply, Keys) else None

    def at_gather(self, gather: Gather) -> GatherReply:
        """What the person does at a question."""
        reply = self._wait_at(at_question(gather))
        return reply if isinstance(reply, GatherReply) else CallerHangsUp()

    def at_ring(self, number: str) -> RingReply:
        """How the person lets a ring end."""
        reply = self._wait_at(at_ring(self._line_of(number)))
        return reply if isinstance(reply, RingReply) else CallerHangsUp()

    def note(self, event: Event) -> None:
        """Tells what happens, with the transcript so far."""
        self._events.append(event)
        self._way.note(event)
        self._tell(told(event))

    def answer(self, stop: int, reply: Reply) -> bool:
        """What the person does at this stop; False where the call does not wait there."""
        with self._lock:
            if not self._stop or stop != self._stop:
                return False
            self._stop = 0
            self._answers.put(reply)
            return True

    def hang_up(self) -> None:
        """The person hangs up, wherever the call is."""
        with self._lock:
            self._stop = 0
            self._answers.put(CallerHangsUp())

    def end(self) -> None:
        """Nothing more will happen."""
        self._tell({"kind": "over"})
        self.is_over = True

    def since(self, number: int) -> Sequence[str]:
        """What was told after the event of this number, the first being 1."""
        return self._told[number:]

    def _wait_at(self, stop: Told) -> Reply:
        with self._lock:
            self._tell(stop)
            self._stop = len(self._told)
        try:
            return self._answers.get(timeout=self._patience)
        except Empty:
            return CallerHangsUp()

    def _tell(self, what: Told) -> None:
        transcript = write(Call(self.caller, tuple(self._events)), self._line_of)
        self._told.append(json.dumps({**what, "boxes": self._way.boxes, "transcript": transcript}))
