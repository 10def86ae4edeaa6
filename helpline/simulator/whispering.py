"""What a worker hears on picking up, before the caller is put through, on the worker's own leg.

1. Only Say, Play, Pause, Gather, Hangup and Redirect are allowed.
2. The end of the document puts the two through; Hangup, or hanging up, does not.
"""

from __future__ import annotations

from helpline.simulator.account import Leg
from helpline.simulator.checking import Notification
from helpline.simulator.events import WorkerHeard, WorkerPressed
from helpline.simulator.gathering import enter
from helpline.simulator.party import KEY_SECONDS, Answered, Declined, Keys, PickedUpTooLate, Voicemail
from helpline.simulator.stage import Page, Request, Stage, length
from helpline.simulator.verbs import Gather, Pause, Play, Redirect, Say, Verb

Picker = Answered | Voicemail | Declined | PickedUpTooLate
BROKEN_OFF = Declined | PickedUpTooLate  # within the first words, by the worker or by the caller


def is_put_through(stage: Stage, leg: Leg, request: Request, picker: Picker) -> bool:
    """Plays the whisper to whoever picked up; whether the caller is put through."""
    step: Request | bool = request
    while isinstance(step, Request):
        page = stage.fetch(leg, step, whisper=True)
        if isinstance(page, Notification):
            stage.warn([page])
            return False
        step = _play(stage, page, picker)
    return step


def _play(stage: Stage, page: Page, picker: Picker) -> Request | bool:
    for verb in page.document.verbs:
        step = _verb(stage, page, verb, picker)
        if step is not None:
            return step
    return True


def _verb(stage: Stage, page: Page, verb: Verb, picker: Picker) -> Request | bool | None:
    match verb:
        case Say() | Play() | Pause():
            _listen(stage, verb)
            return False if isinstance(picker, BROKEN_OFF) else None
        case Gather():
            return _gather(stage, page, verb, picker)
        case Redirect():
            return page.request(verb.url, verb.method)
        case _:  # Hangup; any other is not allowed here, has been warned of, and ends the leg
            return False


def _listen(stage: Stage, verb: Say | Play | Pause) -> None:
    match verb:
        case Say():
            stage.note(WorkerHeard(verb.text, stage.now, stage.rings_until_bridge))
        case Play():
            stage.note(WorkerHeard(f"[sound {verb.url or verb.digits}]", stage.now, stage.rings_until_bridge))
        case Pause():
            pass
    stage.pass_time(length(verb))


def _gather(stage: Stage, page: Page, verb: Gather, picker: Picker) -> Request | bool | None:
    for part in verb.prompt:
        _listen(stage, part)
    if isinstance(picker, BROKEN_OFF):
        return False
    if isinstance(picker, Voicemail) or not picker.key:
        stage.pass_time(float(verb.timeout))
        return page.request(verb.action, verb.method, [("Digits", "")]) if verb.action_on_empty_result else None
    stage.note(WorkerPressed(picker.key, stage.now))
    entry = enter(Keys(picker.key), verb)
    stage.pass_time(KEY_SECONDS + (verb.timeout if entry.timed_out else 0))
    if not entry.digits and not verb.action_on_empty_result:  # the finishing key first is as no key
        return None
    return page.request(verb.action, verb.method, [("Digits", entry.digits)])
