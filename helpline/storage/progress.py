"""What is known of a call so far: pieces come in any order, more than once or never, and merge into one.

1. To merge is free of order and of repetition: whoever merges the same pieces has the same call.
2. Of two stories the longer trail's counts.
3. What a trail tells of the end counts more than a fault of ours; a fault counts more than that it is over.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple, TypeVar

from helpline.switchboard.story import Found, Outcome, Story

LONGEST_SECONDS = 4 * 60 * 60  # of a call: https://www.twilio.com/docs/voice/twiml/dial#timelimit
T = TypeVar("T", int, datetime)


class Progress(NamedTuple):
    """One piece, or all of them merged. Moments carry their zone; None is not known.

    `hour` is in UTC, the whole hour of the earliest piece. `steps` is the length of the trail that told the story, 0
    where none did. `began` is when the call came in, `rang` when the first line was to ring; `seconds_before` is the
    time between, once both were forgotten. `seconds` is how long the call took.
    """

    hour: datetime
    steps: int = 0
    story: Story = Story()
    began: datetime | None = None
    rang: datetime | None = None
    seconds_before: int | None = None
    faulted: bool = False
    over: bool = False
    seconds: int | None = None

    def merged(self, other: Progress) -> Progress:
        """What both know."""
        longer, shorter = sorted((self, other), key=lambda each: (each.steps, each.story), reverse=True)
        return Progress(
            min(self.hour, other.hour),
            longer.steps,
            longer.story._replace(found=_found(longer.story.found, shorter.story.found)),
            _least(self.began, other.began),
            _least(self.rang, other.rang),
            _least(self.seconds_before, other.seconds_before),
            self.faulted or other.faulted,
            self.over or other.over,
            _most(self.seconds, other.seconds),
        )

    @property
    def complete(self) -> bool:
        """Whether the call is over."""
        return self.over or bool(self.story.outcome)

    @property
    def outcome(self) -> Outcome:
        """How it ended; empty while it is under way."""
        if self.story.outcome:
            return self.story.outcome
        if self.faulted:
            return "fault"
        if not self.over:
            return ""
        # A caller who hangs up at a question is not told of; one who does while it rings is, by the end of the dial.
        return "hung up" if self.steps and not self.story.organisation else "unknown"

    @property
    def seconds_to_ring(self) -> int | None:
        """From the call's coming in until the first line was to ring.

        Two machines' clocks may differ; where one was set in between, so that no call lasts that long, it is not known.
        """
        if self.began is None or self.rang is None:
            return self.seconds_before
        seconds = round((self.rang - self.began).total_seconds())
        return max(0, seconds) if seconds <= LONGEST_SECONDS else None


def whole_hour(moment: datetime) -> datetime:
    """The hour in UTC in which a moment lies."""
    return moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


def _found(longer: Found, shorter: Found) -> Found:
    """A trail does not keep that the place was spoken: only the turn after it tells."""
    return "spoken" if (longer, shorter) == ("asked again", "spoken") else longer


def _least(one: T | None, other: T | None) -> T | None:
    return min((each for each in (one, other) if each is not None), default=None)


def _most(one: T | None, other: T | None) -> T | None:
    return max((each for each in (one, other) if each is not None), default=None)
