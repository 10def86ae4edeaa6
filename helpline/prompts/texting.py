"""From a reply to the text that goes out: neutral words first, the answer, 112 last; two segments at most.

1. The first words show on a locked screen that somebody else may see: they say nothing of who we are.
2. What does not fit is said in fewer words, and if need be as the question for a place, which always fits.
3. Of an organisation's numbers only the public one is ever texted.
"""

from __future__ import annotations

from collections.abc import Iterator

from helpline.directory.hours import ALWAYS
from helpline.directory.numbers import as_written
from helpline.directory.table import Table
from helpline.flow.message import Reply
from helpline.prompts.hours import spoken
from helpline.prompts.language import Language
from helpline.prompts.segments import fits, in_gsm, is_gsm

MOST_CHOICES, FEWEST_CHOICES = 3, 2
_LINE_OF = {"place": "advice", "doctor": "doctors"}


def texted(reply: Reply, table: Table, language: Language) -> str:
    """The text for a reply, in its language."""
    ways = [_whole(words, reply, table, language, most) for words, most in _ways(reply, table)]
    return next((text for text in ways if fits(text)), ways[-1])


def _ways(reply: Reply, table: Table) -> Iterator[tuple[str, int]]:
    """The prompts that can say it, the fullest first, each with how many choices it may name."""
    if (line := _LINE_OF.get(reply.words)) and table.public_number(line, reply.region):
        yield f"{reply.words}_public", MOST_CHOICES
    yield reply.words, MOST_CHOICES
    if reply.choices:
        yield reply.words, FEWEST_CHOICES
    yield "ask", 0


def _whole(words: str, reply: Reply, table: Table, language: Language, most: int) -> str:
    texts = language.texts
    said = texts[words].format(**_filled(reply, table, language, most)) if "{" in texts[words] else texts[words]
    whole = " ".join((texts["opening"], said, texts["in_danger"]))
    return in_gsm(whole) if is_gsm(texts["opening"]) else whole


def _filled(reply: Reply, table: Table, language: Language, most: int) -> dict[str, str]:
    """What a prompt's brackets stand for."""
    if reply.choices:
        names = [choice.place for choice in table.choices(reply.choices)[:most]]
        return {"places": language.texts["or"].join(names)}
    hours = table.doctors_hours(reply.region)
    number = table.public_number(_LINE_OF.get(reply.words, "advice"), reply.region)
    return {
        "organisation": table.organisation(reply.region).name,
        "hours": spoken(hours or ALWAYS, language.text_hours),
        "public": as_written(number).replace(" ", "") if number else "",  # blanks would turn round in Arabic
    }
