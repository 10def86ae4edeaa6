"""The telephone in the browser, over real HTTP, without a browser."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO

import httpx
import pytest

from helpline import bootstrap
from helpline.bootstrap import Helpline
from helpline.settings import Settings
from helpline.simulator.player import Telephone
from helpline.simulator.terminal import Terminal
from helpline.simulator.writing import write
from helpline.web.phone_calls import MOST_CALLS
from helpline.web.phone_page import words
from tests.clock import Clock
from tests.conftest import TODAY
from tests.web.browser import Browser, ringable

MOBILE, LANDLINE = "+31612345601", "+31300123456"


@pytest.fixture(scope="module")
def own_helpline(settings: Settings) -> Helpline:
    """A helpline of these tests' own, on a Monday at eleven: the one that tests share is served already."""
    return bootstrap.helpline(settings, placeholders_allowed=True, unread_languages=True, clock=Clock(TODAY))


@pytest.fixture(scope="module")
def service(own_helpline: Helpline) -> Iterator[tuple[str, Telephone]]:
    """The service with a telephone in the browser."""
    with ringable(own_helpline) as running:
        yield running


@pytest.fixture
def browser(service: tuple[str, Telephone]) -> Iterator[Browser]:
    """A page of that service."""
    with httpx.Client(base_url=service[0], timeout=20) as client:
        yield Browser(client)


def test_a_call_is_what_the_terminal_writes(
    browser: Browser, service: tuple[str, Telephone], own_helpline: Helpline
) -> None:
    """The transcript is to the letter that of `helpline call`."""
    line_of = own_helpline.directory.current.line_of
    terminal = Terminal(StringIO("\n3011\nbusy\nanswered\n"), StringIO(), line_of)
    written = write(service[1].call(MOBILE, terminal), line_of)
    does = [("silence", ""), ("keys", "3011"), ("ring", "busy"), ("ring", "answered")]
    assert browser.play(browser.call(MOBILE), does)[-1]["transcript"] == written


def test_what_is_told(browser: Browser) -> None:
    """The browser is told what is heard in which language, what is asked, which line rings, and how it ends."""
    events = browser.play(browser.call(), [("keys", "3011"), ("ring", "answered")])
    assert [event["kind"] for event in events[:3]] == ["heard", "heard", "asked"]
    assert [event["language"] for event in events[:2]] == ["nl-NL", "en-GB"]
    question = next(event for event in events if event["kind"] == "question")
    assert (question["keys"], question["speech"], question["digits"]) == (True, False, 4)
    ring = next(event for event in events if event["kind"] == "ring")
    assert (ring["organisation"], ring["line"], ring["place"]) == ("rotterdam-rijnmond", "advice", "1")
    assert [event["kind"] for event in events[-3:]] == ["ring_ended", "ended", "over"]


def test_where_the_call_is(browser: Browser) -> None:
    """Each event says through which boxes of the picture the call has come."""
    does = [
        ("keys", "01"),
        ("keys", "3511"),
        ("ring", "declined"),
        ("ring", "answered for 10 seconds"),
        ("ring", "busy"),
    ]
    call = browser.call(LANDLINE)
    stops = []
    for number, event in browser.told(call):
        stops.append(event["boxes"])
        if event["kind"] in ("question", "ring") and does:
            act, what = does.pop(0)
            browser.post(f"{call}/{act}", {"stop": number, "what": what})
        elif event["kind"] in ("question", "ring"):
            browser.post(f"{call}/hang-up")
    assert stops[0] == ["opening"]
    assert stops[-1][:7] == ["opening", "place", "code", "patient", "put_through", "doctors_line", "ring_doctors"]
    assert stops[-1][7:] == ["ring_advice", "ring_advice", "ring_advice", "over"]


def test_words_are_taken_at_the_second_asking(browser: Browser) -> None:
    """What is typed as said reaches the call as speech."""
    events = browser.play(browser.call(), [("silence", ""), ("words", " Rotterdam "), ("ring", "answered")])
    assert [event["speech"] for event in events if event["kind"] == "question"] == [False, True]
    assert [event["text"] for event in events if event["kind"] == "spoke"] == ["Rotterdam"]


def test_a_stream_goes_on_where_it_broke_off(browser: Browser) -> None:
    """Whoever connects again with the last number gets what came after it, and nothing twice."""
    call = browser.call()
    first = browser.told(call)
    numbers = [next(first)[0] for _ in range(3)]
    first.close()
    number, event = next(told := browser.told(call, after=3))
    assert (numbers, number, event["kind"]) == ([1, 2, 3], 4, "heard")
    told.close()
    browser.post(f"{call}/hang-up")


def test_nothing_is_kept_after_the_end(browser: Browser) -> None:
    """Once all is told, the call's token means nothing."""
    call = browser.call()
    browser.post(f"{call}/hang-up")
    assert [event["kind"] for _, event in browser.told(call)][-3:] == ["hung_up", "ended", "over"]
    assert wait_for_404(browser, call)


def wait_for_404(browser: Browser, call: str) -> bool:
    """True once the call is gone; its thread may take a moment to end."""
    return any(browser.post(f"{call}/hang-up").status_code == 404 for _ in range(200))


def test_an_unknown_token_is_not_found(browser: Browser) -> None:
    """No call can be reached without its token."""
    call = "/phone/calls/none"
    statuses = [browser.post(f"{call}/{act}", {"stop": 1, "what": "1"}).status_code for act in ("keys", "hang-up")]
    assert [browser.client.get(f"{call}/events").status_code, *statuses] == [404, 404, 404]


def test_an_answer_counts_once_and_in_its_place(browser: Browser) -> None:
    """An answer to another stop, one that is none, or one that comes twice, does nothing."""
    call = browser.call()
    stop = next(number for number, event in browser.told(call) if event["kind"] == "question")
    answers: list[tuple[str, object, object]] = [
        ("keys", stop - 1, "3011"),
        ("keys", stop, "3O11"),
        ("ring", stop, "rang off"),
        ("dance", stop, ""),
        ("keys-at-once", stop, ""),
        ("keys", "x", "3011"),
        ("words", stop, "x" * 201),
        ("keys", stop, "3011"),
        ("keys", stop, "3011"),
    ]
    statuses = [browser.post(f"{call}/{act}", {"stop": at, "what": what}).status_code for act, at, what in answers]
    assert statuses == [409, 422, 422, 422, 422, 422, 422, 204, 409]
    browser.post(f"{call}/hang-up")


def test_too_many_calls_are_refused_politely(browser: Browser) -> None:
    """A handful of calls at a time; then the page is told to say so, until one ends."""
    calls = [browser.call() for _ in range(MOST_CALLS)]
    refused = browser.post("/phone/calls", {"caller": MOBILE})
    assert (refused.status_code, refused.json(), refused.headers["retry-after"]) == (503, {"problem": "engaged"}, "60")
    assert [browser.post(f"{call}/hang-up").status_code for call in calls] == [204] * MOST_CALLS
    ended = [event["kind"] for call in calls for _, event in browser.told(call)]
    assert ended.count("over") == MOST_CALLS
    browser.post(f"{browser.call()}/hang-up")


def test_a_call_left_alone_ends(own_helpline: Helpline) -> None:
    """Whoever does nothing for too long has hung up."""
    with ringable(own_helpline, patience=0.2) as (address, _), httpx.Client(base_url=address) as client:
        left = Browser(client)
        assert [event["kind"] for _, event in left.told(left.call())][-3:] == ["hung_up", "ended", "over"]
        in_ring = left.call()
        stop = next(number for number, event in left.told(in_ring) if event["kind"] == "question")
        left.post(f"{in_ring}/keys", {"stop": stop, "what": "3011"})
        assert [event["kind"] for _, event in left.told(in_ring)][-3:] == ["hung_up", "ended", "over"]


def test_a_service_that_stops_hangs_up(own_helpline: Helpline) -> None:
    """A call under way keeps no service from stopping: its stream ends."""
    with ringable(own_helpline) as (address, _):
        client = httpx.Client(base_url=address)
        told = Browser(client).told(Browser(client).call(), listens=False)
        next(told)
    assert "over" not in [event["kind"] for _, event in told]
    client.close()


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Host": "elsewhere.example"},
    ],
    ids=str,
)
def test_other_origins_are_refused(browser: Browser, headers: dict[str, str]) -> None:
    """No page but ours can begin a call or do anything in one."""
    assert browser.post("/phone/calls", {"caller": MOBILE}, **headers).status_code == 403
    assert browser.post("/phone/calls/none/keys", {}, **headers).status_code == 403


def test_a_page_elsewhere_can_link_but_not_read(browser: Browser) -> None:
    """A link from anywhere opens the page; a page elsewhere cannot load it, nor read it under another name."""
    link = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    assert browser.client.get("/phone", headers=link).status_code == 200
    assert browser.client.get("/phone", headers={**link, "Sec-Fetch-Mode": "cors"}).status_code == 403
    assert browser.client.get("/phone", headers={"Host": "rebound.example:80"}).status_code == 403


@pytest.mark.parametrize("path", ["/phone", "/phone/static/phone.js", "/phone/static/none.js", "/phone/calls/x/events"])
def test_every_answer_has_strict_headers(browser: Browser, path: str) -> None:
    """Nothing but what is ours may run, nothing is kept, nothing is told to others."""
    headers = browser.client.get(path).headers
    assert headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert (headers["cache-control"], headers["referrer-policy"]) == ("no-store", "no-referrer")
    assert headers["x-content-type-options"] == "nosniff"


def test_the_page_speaks_two_languages(browser: Browser) -> None:
    """Dutch, or English when asked for; both have the same words."""
    assert '<html lang="nl">' in browser.client.get("/phone?lang=fr").text
    assert '<html lang="en">' in browser.client.get("/phone?lang=en").text
    assert words()["nl"].keys() == words()["en"].keys()
    assert "style=" not in browser.client.get("/phone").text


@pytest.mark.parametrize(
    "sent", [b"", b"[]", b"{", b'{"caller":"' + b"9" * 5000 + b'"}'], ids=lambda sent: str(sent[:4])
)
def test_what_is_no_caller_is_refused(browser: Browser, sent: bytes) -> None:
    """A body that is no object, or far too large, begins no call."""
    own = {"Origin": str(browser.client.base_url).rstrip("/")}
    assert browser.client.post("/phone/calls", content=sent, headers=own).status_code == 422


def test_without_a_phone_there_is_no_such_page(address: str) -> None:
    """The service of the real line has no telephone in the browser."""
    assert [httpx.get(f"{address}{path}").status_code for path in ("/phone", "/phone/static/phone.js")] == [404, 404]
