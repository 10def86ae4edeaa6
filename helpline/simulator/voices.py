"""Which voices Twilio's Say knows, in which language, and which languages its Gather understands.

Of the voices, those for the languages of a Dutch helpline; en-US, the default, is not held to a list.
"""

from __future__ import annotations

import re

CHIRP = "Aoede Charon Fenrir Kore Leda Orus Puck Zephyr"


def _families(*, chirp: str = "", **letters: str) -> dict[str, frozenset[str]]:
    families = {name.capitalize(): frozenset(each) for name, each in letters.items()}
    return families | ({"Chirp3-HD": frozenset(chirp.split())} if chirp else {})


GOOGLE = {
    "nl-NL": _families(chirp=CHIRP, standard="ABCDEFG", wavenet="ABCDEFG"),
    "nl-BE": _families(standard="ABCD", wavenet="ABCD"),
    "en-GB": _families(chirp=CHIRP, neural2="ABCDFNO", standard="ABCDFNO", wavenet="ABCDFNO"),
    "pl-PL": _families(chirp=CHIRP, standard="ABCDEFG", wavenet="ABCDEFG"),
    "tr-TR": _families(chirp=CHIRP, standard="ABCDE", wavenet="ABCDE"),
    "ar-XA": _families(chirp=CHIRP, standard="ABCD", wavenet="ABCD"),
    "uk-UA": _families(standard="A", wavenet="A"),
    "am-ET": _families(standard="AB", wavenet="AB"),
    "fr-FR": _families(chirp=CHIRP, neural2="ABCDEFG", standard="ABCDEFG", wavenet="ABCDEFG"),
    "de-DE": _families(chirp=CHIRP, neural2="ABCDFGH", standard="ABCDEFGH", wavenet="ABCDEFGH"),
    "es-ES": _families(chirp=CHIRP, neural2="ABCDEFGH", standard="ABCDEFGH", wavenet="BCDEFGH"),
}

POLLY = {
    "nl-NL": "Lotte Ruben Laura-Neural",
    "nl-BE": "Lisa-Neural",
    "en-GB": "Amy Emma Brian Amy-Neural Emma-Neural Brian-Neural Arthur-Neural Amy-Generative",
    "pl-PL": "Ewa Maja Jacek Jan Ola-Neural",
    "tr-TR": "Filiz Burcu-Neural",
    "arb": "Zeina",
    "ar-AE": "Hala-Neural Zayd-Neural",
    "fr-FR": "Celine Lea Mathieu Lea-Neural Remi-Neural Rémi-Neural Lea-Generative Remi-Generative Rémi-Generative",
    "de-DE": "Hans Marlene Vicki Vicki-Neural Daniel-Neural Vicki-Generative Daniel-Generative",
    "es-ES": "Conchita Enrique Lucia Lucia-Neural Sergio-Neural Lucia-Generative Sergio-Generative",
    "en-US": "Joanna Matthew Salli Kendra Joanna-Neural Matthew-Neural Salli-Neural Kendra-Neural",
}
_POLLY_LANGUAGE = {name: language for language, names in POLLY.items() for name in names.split()}

PLAIN_VOICES = frozenset({"man", "woman", "alice", "Polly", "Google"})
_GOOGLE_NAME = re.compile(r"Google\.([a-z]{2,3}-[A-Z]{2})-(Chirp3-HD|[A-Z][a-z]+2?)-(\w+)")

# The tags of Google's telephony models, which Gather takes (`language` in TwiML Voice: Gather).
_TAGS = """
    af-ZA am-ET ar-AE ar-BH ar-DZ ar-EG ar-IL ar-IQ ar-JO ar-KW ar-LB ar-MA ar-OM ar-PS ar-QA ar-SA ar-TN
    az-AZ bg-BG bn-BD bn-IN ca-ES cmn-Hans-CN cmn-Hans-HK cmn-Hant-TW cs-CZ da-DK de-DE el-GR en-AU en-CA
    en-GB en-GH en-IE en-IN en-KE en-NG en-NZ en-PH en-TZ en-US en-ZA es-AR es-BO es-CL es-CO es-CR es-DO
    es-EC es-ES es-GT es-HN es-MX es-NI es-PA es-PE es-PR es-PY es-SV es-US es-UY es-VE eu-ES fa-IR fi-FI
    fil-PH fr-CA fr-FR gl-ES gu-IN he-IL hi-IN hr-HR hu-HU hy-AM id-ID is-IS it-IT ja-JP jv-ID ka-GE km-KH
    kn-IN ko-KR lo-LA lt-LT lv-LV ml-IN mr-IN ms-MY nb-NO ne-NP nl-BE nl-NL pl-PL pt-BR pt-PT ro-RO ru-RU
    si-LK sk-SK sl-SI sr-RS su-ID sv-SE sw-KE sw-TZ ta-IN ta-LK ta-MY ta-SG te-IN th-TH tr-TR uk-UA ur-IN
    ur-PK vi-VN yue-Hant-HK zu-ZA
"""
GATHER_LANGUAGES = frozenset(_TAGS.split())


def language_of_voice(voice: str) -> str | None:
    """The language a voice speaks, "" if it speaks any, None if Twilio has no such voice."""
    if voice in PLAIN_VOICES:
        return ""
    if voice.startswith("Polly."):
        return _POLLY_LANGUAGE.get(voice.removeprefix("Polly."))
    google = _GOOGLE_NAME.fullmatch(voice)
    if not google:
        return None
    language, family, name = google.groups()
    known = language == "en-US" or name in GOOGLE.get(language, {}).get(family, ())
    return language if known else None


def speaks(voice: str, language: str) -> bool:
    """Whether this known voice fits the language; Arabic is one language under several tags."""
    spoken = language_of_voice(voice)
    return not spoken or spoken == language or (spoken[:2] == "ar" == language[:2])
