"""How Twilio plays a Gather: the prompt, the keys or the words, the time running out.

1. A key stops the prompt and its remaining parts, unless bargeIn is false.
2. The answer goes to the action; the verbs after the Gather are then never reached.
3. No answer, or the finishing key pressed first, falls through to the next verb,
   unless actionOnEmptyResult.
4. The timeout runs from the end of the prompt, and again from each key.
5. A Gather that is to listen in a language nobody understands fails, and the next verb follows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from helpline.simulator.account import Leg
from helpline.simulator.events import Asked, How, HungUp, Pressed, Spoke, Waited
from helpline.simulator.exchange import Fields
from helpline.simulator.listening import listen
from helpline.simulator.party import CallerHangsUp, GatherReply, Keys, Silent, Spoken
from helpline.simulator.speech import seconds_to_say
from helpline.simulator.stage import Page, Request, Stage, length
from helpline.simulator.verbs import Gather
from helpline.simulator.voices import GATHER_LANGUAGES


@dataclass(frozen=True)
class Entry:
    """What a row of keys comes to at one question."""

    digits: str
    finishing_key: str
    pressed: int  # how many of the keys were used, the finishing one included
    timed_out: bool


def enter(keys: Keys, gather: Gather) -> Entry:
    """The keys up to the finishing one, or to numDigits, or until time runs out."""
    for place, (key, wait) in enumerate(zip(keys.keys, keys.waits, strict=True)):
        before = keys.keys[:place]
        if place and wait >= gather.timeout:
            return Entry(before, "", place, timed_out=True)
        if key == gather.finish_on_key:
            return Entry(before, key, place + 1, timed_out=False)
        if place + 1 == gather.num_digits:
            return Entry(before + key, "", place + 1, timed_out=False)
    return Entry(keys.keys, "", len(keys.keys), timed_out=True)


def gather(stage: Stage, leg: Leg, verb: Gather, page: Page) -> Request | How | None:
    """Asks the caller; hands back what comes next, None being the next verb."""
    if verb.takes_speech and verb.language not in GATHER_LANGUAGES:  # 13331, already noted by the schema
        return None
    stage.note(Asked(verb.input, stage.now, verb.action or ""))
    early = _over_prompt(stage, verb)
    if early:
        return _keyed(stage, verb, page, early)
    return _reply(stage, leg, verb, page, stage.party.at_gather(verb))


def _over_prompt(stage: Stage, verb: Gather) -> Keys | None:
    """Plays the prompt, unless keys stop it: new ones, or those still being pressed since the question before."""
    left = stage.take_keys()
    if left and verb.takes_keys:
        return _left_over(stage, verb, left)
    for part in verb.prompt:
        keys = stage.party.interrupts(verb)
        if keys and verb.takes_keys and verb.barge_in:
            stage.note(Pressed(keys.keys, stage.now, interrupting=True, waits=keys.waits))
            return keys
        stage.play(part)
    return None


def _left_over(stage: Stage, verb: Gather, keys: Keys) -> Keys:
    """Keys meant for the question before: Twilio takes them for this one, whose prompt is heard until they come."""
    for part in verb.prompt:
        if keys.waits[0] < length(part):
            break
        stage.play(part)
        keys = keys.rest(0, length(part))
    stage.note(Pressed(keys.keys, stage.now, left_over=True))
    return keys


def _reply(stage: Stage, leg: Leg, verb: Gather, page: Page, reply: GatherReply) -> Request | How | None:
    match reply:
        case Keys():
            stage.note(Pressed(reply.keys, stage.now, interrupting=reply.at_once, waits=reply.waits))
            return _keyed(stage, verb, page, reply)
        case Spoken():
            stage.note(Spoke(reply.words, stage.now))
            if verb.takes_speech:
                return listen(stage, leg, verb, page, reply)
            stage.pass_time(seconds_to_say(reply.words))
            return _nothing(stage, verb, page)
        case Silent():
            stage.note(Waited(stage.now))
            return _nothing(stage, verb, page)
        case CallerHangsUp():
            stage.note(HungUp(stage.now))
            return How.CALLER
        case _:
            assert_never(reply)


def _keyed(stage: Stage, verb: Gather, page: Page, keys: Keys) -> Request | How | None:
    if not verb.takes_keys:
        return _nothing(stage, verb, page)
    if keys.waits and keys.waits[0] >= verb.timeout:  # too late for this question
        nothing = _nothing(stage, verb, page)
        stage.leave_keys(keys.rest(0, verb.timeout))
        return nothing
    entry = enter(keys, verb)
    waited = verb.timeout if entry.timed_out else 0
    stage.pass_time(sum(keys.waits[: entry.pressed]) + waited)
    stage.leave_keys(keys.rest(entry.pressed, waited))
    if not entry.digits and not verb.action_on_empty_result:
        return None
    fields = [("Digits", entry.digits), ("FinishedOnKey", entry.finishing_key), ("msg", "Gather End")]
    return page.request(verb.action, verb.method, fields)


def _nothing(stage: Stage, verb: Gather, page: Page) -> Request | None:
    """Silence until the timeout, then the next verb, or the action with an empty answer."""
    stage.pass_time(float(verb.timeout))
    if not verb.action_on_empty_result:
        return None
    fields: Fields = [("Digits", "")] if verb.takes_keys else []
    return page.request(verb.action, verb.method, fields)
