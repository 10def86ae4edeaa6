"""Status callbacks: what Twilio reports about a leg and about the whole call, as they go."""

from __future__ import annotations

from email.utils import formatdate

from helpline.simulator.account import Leg
from helpline.simulator.exchange import Fields
from helpline.simulator.ringing import Result, Ring
from helpline.simulator.stage import Page, Stage

EVENTS = {"initiated": "queued", "ringing": "ringing", "answered": "in-progress"}  # each with its CallStatus


def report(stage: Stage, page: Page, ring: Ring, result: Result) -> None:
    """The callbacks a Number asks for, once its leg is over; Twilio promises no order, this keeps one."""
    number = ring.number
    if number.status_callback is None:
        return
    wanted = number.status_callback_event.split()
    happened = [name for name in EVENTS if name != "answered" or result.seconds is not None]
    statuses = [EVENTS[name] for name in happened if name in wanted]
    statuses += [result.status] if "completed" in wanted else []
    request = page.request(number.status_callback, number.status_callback_method)
    for sequence, status in enumerate(statuses):
        stage.call_back(request.url, request.method, _fields(ring.leg, status, sequence, result.seconds))


def report_call(stage: Stage, leg: Leg, status: str) -> None:
    """The callback at the end of the call, where the number has one."""
    if stage.number.status_callback is not None:
        url = stage.number.absolute(stage.twilio, stage.number.status_callback)
        stage.call_back(url, "POST", _fields(leg, status, 0, stage.now))


def _fields(leg: Leg, status: str, sequence: int, seconds: float | None) -> Fields:
    fields = [
        *leg.fields(status),
        ("Timestamp", formatdate()),  # RFC 2822
        ("CallbackSource", "call-progress-events"),
        ("SequenceNumber", str(sequence)),
    ]
    if status == "completed" and seconds is not None:
        fields += [("CallDuration", str(round(seconds))), ("Duration", str(-(-round(seconds) // 60)))]
    return fields
