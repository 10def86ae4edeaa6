"""Callers who ring one after the other while something fails; each is judged as a crowd's are."""

from __future__ import annotations

import threading
import time
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from types import TracebackType
from typing import Self

from helpline.simulator.account import Twilio, TwilioNumber
from helpline.simulator.crowd import Crowd
from helpline.simulator.crowd_atlas import Atlas
from helpline.simulator.crowd_callers import draw
from helpline.simulator.crowd_judging import Judged, judge
from tests.conftest import OWN_NUMBER, PUBLIC_URL, TOKEN
from tests.failures.wire import STATUS, Overheard, Sent

AT_ONCE = 4
PAUSE_SECONDS = 0.04  # before each request: a call of nine takes less than half a second, and some ten begin in each
MOST_SECONDS = 120  # for some more calls to come to their end, on a machine that is busy


@dataclass(frozen=True)
class Country:
    """Whom callers mean, and the fallback document: its address as Twilio has it, and what is said last in it."""

    atlas: Atlas
    fallback: str
    fallback_ends: str

    @property
    def without_us(self) -> Atlas:
        """As far as the fallback document knows of it."""
        return replace(self.atlas, last_words=(self.fallback_ends,))


@dataclass(frozen=True)
class Played:
    """One call as it was judged, and what was sent for it."""

    judged: Judged
    sent: Sequence[Sent]
    by_fallback: bool

    def __repr__(self) -> str:
        """What one must know to find out what became of it."""
        sent = [f"{each.path} {each.status or each.fault}" for each in self.sent]
        return f"{self.judged.caller.seed}: {self.judged.first}, {self.judged.outcome}, {sent}"

    @property
    def noted(self) -> Sequence[Sent]:
        """What the service noted of it, and must have kept."""
        return [each for each in self.sent if each.is_noted]

    @property
    def is_told_whole(self) -> bool:
        """Whether the service was told of it to its end."""
        return not self.by_fallback and any(each.path == STATUS for each in self.noted)

    @property
    def sid(self) -> str:
        """Twilio's name for the call."""
        return self.sent[0].fields["CallSid"]


class Callers:
    """They ring while the block runs, `at_once` of them at any moment; what is under way at its end is played out.

    Who is given the fallback document is put through to the national desk, which is right then. There is `nobody_for`
    some organisations, where a test changes who answers for them.
    """

    def __init__(
        self, connect_to: str, country: Country, *, at_once: int = AT_ONCE, nobody_for: Collection[str] = ()
    ) -> None:
        number = TwilioNumber(
            OWN_NUMBER,
            voice_fallback_url=country.fallback,
            voice_fallback_method="GET",
            status_callback="/voice/status",
        )
        twilio = Twilio(PUBLIC_URL, connect_to, TOKEN, owned=(OWN_NUMBER,))
        self.played: list[Played] = []
        self._telephone = Overheard(twilio, number, pause=PAUSE_SECONDS)
        self._country = country
        self._at_once = at_once
        self._nobody_for = frozenset(nobody_for)
        self._over = threading.Event()
        self._faults: list[Exception] = []
        self._thread = threading.Thread(target=self._ring, name="callers")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.come_to_an_end()
        if kind is None:
            self._raise()

    def come_to_an_end(self) -> None:
        """Nobody rings any more, and those who did are through."""
        self._over.set()
        self._thread.join()

    def go_on(self, calls: int) -> None:
        """Returns when so many more have come to their end. Raises TimeoutError where they do not."""
        wanted, deadline = len(self.played) + calls, time.monotonic() + MOST_SECONDS
        while len(self.played) < wanted:
            self._raise()
            if time.monotonic() > deadline:
                raise TimeoutError(f"{len(self.played)} calls, and {wanted} were to come")
            time.sleep(0.02)

    def go_on_for(self, seconds: float) -> None:
        """Returns after so many seconds in which they rang."""
        moment = time.monotonic() + seconds
        while time.monotonic() < moment:
            self._raise()
            time.sleep(0.02)

    def _ring(self) -> None:
        crowd = Crowd(self._telephone, self._country.atlas, self._at_once)
        try:
            for judged in crowd.play(self._seeds()):
                self.played.append(self._understood(judged))
        except Exception as fault:
            self._faults.append(fault)

    def _seeds(self) -> Iterator[int]:
        for seed in count():
            if self._over.is_set():
                return
            errand = draw(seed, self._country.atlas).errand
            if not self._nobody_for & (errand.right | errand.unconfirmed | errand.alike):
                yield seed

    def _understood(self, judged: Judged) -> Played:
        sent = self._telephone.sent_for(judged.call)
        by_fallback = any(each.path.startswith("/fallback") for each in sent)
        if by_fallback:
            atlas = self._country.without_us
            judged = judge(judged.caller, judged.call, judged.caller.errand.right | {atlas.national}, atlas)
        return Played(judged, sent, by_fallback)

    def _raise(self) -> None:
        if self._faults:
            raise self._faults[0]
