"""The shape of a region file, as pydantic models; what is said in one file is checked here, line by line.

A number, a line of hours and a block of municipalities may say from which day and until which day they hold: `from` is
the first day, `until` the first day no more, so that one fact's `until` is the next one's `from`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, model_validator

from helpline.directory.positions import KeyPath


class Part(BaseModel):
    """A table of a region file: every key is known, nothing is converted silently."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Dated(Part):
    """What holds from a day on, until a day, or always."""

    from_: date | None = Field(default=None, alias="from")
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        """True on its first day, and no more on the day that `until` names."""
        return (self.from_ is None or self.from_ <= day) and (self.until is None or day < self.until)

    def days(self) -> Iterator[date]:
        """The days on which it begins or ends."""
        yield from (day for day in (self.from_, self.until) if day is not None)


class Number(Dated):
    """One number, written as people write numbers; in a file plain text is enough where it has no dates."""

    number: str

    @model_validator(mode="before")
    @classmethod
    def _plain(cls, written: Any) -> Any:
        return {"number": written} if isinstance(written, str) else written


class OpeningHours(Dated):
    """One line of hours, such as "mo-fr 09:00-17:00"; plain text is enough where it has no dates."""

    hours: str

    @model_validator(mode="before")
    @classmethod
    def _plain(cls, written: Any) -> Any:
        return {"hours": written} if isinstance(written, str) else written


class Line(Part):
    """A line: its numbers in the order in which they ring, and whether a switchboard answers or a key must accept."""

    numbers: list[Number] = Field(min_length=1)
    answers: Literal["switchboard", "accept"]
    checked: date
    public: str | None = None

    def numbers_on(self, day: date) -> list[tuple[KeyPath, str]]:
        """The numbers that ring on a day, as written, each with where in the line it stands."""
        return [(("numbers", index), entry.number) for index, entry in _holding(self.numbers, day)]


class DoctorsLine(Line):
    """The vertrouwensarts: a line with hours."""

    hours: list[OpeningHours] = Field(min_length=1)

    def hours_on(self, day: date) -> list[str]:
        """The lines of hours that hold on a day."""
        return [entry.hours for _, entry in _holding(self.hours, day)]


class Municipalities(Dated):
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

    @property
    def lines(self) -> list[tuple[str, Line]]:
        """Its lines by name."""
        return [("advice", self.advice), *([("doctors", self.doctors)] if self.doctors else [])]

    def municipalities_on(self, day: date) -> list[tuple[KeyPath, str]]:
        """Each municipality named here that holds on a day, with where in the file it stands."""
        return [
            (("municipalities", block, "names", index), name)
            for block, part in _holding(self.municipalities, day)
            for index, name in enumerate(part.names)
        ]

    def dated(self) -> Iterator[tuple[KeyPath, Dated]]:
        """Everything that can carry dates, with where in the file it stands."""
        for kind, line in self.lines:
            yield from (((kind, "numbers", index), entry) for index, entry in enumerate(line.numbers))
        if self.doctors is not None:
            yield from ((("doctors", "hours", index), entry) for index, entry in enumerate(self.doctors.hours))
        yield from ((("municipalities", block), part) for block, part in enumerate(self.municipalities))


_D = TypeVar("_D", bound=Dated)


def _holding(entries: Sequence[_D], day: date) -> Iterator[tuple[int, _D]]:
    return ((index, entry) for index, entry in enumerate(entries) if entry.holds_on(day))
