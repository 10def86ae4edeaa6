"""A helpline of a few documents, against which transcripts are rehearsed."""

from __future__ import annotations

from tests.simulator.service import HELPLINE, Reply, Service, twiml

ADVICE = "+31300000001"
SECOND = "+31300000002"
NATIONAL = "+31300000003"
LINES = {ADVICE: "utrecht advice 1", SECOND: "utrecht advice 2", NATIONAL: "landelijk advice 1"}

QUESTION = (
    "<Say>Direct gevaar? Bel 1 1 2.</Say>"
    '<Gather numDigits="4" timeout="6" action="/place" input="dtmf speech">'
    "<Say>Toets de postcode.</Say><Say>Sluit af met #.</Say></Gather>"
    "<Redirect>/silence</Redirect>"
)


def line_of(number: str) -> str:
    """The name of a line, or the number itself."""
    return LINES.get(number, number)


def dial(number: str, action: str) -> str:
    """Rings a line whose workers accept by key."""
    return f'<Dial callerId="{HELPLINE}" action="{action}"><Number url="/whisper">{number}</Number></Dial>'


def prepare(service: Service) -> None:
    """One question; the second line after the first; the national desk after silence."""
    service.on("/voice", QUESTION)
    service.on("/place", "<Say>U wordt verbonden.</Say>" + dial(ADVICE, "/second"))
    service.on("/silence", dial(NATIONAL, "/end"))
    service.on("/second", lambda asked: _after(asked.fields["DialBridged"]))
    service.on("/whisper", '<Gather numDigits="1" action="/join"><Say>Toets 1.</Say></Gather><Hangup/>')
    service.on("/join", "")
    service.on("/end", "<Say>Tot ziens.</Say><Hangup/>")


def _after(bridged: str) -> Reply:
    following = dial(SECOND, "/end")
    return twiml("<Hangup/>" if bridged == "true" else f"<Say>De volgende wordt gebeld.</Say>{following}")
