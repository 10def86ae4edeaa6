"""Rehearsing texts: each line against a real service, what is shown of a difference, and what is written instead."""

from __future__ import annotations

import pytest

from helpline.simulator.text_rehearsal import TextRehearsal, rehearse_texts
from helpline.simulator.text_transcript import parse_texts
from helpline.simulator.text_writing import rewritten
from helpline.simulator.texting import Messenger
from tests.simulator.service import Asked, Reply, Service, twiml

PLACE = "Dank u.\nVeilig Thuis Utrecht: 0800-2000. Direct gevaar? Bel 112."


def _answer(asked: Asked) -> Reply:
    """A place for digits, two messages for "twee", nothing for "niets", a warning for "rood"."""
    answers = {"niets": "", "twee": "<Message>Een</Message><Message>Twee</Message>"}
    answers["rood"] = '<Message colour="red">Rood</Message>'
    answers["elders"] = '<Message to="+31612345699">Hoi</Message>'
    return twiml(answers.get(asked.fields["Body"], f"<Message>{PLACE}</Message>"))


@pytest.fixture
def helpline(service: Service) -> Service:
    """A service that answers texts."""
    service.on("/sms", _answer)
    return service


def _rehearse(service: Service, *lines: str) -> TextRehearsal:
    telephone = service.telephone()
    text = "\n".join(["from +31612345601", *lines])
    return rehearse_texts(parse_texts(text, "a.sms"), Messenger(telephone.twilio, telephone.number))


@pytest.mark.parametrize(
    "lines",
    [
        ("texts 3511", "gets Veilig Thuis Utrecht 0800-2000 112"),
        ("texts 3511", "gets dank u veilig 08002000"),
        ("texts 3511", "gets Utrecht", "gets 0800-2000", "gets Bel 112"),
        ("texts 3511", "gets Utrecht", "never gets Rotterdam", "never gets Thuis 112"),
        ("texts niets", "gets nothing"),
        ("texts niets",),
        ("texts niets", "gets nothing", "texts 3511", "gets Utrecht"),
        ("never gets 3511", "texts 3511", "gets 112"),
    ],
)
def test_holds(helpline: Service, lines: tuple[str, ...]) -> None:
    """Words may lie apart in a reply, in their order; case, punctuation and hyphens in numbers do not count."""
    assert [fault.why for fault in _rehearse(helpline, *lines).faults] == []


@pytest.mark.parametrize(
    ("lines", "faults"),
    [
        (("texts 3511", "gets Rotterdam 112"), [(3, "the reply lacks here: Rotterdam")]),
        (("texts 3511", "gets 112 Utrecht"), [(3, "the reply lacks here: Utrecht")]),
        (("texts 3511", "gets 112", "gets Utrecht"), [(4, "the reply lacks here: Utrecht")]),
        (("texts 3511", "gets 2000"), [(3, "the reply lacks here: 2000")]),
        (("texts niets", "gets 112"), [(3, "no reply came")]),
        (("texts 3511", "gets nothing"), [(3, "a reply came")]),
        (("texts 3511",), [(2, "a reply came, of which nothing is written")]),
        (("texts twee", "gets Een"), [(2, "more than one reply came")]),
        (("texts elders", "gets hoi"), [(2, "a reply went to somebody else")]),
        (("texts 3511", "gets 112", "never gets Thuis Utrecht"), [(4, "a reply has it")]),
        (
            ("texts rood", "gets rood"),
            [(2, "Twilio's debugger shows 12200: line 1: <Message> has no attribute colour.")],
        ),
    ],
)
def test_fails(helpline: Service, lines: tuple[str, ...], faults: list[tuple[int, str]]) -> None:
    """Whatever is otherwise than written is told, with its line; so is what nobody has written of."""
    rehearsal = _rehearse(helpline, *lines)
    assert rehearsal.ok is False
    assert [(fault.number, fault.why) for fault in rehearsal.faults] == faults


def test_pictures(helpline: Service) -> None:
    """`pictures` go with the text that follows, and with no other."""
    _rehearse(helpline, "pictures 2", "texts 3511", "texts 3011")
    assert [each.fields["NumMedia"] for each in helpline.asked] == ["2", "0"]


def test_report(helpline: Service) -> None:
    """A failing rehearsal shows what was expected and what came, each difference marked in both."""
    lines = ["texts niets", "gets nothing", "texts 3511", "gets Veilig Thuis Gooi en Vechtstreek: 112"]
    lines += ["never gets Dank u", "texts rood", "gets rood"]
    assert _rehearse(helpline, *lines).report().splitlines() == [
        "a.sms: line 5, `gets Veilig Thuis Gooi en Vechtstreek: 112`: the reply lacks here: Gooi, en, Vechtstreek",
        "a.sms: line 6, `never gets Dank u`: a reply has it",
        "a.sms: line 7, `texts rood`: Twilio's debugger shows 12200: line 1: <Message> has no attribute colour.",
        "",
        "    texts  niets",
        "    gets   nothing",
        "    texts  3511",
        "  - gets   Veilig Thuis [-Gooi en Vechtstreek-]: 112",
        "  - never gets  Dank u",
        "  + gets   {+Dank u+}. Veilig Thuis {+Utrecht: 0800-2000. Direct gevaar? Bel+} 112.",
        "    texts  rood",
        "  + gets   Rood",
        "  + # Twilio's debugger shows 12200: line 1: <Message> has no attribute colour.",
    ]


def test_report_of_what_holds(helpline: Service) -> None:
    """One that holds shows the texts and their replies."""
    assert _rehearse(helpline, "texts 3511", "gets 112").report().splitlines() == [
        "a.sms: holds",
        "",
        "    texts  3511",
        "    gets   Dank u. Veilig Thuis Utrecht: 0800-2000. Direct gevaar? Bel 112.",
    ]


def test_rewritten(helpline: Service) -> None:
    """The lines that do not hold give way to what came; the others, and comments, stay; then all holds."""
    lines = ["# About.", "never gets Dank u", "texts 3511  # verbatim", "gets Rotterdam", "", "texts 3011"]
    lines += ["gets Utrecht  # holds", "texts niets", "gets 112", "texts niets"]
    now = rewritten("\n".join(["from +31612345601", *lines]), _rehearse(helpline, *lines)).splitlines()
    whole = "gets   Dank u. Veilig Thuis Utrecht: 0800-2000. Direct gevaar? Bel 112."
    assert now[:4] == ["from +31612345601", "# About.", "texts 3511  # verbatim", whole]
    assert now[-5:] == ["texts 3011", whole, "texts niets", "gets nothing", "texts niets"]
    assert _rehearse(helpline, *now[1:]).ok


def test_what_cannot_be_written(helpline: Service) -> None:
    """A second reply, or a complaint of Twilio's, is no part of a transcript: it is written as a comment."""
    lines = ["texts twee", "gets Een", "texts rood", "gets Rood"]
    assert rewritten("\n".join(["from +31612345601", *lines]), _rehearse(helpline, *lines)).splitlines() == [
        "from +31612345601",
        "texts twee",
        "gets   Een",
        "# and gets   Twee",
        "texts rood",
        "gets   Rood",
        "# Twilio's debugger shows 12200: line 1: <Message> has no attribute colour.",
    ]
