"""The words of the console in each language, a name in braces filled in; and moments as people say them."""

from __future__ import annotations

import tomllib
from datetime import date, datetime, timedelta
from functools import cache
from importlib import resources
from typing import Any, Literal, get_args

from markupsafe import Markup, escape

from helpline.directory.hours import AMSTERDAM

Language = Literal["nl", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

# By how many days from today a day has a name of its own.
_NAMED_DAYS = {-1: "yesterday", 0: "today", 1: "tomorrow"}


@cache
def words(language: Language) -> dict[str, Any]:
    """All words of a language, by page and name."""
    return tomllib.loads((resources.files("helpline.console") / "pages" / f"words.{language}.toml").read_text("utf-8"))


def language_of(chosen: str, accepted: str) -> Language:
    """The language that was chosen, else the first of the browser's (Accept-Language) that we speak, else Dutch."""
    asked = [chosen, *(each.partition(";")[0].strip()[:2].lower() for each in accepted.split(","))]
    return next((language for each in asked for language in LANGUAGES if each == language), LANGUAGES[0])


def fill(text: str, **values: object) -> Markup:
    """A text with its names in braces filled in; whatever is filled in is escaped."""
    return escape(text).format(**values)


def told_at(moment: datetime, now: datetime, language: Language) -> Markup:
    """A moment on the clock of Amsterdam, as short as it is clear."""
    at, today = moment.astimezone(AMSTERDAM), now.astimezone(AMSTERDAM).date()
    dates = words(language)["dates"]
    named = next((name for days, name in _NAMED_DAYS.items() if at.date() == today + timedelta(days)), None)
    told = f"{dates[named] if named else told_day(at.date(), today, language)} {at:%H:%M}"
    return Markup('<time datetime="{}">{}</time>').format(at.isoformat(timespec="minutes"), told)


def told_day(day: date, today: date, language: Language) -> str:
    """A day with its name; with its year where that is another."""
    dates = words(language)["dates"]
    year = f" {day.year}" if day.year != today.year else ""
    return f"{dates['days'].split()[day.weekday()]} {day.day} {dates['months'].split()[day.month - 1]}{year}"
