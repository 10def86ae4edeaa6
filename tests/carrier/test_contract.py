"""Every request we make to Twilio's REST is one that Twilio's own OpenAPI document allows."""

from __future__ import annotations

import inspect
import logging
from collections.abc import Awaitable, Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import anyio
import pytest

from helpline.carrier.account import wanted
from helpline.carrier.rest import Rest
from helpline.errors import CarrierRefused
from tests.carrier import prism
from tests.carrier.prism import Watched

pytestmark = [pytest.mark.contract, pytest.mark.skipif(bool(prism.why_not()), reason=prism.why_not() or "all is here")]

ACCOUNT = "AC" + "a" * 32  # the one in Twilio's examples, whose next pages are this account's
SECRET = "the-secret-token"
CALL = "CA" + "a" * 32
MESSAGE = "SM" + "a" * 32
NUMBER = "PN" + "a" * 32
OWN = "+31700002000"
CALLEE = "+31300000001"
DAY = date(2026, 11, 23)
SETTINGS = wanted("https://helpline.example", "https://static.example/fallback.xml", sms=True)

Asking = Callable[[Rest], Awaitable[object]]

ASKED: dict[str, Asking] = {
    "numbers": lambda rest: rest.numbers(),
    "change_number": lambda rest: rest.change_number(NUMBER, SETTINGS),
    "place_call": lambda rest: rest.place_call(to=CALLEE, caller_id=OWN, twiml="<Response/>", ring_seconds=20),
    "call": lambda rest: rest.call(CALL),
    "child_calls": lambda rest: rest.child_calls(CALL),
    "calls_to": lambda rest: rest.calls_to(OWN, ended_before=DAY),
    "delete_call": lambda rest: rest.delete_call(CALL),
    "messages": lambda rest: rest.messages(to=OWN, sender=OWN, sent_before=DAY),
    "redact_message": lambda rest: rest.redact_message(MESSAGE),
    "delete_message": lambda rest: rest.delete_message(MESSAGE),
    "send_message": lambda rest: rest.send_message(to=CALLEE, sender=OWN, body="words"),
}


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    """Twilio's document."""
    return prism.document()


@pytest.fixture(scope="module")
def address(document: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where Prism serves it."""
    folder: Path = tmp_path_factory.mktemp("prism")
    with prism.served(document, folder) as address:
        yield address


@pytest.fixture
def watched(document: dict[str, Any]) -> Watched:
    """What notes the violations."""
    return Watched(document)


def ask(what: Asking, watched: Watched, address: str) -> object:
    """What comes back for one thing asked."""

    async def run() -> object:
        async with Rest(ACCOUNT, SECRET, transport=watched, base_url=address) as rest:
            return await what(rest)

    return anyio.run(run)


def test_nothing_is_left_out() -> None:
    """Each method of the client is asked here."""
    methods = {name for name, _ in inspect.getmembers(Rest, inspect.iscoroutinefunction) if not name.startswith("_")}
    assert methods == set(ASKED)


@pytest.mark.parametrize("name", ASKED)
def test_what_is_asked_is_allowed_and_the_answer_is_read(name: str, watched: Watched, address: str) -> None:
    """The document has the address, each name and the form of each value; Twilio's example of an answer is read."""
    ask(ASKED[name], watched, address)
    assert watched.asked
    assert watched.violations == []


@pytest.mark.parametrize("name", ["child_calls"])
def test_every_page_is_asked(name: str, watched: Watched, address: str) -> None:
    """Twilio's example of a first page leads to the next one, and all its items are there."""
    found = ask(ASKED[name], watched, address)
    assert isinstance(found, list)
    assert len(found) == len(watched.asked) == 2


@pytest.mark.parametrize(
    "wrong", [{"VoiceMethod": "FETCH"}, {"TrunkSid": "TK1"}, {"VoiceUrl": "no address"}], ids=["word", "SID", "address"]
)
def test_a_wrong_value_is_caught(wrong: dict[str, str], watched: Watched, address: str) -> None:
    """What Twilio cannot take fails here and not on the day."""
    with pytest.raises(CarrierRefused, match="422"):
        ask(lambda rest: rest.change_number(NUMBER, wrong), watched, address)


def test_a_wrong_name_in_a_form_is_caught(watched: Watched, address: str) -> None:
    """Twilio would leave it unread, and say that all went well."""
    ask(lambda rest: rest.change_number(NUMBER, {"VoiceURL": "https://helpline.example/voice"}), watched, address)
    assert watched.violations == ["VoiceURL"]


def test_a_wrong_name_in_a_query_is_caught(watched: Watched, address: str) -> None:
    """Twilio would leave it unread, and list everything."""
    ask(lambda rest: rest._all(prism.CALLS, "Calls.json", {"EndedBefore": "2026-11-23"}), watched, address)
    assert watched.violations == ["EndedBefore"]


def test_a_log_of_everything_holds_no_number_on_a_real_connection(
    watched: Watched, address: str, caplog: pytest.LogCaptureFixture
) -> None:
    """httpx and what is below it may log all they like."""
    caplog.set_level(logging.DEBUG)
    ask(ASKED["place_call"], watched, address)
    assert "send_request_body.complete" in caplog.text
    assert CALLEE[1:] not in caplog.text
    assert SECRET not in caplog.text
