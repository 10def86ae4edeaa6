"""Rehearsing: each instruction against a real service, and what is told of a call that goes otherwise."""

from __future__ import annotations

import pytest

from helpline.simulator.rehearsal import Rehearsal, rehearse
from helpline.simulator.transcript import parse
from tests.simulator.service import Reply, Service
from tests.simulator.small_helpline import dial, line_of, prepare


@pytest.fixture
def helpline(service: Service) -> Service:
    """The small helpline, ready."""
    prepare(service)
    return service


def _rehearse(service: Service, *lines: str) -> Rehearsal:
    return rehearse(parse("\n".join(lines), "a.call"), service.telephone(), line_of)


def _faults(service: Service, *lines: str) -> list[str]:
    rehearsal = _rehearse(service, *lines)
    assert rehearsal.ok is (not rehearsal.faults)
    return [fault.why for fault in rehearsal.faults]


WHOLE = """
# Somebody asks for Zeist; the first line is a machine.
at            2026-11-22 23:10
from          +31 30 012 3456
hears         112
hears         postcode
presses       3704
hears         u wordt verbonden
rings         utrecht advice
worker hears  toets 1
voicemail
hears         volgende
rings         utrecht advice 2
worker hears  toets 1
answered
hears         tot ziens
ends
never hears   vertrouwensarts
"""


def test_whole_call(helpline: Service) -> None:
    """A transcript that fits holds, and its seconds and keys are counted."""
    rehearsal = _rehearse(helpline, WHOLE)
    assert rehearsal.report().startswith("a.call: holds\n")
    assert rehearsal.ok
    assert rehearsal.first_ring_seconds == pytest.approx(2.4 + 1.2 + 1.2 + 4 * 0.6 + 1.2)
    assert rehearsal.keys_pressed == 4
    assert rehearsal.seconds > 120


def test_caller(helpline: Service) -> None:
    """`from` is who calls."""
    _rehearse(helpline, 'from "+266696687"', "hangs up")
    assert helpline.asked[0].fields["From"] == "+266696687"


@pytest.mark.parametrize(
    "lines",
    [
        ("presses 3511", "answered"),
        ("presses 35 and waits", "busy", "no answer"),
        ("presses #", "answered"),
        ("says Zeist", "answered"),
        ("waits", "failed"),
        ("waits", "rings landelijk advice", "answered", "ends"),
        ("waits", "rings landelijk advice 1", "answered for 10 seconds", "hangs up"),
        ("waits", "rings +31 30 000 0003", "dial ends as odd", "ends"),
        ("waits", "declined", "hears tot ziens"),
        ("waits", "hangs up"),
        ("waits", "worker hears toets 1", "picked up too late", "hangs up"),
        ("hangs up",),
        ("hears 112", "hears toets de postcode sluit af met", "hangs up"),
        ("hears 112", "presses 3511 at once", "answered", "never hears postcode"),
        ("hears de postcode", "presses 3511 at once", "answered", "never hears sluit af"),
        ("presses 35112", "answered"),
    ],
)
def test_holds(helpline: Service, lines: tuple[str, ...]) -> None:
    """Expectations may be left out; these calls go as written."""
    assert _faults(helpline, *lines) == []


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        (("hears 113", "hangs up"), "the words do not occur in what the caller hears here"),
        (("hears postcode", "hears 112", "hangs up"), "only earlier in what the caller hears here"),
        (("waits", "rings utrecht advice", "busy"), "it is landelijk advice 1 that rings"),
        (("waits", "rings landelijk advice 2", "busy"), "it is landelijk advice 1 that rings"),
        (
            ("waits", "worker hears toets 9", "voicemail"),
            "the words do not occur in what the worker hears",
        ),
        (("waits", "worker hears toets 1", "busy"), "the words do not occur in what the worker hears"),
        (("hangs up", "ends"), "the call ended otherwise: the caller hung up"),
        (("waits", "busy", "waits"), "the call does not come to this line"),
        (("waits", "busy", "never hears 112"), "the caller does hear it"),
        (("waits", "rings landelijk advice", "busy", "hears postcode"), "the words do not occur"),
        (
            ("hears niets", "presses 3511 at once", "answered"),
            "the words do not occur in what the caller hears here",
        ),
    ],
)
def test_fails(helpline: Service, lines: tuple[str, ...], why: str) -> None:
    """A line that does not hold fails the rehearsal, and the call goes on."""
    [fault] = _faults(helpline, *lines)
    assert fault.startswith(why)


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        (("hears 112",), "The call asks a question here, and the transcript does not say how it is answered."),
        (
            ("waits", "rings landelijk advice"),
            "The call rings landelijk advice 1 here, and the transcript does not say how that ends.",
        ),
        (("waits", "waits"), "Line 2 is `waits`, but the call rings landelijk advice 1 here."),
        (
            ("waits", "picked up too late"),
            "The call is picked up too late, and the transcript does not say that the caller `hangs up`.",
        ),
        (("waits", "picked up too late", "ends"), "Line 3 is `ends`, but the caller hangs up here."),
        (
            ("rings landelijk advice", "busy"),
            "Line 1 is `rings landelijk advice`, but the call asks a question here.",
        ),
        (("busy",), "Line 1 is `busy`, but the call asks a question here."),
    ],
)
def test_cannot_go_on(helpline: Service, lines: tuple[str, ...], why: str) -> None:
    """A call that asks something the transcript has no answer for stops there, and says so."""
    assert why in _faults(helpline, *lines)


def test_lines_not_reached(helpline: Service) -> None:
    """Where a call stops, the lines it did not come to are named."""
    report = _rehearse(helpline, "busy", "hears 112").report()
    assert "a.call: line 2, `hears 112`: the call does not come to this line" in report


def test_twilio_complains(service: Service) -> None:
    """Any warning of Twilio's fails a rehearsal, though every line holds."""
    service.on("/voice", '<Say colour="red">112</Say>')
    assert _faults(service, "hears 112", "ends") == [
        "Twilio's debugger shows 12200: line 1: <Say> has no attribute colour."
    ]


def test_application_error(service: Service) -> None:
    """A call that ends in an error fails, though nothing was expected."""
    service.on("/voice", Reply(status=500))
    assert "the call ended badly: an application error" in _faults(service)


def test_endless(service: Service) -> None:
    """A call that does not end fails, though nothing was expected."""
    service.on("/voice", "<Redirect/>")
    assert _faults(service) == ["the call ended badly: it did not end: stopped after 200 documents"]


def test_unknown_line(service: Service) -> None:
    """A number that is no line of ours is shown as the number."""
    service.on("/voice", dial("+31300000009", "/end"))
    assert "it is +31300000009 that rings" in _faults(service, "rings utrecht advice", "busy")
