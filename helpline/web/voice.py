"""The turns of a call: what each address of ours answers. A trail that does not fit raises Diverged, and is a fault."""

from __future__ import annotations

from helpline.bootstrap import Helpline
from helpline.carrier import dial_words
from helpline.errors import Diverged
from helpline.flow import trail
from helpline.flow.dialled import Dialled
from helpline.switchboard.turn import Keyed, PutThrough, Spoken, Turn
from helpline.web.answered import BEGUN, Answered, AnsweredTurn
from helpline.web.carrier_requests import CarrierRequest
from helpline.web.no_harm import no_harm

ACCEPT_KEY = "1"


def incoming(helpline: Helpline, request: CarrierRequest) -> Answered:
    """A call comes in."""
    first = helpline.switchboard.incoming(_caller(request))
    return AnsweredTurn(helpline.documents.turn(first), first, BEGUN)


def turn(helpline: Helpline, request: CarrierRequest) -> Answered:
    """The caller stayed silent; the address says so."""
    so_far = trail.read(request.trail)
    after = helpline.switchboard.resume(so_far, _caller(request))
    return AnsweredTurn(helpline.documents.turn(after), after, so_far.entries[-1] if so_far.entries else BEGUN)


def keyed(helpline: Helpline, request: CarrierRequest) -> Answered:
    """The caller pressed keys, or said something; where both came, the keys count."""
    digits, words = request.fields.get("Digits", ""), request.fields.get("SpeechResult", "")
    return _proceed(helpline, request, Spoken(words) if words and not digits else Keyed(digits))


def dialled(helpline: Helpline, request: CarrierRequest) -> Answered:
    """A dial ended, in whatever way; it is counted, and operators are told where nobody answers."""
    answered = _proceed(helpline, request, dial_words.dialled(request.fields))
    with no_harm():
        leg = request.fields.get("DialCallSid", "")
        ringing = helpline.switchboard.ringing(trail.read(request.trail))
        if ended := helpline.alerts.dialled(leg, ringing, answered.turn):
            helpline.metrics.dial(ended.organisation, ended.line, ended.ending)
    return answered


def whisper(helpline: Helpline, request: CarrierRequest) -> Answered:
    """A worker picked up. The request is the far leg's: its CallSid is its own, the caller's is ParentCallSid."""
    ringing, through = _ringing(helpline, request)
    return Answered(helpline.documents.whisper(ringing, through))


def accepted(helpline: Helpline, request: CarrierRequest) -> Answered:
    """A worker pressed a key: the right one joins; any other hangs up, and the next route is rung."""
    ringing, _ = _ringing(helpline, request)
    if request.fields.get("Digits") == ACCEPT_KEY:
        return Answered(helpline.documents.accepted(ringing))
    return Answered(helpline.documents.nobody_joined())


def whisper_fault(helpline: Helpline, request: CarrierRequest) -> str:
    """A whisper that went wrong: a staffed switchboard is joined without it; elsewhere a voicemail may be listening."""
    try:
        _, through = _ringing(helpline, request)
    except Exception:  # the whisper's own fault is in the log already
        return helpline.documents.nobody_joined()
    return helpline.documents.nobody_joined() if through.route.accept else helpline.documents.joined()


def unknown(helpline: Helpline, request: CarrierRequest) -> Answered:
    """An address we never gave out, such as one of an earlier release: a fault, and so the national desk."""
    raise Diverged("The carrier asked an address that this release does not have.")


def _proceed(helpline: Helpline, request: CarrierRequest, answer: Keyed | Spoken | Dialled) -> AnsweredTurn:
    so_far = trail.read(request.trail)
    after = helpline.switchboard.proceed(so_far, _caller(request), answer)
    ended = after.trail.entries[len(so_far.entries)]
    return AnsweredTurn(helpline.documents.turn(after), after, ended, spoken=isinstance(answer, Spoken))


def _ringing(helpline: Helpline, request: CarrierRequest) -> tuple[Turn, PutThrough]:
    ringing = helpline.switchboard.ringing(trail.read(request.trail))
    assert isinstance(ringing.then, PutThrough)
    return ringing, ringing.then


def _caller(request: CarrierRequest) -> str:
    return request.fields.get("From", "")
