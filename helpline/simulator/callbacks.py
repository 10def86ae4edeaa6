"""Status callbacks on their way to us: in order, or, since Twilio promises none, late and shuffled."""

from __future__ import annotations

import random

from helpline.simulator.checking import Notification
from helpline.simulator.exchange import Fields
from helpline.simulator.webhook import Webhook


class Callbacks:
    """Sends callbacks at once; with a seed it holds them back, and lets them come when chance has it."""

    def __init__(self, webhook: Webhook, seed: int | None = None) -> None:
        self._webhook = webhook
        self._chance = None if seed is None else random.Random(seed)  # noqa: S311 - to be had again, not secret
        self._under_way: list[tuple[str, str, Fields]] = []

    def send(self, url: str, method: str, fields: Fields) -> list[Notification]:
        """One callback; what Twilio's debugger shows of those that come in now."""
        self._under_way.append((url, method, fields))
        if self._chance is None:
            return self.deliver()
        self._chance.shuffle(self._under_way)
        arriving = self._chance.randint(0, len(self._under_way))
        return self._arrive(arriving)

    def deliver(self) -> list[Notification]:
        """All that are still under way come in."""
        return self._arrive(len(self._under_way))

    def overtake(self) -> bool:
        """Whether a callback comes before a document that was asked for earlier; in order, never."""
        return self._chance is not None and self._chance.random() < 1 / 2

    def _arrive(self, count: int) -> list[Notification]:
        arriving, self._under_way = self._under_way[:count], self._under_way[count:]
        answers = [self._webhook.fetch(*each) for each in arriving]
        failed = [each for each in answers if isinstance(each, Notification)]
        return [Notification(15003, f"The status callback failed: {each.code} {each.text}") for each in failed]
