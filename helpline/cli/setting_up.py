"""What `helpline twilio setup` changes at Twilio, number by number, and what came of it.

Twilio's lists lag behind what was written to them, so the answer to each change is what counts: nothing is read back.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

from helpline import bootstrap
from helpline.carrier.account import Change, changes, wanted
from helpline.carrier.drift import Deployment
from helpline.carrier.rest_answers import OwnNumber
from helpline.settings import Settings


@dataclass(frozen=True)
class Plan:
    """What is to be changed of one number."""

    number: OwnNumber
    changes: tuple[Change, ...]

    def __str__(self) -> str:
        return "\n".join(f"{self.number.phone_number}  {change}" for change in self.changes)


@dataclass(frozen=True)
class Outcome:
    """What was changed of one number, and what Twilio left as it was."""

    phone_number: str
    changes: tuple[Change, ...]
    left: tuple[Change, ...]

    def __str__(self) -> str:
        left = [f"{self.phone_number}  Twilio did not take {change}" for change in self.left]
        return "\n".join(left) or f"{self.phone_number} is set."

    def as_fields(self) -> dict[str, object]:
        """For programs."""
        return asdict(self)


def plan_of(account: Sequence[OwnNumber], ours: Deployment) -> list[Plan]:
    """What is to be changed of the numbers of this deployment; none where all is as it must be."""
    plans = []
    for number in account:
        if number.phone_number in ours.numbers:
            asked = wanted(ours.public_url, ours.fallback_url, sms=number.capabilities.sms)
            if found := changes(number, asked):
                plans.append(Plan(number, tuple(found)))
    return plans


async def set_up(settings: Settings, plans: Sequence[Plan], told: Callable[[Outcome], None]) -> list[Outcome]:
    """Makes the changes, each `told` as it is made; a fault leaves these, and the same again goes on from there."""
    outcomes = []
    async with bootstrap.twilio(settings) as rest:
        for plan in plans:
            asked = {change.setting: change.then for change in plan.changes}
            now = await rest.change_number(plan.number.sid, asked)
            outcomes.append(Outcome(plan.number.phone_number, plan.changes, tuple(changes(now, asked))))
            told(outcomes[-1])
    return outcomes
