"""What each number of ours must be set to at Twilio, and what of it is not so.

1. A call goes to our /voice, and to the static document on another host when we fail: by GET, since such hosts refuse
   POST.
2. An application or a trunk takes the place of all these addresses, without a word: there must be none.
3. How Twilio connects is set on each: a machine that hangs at the first request costs a caller seconds, not fifteen.
4. A text that we cannot answer is not answered by anybody else.

Source: https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from helpline.carrier.addresses import CONNECTION
from helpline.carrier.rest_answers import OwnNumber


@dataclass(frozen=True)
class Change:
    """One setting of a number, by Twilio's name, as it is and as it must be."""

    setting: str
    now: str
    then: str

    def __str__(self) -> str:
        return f"{self.setting}: {self.now or '(empty)'} → {self.then or '(empty)'}"


def wanted(public_url: str, fallback_url: str | None, *, sms: bool) -> Mapping[str, str]:
    """What a number must be set to, by Twilio's names; without texts where it cannot have any.

    Nothing is wanted of the fallback where there is no address for it.
    """
    fallback = {"VoiceFallbackUrl": fallback_url, "VoiceFallbackMethod": "GET"} if fallback_url else {}
    texts = {
        "SmsUrl": f"{public_url}/sms{CONNECTION}",
        "SmsMethod": "POST",
        "SmsFallbackUrl": "",
        "SmsFallbackMethod": "GET",
        "SmsApplicationSid": "",
    }
    return {
        "VoiceUrl": f"{public_url}/voice{CONNECTION}",
        "VoiceMethod": "POST",
        **fallback,
        "StatusCallback": f"{public_url}/voice/status{CONNECTION}",
        "StatusCallbackMethod": "POST",
        "VoiceApplicationSid": "",
        "TrunkSid": "",
        **(texts if sms else {}),
    }


def changes(number: OwnNumber, wanted: Mapping[str, str]) -> list[Change]:
    """Each setting of a number that is not as wanted."""
    found = [Change(setting, value_of(number, setting), then) for setting, then in wanted.items()]
    return [change for change in found if change.now != change.then]


def value_of(number: OwnNumber, setting: str) -> str:
    """What a number is set to, by Twilio's name: VoiceUrl is the field voice_url."""
    return str(getattr(number, re.sub(r"(?<!^)(?=[A-Z])", "_", setting).lower()))
