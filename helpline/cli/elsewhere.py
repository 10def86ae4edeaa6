"""A call that came to nothing: why it could not be made or did not end, and what to change."""

from __future__ import annotations

from helpline.simulator.account import Twilio
from helpline.simulator.events import Ended, How, Warned
from helpline.simulator.player import Call

NOT_REACHED = frozenset({11205, 11206, 11210, 11220, 11235, 11236, 11237})


def help_for(call: Call, twilio: Twilio) -> str:
    """What to do about a service that was not reached, did not take the signature, or gave no call; else nothing."""
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
    how = next((each.how for each in call.events if isinstance(each, Ended)), None)
    return _of_its_end(how, warned[:1], twilio.connect_to)


def _of_its_end(how: How | None, warned: list[Warned], address: str) -> str:
    match how:
        case How.ERROR if any("status 404" in each.text for each in warned):
            return f"help: 404 means that something runs at {address}, and no helpline: is a path in the address?"
        case How.ERROR:
            return (
                "help: after such an answer Twilio hangs up, or asks the number's fallback URL if one is set. Is it the"
                f" helpline that runs at {address}? Its log says more."
            )
        case How.TOO_MANY | How.TOO_LONG:
            return (
                f"help: nothing that {address} answers ends this call, and Twilio itself would not stop it: its caller"
                " would hear this until she hangs up."
            )
        case How.NOT_PLAYED:
            return "help: Twilio would go on here; what this player does not play is told in docs/transcripts.md."
        case _:
            return ""
