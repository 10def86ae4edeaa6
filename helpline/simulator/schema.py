"""What TwiML may hold: for each element its attributes, their values, and what may stand inside."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from helpline.simulator.voices import GATHER_LANGUAGES, language_of_voice

E164 = re.compile(r"\+[1-9]\d{6,14}")
SCHEMA = 12200  # "Schema validation warning": the attribute or element is ignored, the rest plays
MOST_NUMBERS = 10  # in one Dial, one after the other or at once


@dataclass(frozen=True)
class Attribute:
    """One attribute: which values Twilio takes, in words and as a test, and its number for others."""

    expects: str
    accepts: Callable[[str], bool]
    code: int = SCHEMA


@dataclass(frozen=True)
class Shape:
    """One element: its attributes, which elements may stand inside it, and whether text may."""

    attributes: dict[str, Attribute] = field(default_factory=dict)
    children: frozenset[str] = frozenset()
    text: bool = False


def one_of(*words: str, code: int = SCHEMA) -> Attribute:
    """Exactly one of these words, case included."""
    return Attribute(" or ".join(words), frozenset(words).__contains__, code)


def whole(low: int, high: int) -> Attribute:
    """A whole number in this range."""
    return Attribute(
        f"a whole number from {low} to {high}",
        lambda value: value.isascii() and value.isdigit() and low <= int(value) <= high,
    )


def words_of(*words: str, code: int = SCHEMA) -> Attribute:
    """Some of these words, with blanks between."""
    return Attribute("some of " + " ".join(words), lambda value: bool(value) and set(value.split()) <= set(words), code)


def _matching(expects: str, pattern: str, code: int = SCHEMA) -> Attribute:
    compiled = re.compile(pattern)
    return Attribute(expects, lambda value: compiled.fullmatch(value) is not None, code)


def _is_hints(value: str) -> bool:
    hints = value.split(",")
    return len(hints) <= 500 and all(len(hint.strip()) <= 100 for hint in hints)


# A URL is absolute http(s) or relative to the document, and holds no blank (11100).
URL = _matching("a URL without blanks, absolute http(s) or relative", r"(https?://\S+|(?![a-z]+:)\S*)", 11100)
METHOD = one_of("GET", "POST")
BOOLEAN = one_of("true", "false")
ANY = Attribute("anything", lambda value: True)
KEYS = _matching("keys", r"[0-9*#wWA-D]*")
VOICE = Attribute("a voice Twilio has", lambda value: language_of_voice(value) is not None, 13511)
LANGUAGE = _matching("a language tag such as nl-NL", r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?")
GATHER_LANGUAGE = Attribute("a language Gather understands", GATHER_LANGUAGES.__contains__, 13331)
SPEECH_TIMEOUT = _matching("auto or a positive whole number", r"auto|[1-9]\d*", 13327)
SPEECH_MODEL = _matching(
    "a speech model Twilio has",
    r"default|numbers_and_commands|phone_call|experimental_(conversations|utterances)"
    r"|googlev2_\w+|deepgram_nova-[23](-\w+)?",
    13334,
)
CALLER_ID = _matching("at most 16 characters, + and 15 digits", r".{0,16}", 13248)
PROGRESS = words_of("initiated", "ringing", "answered", "completed", code=13238)
RATE = _matching("a rate such as slow or 90%", r"x-slow|slow|medium|fast|x-fast|default|\d+%", 13513)
HINTS = Attribute("at most 500 hints of at most 100 characters, with commas between", _is_hints)

_INLINE = frozenset({"break", "emphasis", "lang", "p", "phoneme", "prosody", "s", "say-as", "sub", "w"})


def _ssml(**attributes: Attribute) -> Shape:
    named = {name.replace("_", "-").replace("xml:-", "xml:"): each for name, each in attributes.items()}
    return Shape(named, _INLINE, text=True)


SSML = {
    "break": Shape({"strength": ANY, "time": _matching("a time such as 500ms or 1s", r"\d+(\.\d+)?(ms|s)")}),
    "emphasis": _ssml(level=one_of("strong", "moderate", "reduced")),
    "lang": Shape({"xml:lang": LANGUAGE}, _INLINE, text=True),
    "p": _ssml(),
    "s": _ssml(),
    "phoneme": _ssml(alphabet=ANY, ph=ANY),
    "prosody": _ssml(volume=ANY, rate=RATE, pitch=ANY),
    "say-as": _ssml(interpret_as=ANY, role=ANY, format=ANY),
    "sub": _ssml(alias=ANY),
    "w": _ssml(role=ANY),
}

SHAPES = SSML | {
    "Say": Shape({"voice": VOICE, "language": LANGUAGE, "loop": whole(0, 1000)}, _INLINE, text=True),
    "Play": Shape({"loop": whole(0, 1000), "digits": KEYS}, text=True),
    "Pause": Shape({"length": whole(0, 3600)}),
    "Gather": Shape(
        {
            "action": URL,
            "method": METHOD,
            "input": words_of("dtmf", "speech"),
            "timeout": whole(1, 3600),
            "finishOnKey": _matching("one key, or nothing", r"[0-9#*]?"),
            "numDigits": whole(1, 1000),
            "actionOnEmptyResult": one_of("true", "false", code=13338),
            "speechTimeout": SPEECH_TIMEOUT,
            "language": GATHER_LANGUAGE,
            "hints": HINTS,
            "speechModel": SPEECH_MODEL,
            "enhanced": BOOLEAN,
            "profanityFilter": BOOLEAN,
            "bargeIn": BOOLEAN,
            "partialResultCallback": URL,
            "partialResultCallbackMethod": METHOD,
        },
        frozenset({"Say", "Play", "Pause"}),
    ),
    "Dial": Shape(
        {
            "action": URL,
            "method": METHOD,
            "answerOnBridge": BOOLEAN,
            "timeout": whole(5, 600),
            "timeLimit": whole(1, 14400),
            "hangupOnStar": BOOLEAN,
            "callerId": CALLER_ID,
            "ringTone": _matching("a country in two letters", r"[a-z]{2}|[a-z]{2}-old"),
            "record": _matching("a way to record", r"do-not-record|record-from-\w+(-dual)?|true|false"),
            "sequential": BOOLEAN,
            "callReason": _matching("at most 50 characters", r".{0,50}"),
            "referUrl": URL,  # for SIP only: nothing of it is played
            "referMethod": METHOD,
        },
        frozenset({"Number"}),
        text=True,
    ),
    "Number": Shape(
        {
            "url": URL,
            "method": METHOD,
            "sendDigits": KEYS,
            "statusCallback": URL,
            "statusCallbackMethod": METHOD,
            "statusCallbackEvent": PROGRESS,
            "machineDetection": one_of("Enable", "DetectMessageEnd", code=13238),
            "machineDetectionTimeout": whole(3, 60),
            "machineDetectionSpeechThreshold": whole(1000, 6000),
            "machineDetectionSpeechEndThreshold": whole(500, 5000),
            "machineDetectionSilenceTimeout": whole(2000, 10000),
        },
        text=True,
    ),
    "Redirect": Shape({"method": METHOD}, text=True),
    "Message": Shape(
        {
            "to": ANY,  # 21211 where it is no number
            "from": ANY,  # 14102 where it is none of the account's
            "action": URL,
            "method": METHOD,
            "statusCallback": URL,
        },
        frozenset({"Body", "Media"}),
        text=True,
    ),
    "Body": Shape(text=True),
    "Media": Shape(text=True),
    "Hangup": Shape(),
    "Reject": Shape({"reason": one_of("rejected", "busy")}),
}
