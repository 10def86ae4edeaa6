"""The whisper: what the called party hears before the bridge, on the child leg."""

from __future__ import annotations

import pytest

from helpline.simulator.events import RingEnded, Warned, WorkerHeard
from helpline.simulator.party import Answered, Declined, RingReply, Voicemail
from helpline.simulator.player import Call
from helpline.simulator.speech import seconds_to_say
from tests.simulator.facts import fact
from tests.simulator.scripted import Scripted
from tests.simulator.service import CALLER, HELPLINE, Prepared, Reply, Service, heard, only

NUMBER = "+31300000001"
ACCEPT = '<Gather numDigits="1" timeout="8" action="/accepted"><Say>Toets 1</Say></Gather><Hangup/>'


def _play(service: Service, whisper: str | Prepared, reply: RingReply) -> Call:
    dial = f'<Dial action="/ended" callerId="{HELPLINE}"><Number url="/whisper">{NUMBER}</Number></Dial>'
    service.on("/voice", dial)
    service.on("/whisper", whisper)
    service.on("/accepted", "<Say>Dank u</Say>")
    service.on("/ended", "<Hangup/>")
    return service.telephone().call(CALLER, Scripted(rings=[reply]))


def _is_bridged(call: Call) -> bool:
    [ended] = only(call, RingEnded)
    assert isinstance(ended, RingEnded)
    return ended.bridged


def _worker_heard(call: Call) -> list[str]:
    return [each.text for each in only(call, WorkerHeard) if isinstance(each, WorkerHeard)]


@fact("Number", "Legs have a CallSid of their own, with ParentCallSid of the inbound call")
def test_leg(service: Service) -> None:
    """The whisper is asked for the child leg: own CallSid, the caller's as ParentCallSid, From and To its own."""
    _play(service, "<Say>Een beller</Say>", Answered())
    call, whisper = service.at("/voice")[0].fields, service.at("/whisper")[0].fields
    assert whisper["CallSid"] != call["CallSid"] == whisper["ParentCallSid"]
    assert (whisper["From"], whisper["To"]) == (HELPLINE, NUMBER)
    assert (whisper["Direction"], whisper["CallStatus"]) == ("outbound-dial", "in-progress")
    assert service.at("/ended")[0].fields["DialCallSid"] == whisper["CallSid"]


@fact("Number", "The end of the whisper's document bridges, unless Hangup")
@pytest.mark.parametrize("reply", [Answered(), Voicemail()])
def test_end_of_document_bridges(service: Service, reply: RingReply) -> None:
    """The end of the document puts the two through, a machine too; the caller hears nothing of it."""
    service.on("/x.mp3", Reply(b"ID3", content_type="audio/mpeg"))
    call = _play(service, '<Say>Een beller</Say><Play>/x.mp3</Play><Pause length="1"/>', reply)
    assert _is_bridged(call)
    assert _worker_heard(call) == ["Een beller", "[sound /x.mp3]"]
    assert heard(call) == []


@pytest.mark.parametrize(
    ("reply", "bridged", "said"),
    [
        (Answered(), True, ["Toets 1", "Dank u"]),
        (Answered(key=""), False, ["Toets 1"]),
        (Answered(key="#"), False, ["Toets 1"]),
        (Voicemail(), False, ["Toets 1"]),
        (Declined(), False, ["Toets 1"]),
    ],
)
def test_accept_by_key(service: Service, reply: RingReply, bridged: bool, said: list[str]) -> None:
    """A Gather with Hangup behind it: only who presses a key is put through, no machine and nobody who declines."""
    call = _play(service, ACCEPT, reply)
    assert (_is_bridged(call), _worker_heard(call)) == (bridged, said)


@fact("Dial", "A whisper that ends without joining gives completed(?) with DialBridged=false: trust DialBridged")
def test_unbridged_is_completed(service: Service) -> None:
    """A leg that was picked up and not joined ends as completed: only DialBridged tells the truth."""
    _play(service, ACCEPT, Voicemail())
    fields = service.at("/ended")[0].fields
    assert (fields["DialCallStatus"], fields["DialBridged"]) == ("completed", "false")


def test_declined_while_listening(service: Service) -> None:
    """Who hangs up during the whisper is not put through, though the document would end."""
    assert not _is_bridged(_play(service, "<Say>Een beller</Say>", Declined()))


def test_gather_in_time(service: Service) -> None:
    """A key at a Gather without numDigits counts after the timeout."""
    call = _play(service, '<Gather timeout="8" action="/accepted"/><Hangup/>', Answered(10.0))
    [ended] = only(call, RingEnded)
    assert ended.at == pytest.approx(6 + 0.6 + 8 + 0.8 + 10)


def test_empty_result(service: Service) -> None:
    """actionOnEmptyResult holds in a whisper too: a machine's silence is sent, and the answer decides."""
    whisper = '<Gather action="/accepted" actionOnEmptyResult="true"/><Hangup/>'
    assert _is_bridged(_play(service, whisper, Voicemail()))
    assert service.at("/accepted")[0].fields["Digits"] == ""


def test_the_finishing_key_first(service: Service) -> None:
    """`#` first is as no key: the next verb follows, and the action is asked only where an empty answer is wanted."""
    _play(service, ACCEPT, Answered(key="#"))
    assert service.at("/accepted") == []
    _play(service, ACCEPT.replace("<Gather", '<Gather actionOnEmptyResult="true"'), Answered(key="#"))
    assert service.at("/accepted")[0].fields["Digits"] == ""


def test_words_without_end(service: Service) -> None:
    """loop="0" is as long for the worker as it would be for the caller, who waits for it."""
    call = _play(service, '<Say loop="0">Een beller</Say>', Answered(10.0))
    [ended] = only(call, RingEnded)
    assert isinstance(ended, RingEnded)
    assert ended.at == pytest.approx(6 + 1_000 * seconds_to_say("Een beller") + 10)


def test_redirect(service: Service) -> None:
    """A whisper may go on with another document."""
    assert _worker_heard(_play(service, "<Redirect>/accepted</Redirect>", Answered())) == ["Dank u"]


@fact("Hangup", "In a whisper it ends the leg and does not put through")
def test_hangup(service: Service) -> None:
    """Hangup in a whisper does not put through."""
    assert not _is_bridged(_play(service, "<Say>Niet nu</Say><Hangup/>", Answered()))


def test_dial_in_a_whisper(service: Service) -> None:
    """A Dial in a whisper is refused (13201) and ends the leg."""
    call = _play(service, f"<Dial>{NUMBER}</Dial>", Answered())
    assert not _is_bridged(call)
    assert [each.code for each in only(call, Warned) if isinstance(each, Warned)] == [13201]


def test_broken_whisper(service: Service) -> None:
    """A whisper that cannot be fetched is noted, and nobody is put through."""
    service.on("/none")
    call = _play(service, "<Redirect>/none</Redirect>", Answered())
    assert not _is_bridged(call)
    assert [each.code for each in only(call, Warned) if isinstance(each, Warned)] == [11200]
