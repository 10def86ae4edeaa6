"""The shape of a region file, as pydantic models; what is said in one file is checked here, line by line."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Part(BaseModel):
    """A table of a region file: every key is known, nothing is converted silently."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Line(Part):
    """A line: its numbers in the order in which they ring, and whether a switchboard answers or a key must accept."""

    numbers: list[str] = Field(min_length=1)
    answers: Literal["switchboard", "accept"]
    checked: date
    public: str | None = None


class DoctorsLine(Line):
    """The vertrouwensarts: a line with hours."""

    hours: list[str] = Field(min_length=1)


class Municipalities(Part):
    """Municipalities by the names of regions/geography/municipalities.csv."""

    names: list[str] = Field(min_length=1)


class RegionFile(Part):
    """One organisation, or the national desk."""

    name: str = Field(min_length=1)
    say: str | None = None
    stand_in: str | None = None
    area_codes: list[str] = []
    advice: Line
    doctors: DoctorsLine | None = None
    municipalities: list[Municipalities] = []

    @property
    def spoken(self) -> str:
        """The name as a voice should say it."""
        return self.say or self.name

    def municipality_names(self) -> list[tuple[tuple[str | int, ...], str]]:
        """Each municipality named here, with where in the file it stands."""
        return [
            (("municipalities", block, "names", index), name)
            for block, part in enumerate(self.municipalities)
            for index, name in enumerate(part.names)
        ]
