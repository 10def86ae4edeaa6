"""A postcode said aloud: four digits, said one by one, by twos, or as one number, in any language offered.

1. An answer counts only when it is a postcode and nothing else, but for words such as "postcode" before it and its
   letters behind it; so neither three digits, nor five, nor a number within a sentence.
2. Where number words can be grouped into four digits in two ways ("vingt quatre-vingt" is 2420 or 2080), it is none:
   a wrong postcode leads to a wrong organisation.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

DUTCH = "nl"
LANGUAGES = ("nl", "en", "ar", "tr", "pl", "uk", "de", "fr", "es")
MOST_SIGNS = 100  # "vierentwintighonderd ..." and a filler or two fit in; a longer answer is a story
MOST_JOINED = 4  # "quatre vingt dix neuf": the most words that make one number below a hundred
_GROUPED = re.compile(r"(?<![\d.,])(\d)[.,](\d{3})(?!\d|[.,]\d)")
_LINKS = {"and", "en", "und", "et", "y"}  # "three thousand and five", "three thousand five"
_TOKEN = re.compile(r"\d+|[^\W\d_]+")
# What else the numbers are called, as far as num2words does not say it: number, then its words.
_VARIANTS: Mapping[str, str] = {
    "nl": "0 nulle 7 zeuven",
    "en": "0 oh 0 o 0 nought",
    "ar": """1 وحده 1 واحده 1 احد 2 اثنين 2 اتنين 2 تنين 3 ثلاث 3 تلاته 3 تلات 4 اربع 5 خمس 6 ست 7 سبع 8 ثماني 8 ثمان
        8 تمانيه 8 تمنيه 8 تمن 9 تسع 10 عشر 11 احداش 11 حداشر 11 احدعش 12 اتناشر 12 اثناعش 12 طناش 13 تلتاشر 13 ثلاثتاش
        14 اربعتاشر 14 اربعتاش 15 خمستاشر 15 خمستاش 16 ستاشر 16 ستاش 17 سبعتاشر 17 سبعتاش 18 تمنتاشر 18 ثمنتاش
        19 تسعتاشر 19 تسعتاش""",
    "pl": "1 jedna 1 jedno 2 dwie",
    "uk": "1 одна 1 одне 2 дві 0 ноль",
    "de": "1 ein 1 eine 2 zwo",
    "fr": "1 une 70 septante 80 huitante 80 octante 80 quatre-vingt 90 nonante",
    "es": "1 un 1 una 21 veintiun",
}
_TWICE: Mapping[str, str] = {"nl": "dubbel", "en": "double", "de": "doppel", "fr": "double", "es": "doble"}
_AROUND: Mapping[str, str] = {
    "nl": "de het is gaat om mijn postcode in ja uh eh cijfers alstublieft alsjeblieft graag dank u wel mevrouw meneer",
    "en": "the it is it's my post code postcode zip postal in yes uh um please",
    "ar": "الرمز البريدي رمز بريدي هو في نعم الكود",
    "tr": "posta kodu kodum evet lütfen",
    "pl": "kod pocztowy to jest tak mój proszę",
    "uk": "поштовий індекс код це мій так",
    "de": "die das ist meine postleitzahl plz ja äh bitte in",
    "fr": "le la c'est code postal mon est oui euh à",
    "es": "el la es código postal mi sí en por favor",
}
_LETTERS = str.maketrans({"ł": "l", "ı": "i", "ة": "ه", "ى": "ي", "ـ": "", "'": "", "’": "", "ʼ": "", "`": ""})


def postcode_in(words: str, language: str) -> str | None:
    """Give the four digits said, or None; a language that is not known is tried as Dutch, as every other is too."""
    tokens = _tokens(words) if len(words) <= MOST_SIGNS else []
    found = {_said_in(tokens, tried) for tried in {language if language in LANGUAGES else DUTCH, DUTCH}} - {None}
    return found.pop() if len(found) == 1 else None


def _said_in(tokens: Sequence[str], language: str) -> str | None:
    bare = _stripped(tokens, language)
    return _only_reading(bare, language) or _only_reading(_without_letters(bare, language), language)


def _only_reading(tokens: Sequence[str], language: str) -> str | None:
    """The postcode that these words are; none where they can be grouped into other numbers as well."""
    said = set(_readings(tokens, language, 4)) | _as_one_number(tokens, language)
    postcode = said.pop() if len(said) == 1 else "0"
    grouped = _as_one_number(tokens, language) or {_in_largest_groups(tokens, language)}
    return postcode if postcode[0] != "0" and postcode in grouped else None


def _readings(tokens: Sequence[str], language: str, room: int) -> Iterator[str]:
    """Every way to group words into numbers of `room` digits in all."""
    if not tokens and room == 0:
        yield ""
    for size in range(1, min(MOST_JOINED, len(tokens)) + 1):
        digits = _number(tokens[:size], language)
        if digits and len(digits) <= room:
            yield from (digits + rest for rest in _readings(tokens[size:], language, room - len(digits)))


def _in_largest_groups(tokens: Sequence[str], language: str) -> str:
    """The digits as a listener groups them: "thirty five" is 35, not 30 and 5. Empty where a word is no number."""
    digits = ""
    while tokens:
        sizes = range(min(MOST_JOINED, len(tokens)), 0, -1)
        size = next((size for size in sizes if _number(tokens[:size], language)), 0)
        if size == 0:
            return ""
        digits += _number(tokens[:size], language)
        tokens = tokens[size:]
    return digits


def _number(tokens: Sequence[str], language: str) -> str:
    joined = "".join(tokens)
    return joined if len(tokens) == 1 and joined.isdigit() else _below_hundred(language).get(joined, "")


def _as_one_number(tokens: Sequence[str], language: str) -> set[str]:
    """The number as one: "trois mille cinq cent onze"."""
    joined = "".join(token for token in tokens if token not in _LINKS)
    rests = _below_thousand(language)
    return {
        str(1000 * count + rests[joined[len(word) :]])
        for word, count in _thousands(language).items()
        if joined.startswith(word) and joined[len(word) :] in rests
    }


def _stripped(tokens: Sequence[str], language: str) -> Sequence[str]:
    """Without the words that may stand around a postcode."""
    around = frozenset(_tokens(f"{_AROUND[DUTCH]} {_AROUND[language]}"))
    inside = [place for place, token in enumerate(tokens) if token not in around]
    return tokens[inside[0] : inside[-1] + 1] if inside else []


def _without_letters(tokens: Sequence[str], language: str) -> Sequence[str]:
    """Without the two letters that follow a postcode, in one ("AB") or apart ("A B")."""
    if len(tokens) > 2 and all(len(letter) == 1 and letter.isalpha() for letter in tokens[-2:]):
        return tokens[:-2]
    return tokens[:-1] if tokens and len(tokens[-1]) == 2 and tokens[-1].isalpha() else tokens


@cache
def _below_hundred(language: str) -> Mapping[str, str]:
    """The digits of 0 to 99 by their words, written as one."""
    numbers = {_joined(_in_words(number, language)): str(number) for number in range(100)}
    variants = _VARIANTS.get(language, "").split()
    numbers |= {_joined(word): number for number, word in zip(variants[::2], variants[1::2], strict=True)}
    if language == "ar":
        numbers |= _arabic_as_spoken(numbers)
    units = {word: digits for word, digits in numbers.items() if len(digits) == 1}
    twice = {_TWICE[language] + word: 2 * digits for word, digits in units.items()} if language in _TWICE else {}
    return numbers | twice


def _arabic_as_spoken(numbers: Mapping[str, str]) -> Mapping[str, str]:
    """The tens end in -in when spoken, and each unit may stand before "and" and a ten."""
    tens = {word.removesuffix("ون") + "ين": digits for word, digits in numbers.items() if word.endswith("ون")}
    tens = {word: digits for word, digits in tens.items() if digits[1:] == "0"}
    tens |= {word.replace("ث", "ت"): digits for word, digits in tens.items()}
    units = {word: digits for word, digits in numbers.items() if len(digits) == 1 and digits != "0"}
    return tens | {f"{unit}و{ten}": tens[ten][0] + units[unit] for ten in tens for unit in units}


@cache
def _below_thousand(language: str) -> Mapping[str, int]:
    numbers = {_without_links(_in_words(number, language)): number for number in range(1, 1000)}
    if language == "ar":  # "and" is a letter there, and every part begins with it
        numbers = {f"و{word}": number for word, number in numbers.items()}
    return numbers | {"": 0}


@cache
def _thousands(language: str) -> Mapping[str, int]:
    dual = {"الفان": 2, "الفين": 2} if language == "ar" else {}
    return {_without_links(_in_words(1000 * count, language)): count for count in range(1, 10)} | dual


def _in_words(number: int, language: str) -> str:
    from num2words import num2words  # type: ignore[import-untyped]  # no call waits for it: see Table.warm; it has no types

    return str(num2words(number, lang=language))


def _joined(words: str) -> str:
    return "".join(_tokens(words))


def _without_links(words: str) -> str:
    return "".join(token for token in _tokens(words) if token not in _LINKS)


def _tokens(words: str) -> Sequence[str]:
    """Words and figures apart, without case, accents and the signs within numbers."""
    whole = "".join(sign for sign in words.casefold() if unicodedata.category(sign) != "No")  # a half is no 1 and 2
    plain = unicodedata.normalize("NFKD", _GROUPED.sub(r"\1\2", whole))
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign)).translate(_LETTERS)
    return ["".join(map(_figure, token)) for token in _TOKEN.findall(bare)]


def _figure(sign: str) -> str:
    return str(unicodedata.decimal(sign)) if sign.isdecimal() else sign
