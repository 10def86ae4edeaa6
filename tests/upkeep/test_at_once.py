"""What an operator asks for is tried at once."""

from __future__ import annotations

import functools
from datetime import timedelta

import anyio

from helpline.errors import CarrierAway, CarrierRefused
from helpline.upkeep.at_once import delete_all
from tests.conftest import TODAY
from tests.upkeep.at_twilio import call
from tests.upkeep.erasing_world import World

DAY = timedelta(days=1)


def test_at_once_all_are_tried_and_the_rest_waits_as_before(world: World) -> None:
    """Those given up too; what fails keeps its time and tries."""
    world.twilio.calls = {call(1): "", call(2): "", call(3): ""}
    world.erasures.add({call(1): TODAY, call(2): TODAY + DAY, call(3): TODAY + DAY})
    world.erasures.give_up(call(1))
    world.twilio.refuses = {call(3): 20009}
    before = world.rows()[2]
    fault = anyio.run(functools.partial(delete_all, world.erasures, world.twilio, TODAY))
    assert isinstance(fault, CarrierRefused)
    assert set(world.twilio.calls) == {call(3)}
    assert world.rows() == [before]


def test_at_once_stops_where_twilio_is_away(world: World) -> None:
    """The next would fare no better."""
    world.erasures.add({call(1): TODAY, call(2): TODAY})
    world.twilio.away = True
    fault = anyio.run(functools.partial(delete_all, world.erasures, world.twilio, TODAY))
    assert isinstance(fault, CarrierAway)
    assert len(world.twilio.asked) == 1
