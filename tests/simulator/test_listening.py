"""Gather with speech: how long Twilio listens, in which languages, and what it makes of the words."""

from __future__ import annotations

import pytest

from helpline.simulator.events import Warned
from helpline.simulator.party import Spoken
from helpline.simulator.player import Call
from helpline.simulator.twiml import Document, read
from tests.simulator.facts import fact
from tests.simulator.scripted import Scripted
from tests.simulator.service import CALLER, Reply, Service, heard, only


def _play(service: Service, attributes: str, said: Spoken) -> Call:
    service.on("/voice", f'<Gather action="/answer" input="dtmf speech" {attributes}/><Say>next</Say>')
    service.on("/answer", "<Say>answer</Say>")
    return service.telephone().call(CALLER, Scripted(said))


def _understood(service: Service, attributes: str, said: Spoken) -> str:
    _play(service, attributes, said)
    return service.at("/answer")[0].fields["SpeechResult"]


def _codes(verbs: str) -> list[int]:
    document = read(f"<Response>{verbs}</Response>".encode(), "text/xml")
    assert isinstance(document, Document)
    return [each.code for each in document.warnings]


def test_speech_timeout_is_the_timeout(service: Service) -> None:
    """Without speechTimeout, silence as long as timeout ends what is said."""
    call = _play(service, 'timeout="7"', Spoken("Zeist"))
    assert call.events[-1].at == pytest.approx(0.4 + 7 + 0.4)


def test_a_minute_at_most(service: Service) -> None:
    """What is said after sixty seconds is not heard."""
    call = _play(service, 'speechTimeout="auto"', Spoken("woord " * 500))
    assert len(service.at("/answer")[0].fields["SpeechResult"].split()) == 150
    assert call.events[-1].at == pytest.approx(60 + 1 + 0.4)


@fact("Gather", "profanityFilter | true | first letter + stars")
@pytest.mark.parametrize(
    ("attributes", "result"),
    [("", "d**** Zeist"), ('profanityFilter="true"', "d**** Zeist"), ('profanityFilter="false"', "domme Zeist")],
)
def test_profanity_filter(service: Service, attributes: str, result: str) -> None:
    """profanityFilter, on by default, leaves of a swear word the first letter and stars."""
    assert _understood(service, attributes, Spoken("domme Zeist", profane=("domme",))) == result


@fact("Gather", "language | en-US | nl-NL, nl-BE… ; unsupported 13331 fails the Gather")
def test_a_language_that_is_not_understood(service: Service) -> None:
    """Another language than Twilio understands is 13331 and fails the Gather: nobody is asked."""
    call = _play(service, 'language="ti-ER"', Spoken("Zeist"))
    assert [each.code for each in only(call, Warned) if isinstance(each, Warned)] == [13331]
    assert (heard(call), service.at("/answer")) == (["next"], [])


@pytest.mark.parametrize("language", ["nl-NL", "nl-BE", "en-US"])
def test_languages_that_are_understood(language: str) -> None:
    """nl-NL, nl-BE and the default are."""
    assert _codes(f'<Gather input="speech" language="{language}"/>') == []


@fact(
    "Gather",
    "partialResultCallback | – | async, UnstableSpeechResult/StableSpeechResult(?); TwiML in its answer is ignored",
)
@pytest.mark.parametrize("answer", ["<Say>not heard</Say>", Reply(status=204)])
def test_partial_results(service: Service, answer: str | Reply) -> None:
    """partialResultCallback is told what is understood so far, and its answer is never played."""
    service.on("/partial", answer)
    call = _play(service, 'partialResultCallback="/partial"', Spoken("Bergen op Zoom"))
    told = [(each.fields["StableSpeechResult"], each.fields["UnstableSpeechResult"]) for each in service.at("/partial")]
    assert told == [("", "Bergen"), ("Bergen", "op"), ("Bergen op", "Zoom")]
    assert [each.fields["SequenceNumber"] for each in service.at("/partial")] == ["0", "1", "2"]
    assert (heard(call), only(call, Warned)) == (["answer"], [])


@fact("Gather", "hints | – | ≤ 500 entries × ≤ 100 chars")
@pytest.mark.parametrize(
    ("hints", "codes"),
    [
        (",".join(["Zeist"] * 500), []),
        (",".join(["Zeist"] * 501), [12200]),
        ("a" * 100, []),
        ("a" * 101, [12200]),
    ],
)
def test_hints(hints: str, codes: list[int]) -> None:
    """hints: five hundred of a hundred characters."""
    assert _codes(f'<Gather input="speech" hints="{hints}"/>') == codes


@fact(
    "Gather",
    "speechModel | default | default, numbers_and_commands, phone_call, experimental_*, googlev2_*, deepgram_nova-2/3",
)
@pytest.mark.parametrize(
    ("model", "codes"),
    [
        ("default", []),
        ("numbers_and_commands", []),
        ("phone_call", []),
        ("experimental_conversations", []),
        ("googlev2_telephony", []),
        ("deepgram_nova-2", []),
        ("deepgram_nova-3", []),
        ("deepgram_nova-4", [13334]),
        ("mine", [13334]),
    ],
)
def test_speech_model(model: str, codes: list[int]) -> None:
    """speechModel is one that Twilio has."""
    assert _codes(f'<Gather input="speech" speechModel="{model}"/>') == codes
