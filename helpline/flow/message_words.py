"""What the words of a text mean: what its sender wishes, and in which language it is written.

1. Case, accents and punctuation do not count. A stop word counts only when it is the whole text, without a sign beside
   it: where the carrier does not take it for one, silence would be no answer from anybody.
2. Arabic and Cyrillic letters tell the language; between Latin ones the small words do, and else it is Dutch.
3. The name of a language is a word of that language: "english 3011" is answered in English.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

# The carrier's own: it blocks the sender after these, and an answer would be refused (21610).
# https://help.twilio.com/articles/223134027
STOP_WORDS = frozenset(["stop", "stopall", "unsubscribe", "end", "quit", "cancel", "revoke", "optout"])
CRIES = frozenset(["end", "quit"])  # a cry for help here, once the carrier leaves them to us
DUTCH = "nl"
_LETTERS = str.maketrans({"ł": "l", "ı": "i", "ة": "ه", "ى": "ي", "ـ": ""})
_EMERGENCY = re.compile(r"(?<![\d+./-])1[ -]?1[ -]?2(?![./-]?\d)")
_HOUSE_NUMBER = re.compile(
    r"(?:straat|str\.?|weg|laan|plein|kade|gracht|dijk|hof|pad|singel|dreef|steeg|markt|park|plantsoen|ring) 112\b",
    re.IGNORECASE,
)


def folded(text: str) -> str:
    """The text without case and accents."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def _each(words: Mapping[str, str]) -> Mapping[str, frozenset[str]]:
    return {language: frozenset(folded(text).split()) for language, text in words.items()}


HELP = _each(
    {
        "nl": "hulp help info noodgeval sos",
        "en": "emergency",
        "ar": "مساعدة المساعدة ساعدوني ساعدني نجدة النجدة",
        "tr": "yardım yardıma imdat",
        "pl": "pomoc pomocy pomóżcie ratunku",
        "uk": "допомога допомоги допоможіть допомогти рятуйте помогите помощь",
        "de": "hilfe",
        "fr": "aide aidez secours",
        "es": "ayuda ayúdame ayúdenme socorro auxilio",
    }
)
DOCTOR = _each(
    {
        "nl": "arts artsen huisarts kinderarts vertrouwensarts dokter",
        "en": "doctor gp physician",
        "ar": "طبيب طبيبة الطبيب",
        "tr": "doktor hekim",
        "pl": "lekarz lekarka",
        "uk": "лікар лікарка",
        "de": "arzt ärztin",
        "fr": "médecin",
        "es": "médico médica",
    }
)
MELDCODE = frozenset({"meldcode"})
NAMES = _each(
    {
        "nl": "nederlands dutch",
        "en": "english engels",
        "ar": "العربية عربي عربية arabisch arabic",
        "tr": "türkçe turks turkish",
        "pl": "polski pools polish",
        "uk": "українська українською oekraïens ukrainian",
        "de": "deutsch duits german",
        "fr": "français frans french",
        "es": "español spaans spanish",
    }
)
# Words that any sentence has, each in one language only.
SMALL = _each(
    {
        "nl": """is er je wie die u dit dank ik mijn mij niet een het hij zij wij wat hoe bij met voor heb ben kan wordt
        word iemand heeft wil zijn""",
        "en": "i my he she the and what how with for can want not am are have please someone need live",
        "tr": "benim bana bir ve bu nasıl için değil var yok beni eşim kocam çocuk",
        "pl": "mój moja mnie nie jest na że jak czy mam jestem mąż dziecko się proszę",
        "de": "ich mein meine mich nicht ein eine und mit für bin habe wir ist das bitte",
        "fr": "mon ma moi il elle nous le est pas avec pour suis une",
        "es": "yo mi mis ella nosotros los las y que con por para soy tengo una necesito vivo",
    }
)
_SCRIPTS = (("ar", re.compile(r"[؀-ۿ]")), ("uk", re.compile(r"[Ѐ-ӿ]")))


def latin_figures(text: str) -> str:
    """The text with the figures of every script as 0 to 9."""
    return "".join(str(unicodedata.digit(sign)) if sign.isdecimal() else sign for sign in text)


def words_of(text: str) -> Sequence[str]:
    """The words of a text, folded; figures are no words."""
    return re.findall(r"[^\W\d_]+", folded(text))


def wish_of(text: str, *, cries_are_ours: bool = False) -> str:
    """What the sender wishes: "stop", "meldcode", "doctor", "emergency", "help", or "place" for anything else.

    `cries_are_ours` says that the carrier blocks nobody for the words of CRIES: then they are cries for help.
    """
    whole = text.strip().casefold()
    if cries_are_ours and whole in CRIES:
        return "help"
    if whole in STOP_WORDS:
        return "stop"
    words = words_of(text)
    if MELDCODE.intersection(words):
        return "meldcode"
    if _EMERGENCY.search(_HOUSE_NUMBER.sub(" ", latin_figures(text))):  # "Kerkstraat 112, 3011 AB" is an address
        return "emergency"
    if _meant(DOCTOR, [*words[:1], *words[-1:]]) and not _is_sentence(words):  # "I need a doctor" is no doctor's
        return "doctor"
    return "help" if _meant(HELP, words) else "place"


def language_of(text: str) -> str:
    """The language a text is written in, Dutch where nothing tells."""
    for language, script in _SCRIPTS:
        if script.search(text):
            return language
    words = words_of(text)
    if named := _meant(NAMES, words):
        return named
    hits = {language: sum(word in small for word in words) for language, small in SMALL.items()}
    best = max(hits.values())
    likely = [language for language, count in hits.items() if count == best > 0]
    return likely[0] if len(likely) == 1 else _meant(HELP, words) or _meant(DOCTOR, words) or DUTCH


def place_words(text: str) -> str:
    """A text without the words that are no part of a place: for help, a doctor or to stop, and names of languages."""
    told = {*_all(DOCTOR), *_all(NAMES), *_all(HELP), *STOP_WORDS}
    return " ".join(word for word in text.split() if folded(word.strip(".,:;!?-")) not in told)


def _is_sentence(words: Sequence[str]) -> bool:
    """True where a word stands among them that only sentences have."""
    return not _all(SMALL).isdisjoint(words)


def _meant(lists: Mapping[str, frozenset[str]], words: Sequence[str]) -> str:
    """The language of the first of the words that is in the lists; empty where none is."""
    return next((language for word in words for language, known in lists.items() if word in known), "")


def _all(lists: Mapping[str, frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*lists.values())
