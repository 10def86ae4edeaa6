"""The turns of a call: what each address of ours answers. A trail that does not fit raises Diverged, and is a fault."""

from __future__ import annotations

from helpline.bootstrap import Helpline
from helpline.carrier import dial_words
from helpline.errors import Diverged
from helpline.flow import trail
from helpline.flow.dialled import Dialled
from helpline.switchboard.turn import Keyed, PutThrough, Turn
from helpline.web.carrier_requests import CarrierRequest

ACCEPT_KEY = "1"


def incoming(helpline: Helpline, request: CarrierRequest) -> str:
    """A call comes in."""
    return helpline.documents.turn(helpline.switchboard.incoming(_caller(request)))


def turn(helpline: Helpline, request: CarrierRequest) -> str:
    """The caller stayed silent; the address says so."""
    return helpline.documents.turn(helpline.switchboard.resume(trail.read(request.trail), _caller(request)))


def keyed(helpline: Helpline, request: CarrierRequest) -> str:
    """The caller pressed keys."""
    answer = Keyed(request.fields.get("Digits", ""))
    return _proceed(helpline, request, answer)


def dialled(helpline: Helpline, request: CarrierRequest) -> str:
    """A dial ended, in whatever way."""
    return _proceed(helpline, request, dial_words.dialled(request.fields))


def whisper(helpline: Helpline, request: CarrierRequest) -> str:
    """A worker picked up. The request is the far leg's: its CallSid is its own, the caller's is ParentCallSid."""
    ringing, through = _ringing(helpline, request)
    return helpline.documents.whisper(ringing, through)


def accepted(helpline: Helpline, request: CarrierRequest) -> str:
    """A worker pressed a key: the right one joins, another is asked for again."""
    ringing, through = _ringing(helpline, request)
    if request.fields.get("Digits") == ACCEPT_KEY:
        return helpline.documents.accepted(ringing)
    return helpline.documents.whisper(ringing, through)


def unknown(helpline: Helpline, request: CarrierRequest) -> str:
    """An address we never gave out, such as one of an earlier release: a fault, and so the national desk."""
    raise Diverged("The carrier asked an address that this release does not have.")


def _proceed(helpline: Helpline, request: CarrierRequest, answer: Keyed | Dialled) -> str:
    after = helpline.switchboard.proceed(trail.read(request.trail), _caller(request), answer)
    return helpline.documents.turn(after)


def _ringing(helpline: Helpline, request: CarrierRequest) -> tuple[Turn, PutThrough]:
    ringing = helpline.switchboard.ringing(trail.read(request.trail))
    assert isinstance(ringing.then, PutThrough)
    return ringing, ringing.then


def _caller(request: CarrierRequest) -> str:
    return request.fields.get("From", "")
