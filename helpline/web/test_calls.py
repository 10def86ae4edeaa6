"""The key that is pressed in a test call: 1 is written down by its call, another is asked for once more."""

from __future__ import annotations

from helpline.bootstrap import Helpline
from helpline.carrier.test_calls import RungNumber, number_in
from helpline.directory.table import Table
from helpline.errors import Diverged
from helpline.storage.tested_number import TestedNumber
from helpline.upkeep.ringing import targets
from helpline.web.answered import Answered
from helpline.web.carrier_requests import CarrierRequest
from helpline.web.voice import ACCEPT_KEY


def keyed(helpline: Helpline, request: CarrierRequest) -> Answered:
    """It waits for the database: whoever is thanked is written down. The key counts once its call is known as ours."""
    number = number_in(request.own)
    table = helpline.directory.at(number.version)
    if request.fields.get("Digits") != ACCEPT_KEY:
        return Answered(helpline.test_calls.asked_again(number, table))
    helpline.rung.press(_tested(helpline, number, table), request.fields.get("CallSid", ""), helpline.clock())
    return Answered(helpline.test_calls.thanked(table))


def fault(helpline: Helpline, _request: CarrierRequest) -> str:
    """A test call that met a fault of ours ends, and counts as not accepted."""
    return helpline.test_calls.broken_off()


def _tested(helpline: Helpline, number: RungNumber, table: Table) -> TestedNumber:
    """What was rung. Raises Diverged where this process does not have the version it was rung by."""
    place = number.line, number.place
    if table.version == number.version:
        for target in targets(table, number.organisation, helpline.clock()):
            if (target.number.line, target.place) == place:
                return target.number
    raise Diverged("The number of this test call is in no version that is here.")
