"""What Twilio plays and the player does not: a fault with its name and the reason, never a call that just goes on."""

from __future__ import annotations

import inspect

import pytest
from twilio.twiml import TwiML, voice_response

from helpline.simulator.checking import VERBS as PLAYED
from helpline.simulator.events import How, Warned
from helpline.simulator.party import Keys
from helpline.simulator.player import Call
from helpline.simulator.rehearsal import rehearse
from helpline.simulator.schema import SHAPES
from helpline.simulator.transcript import parse
from helpline.simulator.unplayed import NOUNS, RECORDING, VERBS
from helpline.simulator.writing import write
from tests.simulator.scripted import Scripted
from tests.simulator.service import CALLER, Service, heard, how, only

NUMBER = "+31300000001"


def _play(service: Service, verbs: str, *gathers: Keys) -> Call:
    service.on("/voice", verbs)
    service.on("/answer", "<Hangup/>")
    return service.telephone().call(CALLER, Scripted(*gathers))


def _told(call: Call) -> list[str]:
    return [each.words for each in only(call, Warned) if isinstance(each, Warned)]


def _names(parent: type[TwiML]) -> set[str]:
    """What Twilio's own library can put into this element, without the letters that Python's names need."""
    own = {name for name, _ in inspect.getmembers(parent, inspect.isfunction)} - {
        name for name, _ in inspect.getmembers(TwiML, inspect.isfunction)
    }
    return {name.replace("_", "").casefold() for name in own}


def test_every_verb_of_twilios_is_played_or_named() -> None:
    """Twilio's library has no verb, and no noun for Dial, that the player would pass over as if it were none."""
    assert _names(voice_response.VoiceResponse) == {name.casefold() for name in PLAYED | VERBS.keys()}
    assert _names(voice_response.Dial) == {name.casefold() for name in SHAPES["Dial"].children | NOUNS.keys()}


@pytest.mark.parametrize(
    ("name", "verb"),
    [
        *((name, f"<{name}>a</{name}>") for name in VERBS),
        *((name, f"<Dial><{name}>a</{name}></Dial>") for name in NOUNS),
    ],
)
def test_the_call_stops_there_and_says_why(service: Service, name: str, verb: str) -> None:
    """What comes before is heard; then the call is over, and the fault says which element it was and why."""
    call = _play(service, f"<Say>een</Say>{verb}<Say>twee</Say>")
    why = {**VERBS, **NOUNS}[name]
    assert _told(call) == [f"line 1: this player does not play <{name}>: {why}."]
    assert (heard(call), how(call)) == (["een"], How.NOT_PLAYED)


def test_it_is_told_though_the_call_does_not_come_to_it(service: Service) -> None:
    """A document that could come to it is told of as soon as it is read, as any other fault of it."""
    call = _play(service, '<Gather numDigits="1" action="/answer"/><Enqueue>wait</Enqueue>', Keys("1"))
    assert (how(call), len(_told(call))) == (How.HUNG_UP, 1)
    assert "does not play <Enqueue>" in _told(call)[0]


def test_one_telephone_among_others(service: Service) -> None:
    """A Dial is not played in part: with a conference in it, no telephone rings."""
    call = _play(service, f"<Dial><Number>{NUMBER}</Number><Conference>room</Conference></Dial>")
    assert how(call) is How.NOT_PLAYED


@pytest.mark.parametrize("attribute", sorted(RECORDING))
def test_recordings_are_not_kept(service: Service, attribute: str) -> None:
    """What Twilio would do with a recording is told of by its attribute."""
    call = _play(service, f'<Dial record="true" {attribute}="/recorded">112</Dial>')
    assert f"line 1: <Dial> {attribute}: this player does not heed it: nothing of what is said is kept here." in _told(
        call
    )


def test_in_a_whisper_it_is_no_verb_at_all(service: Service) -> None:
    """Twilio itself takes none of these in a whisper, so there it is a warning of Twilio's."""
    service.on("/whisper", "<Record/>")
    service.on("/voice", f'<Dial><Number url="/whisper">{NUMBER}</Number></Dial>')
    transcript = parse("answered\nends", "a.call")
    rehearsal = rehearse(transcript, service.telephone(), str)
    assert [fault.why for fault in rehearsal.faults] == [
        "Twilio's debugger shows 12200: line 1: <Record> is no element the simulator knows in a whisper."
    ]


def test_a_rehearsal_fails_by_it(service: Service) -> None:
    """In a rehearsal it is a fault, and in a transcript a comment, in the same words."""
    service.on("/voice", "<Say>een</Say>\n<Enqueue>wait</Enqueue>")
    rehearsal = rehearse(parse("hears een", "a.call"), service.telephone(), str)
    told = f"line 2: this player does not play <Enqueue>: {VERBS['Enqueue']}."
    ended = "the player does not play what comes here"
    assert [fault.why for fault in rehearsal.faults] == [told, f"the call ended badly: {ended}"]
    assert write(rehearsal.call, str).splitlines()[1:] == [f"# {told}", "hears         een  # 0.0 s", f"# {ended}"]
