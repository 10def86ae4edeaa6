"""The fallback URL: asked when the service fails, with all that Twilio knows of the failure."""

from __future__ import annotations

from helpline.simulator.account import TwilioNumber
from helpline.simulator.events import How, Warned
from helpline.simulator.party import Keys
from helpline.simulator.player import APOLOGY, Call
from tests.simulator.facts import fact
from tests.simulator.scripted import Scripted
from tests.simulator.service import CALLER, HELPLINE, PUBLIC, Reply, Service, heard, how, only

FALLBACK = TwilioNumber(HELPLINE, voice_fallback_url="/fallback", voice_fallback_method="GET")


def _play(service: Service, answer: Reply) -> Call:
    service.on("/voice", answer)
    return service.telephone(FALLBACK).call(CALLER, Scripted())


def _codes(call: Call) -> list[int]:
    return [each.code for each in only(call, Warned) if isinstance(each, Warned)]


@fact("Retries", "A fatal error goes to the fallback URL with all call parameters, ErrorCode and ErrorUrl")
def test_fallback(service: Service) -> None:
    """A fatal error goes to the fallback URL with all fields of the call, ErrorCode and ErrorUrl."""
    service.on("/fallback", "<Say>fallback</Say>")
    call = _play(service, Reply(b"garbage"))
    [asked] = service.at("/fallback")
    assert (_codes(call), heard(call), asked.method) == ([12100], ["fallback"], "GET")
    assert (asked.query["ErrorCode"], asked.query["ErrorUrl"]) == ("12100", f"{PUBLIC}/voice")
    assert asked.query["CallSid"] == service.at("/voice")[0].fields["CallSid"]


def test_fallback_in_mid_call(service: Service) -> None:
    """The fallback also takes over in the middle of a call, with the keys that were pressed."""
    service.on("/answer", Reply(status=500))
    service.on("/fallback", "<Say>fallback</Say>")
    service.on("/voice", '<Gather numDigits="1" action="/answer#ct=1000"/>')
    call = service.telephone(FALLBACK).call(CALLER, Scripted(Keys("1")))
    [asked] = service.at("/fallback")
    assert heard(call) == ["fallback"]
    assert (asked.query["Digits"], asked.query["ErrorUrl"]) == ("1", f"{PUBLIC}/answer")


def test_broken_fallback(service: Service) -> None:
    """A fallback that fails too ends the call with the announcement."""
    call = _play(service, Reply(status=500))
    assert (_codes(call), heard(call), how(call)) == ([11200, 11200], [APOLOGY], How.ERROR)
