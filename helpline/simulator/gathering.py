"""How Twilio plays a Gather: the prompt, the keys or the words, the time running out.

1. A key stops the prompt and its remaining parts.
2. The answer goes to the action; the verbs after the Gather are then never reached.
3. No answer, or the finishing key pressed first, falls through to the next verb,
   unless actionOnEmptyResult.
4. The timeout runs from the end of the prompt, and again from each key.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from helpline.simulator.events import Asked, How, HungUp, Pressed, Spoke, Waited
from helpline.simulator.exchange import Fields
from helpline.simulator.party import CallerHangsUp, GatherReply, Keys, Silent, Spoken
from helpline.simulator.speech import seconds_to_say
from helpline.simulator.stage import KEY_SECONDS, Page, Request, Stage
from helpline.simulator.verbs import Gather

AUTO_SPEECH_SECONDS = 1.0  # speechTimeout="auto": Twilio itself hears when the caller stops


@dataclass(frozen=True)
class Entry:
    """What a row of keys comes to at one question."""

    digits: str
    finishing_key: str
    pressed: int  # how many of the keys were used, the finishing one included
    timed_out: bool


def enter(keys: str, gather: Gather) -> Entry:
    """The keys up to the finishing one, or to numDigits, or until time runs out."""
    for count, key in enumerate(keys, start=1):
        if key == gather.finish_on_key:
            return Entry(keys[: count - 1], key, count, timed_out=False)
        if count == gather.num_digits:
            return Entry(keys[:count], "", count, timed_out=False)
    return Entry(keys, "", len(keys), timed_out=True)


def gather(stage: Stage, verb: Gather, page: Page) -> Request | How | None:
    """Asks the caller; hands back what comes next, None being the next verb."""
    stage.note(Asked(verb.input, stage.now))
    early = _left_over(stage, verb) or _over_prompt(stage, verb)
    if early:
        return _keyed(stage, verb, page, early.keys)
    return _reply(stage, verb, page, stage.party.at_gather(verb))


def _left_over(stage: Stage, verb: Gather) -> Keys | None:
    """Keys meant for the question before, still being pressed: Twilio takes them for this one."""
    keys = stage.take_keys()
    if not keys or not verb.takes_keys:
        return None
    stage.note(Pressed(keys, stage.now, left_over=True))
    return Keys(keys)


def _over_prompt(stage: Stage, verb: Gather) -> Keys | None:
    """Plays the prompt, unless keys stop it."""
    for part in verb.prompt:
        keys = stage.party.interrupts(verb)
        if keys and verb.takes_keys:
            stage.note(Pressed(keys.keys, stage.now, interrupting=True))
            return keys
        stage.play(part)
    return None


def _reply(stage: Stage, verb: Gather, page: Page, reply: GatherReply) -> Request | How | None:
    match reply:
        case Keys():
            stage.note(Pressed(reply.keys, stage.now))
            return _keyed(stage, verb, page, reply.keys)
        case Spoken():
            return _spoken(stage, verb, page, reply)
        case Silent():
            stage.note(Waited(stage.now))
            return _nothing(stage, verb, page)
        case CallerHangsUp():
            stage.note(HungUp(stage.now))
            return How.CALLER
        case _:
            assert_never(reply)


def _keyed(stage: Stage, verb: Gather, page: Page, keys: str) -> Request | How | None:
    if not verb.takes_keys:
        return _nothing(stage, verb, page)
    entry = enter(keys, verb)
    stage.pass_time(KEY_SECONDS * entry.pressed + (verb.timeout if entry.timed_out else 0))
    stage.leave_keys(keys[entry.pressed :])
    if not entry.digits and not verb.action_on_empty_result:
        return None
    fields = [("Digits", entry.digits), ("FinishedOnKey", entry.finishing_key), ("msg", "Gather End")]
    return page.request(verb.action, verb.method, fields)


def _spoken(stage: Stage, verb: Gather, page: Page, reply: Spoken) -> Request | How | None:
    stage.note(Spoke(reply.words, stage.now))
    stage.pass_time(seconds_to_say(reply.words))
    if not verb.takes_speech:
        return _nothing(stage, verb, page)
    stage.pass_time(_speech_timeout(verb))
    fields = [("SpeechResult", reply.words), ("Language", verb.language)]
    if reply.confidence is not None:
        fields.append(("Confidence", str(reply.confidence)))
    return page.request(verb.action, verb.method, fields)


def _speech_timeout(verb: Gather) -> float:
    if verb.speech_timeout == "auto":
        return AUTO_SPEECH_SECONDS
    return float(verb.speech_timeout or verb.timeout)


def _nothing(stage: Stage, verb: Gather, page: Page) -> Request | None:
    """Silence until the timeout, then the next verb, or the action with an empty answer."""
    stage.pass_time(float(verb.timeout))
    if not verb.action_on_empty_result:
        return None
    fields: Fields = [("Digits", "")] if verb.takes_keys else []
    return page.request(verb.action, verb.method, fields)
