"""Status callbacks: what Twilio reports about a leg and about the whole call, as they go."""

from __future__ import annotations

from email.utils import formatdate

from helpline.simulator.account import Leg
from helpline.simulator.exchange import Fields
from helpline.simulator.ringing import Result, Ring
from helpline.simulator.stage import Page, Stage

EVENTS = {"initiated": "queued", "ringing": "ringing", "answered": "in-progress"}  # each with its CallStatus


def report(stage: Stage, page: Page, ring: Ring, *events: str) -> None:
    """What happens to a leg, as far as its Number asks to be told."""
    for event in events:
        _report(stage, page, ring, event, EVENTS[event])


def report_end(stage: Stage, page: Page, ring: Ring, result: Result) -> None:
    """How a leg ended."""
    _report(stage, page, ring, "completed", result.status, result.seconds, result.more)


def report_call(stage: Stage, leg: Leg) -> None:
    """The callback at the end of the call, once, where the number has one."""
    if stage.number.status_callback is None or stage.is_reported:
        return
    stage.is_reported = True
    url = stage.number.absolute(stage.twilio, stage.number.status_callback)
    stage.call_back(url, "POST", _fields(stage, leg, stage.status, stage.now))


def _report(
    stage: Stage, page: Page, ring: Ring, event: str, status: str, seconds: float | None = None, more: Fields = ()
) -> None:
    number = ring.number
    if number.status_callback is None or event not in number.status_callback_event.split():
        return
    request = page.request(number.status_callback, number.status_callback_method)
    stage.call_back(request.url, request.method, [*_fields(stage, ring.leg, status, seconds), *more])


def _fields(stage: Stage, leg: Leg, status: str, seconds: float | None) -> Fields:
    fields = [
        *leg.fields(status),
        ("Timestamp", formatdate(stage.began + stage.now)),  # RFC 2822
        ("CallbackSource", "call-progress-events"),
        ("SequenceNumber", str(stage.told[leg.sid])),
    ]
    stage.told[leg.sid] += 1
    if status == "completed" and seconds is not None:
        fields += [("CallDuration", str(round(seconds))), ("Duration", str(-(-round(seconds) // 60)))]
    return fields
