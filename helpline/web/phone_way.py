"""Where on the picture of the conversation a call is: known from the addresses that the service itself gave out."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from helpline.carrier.dial_words import dialled
from helpline.errors import Diverged
from helpline.flow import trail as trails
from helpline.flow.dialled import ending_of
from helpline.flow.drawing import OPENING, OVER
from helpline.flow.drawing_way import way
from helpline.flow.trail import Trail
from helpline.simulator.events import Asked, Ended, Event, Rang, RingEnded

GONE = ("hangs up", "picked up too late")  # the caller is


class WayOfCall:
    """The boxes a call has come through, the one it is in last."""

    def __init__(self) -> None:
        self.boxes: tuple[str, ...] = (OPENING,)
        self._trail: Trail | None = None

    def note(self, event: Event) -> None:
        """Learns from what happens."""
        match event:
            case Asked() | Rang():
                self._trail = _trail_in(event.action)
                self.boxes = way(self._trail) if self._trail else self.boxes
            case RingEnded() if self._trail:
                after = self._trail.then(self.boxes[-1], _ending(event))
                self.boxes = tuple(box for box in way(after) if box != OVER)  # what is said last is still to be heard
            case Ended():
                self.boxes = (*self.boxes, OVER)


def _trail_in(address: str) -> Trail | None:
    """The trail in an address of ours; None in any other, such as that of the last resort."""
    found = parse_qs(urlsplit(address).query).get("trail", [""])[0]
    try:
        return trails.read(found)
    except Diverged:
        return None


def _ending(event: RingEnded) -> str:
    """The word for the trail, as the service itself finds it in what Twilio tells of a dial."""
    fields = {
        "DialCallStatus": event.status,
        "DialBridged": "true" if event.bridged else "false",
        "DialCallDuration": str(round(event.seconds)),
        "CallStatus": "completed" if event.reply in GONE else "in-progress",
    }
    return ending_of(dialled(fields), accept=False)
