"""Words as they leave the house: one stretch of text in one voice."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Speech:
    """`text` in plain words, where "…" is a breath of half a second; `language` as "nl-NL"; a voice of the carrier.

    `recording` is the address of a recording of just this text, empty where there is none.
    """

    text: str
    language: str
    voice: str
    recording: str = ""
