"""Keys pressed over what is being said, with the telephone in the browser: the call is what its transcript says."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from helpline import bootstrap
from helpline.bootstrap import Helpline
from helpline.settings import Settings
from helpline.simulator.events import Asked, Heard
from helpline.simulator.player import Telephone
from helpline.simulator.rehearsal import rehearse
from helpline.simulator.transcript import parse
from helpline.simulator.verbs import Gather
from helpline.simulator.writing import write
from helpline.web.phone_call import BrowserCall
from helpline.web.phone_way import WayOfCall
from tests.clock import Clock
from tests.conftest import TODAY
from tests.web.browser import Browser, Told, ringable

FIRST, SECOND = "Om welke postcode gaat het? Toets de vier cijfers.", "Artsen: nul één."


@pytest.fixture(scope="module")
def own_helpline(settings: Settings) -> Helpline:
    """A helpline of these tests' own."""
    return bootstrap.helpline(settings, placeholders_allowed=True, unread_languages=True, clock=Clock(TODAY))


@pytest.fixture(scope="module")
def service(own_helpline: Helpline) -> Iterator[tuple[str, Telephone]]:
    """The service with a telephone in the browser."""
    with ringable(own_helpline) as running:
        yield running


def _call(address: str, cut: int, act: str = "keys") -> list[Told]:
    """A call in which 3011 is keyed over the prompt's part of this number, and the organisation then answers."""
    events: list[Told] = []
    with httpx.Client(base_url=address, timeout=20) as client:
        browser = Browser(client)
        call = browser.call()
        for number, event in browser.told(call, listens=False):
            events.append(event)
            parts = sum(each["kind"] == "prompt" for each in events)
            if event["kind"] == "prompt":
                browser.post(f"{call}/{act if parts == cut else 'listens'}", {"stop": number, "what": "3011"})
            elif event["kind"] == "question":
                browser.post(f"{call}/{act}", {"stop": number, "what": "3011"})
            elif event["kind"] == "ring":
                browser.post(f"{call}/ring", {"stop": number, "what": "answered"})
    return events


@pytest.mark.parametrize(
    ("cut", "act", "heard"), [(1, "keys", [FIRST]), (2, "keys", [FIRST, SECOND]), (0, "keys-at-once", [FIRST, SECOND])]
)
def test_the_rest_is_not_said(
    service: tuple[str, Telephone], own_helpline: Helpline, cut: int, act: str, heard: list[str]
) -> None:
    """What stood after the words that were cut is in no event; the transcript says so, and is the same call again."""
    events = _call(service[0], cut, act)
    said = [event["text"] for event in events if event["kind"] == "heard"][2:]
    written = events[-1]["transcript"]
    line_of = own_helpline.directory.current.line_of
    again = rehearse(parse(written, "a.call"), service[1], line_of)
    assert said[: len(heard)] == heard
    assert (said[len(heard)] == "U wordt verbonden.") is bool(cut)
    assert "presses       3011 at once" in written
    assert again.ok, again.report()
    assert write(again.call, line_of) == written


def test_hanging_up_over_words(service: tuple[str, Telephone]) -> None:
    """Whoever hangs up while something is said has hung up at the question, as it is in transcripts."""
    with httpx.Client(base_url=service[0], timeout=20) as client:
        browser = Browser(client)
        call = browser.call()
        kinds = []
        for _, event in browser.told(call, listens=False):
            kinds.append(event["kind"])
            if event["kind"] == "prompt" and kinds.count("prompt") == 1:
                browser.post(f"{call}/hang-up")
    assert kinds[-3:] == ["hung_up", "ended", "over"]
    assert "question" in kinds


def test_words_that_keys_cannot_cut_are_no_stop() -> None:
    """Where no key counts, nothing is waited for."""
    call = BrowserCall("anonymous", str, WayOfCall(), patience=0.0)
    call.note(Asked("speech", 0.0))
    call.note(Heard("Zeg de woonplaats.", "nl-NL", "", 0.0))
    assert call.interrupts(Gather(input="speech")) is None
    assert call.interrupts(Gather(barge_in=False)) is None
