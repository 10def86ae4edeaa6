"""What is written down of calls and texts at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from helpline.storage.progress import Progress


@dataclass(frozen=True)
class TextRecord:
    """A text as it is kept; its words are those of helpline/switchboard/text_story.py.

    `hour` is the whole hour in UTC in which it came in. Organisation and language are empty where there was none, or no
    answer.
    """

    hour: datetime
    organisation: str
    language: str
    outcome: str


@dataclass(frozen=True)
class Batch:
    """What is written at once: calls and texts, each by the keyed hash of its SID."""

    calls: Mapping[str, Progress] = field(default_factory=dict)
    texts: Mapping[str, TextRecord] = field(default_factory=dict)
