"""Twilio as far as deleting needs it: calls with legs, texts, and the ways in which it fails."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from types import TracebackType
from typing import Self

from helpline.errors import CarrierAway, CarrierRefused, NotAtCarrier


@dataclass(frozen=True)
class Listed:
    """A call or text in a list."""

    sid: str


def call(number: int) -> str:
    """A call's SID."""
    return f"CA{number:032x}"


def text(number: int) -> str:
    """A text's SID."""
    return f"SM{number:032x}"


@dataclass
class AtTwilio:
    """What it has of each kind by SID, what it refuses with which number, and all that it was asked."""

    calls: dict[str, str] = field(default_factory=dict)  # the parent of each, empty for none
    texts: set[str] = field(default_factory=set)
    old: set[str] = field(default_factory=set)  # what ended so long ago that a sweep lists it
    refuses: dict[str, int | None] = field(default_factory=dict)
    refuses_all: int | None = None
    away: bool = False
    asked: list[str] = field(default_factory=list)

    def __call__(self) -> Self:
        """It is its own connection."""
        return self

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        pass

    async def child_calls(self, parent: str) -> Sequence[Listed]:
        """The legs."""
        self._ask(f"legs {parent}", "")
        return [Listed(sid) for sid, of in self.calls.items() if of == parent]

    async def calls_to(self, number: str, *, ended_before: date) -> Sequence[Listed]:
        """The old calls that are no legs, whatever the number."""
        self._ask(f"calls to {number} before {ended_before}", "")
        return [Listed(sid) for sid, of in self.calls.items() if not of and sid in self.old]

    async def messages(self, *, to: str = "", sender: str = "", sent_before: date) -> Sequence[Listed]:
        """The old texts, as if each came in."""
        self._ask(f"texts to {to} from {sender} before {sent_before}", "")
        return [Listed(sid) for sid in sorted(self.texts & self.old) if to]

    async def delete_call(self, sid: str) -> None:
        """Gone."""
        self._ask(f"delete {sid}", sid)
        if self.calls.pop(sid, None) is None:
            raise NotAtCarrier("Twilio has nothing under that SID.")

    async def delete_message(self, sid: str) -> None:
        """Gone."""
        self._ask(f"delete {sid}", sid)
        if sid not in self.texts:
            raise NotAtCarrier("Twilio has nothing under that SID.")
        self.texts.remove(sid)

    async def redact_message(self, sid: str) -> None:
        """Without words."""
        self._ask(f"redact {sid}", "")

    def _ask(self, what: str, sid: str) -> None:
        self.asked.append(what)
        if self.away:
            raise CarrierAway("Twilio could not be reached.")
        if self.refuses_all is not None or sid in self.refuses:
            code = self.refuses.get(sid, self.refuses_all)
            raise CarrierRefused("Twilio refused what was asked.", code=code, help="")
