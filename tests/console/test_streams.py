"""/console/events over real HTTP: what is new is told at once, and a stream ends with its session or its process."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from helpline import bootstrap
from helpline.bootstrap import Helpline
from helpline.console import streams
from helpline.storage.call_rows import written_hour
from helpline.storage.database import Database
from tests.clock import Clock
from tests.conftest import TODAY
from tests.console.visiting import Browser, is_sign_in
from tests.reports.made import Made, keep

EVENTS = "/console/events?by-itself"
NewBrowser = Callable[[], Browser]


@dataclass(frozen=True)
class Watching:
    """An open stream, of which lines are read as they come."""

    lines: Iterator[str]

    def event(self) -> tuple[str, str]:
        """The next event: its name and what it tells."""
        name = next(line for line in self.lines if line.startswith("event: "))
        return name.removeprefix("event: "), next(self.lines).removeprefix("data: ")


@contextmanager
def watching(browser: Browser) -> Iterator[Watching]:
    """Opens the stream, as the script of the page does."""
    with browser.client.stream("GET", EVENTS) as stream:
        assert stream.status_code == 200
        assert stream.headers["content-type"].startswith("text/event-stream")
        yield Watching(stream.iter_lines())


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looks more often than a service does, so that a test need not wait."""
    monkeypatch.setattr(streams.Streams.__init__, "__defaults__", (streams.Pace(0.05, 0.2, 0.2, 600),))
    monkeypatch.setattr(streams, "TURN_SECONDS", 0.05)


@pytest.fixture
def database(console_helpline: Helpline) -> Database:
    """The service's."""
    return Database(console_helpline.settings.database_url)


pytestmark = pytest.mark.usefixtures("quick")


def dead_line(database: Database, name: str) -> None:
    """Three dials in a row that nobody answered."""
    keep(database, (3, Made(written_hour(TODAY), name, outcome="unreached", endings=("no-answer",))))


def test_a_line_that_begins_to_fail_is_told_at_once(database: Database, anna: Browser) -> None:
    """By a word that is another than the one before, and tells nothing itself."""
    with watching(anna) as stream:
        before = stream.event()
        dead_line(database, "zeeland")
        after = stream.event()
    assert (before[0], after[0]) == ("news", "news")
    assert before[1] != after[1]
    assert re.fullmatch("[0-9a-f]{16}", after[1])


def test_a_diversion_is_told(console_helpline: Helpline, console_clock: Clock, anna: Browser) -> None:
    """As soon as this process goes by it."""
    desk = bootstrap.publishing(console_helpline.settings, clock=console_clock)
    with watching(anna) as stream:
        stream.event()
        live = desk.live()
        told = {"author": "anna", "action": "publish", "subject": "regions", "reason": "The same again"}
        desk.versions.publish(live.content, on=live.number, at=console_clock(), **told)
        console_helpline.directory.look()
        console_helpline.directory.follow()
        assert stream.event()[0] == "news"


def test_calls_are_told_once_a_minute(database: Database, console_clock: Clock, anna: Browser) -> None:
    """So that a page that is watched does not tell of each single call when it ends."""
    with watching(anna) as stream:
        stream.event()
        keep(database, (6, Made(written_hour(TODAY))))
        assert "still here" in next(line for line in stream.lines if line)
        console_clock.moment += timedelta(minutes=1)
        assert stream.event()[0] == "news"


def test_a_stream_ends_with_its_session(anna: Browser) -> None:
    """It says so, and whoever comes again is asked to sign in."""
    with watching(anna) as stream:
        stream.event()
        with httpx.Client(base_url=anna.origin, cookies=anna.client.cookies) as other:
            Browser(other, anna.origin).sign_out()
        assert stream.event() == ("over", "")
        assert list(stream.lines) == [""]
    assert is_sign_in(anna.get(EVENTS))


def test_whoever_only_watches_is_at_rest(console_clock: Clock, anna: Browser) -> None:
    """Neither a stream nor what a page asks for by itself keeps anybody signed in."""
    for _ in range(3):
        console_clock.moment += timedelta(minutes=9)
        assert anna.get("/console?by-itself").status_code == 200
    console_clock.moment += timedelta(minutes=9)
    assert is_sign_in(anna.get("/console?by-itself"))


def test_nobody_watches_without_signing_in(browser: Browser) -> None:
    """As every page."""
    assert is_sign_in(browser.get(EVENTS))


def test_streams_are_few(anna: Browser, new_browser: NewBrowser) -> None:
    """One operator has so many at once, which takes nothing from another; when one is over the next may begin."""
    rob = new_browser()
    rob.sign_in("rob")
    with ExitStack() as open_ones:
        kept = [open_ones.enter_context(watching(anna)) for _ in range(streams.MOST_EACH)]
        assert [stream.event()[0] for stream in kept] == ["news"] * streams.MOST_EACH
        refused = anna.get(EVENTS)
        assert (refused.status_code, refused.headers["retry-after"]) == (503, "30")
        with watching(rob) as stream:
            assert stream.event()[0] == "news"
    time.sleep(1)
    with watching(anna) as stream:
        assert stream.event()[0] == "news"


def test_a_head_of_it_is_no_stream(anna: Browser) -> None:
    """It is answered, and over."""
    assert anna.client.head(EVENTS).status_code == 200


def test_without_a_database_it_goes_on(console_helpline: Helpline, anna: Browser) -> None:
    """That it is away is news, and so is that it is back."""
    path = Path(console_helpline.settings.database_url.removeprefix("sqlite:///"))
    with watching(anna) as stream:
        stream.event()
        path.rename(path.with_suffix(".away"))
        assert stream.event()[0] == "news"
        path.with_suffix(".away").rename(path)
        assert stream.event()[0] == "news"
