"""Status callbacks: in order as things happen, or late and shuffled, as Twilio does not rule out."""

from __future__ import annotations

from email.utils import parsedate_to_datetime

import pytest

from helpline.simulator.account import TwilioNumber
from helpline.simulator.events import Warned
from helpline.simulator.party import Answered, Busy, CallerHangsUp, RingReply
from helpline.simulator.player import Call, Telephone
from tests.simulator.facts import fact
from tests.simulator.scripted import Scripted
from tests.simulator.service import CALLER, HELPLINE, Service, only

EVENTS = "initiated ringing answered completed"
SEEDS = range(12)


def _play(service: Service, *replies: RingReply, seed: int | None = None, told: str = "/told") -> Call:
    numbers = "".join(
        f'<Number statusCallback="{told}" statusCallbackEvent="{EVENTS}">+3130000000{place}</Number>'
        for place in range(len(replies))
    )
    service.on("/voice", f'<Dial action="/ended" sequential="true">{numbers}</Dial>')
    service.on("/ended", "<Hangup/>")
    service.on("/told", "")
    number = TwilioNumber(HELPLINE, status_callback="/told")
    return Telephone(service.telephone().twilio, number, shuffled=seed).call(CALLER, Scripted(rings=replies))


def _order(service: Service) -> list[tuple[str, str]]:
    return [(each.fields["CallSid"], each.fields["SequenceNumber"]) for each in service.at("/told")]


def test_in_order(service: Service) -> None:
    """Without a seed they come as things happen: those of the first leg, of the second, of the call."""
    _play(service, Busy(), Answered())
    statuses = [each.fields["CallStatus"] for each in service.at("/told")]
    assert statuses == ["queued", "ringing", "busy", "queued", "ringing", "in-progress", "completed", "completed"]
    paths = [each.path for each in service.asked]
    assert paths == ["/voice", *["/told"] * 7, "/ended", "/told"]


@fact("Number", "Timestamp is RFC 2822, CallbackSource call-progress-events")
def test_each_says_when(service: Service) -> None:
    """The times are those of the call, whose clock goes faster than ours."""
    _play(service, Answered(600.0))
    moments = [parsedate_to_datetime(each.fields["Timestamp"]) for each in service.at("/told")]
    assert 600 <= (moments[-1] - moments[0]).total_seconds() <= 610
    assert {each.fields["CallbackSource"] for each in service.at("/told")} == {"call-progress-events"}


@fact("Number", "Status callbacks have no guaranteed order")
@pytest.mark.parametrize("seed", SEEDS)
def test_shuffled(service: Service, seed: int) -> None:
    """With a seed all come all the same, once each, told apart by CallSid and SequenceNumber."""
    _play(service, Busy(), Answered(), seed=seed)
    assert sorted(number for _, number in _order(service)) == ["0", "0", "0", "1", "1", "2", "2", "3"]
    assert len(set(_order(service))) == 8


def test_a_seed_is_one_order(service: Service) -> None:
    """The same seed gives the same order, and some seed gives another than things happened in."""
    orders = []
    for seed in [*SEEDS, *SEEDS]:
        service.asked.clear()
        _play(service, Busy(), Answered(), seed=seed)
        orders.append([(each.fields["CallStatus"], each.fields["SequenceNumber"]) for each in service.at("/told")])
    assert orders[: len(SEEDS)] == orders[len(SEEDS) :]
    assert len({tuple(each) for each in orders}) > len(SEEDS) / 2


def test_the_last_overtakes_the_action(service: Service) -> None:
    """When the caller hangs up in a Dial, the call's own callback may come before the action is asked."""
    orders = set()
    for seed in SEEDS:
        service.asked.clear()
        _play(service, CallerHangsUp(), seed=seed)
        asked = [each for each in service.asked if each.path == "/ended" or "ParentCallSid" not in each.fields]
        orders.add(tuple(each.path for each in asked))
    assert orders == {("/voice", "/ended", "/told"), ("/voice", "/told", "/ended")}


@pytest.mark.parametrize("seed", [None, 1])
def test_failures_are_noted(service: Service, seed: int | None) -> None:
    """Each that fails is 15003, however late it comes."""
    call = _play(service, Busy(), seed=seed, told="/missing")
    assert [each.code for each in only(call, Warned) if isinstance(each, Warned)] == [15003] * 3


@fact("Retries", "A status callback may be answered 204, or 200; its TwiML is never played")
def test_never_played(service: Service) -> None:
    """TwiML in the answer to a status callback is not played."""
    service.on("/voice", "<Hangup/>")
    service.on("/status", "<Redirect>/never</Redirect>")
    call = service.telephone(TwilioNumber(HELPLINE, status_callback="/status")).call(CALLER, Scripted())
    assert (service.at("/never"), only(call, Warned)) == ([], [])
