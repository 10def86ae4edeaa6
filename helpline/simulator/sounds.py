"""Recordings: asked for before they are played, as Twilio does; one that cannot be had is told of, and not heard."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from dataclasses import replace
from urllib.parse import urljoin

from helpline.simulator.checking import Notification
from helpline.simulator.verbs import Gather, Play, Verb
from helpline.simulator.webhook import Webhook

LACKING = 12400  # a recording that cannot be had


class Sounds:
    """What is known of the recordings of a telephone's calls; each is asked for once, for Twilio too keeps them."""

    def __init__(self) -> None:
        self._faults: dict[str, Notification | None] = {}
        self._lock = threading.Lock()

    def __reduce__(self) -> tuple[type[Sounds], tuple[()]]:
        """Taken to another process it knows nothing yet: a lock stays where it is."""
        return Sounds, ()

    def lacking(self, verbs: Iterable[Verb], base: str, webhook: Webhook) -> dict[Play, Notification]:
        """Those of a document's recordings that cannot be had, each with what Twilio's debugger shows of it."""
        asked = {play: self._fault(urljoin(base, play.url), webhook) for play in _recordings(verbs)}
        return {play: fault for play, fault in asked.items() if fault}

    def _fault(self, url: str, webhook: Webhook) -> Notification | None:
        with self._lock:
            if url not in self._faults:
                self._faults[url] = _asked_for(url, webhook)
            return self._faults[url]


def without(verbs: Iterable[Verb], lacking: Iterable[Play]) -> tuple[Verb, ...]:
    """These verbs as far as they can be played."""
    silent = set(lacking)
    kept = (each for each in verbs if each not in silent)
    return tuple(
        replace(each, prompt=tuple(part for part in each.prompt if part not in silent))
        if isinstance(each, Gather)
        else each
        for each in kept
    )


def _recordings(verbs: Iterable[Verb]) -> Iterator[Play]:
    for verb in verbs:
        if isinstance(verb, Gather):
            yield from _recordings(verb.prompt)
        elif isinstance(verb, Play) and verb.url and not verb.is_here:
            yield verb


def _asked_for(url: str, webhook: Webhook) -> Notification | None:
    answer = webhook.fetch(url, "GET", ())
    if isinstance(answer, Notification):
        return Notification(LACKING, f"The recording at {url} cannot be had: {answer.code} {answer.text}")
    kind = (answer.content_type or "").partition(";")[0].strip().lower()
    if not kind.startswith("audio/"):
        return Notification(12300, f"What is at {url} is no recording: its content type is {kind or 'not told'}.")
    return None
