"""Who is signed in: their sessions in the database, and in memory for as long as that is away.

1. A token is random, and new at each sign-in: one that a browser came with is never taken over.
2. A session is over after a while without a request, and after some hours in any case.
3. While the database is away, whoever this process saw a few minutes before stays signed in, and whoever signs out is
   out here at once, and everywhere when it is back.
"""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from helpline.errors import DatabaseAway
from helpline.storage.operators import Role
from helpline.storage.sessions import Session, Sessions, hash_of

SEEN_EVERY = timedelta(minutes=1)  # so that not each request writes
REMEMBERED = timedelta(minutes=10)


@dataclass(frozen=True)
class Present:
    """Somebody who is signed in; `away` says that the database is not there to ask."""

    name: str
    role: Role
    away: bool = False


class Attendance:
    """The sessions as this process knows them; `idle` and `longest` say when one is over."""

    def __init__(
        self, sessions: Sessions, clock: Callable[[], datetime], *, idle: timedelta, longest: timedelta
    ) -> None:
        self._sessions = sessions
        self._clock = clock
        self._idle = idle
        self._longest = longest
        self._remembered: dict[str, tuple[Session, datetime]] = {}
        self._to_end: set[str] = set()

    def begin(self, operator: str, how: str) -> str:
        """Signs an operator in; the token for their browser. Raises DatabaseAway."""
        token, now = secrets.token_urlsafe(32), self._clock()
        self._sessions.forget(begun_before=now - self._longest, seen_before=now - self._idle)
        self._sessions.begin(token, operator, at=now, how=how)
        return token

    def who(self, token: str, *, by_itself: bool = False) -> Present | None:
        """Whose token it is; None where it is nobody's, or no more. Raises DatabaseAway where it cannot be told.

        What a page asks `by_itself` keeps nobody signed in who went away from it.
        """
        if not token or hash_of(token) in self._to_end:
            return None
        now = self._clock()
        try:
            self._end_late()
            session = self._sessions.find(token)
        except DatabaseAway:
            return self._as_remembered(token, now)
        self._remembered.pop(hash_of(token), None)
        if session is None or self._is_over(session, now):
            return None
        self._remember(token, session, now, counts=not by_itself)
        return Present(session.operator, session.role)

    def end(self, token: str) -> bool:
        """Signs out; False where the database is away, which is told when it is back: until then it is so here only."""
        self._remembered.pop(hash_of(token), None)
        self._to_end.add(hash_of(token))
        with contextlib.suppress(DatabaseAway):
            self._end_late()
        return hash_of(token) not in self._to_end

    def _as_remembered(self, token: str, now: datetime) -> Present:
        session, at = self._remembered.get(hash_of(token), (None, now))
        if session is None or now - at > REMEMBERED or self._is_over(session, now):
            raise DatabaseAway("who is signed in cannot be told")
        return Present(session.operator, session.role, away=True)

    def _remember(self, token: str, session: Session, now: datetime, *, counts: bool) -> None:
        if counts and now - session.seen >= SEEN_EVERY:
            with contextlib.suppress(DatabaseAway):
                self._sessions.saw(token, now)
        recent = {each: kept for each, kept in self._remembered.items() if now - kept[1] <= REMEMBERED}
        self._remembered = {**recent, hash_of(token): (session, now)}

    def _is_over(self, session: Session, now: datetime) -> bool:
        return now - session.began >= self._longest or now - session.seen >= self._idle

    def _end_late(self) -> None:
        for each in list(self._to_end):
            self._sessions.end(each, at=self._clock())
            self._to_end.discard(each)
