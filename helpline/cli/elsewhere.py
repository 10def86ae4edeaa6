"""A call to a service that runs elsewhere: why it could not be made, and what to change."""

from __future__ import annotations

from helpline.simulator.account import Twilio
from helpline.simulator.events import Warned
from helpline.simulator.player import Call

NOT_REACHED = frozenset({11205, 11206, 11210, 11220, 11235, 11236, 11237})


def help_for(call: Call, twilio: Twilio) -> str:
    """What to do about a service that was not reached or did not take the signature; else nothing."""
    warned = [each for each in call.events if isinstance(each, Warned)]
    if any(each.code in NOT_REACHED for each in warned):
        return (
            f"help: {twilio.connect_to} was not reached. Is the service running there, and is its address begun"
            " rightly, with http:// or https://?"
        )
    if any("status 403" in each.text for each in warned):
        return (
            "help: 403 means that the service does not take the signature. --token must be its TWILIO_AUTH_TOKEN,"
            f" and --public-url its HELPLINE_PUBLIC_URL; this call was signed for {twilio.public_url}."
        )
    if any("status 404" in each.text for each in warned):
        return f"help: 404 means that something runs at {twilio.connect_to}, and no helpline: is a path in the address?"
    return ""
