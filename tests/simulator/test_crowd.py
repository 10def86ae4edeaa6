"""A crowd is played side by side, in order of its seeds, and stops when nobody listens any more."""

from __future__ import annotations

import threading

from helpline.simulator.crowd import Crowd
from helpline.simulator.crowd_judging import LOST
from tests.simulator.service import Asked, Reply, Service
from tests.simulator.small_country import ATLAS, prepare


def test_all_are_lost_by_a_service_that_is_broken(service: Service) -> None:
    """Each call is judged, in order, with the error that Twilio would log."""
    service.on("/voice", Reply(status=500))
    found = list(Crowd(service.telephone(), ATLAS, 5).play(range(20)))
    assert [judged.caller.seed for judged in found] == list(range(20))
    assert {judged.outcome for judged in found} == {LOST}
    assert {warned.code for judged in found for warned in judged.errors} == {11200}


def test_so_many_at_once_and_no_more(service: Service) -> None:
    """Four are under way at the same time, though a fifth waits."""
    prepare(service)
    met, under_way, most, lock = threading.Barrier(4, timeout=10), 0, 0, threading.Lock()

    def slowly(_: Asked) -> Reply:
        nonlocal under_way, most
        with lock:
            under_way += 1
            most = max(most, under_way)
        met.wait()
        with lock:
            under_way -= 1
        return Reply(status=500)

    service.on("/voice", slowly)
    assert len(list(Crowd(service.telephone(), ATLAS, 4).play(range(8)))) == 8
    assert most == 4


def test_who_stops_listening_stops_the_crowd(service: Service) -> None:
    """What is under way is played to its end, and nothing else is begun."""
    service.on("/voice", Reply(status=500))
    calls = Crowd(service.telephone(), ATLAS, 2).play(range(5_000))
    assert next(calls).caller.seed == 0
    calls.close()
    asked = len(service.asked)
    assert asked < 1_000
    assert len(service.asked) == asked


def test_the_same_caller_alone_or_among_others(service: Service) -> None:
    """A seed is one call: what she does and how each telephone is answered do not hang on who else rings."""
    prepare(service)
    among = {each.caller.seed: each.call.events for each in Crowd(service.telephone(), ATLAS, 8).play(range(30))}
    [alone] = Crowd(service.telephone(), ATLAS, 1).play([17])
    assert alone.call.events == among[17]
