"""A text as it comes in: all that Twilio says of it."""

from __future__ import annotations

from dataclasses import dataclass

from helpline.simulator.account import API_VERSION, GEOGRAPHY, new_sid
from helpline.simulator.segments import segments

# A text of one of these words alone blocks its sender, and still comes in.
STOP_WORDS = frozenset({"stop", "stopall", "unsubscribe", "end", "quit", "cancel", "revoke", "optout"})
START_WORDS = frozenset({"start", "yes", "unstop"})  # alone, one of these lifts the block


@dataclass(frozen=True)
class Text:
    """One text to one of our numbers, with so many pictures; a sender of None comes without From."""

    sid: str
    account_sid: str
    sender: str | None
    to: str
    body: str
    media: int = 0
    opt_out_type: str | None = None  # told to accounts with Advanced Opt-Out only

    @property
    def blocks(self) -> bool:
        """Whether Twilio sends nothing more to this sender, from this text on."""
        return self.opt_out_type == "STOP" or self.body.strip().casefold() in STOP_WORDS

    @property
    def unblocks(self) -> bool:
        """Whether Twilio sends to this sender again, from this text on."""
        return self.opt_out_type == "START" or self.body.strip().casefold() in START_WORDS

    def fields(self) -> list[tuple[str, str]]:
        """What the request for an answer says, in Twilio's form; geography comes empty."""
        fields = [(name, self.sid) for name in ("MessageSid", "SmsSid", "SmsMessageSid")]
        fields += [("AccountSid", self.account_sid), ("ApiVersion", API_VERSION), ("SmsStatus", "received")]
        fields += [("From", self.sender)] if self.sender is not None else []
        fields += [("To", self.to), ("Body", self.body)]
        fields += [("NumSegments", str(segments(self.body).count)), ("NumMedia", str(self.media))]
        for place in range(self.media):
            fields += [(f"MediaContentType{place}", "image/jpeg"), (f"MediaUrl{place}", self._picture())]
        fields += [("OptOutType", self.opt_out_type)] if self.opt_out_type else []
        return fields + [(party + place, "") for party in ("From", "To") for place in GEOGRAPHY]

    def _picture(self) -> str:
        path = f"{API_VERSION}/Accounts/{self.account_sid}/Messages/{self.sid}/Media/{new_sid('ME')}"
        return f"https://api.twilio.com/{path}"
