"""What a call in progress has: its clock, its documents, its events. Time passes without waiting."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import accumulate
from urllib.parse import urldefrag, urljoin

from helpline.simulator.account import Leg, Twilio, TwilioNumber
from helpline.simulator.callbacks import Callbacks
from helpline.simulator.checking import Notification
from helpline.simulator.events import Event, Heard, How, Warned
from helpline.simulator.exchange import Fields
from helpline.simulator.party import Keys, Party
from helpline.simulator.sounds import Sounds, without
from helpline.simulator.speech import SOUND_SECONDS
from helpline.simulator.twiml import Document, read
from helpline.simulator.verbs import Pause, Play, Say
from helpline.simulator.webhook import Webhook

MAX_DOCUMENTS = 200  # a service that sends its caller in circles is stopped here
MAX_SECONDS = 6 * 3600.0  # beyond Dial's longest timeLimit, four hours
MAX_LOOPS = 1_000  # Say and Play: loop="0" is endless, in fact a thousand times


class Endless(Exception):
    """The call does not end by itself."""

    def __init__(self, how: How) -> None:
        super().__init__(how.value)
        self.how = how


def length(verb: Say | Play | Pause) -> float:
    """How many seconds it takes to play this."""
    match verb:
        case Say():
            return verb.seconds * (verb.loop or MAX_LOOPS)
        case Play():
            return SOUND_SECONDS * (verb.loop or MAX_LOOPS)
        case Pause():
            return float(verb.length)


@dataclass(frozen=True)
class Request:
    """The next document: where it is asked for, and what the verb that asks has to tell."""

    url: str
    method: str
    fields: Fields = ()


@dataclass(frozen=True)
class Page:
    """A document, and the public URL it came from, against which its own URLs are read."""

    document: Document
    url: str

    def request(self, url: str | None, method: str, fields: Fields = ()) -> Request:
        """A request a verb on this page makes; without a URL the page itself is asked again."""
        return Request(urljoin(self.url, url) if url else self.url, method, fields)


class Stage:
    """One call in progress; verbs read and change it through these few words."""

    def __init__(
        self,
        twilio: Twilio,
        number: TwilioNumber,
        party: Party,
        webhook: Webhook,
        callbacks: Callbacks,
        sounds: Sounds,
    ) -> None:
        self.twilio = twilio
        self.number = number
        self.party = party
        self.webhook = webhook
        self.began = time.time()
        self.now = 0.0
        self.status = "ringing"  # inbound: before the first document the call is not answered
        self.events: list[Event] = []
        self.told: Counter[str] = Counter()  # how many status callbacks each leg has had
        self._callbacks = callbacks
        self._sounds = sounds
        self.rings_until_bridge = True  # whether the caller hears it ring while a whisper plays
        self.is_reported = False  # that the call is over
        self._documents = 0
        self._keys_under_way: tuple[float, Keys] | None = None

    def note(self, event: Event) -> None:
        """Adds to the record, and tells the party."""
        self.events.append(event)
        self.party.note(event)

    def warn(self, notifications: Iterable[Notification]) -> None:
        """Notes what Twilio's debugger would show."""
        for each in notifications:
            self.note(Warned(each.code, each.text, self.now))

    def pass_time(self, seconds: float) -> None:
        """Moves the clock on."""
        self.now += seconds
        if self.now > MAX_SECONDS:
            raise Endless(How.TOO_LONG)

    def fetch(self, leg: Leg, request: Request, *, whisper: bool = False) -> Page | Notification:
        """The document of this request; its warnings are noted, an error is handed back."""
        self._documents += 1
        if self._documents > MAX_DOCUMENTS:
            raise Endless(How.TOO_MANY)
        status = "in-progress" if whisper else self.status
        fields = [*leg.fields(status), *request.fields]
        answer = self.webhook.fetch(request.url, request.method, fields)
        if isinstance(answer, Notification):
            return answer
        document = read(answer.body, answer.content_type, whisper=whisper)
        if isinstance(document, Notification):
            return Notification(document.code, f"{document.text} ({urldefrag(request.url).url})")
        self.warn(document.warnings)
        lacking = self._sounds.lacking(document.verbs, answer.url, self.webhook)
        self.warn(lacking.values())
        return Page(replace(document, verbs=without(document.verbs, lacking)), answer.url)

    def callbacks_overtake(self) -> bool:
        """Whether the callback at the end of the call comes before what is asked for last."""
        return self._callbacks.overtake()

    def call_back(self, url: str, method: str, fields: Fields) -> None:
        """A status callback: its answer is never played, only its failure noted (15003)."""
        self.warn(self._callbacks.send(url, method, fields))

    def deliver_callbacks(self) -> None:
        """The status callbacks that are still under way come in."""
        self.warn(self._callbacks.deliver())

    def play(self, verb: Say | Play | Pause) -> None:
        """The caller hears a Say or Play, or nothing for the length of a Pause."""
        match verb:
            case Say():
                self.note(Heard(verb.text, verb.language, verb.voice, self.now))
            case Play():
                self.note(Heard(f"[sound {verb.url or verb.digits}]", "", "", self.now))
            case Pause():
                pass
        self.pass_time(length(verb))

    def leave_keys(self, keys: Keys) -> None:
        """Keys the caller is still pressing when a question has its answer already."""
        self._keys_under_way = (self.now, keys) if keys.keys else None

    def take_keys(self) -> Keys | None:
        """Keys still under way now that a question begins; what was pressed before it is lost."""
        if self._keys_under_way is None:
            return None
        (since, keys), self._keys_under_way = self._keys_under_way, None
        before = list(accumulate(keys.waits, initial=since))  # for each key the moment from which it is waited for
        gone = sum(moment < self.now for moment in before[1:])
        left = keys.rest(gone, self.now - before[gone])
        return left if left.keys else None
