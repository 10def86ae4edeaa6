"""Deletions over Twilio's own REST, played."""

from __future__ import annotations

from datetime import timedelta

import anyio
import httpx
import respx

from helpline.carrier.rest import Rest
from helpline.upkeep.erasing import Eraser
from tests.upkeep.at_twilio import call, text
from tests.upkeep.erasing_world import World

ACCOUNT = "AC" + "0" * 32
URL = f"https://api.twilio.com/2010-04-01/Accounts/{ACCOUNT}"
MINUTE = timedelta(minutes=1)


def test_a_call_goes_over_twilios_own_rest(world: World, respx_mock: respx.MockRouter) -> None:
    """Its legs are listed, each is deleted, and then itself, with the account's own credentials."""
    legs = {"calls": [{"sid": call(2), "status": "completed"}], "next_page_uri": None}
    respx_mock.get(f"{URL}/Calls.json", params={"ParentCallSid": call(1)}).mock(httpx.Response(200, json=legs))
    leg = respx_mock.delete(f"{URL}/Calls/{call(2)}.json").mock(httpx.Response(404, json={"code": 20404}))
    whole = respx_mock.delete(f"{URL}/Calls/{call(1)}.json").mock(httpx.Response(204))
    eraser = Eraser(world.erasures, lambda: Rest(ACCOUNT, "a-token"), world.clock, [], world.told.append)
    eraser.call_over(call(1))
    anyio.run(eraser.round)
    world.clock.moment += MINUTE
    anyio.run(eraser.round)
    assert leg.called
    assert whole.called
    assert world.rows() == []


def test_a_text_goes_over_twilios_own_rest(world: World, respx_mock: respx.MockRouter) -> None:
    """One that cannot be deleted yet loses its words."""
    refused = httpx.Response(409, json={"code": 20009, "message": "for +31612345601"})
    respx_mock.delete(f"{URL}/Messages/{text(1)}.json").mock(refused)
    redacted = respx_mock.post(f"{URL}/Messages/{text(1)}.json", data={"Body": ""}).mock(
        httpx.Response(200, json={"sid": text(1), "status": "delivered"})
    )
    eraser = Eraser(world.erasures, lambda: Rest(ACCOUNT, "a-token"), world.clock, [], world.told.append)
    eraser.text_over(text(1))
    anyio.run(eraser.round)
    world.clock.moment += MINUTE
    anyio.run(eraser.round)
    assert redacted.called
    assert [(sid, tries) for sid, _, tries in world.rows()] == [(text(1), 1)]
