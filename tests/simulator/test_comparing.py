"""A call that fails, shown as it went beside what was written of it."""

from __future__ import annotations

import pytest

from helpline.simulator.rehearsal import Rehearsal, rehearse
from helpline.simulator.transcript import parse
from tests.simulator.service import Service
from tests.simulator.small_helpline import line_of, prepare


@pytest.fixture
def helpline(service: Service) -> Service:
    """The small helpline, ready."""
    prepare(service)
    return service


def _rehearse(service: Service, *lines: str) -> Rehearsal:
    return rehearse(parse("\n".join(lines), "a.call"), service.telephone(), line_of)


@pytest.mark.parametrize(
    ("lines", "shown"),
    [
        (
            ("hears 113", "waits", "rings utrecht advice", "busy"),
            [
                "a.call: line 1, `hears 113`: the words do not occur in what the caller hears here",
                "a.call: line 3, `rings utrecht advice`: it is landelijk advice 1 that rings",
                "",
                "  -    line 1  hears 113",
                "  +     0.0 s  hears Direct gevaar? Bel 1 1 2.",
                "        2.4 s  is asked for keys or speech",
                "  +     2.4 s  hears Toets de postcode.",
                "  +     3.6 s  hears Sluit af met #.",
                "        4.8 s  waits",
                "  -    line 3  rings utrecht advice",
                "  +    10.8 s  rings landelijk advice 1, showing +31300004000",
                "       13.8 s  landelijk advice 1: busy (not put through: busy)",
                "       13.8 s  hears Tot ziens.",
                "       14.6 s  ends: we hung up",
            ],
        ),
        (
            ("hears 112", "hears sluit af", "hears woonplaats", "waits", "worker hears toets 9", "voicemail"),
            [
                "a.call: line 3, `hears woonplaats`: the words do not occur in what the caller hears here",
                "a.call: line 5, `worker hears toets 9`: the words do not occur in what the worker hears",
                "",
                "        0.0 s  hears Direct gevaar? Bel 1 1 2.",
                "        2.4 s  is asked for keys or speech",
                "  -    line 3  hears woonplaats",
                "  +     2.4 s  hears Toets de postcode.",
                "        3.6 s  hears Sluit af met #.",
                "        4.8 s  waits",
                "       10.8 s  rings landelijk advice 1, showing +31300004000",
                "  -    line 5  worker hears toets 9",
                "  +    30.8 s  worker hears Toets 1.",
                "       36.6 s  landelijk advice 1: voicemail (not put through: completed)",
                "       36.6 s  hears Tot ziens.",
                "       37.4 s  ends: we hung up",
            ],
        ),
        (
            ("never hears postcode", "busy", "ends"),
            [
                "a.call: Line 2 is `busy`, but the call asks a question here.",
                "a.call: line 2, `busy`: the call does not come to this line",
                "a.call: line 3, `ends`: the call does not come to this line",
                "a.call: line 1, `never hears postcode`: the caller does hear it",
                "",
                "        0.0 s  hears Direct gevaar? Bel 1 1 2.",
                "        2.4 s  is asked for keys or speech",
                "  -    line 1  never hears postcode",
                "  +     2.4 s  hears Toets de postcode.",
                "  +     3.6 s  hears Sluit af met #.",
                "  -    line 2  busy",
                "  -    line 3  ends",
            ],
        ),
    ],
)
def test_report(helpline: Service, lines: tuple[str, ...], shown: list[str]) -> None:
    """A failing rehearsal shows the faults, then the call as it went, with what was written where it parted."""
    assert _rehearse(helpline, *lines).report().splitlines() == shown


def test_report_of_a_whisper_that_was_none(helpline: Service) -> None:
    """What a worker should have heard, and nobody picked up, stands before the end of the ring."""
    report = _rehearse(helpline, "waits", "worker hears toets 1", "busy").report()
    assert report.splitlines()[-4:-2] == [
        "  -    line 2  worker hears toets 1",
        "       13.8 s  landelijk advice 1: busy (not put through: busy)",
    ]


def test_report_of_an_end(helpline: Service) -> None:
    """An end that is not ours stands beside the end that was written."""
    report = _rehearse(helpline, "hangs up", "ends").report()
    assert report.splitlines()[-2:] == ["  -    line 2  ends", "  +     4.8 s  ends: the caller hung up"]


def test_report_of_a_warning(service: Service) -> None:
    """What Twilio's debugger shows is nothing that anybody wrote."""
    service.on("/voice", '<Say colour="red">112</Say>')
    assert "  +     0.0 s  Twilio's debugger shows 12200" in _rehearse(service, "ends").report()
