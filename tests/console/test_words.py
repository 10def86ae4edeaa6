"""The words of the console: both languages have the same, each is used, and moments are told as people say them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from markupsafe import Markup

from helpline.console.words import LANGUAGES, fill, language_of, told_at, words
from helpline.directory.hours import AMSTERDAM
from tests.conftest import TODAY

CONSOLE = Path(__file__).parents[2] / "helpline" / "console"
TEMPLATES = "\n".join(path.read_text("utf-8") for path in (CONSOLE / "pages").glob("*.html"))
MODULES = "\n".join(path.read_text("utf-8") for path in CONSOLE.glob("*.py"))
# Sections from which a word is taken by a name that a page finds: a role, a line, an action of the record.
BY_NAME = {
    "nav",
    "roles",
    "languages",
    "themes",
    "lines",
    "found_in",
    "problems",
    "actions",
    "dates",
    "outcomes",
    "call_languages",
    "report_days",
    "report_groups",
    "report_titles",
    "report_kinds",
    "report_columns",
    "effects",
    "obstacles",
    "rehearsal_problems",
    "draft_wrong",
    "file_dates",
    "text_outcomes",
    "divert_reasons",
    "duty",
    "refused",
    "rung",
}
# How modules name a word, and of which section.
NAMED = {
    "done": r'done="(\w+)"',
    "undone": r'telling\("(\w+)"',
    "messages": r'message\("(\w+)"',
    "sign_in": r'why="(\w+)"',
}


def leaves(section: Mapping[str, Any], *above: str) -> Iterator[tuple[str, str]]:
    """Every word's name from the top, such as "now.title", and the word."""
    for name, value in section.items():
        if isinstance(value, str):
            yield ".".join((*above, name)), value
        else:
            yield from leaves(value, *above, name)


def used() -> Iterator[str]:
    """The names of the words that pages and modules use."""
    yield from re.findall(r"\bw\.(\w+\.\w+)", TEMPLATES)
    yield from (".".join(names) for names in re.findall(r'\["(\w+)"\]\["(\w+)"\]', MODULES))
    for section, pattern in NAMED.items():
        for name in re.findall(pattern, MODULES):
            yield from (f"{section}.{name}", f"{section}.{name}.title", f"{section}.{name}.text")


def test_both_languages_have_the_same_words() -> None:
    """By name, in the same order, with the same names in braces to fill in; and none is empty."""
    dutch, english = (dict(leaves(words(language))) for language in LANGUAGES)
    assert list(dutch) == list(english)
    assert [name for name in dutch if re.findall(r"{\w+}", dutch[name]) != re.findall(r"{\w+}", english[name])] == []
    assert all(dutch.values()) and all(english.values())


def test_every_word_is_used_and_every_used_one_is_there() -> None:
    """Nothing is left of a page that is no more, and no page asks for a word that is missing: that would be a fault."""
    there = {name for name, _ in leaves(words("nl"))}
    by_name = {name for name in there if name.partition(".")[0] in BY_NAME}
    assert sorted(there - by_name - set(used())) == []
    templates = {name for name in re.findall(r"\bw\.(\w+\.\w+)", TEMPLATES) if name.partition(".")[0] not in BY_NAME}
    assert sorted(name for name in templates if name not in there) == []


def test_no_word_hides_behind_a_method() -> None:
    """A template would find the method of that name first."""
    parts = {part for name, _ in leaves(words("nl")) for part in name.split(".")}
    assert parts & set(dir(dict)) == set()


def test_what_is_filled_in_is_escaped() -> None:
    """What operators and others wrote is text, whatever it looks like."""
    assert fill("{a} & {b}", a="<i>", b=Markup("<b>x</b>")) == "&lt;i&gt; &amp; <b>x</b>"


@pytest.mark.parametrize(
    ("chosen", "accepted", "language"),
    [
        ("", "", "nl"),
        ("en", "nl", "en"),
        ("xx", "en", "en"),
        ("", "de, en;q=0.5, nl;q=0.9", "en"),
        ("", "EN-gb", "en"),
        ("", "fr,*;q=0.1", "nl"),
        ("", ";;,,", "nl"),
    ],
)
def test_which_language_a_page_speaks(chosen: str, accepted: str, language: str) -> None:
    """The one that was chosen, else the browser's first that we speak, else Dutch."""
    assert language_of(chosen, accepted) == language


@pytest.mark.parametrize(
    ("moment", "dutch", "english"),
    [
        (TODAY, "vandaag 11:00", "today 11:00"),
        (TODAY - timedelta(hours=11, minutes=1), "gisteren 23:59", "yesterday 23:59"),
        (TODAY + timedelta(hours=19), "morgen 06:00", "tomorrow 06:00"),
        (TODAY + timedelta(days=2), "wo 25 nov 11:00", "Wed 25 Nov 11:00"),
        (datetime(2027, 3, 1, 9, 5, tzinfo=AMSTERDAM), "ma 1 mrt 2027 09:05", "Mon 1 Mar 2027 09:05"),
    ],
)
def test_moments_as_people_say_them(moment: datetime, dutch: str, english: str) -> None:
    """On the clock of Amsterdam, and for programs in full."""
    assert f">{dutch}</time>" in told_at(moment, TODAY, "nl")
    assert f">{english}</time>" in told_at(moment, TODAY, "en")
    assert f'datetime="{moment.astimezone(AMSTERDAM):%Y-%m-%dT%H:%M}' in told_at(moment, TODAY, "nl")
