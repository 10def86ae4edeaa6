"""How an account at Twilio differs from what calls need, each in a sentence with what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from helpline.carrier.account import Change, changes, wanted
from helpline.carrier.rest_answers import OwnNumber

SETUP = "Run: helpline twilio setup"
WHAT_FALLBACK_IS_FOR = "when this service fails, the caller hears an English error and the call ends"
NO_FALLBACK = f"It has no fallback address (VoiceFallbackUrl): {WHAT_FALLBACK_IS_FOR}"
KEYWORDS_HELP = (
    "Ask Twilio's support to leave HELP, END and QUIT to us on these numbers; then set HELPLINE_KEYWORDS_CHANGED."
)


@dataclass(frozen=True)
class Drift:
    """One difference; a warning alone does not make the check fail."""

    what: str
    help: str
    warning: bool = False


@dataclass(frozen=True)
class Deployment:
    """What this deployment is set to, as far as Twilio must agree with it."""

    numbers: tuple[str, ...]  # the first is the caller ID
    public_url: str
    fallback_url: str | None
    keywords_changed: bool


def drifts(account: Sequence[OwnNumber], ours: Deployment, line_of: Callable[[str], str]) -> list[Drift]:
    """All differences, the gravest first; `line_of` names the line of a number that the live table dials."""
    return [
        *not_in_account(account, ours),
        *_dialled(account, line_of),
        *_not_as_wanted(account, ours),
        *_not_of_ours(account, ours),
        *_of_deployment(account, ours),
    ]


def not_in_account(account: Sequence[OwnNumber], ours: Deployment) -> list[Drift]:
    """Numbers of ours that the account does not have; without the first nobody is put through."""
    there = {number.phone_number for number in account}
    missing = [number for number in ours.numbers if number not in there]
    return [_caller_id_missing(number) if number == ours.numbers[0] else _missing(number) for number in missing]


def _caller_id_missing(number: str) -> Drift:
    return Drift(
        f"{number} is the caller ID and is not in this account: Twilio refuses every dial (error 13214).",
        "Put a number of this account first in HELPLINE_NUMBERS, or look at TWILIO_ACCOUNT_SID.",
    )


def _missing(number: str) -> Drift:
    return Drift(f"{number} is not in this account.", "Buy it, or take it out of HELPLINE_NUMBERS.")


def _dialled(account: Sequence[OwnNumber], line_of: Callable[[str], str]) -> Iterator[Drift]:
    for number in account:
        line = line_of(number.phone_number)
        if line != number.phone_number:
            yield Drift(
                f"{number.phone_number} is a number of this account, and {line} rings it: a call could come round.",
                "Give that line a number of the organisation's own, and publish.",
            )


def _not_as_wanted(account: Sequence[OwnNumber], ours: Deployment) -> Iterator[Drift]:
    for number in account:
        if number.phone_number in ours.numbers:
            asked = wanted(ours.public_url, ours.fallback_url, sms=number.capabilities.sms)
            for change in changes(number, asked):
                yield Drift(f"{number.phone_number}: {_told(change)}.", SETUP)
            if not number.capabilities.voice:
                yield Drift(f"{number.phone_number} cannot take calls.", "Take it out of HELPLINE_NUMBERS.")


def _told(change: Change) -> str:
    match change:
        case Change("VoiceUrl", now=""):
            return "It has no voice address (VoiceUrl): a caller hears nothing of use, and nothing tells you"
        case Change("VoiceFallbackUrl", now=""):
            return NO_FALLBACK
        case Change(("VoiceApplicationSid" | "SmsApplicationSid" | "TrunkSid") as setting):
            return f"{setting} is {change.now}, so Twilio does not look at the addresses beside it"
        case _:
            return f"{change.setting} is {change.now or 'empty'} and should be {change.then or 'empty'}"


def _not_of_ours(account: Sequence[OwnNumber], ours: Deployment) -> Iterator[Drift]:
    """Numbers of the account that nobody told this deployment of."""
    for number in account:
        if number.phone_number in ours.numbers:
            continue
        if _points_at(number, ours.public_url):
            yield Drift(
                f"{number.phone_number} points at this service and is not in HELPLINE_NUMBERS.",
                "Add it there, or clear its addresses in the Twilio Console.",
            )
        elif number.capabilities.voice and not (number.voice_url or number.voice_application_sid or number.trunk_sid):
            yield Drift(
                f"{number.phone_number} has no voice address: whoever calls it hears nothing of use.",
                "Add it to HELPLINE_NUMBERS and run helpline twilio setup, or release it in the Twilio Console.",
            )


def _points_at(number: OwnNumber, public_url: str) -> bool:
    addresses = (number.voice_url, number.voice_fallback_url, number.status_callback, number.sms_url)
    return any(address and host_of(address) == host_of(public_url) for address in addresses)


def _of_deployment(account: Sequence[OwnNumber], ours: Deployment) -> Iterator[Drift]:
    """What no number shows."""
    if not ours.fallback_url:
        yield Drift(
            f"HELPLINE_FALLBACK_URL is not set: {WHAT_FALLBACK_IS_FOR}.",
            "Put the document of helpline twilio fallback on another host, and set HELPLINE_FALLBACK_URL to it.",
        )
    elif host_of(ours.fallback_url) == host_of(ours.public_url):
        yield Drift("The fallback document is on this service's own host, and fails with it.", "Put it on another.")
    texted = [number for number in account if number.phone_number in ours.numbers and number.capabilities.sms]
    if texted and not ours.keywords_changed:
        yield Drift(
            "Twilio itself answers a text that says HELP, and blocks whoever texts END or QUIT.",
            KEYWORDS_HELP,
            warning=True,
        )


def host_of(address: str) -> str:
    """The host of an address, and its port where it names one; upper case does not count. Empty where it is none."""
    try:
        return urlsplit(address).netloc.rpartition("@")[2].casefold()
    except ValueError:
        return ""
