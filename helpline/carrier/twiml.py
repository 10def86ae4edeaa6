"""TwiML, one function a verb; attributes and their meaning are Twilio's (https://www.twilio.com/docs/voice/twiml).

Written as text, not built as a tree: a turn must cost microseconds. The tests hold each verb equal to what Twilio's
own library writes.
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape

from helpline.flow.speech import Speech

_KEYS_ONLY = ' input="dtmf"'
_BREATH = '<break time="500ms"/>'  # SSML; at the start of a call it keeps the first word from being lost


def response(*verbs: str) -> str:
    """A whole document; without a verb the call is hung up, or a whispered-to worker is joined."""
    return f'<?xml version="1.0" encoding="UTF-8"?><Response>{"".join(verbs)}</Response>'


def say(speech: Speech) -> str:
    """One voice speaks, or its recording is played."""
    if speech.recording:
        return play(speech.recording)
    text = escape(speech.text).replace("…", _BREATH)
    return f"<Say language={_quoted(speech.language)} voice={_quoted(speech.voice)}>{text}</Say>"


def gather(nested: str, *, action: str, timeout: int, digits: int, speech: str = "") -> str:
    """Keys are taken during `nested` and for `timeout` seconds after it and between keys; # ends them early.

    `speech` are the attributes made by `speech_input`, where a spoken answer is taken too.
    """
    return (
        f"<Gather action={_quoted(action)} finishOnKey={_quoted('#')}{speech or _KEYS_ONLY}"
        f" numDigits={_quoted(str(digits))} timeout={_quoted(str(timeout))}>{nested}</Gather>"
    )


def speech_input(language: str, hints: Iterable[str]) -> str:
    """The attributes of a Gather that listens too; a pause ends what is said. At most 500 hints of 100 characters."""
    return (
        f" hints={_quoted(','.join(hints))} input={_quoted('dtmf speech')} language={_quoted(language)}"
        f" profanityFilter={_quoted('false')} speechTimeout={_quoted('auto')}"
    )


def play(url: str) -> str:
    """A recording is played."""
    return f"<Play>{escape(url)}</Play>"


def dial(number_noun: str, *, caller_id: str, timeout: int, action: str = "") -> str:
    """One number is rung for `timeout` seconds (Twilio adds five); the caller hears it ring until people are joined."""
    target = f" action={_quoted(action)}" if action else ""
    return (
        f"<Dial{target} answerOnBridge={_quoted('true')} callerId={_quoted(caller_id)}"
        f" timeout={_quoted(str(timeout))}>{number_noun}</Dial>"
    )


def number(e164: str, *, whisper: str = "") -> str:
    """A number to dial; the document at `whisper` is played to whoever picks up, before they are joined."""
    url = f" url={_quoted(whisper)}" if whisper else ""
    return f"<Number{url}>{escape(e164)}</Number>"


def redirect(url: str) -> str:
    """The call goes on at `url`."""
    return f"<Redirect>{escape(url)}</Redirect>"


def message(text: str, *, status_callback: str) -> str:
    """A text goes back to the sender; how that went is told to `status_callback`."""
    return f"<Message action={_quoted(status_callback)}>{escape(text)}</Message>"


def hangup() -> str:
    """The call ends; in a whisper, without joining anybody."""
    return "<Hangup/>"


def _quoted(value: str) -> str:
    return f'"{escape(value, {chr(34): "&quot;"})}"'
