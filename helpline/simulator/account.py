"""What Twilio knows before a call or a text: the account, the number, and where our service is."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from urllib.parse import urljoin

API_VERSION = "2010-04-01"
GEOGRAPHY = ("City", "State", "Zip", "Country")


def new_sid(prefix: str = "CA") -> str:
    """A fresh identifier in Twilio's form."""
    return prefix + secrets.token_hex(16)


@dataclass(frozen=True)
class Twilio:
    """Twilio's side of the wire: it signs for `public_url` and connects to `connect_to`.

    The two differ behind a proxy and in a rehearsal on one machine. `owned` are the account's
    other numbers, which a Dial may show as caller ID.
    """

    public_url: str
    connect_to: str
    auth_token: str
    account_sid: str = "AC" + "0" * 32
    owned: tuple[str, ...] = ()

    def address(self, url: str) -> str:
        """Where to connect for this URL: ours at `connect_to`, any other as it stands."""
        ours = self.public_url.rstrip("/")
        rest = url.removeprefix(ours)
        if rest != url and rest[:1] in ("", "/", "?"):
            return self.connect_to.rstrip("/") + rest
        return url


@dataclass(frozen=True)
class TwilioNumber:
    """The number that is called or texted, as it is set up at Twilio; URLs may be relative to the public one."""

    number: str
    voice_url: str = "/voice"
    voice_method: str = "POST"
    voice_fallback_url: str | None = None
    voice_fallback_method: str = "POST"
    status_callback: str | None = None
    sms_url: str = "/sms"

    def absolute(self, twilio: Twilio, url: str) -> str:
        """The URL as Twilio would hold it."""
        return urljoin(twilio.public_url, url)


@dataclass(frozen=True)
class Leg:
    """One connection to one telephone: the caller's, or the child leg of a worker who is rung."""

    sid: str
    account_sid: str
    caller: str | None
    called: str
    direction: str = "inbound"
    parent_sid: str | None = None
    more: tuple[tuple[str, str], ...] = ()  # what carriers and Twilio add, such as CallerName

    def child(self, number: str, caller_id: str) -> Leg:
        """The leg to a worker: its own CallSid, this one's as ParentCallSid."""
        return Leg(new_sid(), self.account_sid, caller_id, number, "outbound-dial", self.sid)

    def fields(self, status: str) -> list[tuple[str, str]]:
        """What every request about this leg says, in Twilio's form; geography comes empty."""
        fields = [("CallSid", self.sid), ("AccountSid", self.account_sid), ("CallStatus", status)]
        fields += [("ApiVersion", API_VERSION), ("Direction", self.direction)]
        if self.caller is not None:
            fields += [("From", self.caller), ("Caller", self.caller)]
        fields += [("To", self.called), ("Called", self.called), *self.more]
        if self.parent_sid:
            fields.append(("ParentCallSid", self.parent_sid))
        else:
            fields += [
                ("CallToken", '{"parentCallInfoToken":"rehearsal"}'),
                ("StirVerstat", "TN-Validation-Passed-C"),
            ]
        parties = ("From", "Caller", "To", "Called")
        return fields + [(party + place, "") for party in parties for place in GEOGRAPHY]
