"""From XML elements to verbs; what Twilio ignores with a warning is left out or takes its default."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from helpline.simulator.elements import Element
from helpline.simulator.schema import MOST_NUMBERS, SHAPES
from helpline.simulator.speech import heard, pauses, seconds_to_say
from helpline.simulator.unplayed import VERBS, why_not
from helpline.simulator.verbs import Dial, Gather, Hangup, Number, Pause, Play, Redirect, Reject, Say, Unplayed, Verb


def read_verbs(elements: Iterable[Element]) -> tuple[Verb, ...]:
    """The verbs among these elements, in order."""
    return tuple(READERS[each.name](each) for each in elements if each.name in READERS)


def _say(element: Element) -> Say:
    text = heard(element)
    return Say(
        text=text,
        seconds=seconds_to_say(text) + pauses(element),
        language=word(element, "language", "en-US"),
        voice=word(element, "voice", "man"),
        loop=_whole(element, "loop", 1),
    )


def _play(element: Element) -> Play:
    return Play(element.text, _whole(element, "loop", 1), word(element, "digits", ""))


def _pause(element: Element) -> Pause:
    return Pause(_whole(element, "length", 1))


def _gather(element: Element) -> Gather:
    digits = word(element, "numDigits", "")
    prompt = read_verbs(element.elements)
    return Gather(
        prompt=tuple(each for each in prompt if isinstance(each, Say | Play | Pause)),
        action=optional(element, "action"),
        method=word(element, "method", "POST"),
        input=word(element, "input", "dtmf"),
        timeout=_whole(element, "timeout", 5),
        finish_on_key=word(element, "finishOnKey", "#"),
        num_digits=int(digits) if digits else None,
        action_on_empty_result=word(element, "actionOnEmptyResult", "false") == "true",
        speech_timeout=word(element, "speechTimeout", ""),
        language=element.attributes.get("language", "en-US"),  # as written: one that is not understood fails
        barge_in=word(element, "bargeIn", "true") == "true",
        profanity_filter=word(element, "profanityFilter", "true") == "true",
        partial_result_callback=optional(element, "partialResultCallback"),
        partial_result_callback_method=word(element, "partialResultCallbackMethod", "POST"),
    )


def _dial(element: Element) -> Dial | Unplayed:
    unplayed = next((each.name for each in element.elements if why_not(each, "Dial")), None)
    if unplayed:
        return Unplayed(unplayed)
    nouns = tuple(_number(each) for each in element.elements if each.name == "Number")
    return Dial(
        numbers=nouns[:MOST_NUMBERS] or ((Number(element.text),) if element.text else ()),
        action=optional(element, "action"),
        method=word(element, "method", "POST"),
        timeout=_whole(element, "timeout", 30),
        time_limit=_whole(element, "timeLimit", 14400),
        caller_id=optional(element, "callerId"),
        sequential=word(element, "sequential", "false") == "true",
        answer_on_bridge=word(element, "answerOnBridge", "false") == "true",
        hangup_on_star=word(element, "hangupOnStar", "false") == "true",
        record=word(element, "record", "do-not-record"),
    )


def _number(element: Element) -> Number:
    return Number(
        number=element.text,
        url=optional(element, "url"),
        method=word(element, "method", "POST"),
        send_digits=word(element, "sendDigits", ""),
        status_callback=optional(element, "statusCallback"),
        status_callback_method=word(element, "statusCallbackMethod", "POST"),
        status_callback_event=word(element, "statusCallbackEvent", "completed"),
        machine_detection=word(element, "machineDetection", ""),
        machine_detection_timeout=_whole(element, "machineDetectionTimeout", 30),
    )


def _redirect(element: Element) -> Redirect:
    return Redirect(element.text, word(element, "method", "POST"))


def _hangup(element: Element) -> Hangup:
    return Hangup()


def _reject(element: Element) -> Reject:
    return Reject(word(element, "reason", "rejected"))


def _unplayed(element: Element) -> Unplayed:
    return Unplayed(element.name)


READERS: dict[str, Callable[[Element], Verb]] = {
    "Say": _say,
    "Play": _play,
    "Pause": _pause,
    "Gather": _gather,
    "Dial": _dial,
    "Redirect": _redirect,
    "Hangup": _hangup,
    "Reject": _reject,
    **dict.fromkeys(VERBS, _unplayed),
}


def optional(element: Element, name: str) -> str | None:
    """The attribute as written, or None where it is missing or its value is one Twilio ignores."""
    value = element.attributes.get(name)
    rule = SHAPES[element.name].attributes[name]
    return value if value is not None and rule.accepts(value) else None


def word(element: Element, name: str, default: str) -> str:
    """The attribute as written, or its default."""
    value = optional(element, name)
    return default if value is None else value


def _whole(element: Element, name: str, default: int) -> int:
    return int(word(element, name, str(default)))
