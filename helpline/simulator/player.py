"""A telephone: each call is played from the first request to the last, as Twilio plays TwiML.

1. Verbs run in order; Gather, Dial and Redirect may go on with another document, and none comes back.
2. A failed fetch or an unreadable answer goes to the fallback URL, with ErrorCode and ErrorUrl; without
   one, or when that fails too, the caller hears of an application error and the call ends.
3. A call that does not end by itself is ended, and says so.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import assert_never

import httpx

from helpline.simulator.account import Leg, Twilio, TwilioNumber, new_sid
from helpline.simulator.callbacks import Callbacks
from helpline.simulator.checking import Notification
from helpline.simulator.dialling import dial
from helpline.simulator.events import Ended, Event, How
from helpline.simulator.gathering import gather
from helpline.simulator.party import Party
from helpline.simulator.progress import report_call
from helpline.simulator.sounds import Sounds
from helpline.simulator.speech import seconds_to_say
from helpline.simulator.stage import Endless, Page, Request, Stage
from helpline.simulator.verbs import Dial, Gather, Hangup, Pause, Play, Redirect, Reject, Say, Unplayed, Verb
from helpline.simulator.webhook import Webhook, certificates

APOLOGY = "We are sorry, an application error has occurred. Goodbye."
REJECTED_STATUS = {"rejected": "no-answer", "busy": "busy"}


@dataclass(frozen=True)
class Call:
    """A call as it was played."""

    caller: str | None
    events: tuple[Event, ...]


def over_http() -> httpx.BaseTransport:
    """Over the network, as Twilio asks."""
    return httpx.HTTPTransport(verify=certificates())


@dataclass(frozen=True)
class Telephone:
    """Calls one number at one Twilio.

    `more` is what a carrier adds to each request, such as CallerName. With a seed in `shuffled` status callbacks come
    late and in disorder, the same for the same seed. Each call has a `transport` of its own; `sounds` are for all.
    """

    twilio: Twilio
    number: TwilioNumber
    more: tuple[tuple[str, str], ...] = ()
    shuffled: int | None = None
    transport: Callable[[], httpx.BaseTransport] = over_http
    sounds: Sounds = field(default_factory=Sounds, compare=False)

    def call(self, caller: str | None, party: Party) -> Call:
        """Plays a call from this caller (None: From is missing) with this party, to its end."""
        with self.transport() as transport:
            return self.call_over(transport, caller, party)

    def call_over(self, transport: httpx.BaseTransport, caller: str | None, party: Party) -> Call:
        """The same over connections that are kept from one call to the next."""
        webhook = Webhook(self.twilio, transport)
        stage = Stage(self.twilio, self.number, party, webhook, Callbacks(webhook, self.shuffled), self.sounds)
        leg = Leg(new_sid(), self.twilio.account_sid, caller, self.number.number, more=self.more)
        _play_call(stage, leg)
        return Call(caller, tuple(stage.events))


def _play_call(stage: Stage, leg: Leg) -> None:
    number = stage.number
    step: Request | How = Request(number.absolute(stage.twilio, number.voice_url), number.voice_method)
    try:
        while isinstance(step, Request):
            page = _fetch(stage, leg, step)
            step = _play(stage, leg, page) if page else How.ERROR
    except Endless as endless:
        step = endless.how
    stage.note(Ended(step, stage.now))
    if step is not How.REJECTED and stage.status != "canceled":
        stage.status = "completed"
    report_call(stage, leg)
    stage.deliver_callbacks()


def _fetch(stage: Stage, leg: Leg, request: Request) -> Page | None:
    """The document, or the fallback's; None after the apology."""
    page = stage.fetch(leg, request)
    if isinstance(page, Notification):
        stage.warn([page])
        page = _fall_back(stage, leg, request, page)
    if isinstance(page, Notification):
        stage.status = "in-progress"
        stage.play(Say(APOLOGY, seconds_to_say(APOLOGY)))
        return None
    return page


def _fall_back(stage: Stage, leg: Leg, request: Request, error: Notification) -> Page | Notification:
    number = stage.number
    if number.voice_fallback_url is None:
        return error
    url = number.absolute(stage.twilio, number.voice_fallback_url)
    fields = [*request.fields, ("ErrorCode", str(error.code)), ("ErrorUrl", request.url.partition("#")[0])]
    page = stage.fetch(leg, Request(url, number.voice_fallback_method, fields))
    if isinstance(page, Notification):
        stage.warn([page])
    return page


def _play(stage: Stage, leg: Leg, page: Page) -> Request | How:
    for verb in page.document.verbs:
        step = _verb(stage, leg, page, verb)
        if step is not None:
            return step
    return How.DOCUMENT_ENDED


def _verb(stage: Stage, leg: Leg, page: Page, verb: Verb) -> Request | How | None:
    """Plays one verb; hands back what comes next, None being the next verb."""
    if isinstance(verb, Reject) and stage.status == "ringing":
        # Reject as the very first verb: the call is never answered. Anywhere else it hangs up.
        stage.status = REJECTED_STATUS[verb.reason]
        return How.REJECTED
    if isinstance(verb, Pause) and stage.status == "ringing":
        return None  # a Pause as the first verb only lets it ring longer
    if not isinstance(verb, Redirect) and not (isinstance(verb, Dial) and verb.answer_on_bridge):
        stage.status = "in-progress"
    match verb:
        case Say() | Play() | Pause():
            stage.play(verb)
            return None
        case Gather():
            return gather(stage, leg, verb, page)
        case Dial():
            return dial(stage, leg, verb, page)
        case Redirect():
            return page.request(verb.url, verb.method)
        case Hangup() | Reject():
            return How.HUNG_UP
        case Unplayed():
            return How.NOT_PLAYED
        case _:
            assert_never(verb)
