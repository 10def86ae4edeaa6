"""Recordings: asked for before they are played; one that cannot be had is told of, and the rest of the call goes on."""

from __future__ import annotations

import pickle

import pytest

from helpline.simulator.events import How, Warned, WorkerHeard
from helpline.simulator.party import Answered, Keys
from helpline.simulator.player import Call
from tests.simulator.facts import fact
from tests.simulator.scripted import Scripted
from tests.simulator.service import CALLER, PUBLIC, Reply, Service, heard, how, only

SOUND = Reply(b"ID3", content_type="audio/mpeg")
WHERE = f"{PUBLIC}/sounds/a.mp3"


def _told(call: Call) -> list[str]:
    return [each.words for each in only(call, Warned) if isinstance(each, Warned)]


def test_it_is_asked_for(service: Service) -> None:
    """By GET, signed, at its place beside the document; keys sent as tones are nowhere to be asked for."""
    service.on("/sounds/a.mp3", SOUND)
    service.on("/sounds/call", '<Play>a.mp3</Play><Play digits="1"/>')
    service.on("/voice", "<Redirect>/sounds/call</Redirect>")
    call = service.telephone().call(CALLER, Scripted())
    [asked] = service.at("/sounds/a.mp3")
    assert (asked.method, asked.target) == ("GET", "/sounds/a.mp3")
    assert (heard(call), _told(call)) == (["[sound a.mp3]", "[sound 1]"], [])


@fact("Play", "A recording that cannot be had is 12400, and the next verb follows")
@pytest.mark.parametrize(
    ("reply", "told"),
    [
        (Reply(status=404), f"12400: The recording at {WHERE} cannot be had: 11200 The answer from {WHERE} has"),
        (Reply(b"<p>Oops", content_type="text/html"), f"12300: What is at {WHERE} is no recording: its content type"),
        (Reply(b"ID3", content_type=None), f"12300: What is at {WHERE} is no recording: its content type is not told."),
    ],
    ids=["not there", "a page", "no type"],
)
def test_it_cannot_be_had(service: Service, reply: Reply, told: str) -> None:
    """The debugger shows it, nothing is heard in its place, and the call goes on."""
    service.on("/sounds/a.mp3", reply)
    service.on("/voice", "<Say>een</Say><Play>/sounds/a.mp3</Play><Say>twee</Say>")
    call = service.telephone().call(CALLER, Scripted())
    [shown] = _told(call)
    assert shown.startswith(f"Twilio's debugger shows {told}")
    assert (heard(call), how(call)) == (["een", "twee"], How.DOCUMENT_ENDED)


def test_in_a_question_and_in_a_whisper(service: Service) -> None:
    """There too it is left out, and a key is taken all the same."""
    service.on("/whisper", "<Play>/a.mp3</Play><Say>Een beller</Say>")
    service.on("/rings", '<Dial><Number url="/whisper">+31300000001</Number></Dial>')
    service.on("/voice", '<Gather numDigits="1" action="/rings"><Play>/a.mp3</Play><Say>Toets 1</Say></Gather>')
    call = service.telephone().call(CALLER, Scripted(Keys("1"), rings=[Answered()]))
    assert heard(call) == ["Toets 1"]
    assert [each.text for each in only(call, WorkerHeard) if isinstance(each, WorkerHeard)] == ["Een beller"]
    assert len(_told(call)) == 2


def test_it_is_asked_for_once(service: Service) -> None:
    """Twilio keeps it: however many calls there are, whoever serves it is asked once; so for one that is not there."""
    service.on("/a.mp3", SOUND)
    service.on("/voice", "<Play>/a.mp3</Play><Play>/a.mp3</Play><Play>/b.mp3</Play>")
    telephone = service.telephone()
    calls = [telephone.call(CALLER, Scripted()) for _ in range(2)]
    assert [heard(call) for call in calls] == [["[sound /a.mp3]"] * 2] * 2
    assert [len(_told(call)) for call in calls] == [1, 1]
    assert (len(service.at("/a.mp3")), len(service.at("/b.mp3"))) == (1, 1)


def test_in_another_process(service: Service) -> None:
    """A telephone that is taken to another process asks there for itself."""
    service.on("/a.mp3", SOUND)
    service.on("/voice", "<Play>/a.mp3</Play>")
    for telephone in (service.telephone(), pickle.loads(pickle.dumps(service.telephone()))):  # noqa: S301 - our own
        assert heard(telephone.call(CALLER, Scripted())) == ["[sound /a.mp3]"]
    assert len(service.at("/a.mp3")) == 2


def test_an_answer_that_is_a_sound(service: Service) -> None:
    """It has come already."""
    service.on("/voice", SOUND)
    call = service.telephone().call(CALLER, Scripted())
    assert (len(service.asked), len(heard(call)), _told(call)) == (1, 1, [])
