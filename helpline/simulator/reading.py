"""From XML elements to verbs; what Twilio ignores with a warning is left out or takes its default."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from helpline.simulator.elements import Element
from helpline.simulator.schema import SHAPES
from helpline.simulator.speech import heard, pauses, seconds_to_say
from helpline.simulator.verbs import Dial, Gather, Hangup, Number, Pause, Play, Redirect, Reject, Say, Verb


def read_verbs(elements: Iterable[Element]) -> tuple[Verb, ...]:
    """The verbs among these elements, in order."""
    return tuple(READERS[each.name](each) for each in elements if each.name in READERS)


def _say(element: Element) -> Say:
    text = heard(element)
    return Say(
        text=text,
        seconds=seconds_to_say(text) + pauses(element),
        language=_word(element, "language", "en-US"),
        voice=_word(element, "voice", "man"),
        loop=_whole(element, "loop", 1),
    )


def _play(element: Element) -> Play:
    return Play(element.text, _whole(element, "loop", 1), _word(element, "digits", ""))


def _pause(element: Element) -> Pause:
    return Pause(_whole(element, "length", 1))


def _gather(element: Element) -> Gather:
    digits = _word(element, "numDigits", "")
    prompt = read_verbs(element.elements)
    return Gather(
        prompt=tuple(each for each in prompt if isinstance(each, Say | Play | Pause)),
        action=_optional(element, "action"),
        method=_word(element, "method", "POST"),
        input=_word(element, "input", "dtmf"),
        timeout=_whole(element, "timeout", 5),
        finish_on_key=_word(element, "finishOnKey", "#"),
        num_digits=int(digits) if digits else None,
        action_on_empty_result=_word(element, "actionOnEmptyResult", "false") == "true",
        speech_timeout=_word(element, "speechTimeout", ""),
        language=_word(element, "language", "en-US"),
    )


def _dial(element: Element) -> Dial:
    nouns = tuple(_number(each) for each in element.elements if each.name == "Number")
    return Dial(
        numbers=nouns or ((Number(element.text),) if element.text else ()),
        action=_optional(element, "action"),
        method=_word(element, "method", "POST"),
        timeout=_whole(element, "timeout", 30),
        time_limit=_whole(element, "timeLimit", 14400),
        caller_id=_optional(element, "callerId"),
        sequential=_word(element, "sequential", "false") == "true",
        answer_on_bridge=_word(element, "answerOnBridge", "false") == "true",
    )


def _number(element: Element) -> Number:
    return Number(
        number=element.text,
        url=_optional(element, "url"),
        method=_word(element, "method", "POST"),
        send_digits=_word(element, "sendDigits", ""),
        status_callback=_optional(element, "statusCallback"),
        status_callback_method=_word(element, "statusCallbackMethod", "POST"),
        status_callback_event=_word(element, "statusCallbackEvent", "completed"),
    )


def _redirect(element: Element) -> Redirect:
    return Redirect(element.text, _word(element, "method", "POST"))


def _hangup(element: Element) -> Hangup:
    return Hangup()


def _reject(element: Element) -> Reject:
    return Reject(_word(element, "reason", "rejected"))


READERS: dict[str, Callable[[Element], Verb]] = {
    "Say": _say,
    "Play": _play,
    "Pause": _pause,
    "Gather": _gather,
    "Dial": _dial,
    "Redirect": _redirect,
    "Hangup": _hangup,
    "Reject": _reject,
}


def _optional(element: Element, name: str) -> str | None:
    """The attribute as written, or None where it is missing or its value is one Twilio ignores."""
    value = element.attributes.get(name)
    rule = SHAPES[element.name].attributes[name]
    return value if value is not None and rule.accepts(value) else None


def _word(element: Element, name: str, default: str) -> str:
    value = _optional(element, name)
    return default if value is None else value


def _whole(element: Element, name: str, default: int) -> int:
    return int(_word(element, name, str(default)))
