"""In the service's process: Twilio's REST as far as erasing asks for it, without a net."""

from __future__ import annotations

from collections.abc import Sequence

from helpline.errors import CarrierRefused
from helpline.upkeep import deleting, sweeping
from helpline.upkeep.deleting import AtTwilio


async def _delete(twilio: AtTwilio, sid: str) -> None:
    """Twilio deletes it; now and then it does not want to."""
    if sid.endswith("f"):
        raise CarrierRefused("Twilio would not.", code=20009, help="")


async def _left_over(*_: object) -> Sequence[str]:
    return []


def play() -> None:
    """From here on."""
    deleting.delete = _delete
    sweeping.left_over = _left_over  # type: ignore[assignment]
