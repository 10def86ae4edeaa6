"""Telephone numbers: which area a caller's number is of, and which numbers a table may dial.

Source of the rules: the Dutch numbering plan (Nummerplan telefoon- en ISDN-diensten), as kept by phonenumbers.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat, PhoneNumberType

NATIONAL_NUMBER = "+318002000"  # the line we answer: to dial it is a loop
_SIP = re.compile(r"sips?:([^@;>]+)", re.IGNORECASE)
_WHOLE = re.compile(r"\s*(\+|0|31)")  # other digits alone are a carrier's sign for "withheld", not a number
_EXAMPLE_MOBILE = re.compile(r"\+316123456\d\d\Z")
# What carriers put in the place of a withheld number; some have the form of a real one.
_WITHHELD = {
    *("+266696687", "+7378742833", "+7378742883", "+17378742833", "+2562533", "+8656696", "+86282452253"),
    "+464",
}
_DUTCH = re.compile(r"\+31[1-9]\d{8}\Z", re.ASCII)
_TELLING = 4  # so many digits behind +31 decide whether it is a landline, and of which area
_WHOLE_E164 = re.compile(r"\+[1-9]\d{6,14}\Z", re.ASCII)
_MACHINES = {PhoneNumberType.TOLL_FREE, PhoneNumberType.PREMIUM_RATE, PhoneNumberType.SHARED_COST}
_DIALLED = {
    PhoneNumberType.FIXED_LINE,
    PhoneNumberType.MOBILE,
    PhoneNumberType.VOIP,
    PhoneNumberType.UAN,
    PhoneNumberType.TOLL_FREE,
}


@dataclass(frozen=True)
class Unsound:
    """Why a written number cannot be dialled, and what to write instead."""

    what: str
    help: str


def area_code_of(caller: str) -> str | None:
    """The area code, such as "030", of a sound Dutch landline number; None for every other caller.

    `caller` is whatever the carrier sent: E.164, national digits, a SIP address, "anonymous", nothing.
    """
    if _DUTCH.match(caller):
        return _area_code_before(caller[3 : 3 + _TELLING])
    written = match[1] if (match := _SIP.match(caller)) else caller
    return _area_code_of(written) if _WHOLE.match(written) else None


@lru_cache(10_000)  # all there are
def _area_code_before(digits: str) -> str | None:
    """What is remembered is the same for ten thousands of numbers; to ask the library costs more than a whole turn."""
    return _area_code_of(f"+31{digits}".ljust(len("+31300000001"), "0"))


def _area_code_of(written: str) -> str | None:
    number = _parsed(written)
    if number is None or number.country_code != 31 or not phonenumbers.is_valid_number(number):
        return None
    if phonenumbers.number_type(number) != PhoneNumberType.FIXED_LINE:
        return None
    return "0" + _split(number)[0]


def takes_texts(sender: str, own_numbers: Collection[str]) -> bool:
    """True where `sender` can be a person's telephone, of any country.

    False for a short code, a name, a withheld number, a service number, the helpline itself and its `own_numbers`:
    nobody reads a text there, or a machine answers it for ever.
    """
    if not _WHOLE_E164.match(sender) or sender in _WITHHELD or sender in {*own_numbers, NATIONAL_NUMBER}:
        return False
    number = _parsed(sender)
    return (
        number is not None
        and phonenumbers.is_possible_number(number)
        and phonenumbers.number_type(number) not in _MACHINES
    )


def as_written(e164: str) -> str:
    """A number as people of its country write it, such as "030 000 0001"; blanks in it may be left out."""
    return str(phonenumbers.format_number(phonenumbers.parse(e164), PhoneNumberFormat.NATIONAL))


@lru_cache(maxsize=1_000)  # several rules ask for each number of a table, and every day ahead does
def to_dial(written: str) -> str | Unsound:
    """The number in E.164 as it may stand in a table, however a person wrote it; or why it may not."""
    number = _parsed(written)
    if re.search("[oO]", written):
        return Unsound(f'"{written}" has a letter O', f'write zeros: "{written.replace("O", "0").replace("o", "0")}"')
    if number is None:
        return Unsound(f'"{written}" is not a telephone number', 'write it like "+31 30 000 0001"')
    if number.country_code != 31:
        return Unsound(f'"{written}" is a foreign number', "organisations are rung at Dutch numbers")
    if not phonenumbers.is_valid_number(number):
        return Unsound(f'"{written}" is not a number of the Dutch plan', "count its digits: ten, with the first 0")
    e164 = str(phonenumbers.format_number(number, PhoneNumberFormat.E164))
    if e164 == NATIONAL_NUMBER:
        return Unsound(f'"{written}" is the helpline itself', "write the organisation's own forwarding number")
    if phonenumbers.number_type(number) not in _DIALLED:
        return Unsound(
            f'"{written}" is a premium-rate number or a pager', "write a landline, mobile, 085 or 088 number"
        )
    return e164


@lru_cache(maxsize=1_000)
def is_placeholder(e164: str) -> bool:
    """True for numbers that nobody has: a subscriber part that begins with 0, or +31 6 1234 56xx."""
    number = phonenumbers.parse(e164)
    area, subscriber = _split(number)
    return bool(area and subscriber.startswith("0")) or bool(_EXAMPLE_MOBILE.match(e164))


def _parsed(text: str) -> PhoneNumber | None:
    try:
        return phonenumbers.parse(text, "NL")
    except phonenumbers.NumberParseException:
        return None


def _split(number: PhoneNumber) -> tuple[str, str]:
    """Area code without its 0, and subscriber part; the area code is empty where the number has none."""
    digits = phonenumbers.national_significant_number(number)
    length = phonenumbers.length_of_geographical_area_code(number)
    return digits[:length], digits[length:]
