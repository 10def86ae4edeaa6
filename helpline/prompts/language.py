"""One language as its file has it: voice, words, and how hours are said."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib import resources
from typing import Self

from pydantic import BaseModel, ConfigDict, model_validator


class HourWords(BaseModel):
    """How days and times are said; see `helpline.prompts.hours`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    days: tuple[str, str, str, str, str, str, str]
    holidays: str
    except_holidays: str
    every_day: str
    range: str
    and_: str
    span: str
    hour: str
    hour_and_minutes: str


class Language(BaseModel):
    """A prompt file.

    `words` holds each prompt's text by its name, `texts` what is texted, and `text_hours`
    hours as short as a text needs; `gather` is the tag for recognising speech where it is not `tag`;
    `recordings` holds the address of a recording for any prompt, whose text stays its twin.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    tag: str
    voice: str
    gather: str = ""
    dutch_name: str
    read_by_native_speaker: bool
    words: Mapping[str, str]
    hours: HourWords
    texts: Mapping[str, str]
    text_hours: HourWords
    recordings: Mapping[str, str] = {}

    @model_validator(mode="after")
    def _recordings_have_a_twin(self) -> Self:
        """A recording is of one whole prompt, whose text stands beside it and has nothing to fill in."""
        for name, url in self.recordings.items():
            if "{" in self.words.get(name, "{"):
                raise ValueError(f"recordings.{name}: only a prompt without anything to fill in can be recorded")
            if not url.startswith("https://"):
                raise ValueError(f"recordings.{name}: the address must begin with https://")
        return self


def load() -> dict[str, Language]:
    """Every language of this folder by its code, such as "nl"."""
    folder = resources.files(__package__)
    return {
        file.name.removesuffix(".toml"): Language.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
        for file in folder.iterdir()
        if file.name.endswith(".toml")
    }
