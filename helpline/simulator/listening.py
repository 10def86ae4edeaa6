"""How Twilio listens at a Gather: until the caller stops, a minute at most, telling what it understands meanwhile."""

from __future__ import annotations

import re

from helpline.simulator.account import Leg
from helpline.simulator.party import Spoken
from helpline.simulator.speech import WORDS_PER_SECOND, seconds_to_say
from helpline.simulator.stage import Page, Request, Stage
from helpline.simulator.verbs import Gather

AUTO_SPEECH_SECONDS = 1.0  # speechTimeout="auto": Twilio itself hears when the caller stops
MOST_SECONDS = 60  # of speech; what is said after it is not heard


def listen(stage: Stage, leg: Leg, verb: Gather, page: Page, reply: Spoken) -> Request:
    """What was said goes to the action, once the caller has stopped."""
    words = reply.words
    if seconds_to_say(words) > MOST_SECONDS:
        words = " ".join(words.split()[: int(MOST_SECONDS * WORDS_PER_SECOND)])
    if verb.profanity_filter:
        words = _in_stars(words, reply.profane)
    _tell_parts(stage, leg, verb, page, words)
    stage.pass_time(seconds_to_say(words) + _silence(verb))
    fields = [("SpeechResult", words), ("Language", verb.language)]
    if reply.confidence is not None:
        fields.append(("Confidence", str(reply.confidence)))
    return page.request(verb.action, verb.method, fields)


def _silence(verb: Gather) -> float:
    if verb.speech_timeout == "auto":
        return AUTO_SPEECH_SECONDS
    return float(verb.speech_timeout or verb.timeout)


def _in_stars(words: str, profane: tuple[str, ...]) -> str:
    """A swear word keeps its first letter."""
    for each in profane:
        words = re.sub(rf"\b{re.escape(each)}\b", each[0] + "*" * (len(each) - 1), words)
    return words


def _tell_parts(stage: Stage, leg: Leg, verb: Gather, page: Page, words: str) -> None:
    """What is understood so far, word by word, where it is asked for; the answers are not read."""
    if verb.partial_result_callback is None:
        return
    request = page.request(verb.partial_result_callback, verb.partial_result_callback_method)
    said = words.split()
    for count in range(1, len(said) + 1):
        fields = [*leg.fields(stage.status), ("SequenceNumber", str(count - 1)), ("Language", verb.language)]
        fields += [("StableSpeechResult", " ".join(said[: count - 1])), ("UnstableSpeechResult", said[count - 1])]
        stage.call_back(request.url, request.method, fields)
