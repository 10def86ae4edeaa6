"""The terminal: a person hears by reading, and answers by typing."""

from __future__ import annotations

import io

import pytest

from helpline.simulator.events import Pressed, RingEnded, Spoke, Waited
from helpline.simulator.player import Call
from helpline.simulator.terminal import Terminal
from tests.simulator.service import CALLER, Service, only
from tests.simulator.small_helpline import line_of, prepare


def _call(service: Service, *typed: str) -> tuple[Call, str]:
    prepare(service)
    screen = io.StringIO()
    source = io.StringIO("".join(line + "\n" for line in typed))
    call = service.telephone().call(CALLER, Terminal(source, screen, line_of))
    return call, screen.getvalue()


def test_screen(service: Service) -> None:
    """What is heard is shown with its seconds, then what can be typed, then the whisper and the end."""
    _, screen = _call(service, "3704", "answered")
    assert screen.splitlines() == [
        "    0.0 s  hears Direct gevaar? Bel 1 1 2.",
        "    2.4 s  hears Toets de postcode.",
        "    3.6 s  hears Sluit af met #.",
        "          (keys | keys at once | words | nothing, for silence | hangs up)",
        "         > 3704",
        "    7.2 s  hears U wordt verbonden.",
        "    8.4 s  rings utrecht advice 1, showing +31300004000",
        "          (answered | busy | no answer | failed | voicemail | declined | hangs up | answered for 10 seconds"
        " | dial ends as WORD | answered, hangs up)",
        "         > answered",
        "   14.4 s  worker hears Toets 1.",
        "   15.2 s  worker presses 1",
        "  135.8 s  utrecht advice 1: answered (put through)",
        "  135.8 s  ends: we hung up",
    ]


@pytest.mark.parametrize(
    ("typed", "event"),
    [
        ("3704", Pressed("3704", 4.8)),
        ("#", Pressed("#", 4.8)),
        ("3704 at once", Pressed("3704", 4.8, interrupting=True)),
        ("37 then 04 after 3 seconds", Pressed("3704", 4.8)),
        ("Zeist", Spoke("Zeist", 4.8)),
        ("", Waited(4.8)),
    ],
)
def test_at_a_question(service: Service, typed: str, event: object) -> None:
    """Keys are keys, an empty line is silence, and anything else is said aloud."""
    call, _ = _call(service, typed, "hangs up")
    assert event in call.events


@pytest.mark.parametrize("typed", [("hangs up",), (), ("3704",), ("3704", "hangs up")])
def test_hangs_up(service: Service, typed: tuple[str, ...]) -> None:
    """`hangs up`, or the end of what is typed, hangs up."""
    _, screen = _call(service, *typed)
    assert screen.endswith("ends: the caller hung up\n")


@pytest.mark.parametrize(
    "typed", ["answered, hangs up", "answered and hangs up", "answered for 120 seconds then hangs up"]
)
def test_caller_ends_the_conversation(service: Service, typed: str) -> None:
    """A conversation may be ended by the caller."""
    _, screen = _call(service, "", typed)
    assert screen.endswith("hangs up\n  138.2 s  ends: the caller hung up\n")


def test_unknown_end(service: Service) -> None:
    """A word that is no end of a ring is asked again."""
    call, screen = _call(service, "", "perhaps", "busy")
    assert "'perhaps' is none of these" in screen
    assert [each.reply for each in only(call, RingEnded) if isinstance(each, RingEnded)] == ["busy"]
