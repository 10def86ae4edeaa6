"""/console/events: tells an open page that something is new, as server-sent events.

1. What is told is a word that changes, and nothing more: the page then asks for itself.
2. A stream ends with its session, and after some minutes in any case: the browser opens the next one by itself. Nobody
   stays signed in by it.
3. They are few, in all and for one operator. A browser that is slow holds up its own stream only.
4. One look serves all streams of a process, in a thread of its own: it waits for no call, and no call for it.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass

import anyio
import structlog
from starlette.responses import Response, StreamingResponse

from helpline.bootstrap.office import Office
from helpline.console.attendance import Attendance
from helpline.console.ending import Ending
from helpline.console.news import News
from helpline.console.visit import Visit
from helpline.errors import DatabaseAway
from helpline.log import without_words

MOST = 60
MOST_EACH = 6  # as many connections as a browser has to one place
EVENT_STREAM = "text/event-stream"
UNBUFFERED = {"X-Accel-Buffering": "no"}  # nginx would keep back what is told
LATER = {"Retry-After": "30"}
TURN_SECONDS = 0.5  # how soon a stream sees that the process ends

log = structlog.get_logger()


@dataclass(frozen=True)
class Pace:
    """How often something is done, in seconds."""

    look: float = 3
    alive: float = 15  # so that whatever stands between keeps the stream open
    session: float = 15
    longest: float = 600


class Streams:
    """The streams of this process."""

    def __init__(self, office: Office, attendance: Attendance, pace: Pace = Pace()) -> None:
        self._attendance = attendance
        self._news = News(office)
        self._pace = pace
        self._ending = Ending()
        self._open: Counter[str] = Counter()
        self._one_at_a_time = anyio.CapacityLimiter(1)
        self._looks = False
        self._looked = float("-inf")
        self._word = ""

    def close(self) -> None:
        """Ends all streams, and lets no other begin."""
        self._ending.begin()

    def shown(self, visit: Visit) -> Response:
        """The stream for whoever is here; 503 where there are too many already."""
        if visit.cookies.request.method == "HEAD":
            return Response(media_type=EVENT_STREAM)
        if self._ending.has_begun or self._open.total() >= MOST or self._open[visit.by] >= MOST_EACH:
            return Response(status_code=503, headers=LATER)
        told = self._stream(visit.by, visit.cookies.read("session"))
        return StreamingResponse(told, media_type=EVENT_STREAM, headers=UNBUFFERED)

    async def _stream(self, name: str, token: str) -> AsyncIterator[str]:
        self._ending.listen()
        self._open[name] += 1
        try:
            yield "retry: 3000\n\n"
            async for told in self._told(token):
                yield told
        finally:
            self._open[name] -= 1

    async def _told(self, token: str) -> AsyncIterator[str]:
        """What is new, and that all is well, until the stream ends."""
        began = asked = spoke = time.monotonic()
        word = ""
        while not self._ending.has_begun and time.monotonic() - began < self._pace.longest:
            now = time.monotonic()
            if now - asked >= self._pace.session:
                asked = now
                if not await self._is_in(token):
                    yield "event: over\ndata: \n\n"
                    return
            await self._look()
            if self._word != word:
                word, spoke = self._word, now
                yield f"event: news\ndata: {word}\n\n"
            elif now - spoke >= self._pace.alive:
                spoke = now
                yield ": still here\n\n"
            await anyio.sleep(TURN_SECONDS)

    async def _look(self) -> None:
        """The first stream that finds the last look old takes the next one; the others go on with what is known."""
        if self._looks or time.monotonic() - self._looked < self._pace.look:
            return
        self._looks = True
        try:
            self._word = await anyio.to_thread.run_sync(self._news.word, limiter=self._one_at_a_time)
        except Exception as fault:  # told here: the server would tell it as a traceback
            log.error("console_news_fault", **without_words(fault))
        finally:
            self._looks, self._looked = False, time.monotonic()

    async def _is_in(self, token: str) -> bool:
        try:
            return await anyio.to_thread.run_sync(self._asked, token, limiter=self._one_at_a_time) is not None
        except DatabaseAway:
            return False

    def _asked(self, token: str) -> object:
        return self._attendance.who(token, by_itself=True)
