"""One language as its file has it: voice, words, and how hours are said."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib import resources

from pydantic import BaseModel, ConfigDict


class HourWords(BaseModel):
    """How days and times are said; see `helpline.prompts.hours`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    days: tuple[str, str, str, str, str, str, str]
    holidays: str
    every_day: str
    range: str
    and_: str
    span: str
    hour: str
    hour_and_minutes: str


class Language(BaseModel):
    """A prompt file. `words` holds each prompt's text by its name."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    tag: str
    voice: str
    dutch_name: str
    words: Mapping[str, str]
    hours: HourWords


def load() -> dict[str, Language]:
    """Every language of this folder by its code, such as "nl"."""
    folder = resources.files(__package__)
    return {
        file.name.removesuffix(".toml"): Language.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
        for file in folder.iterdir()
        if file.name.endswith(".toml")
    }
