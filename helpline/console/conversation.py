"""The conversation: what a call is like as a picture, what holds on every path of it, and its words in each language.

1. The picture and the walk are made once for each table: both take seconds, the walk only when somebody asks for it.
2. One is made at a time, in the thread of whoever asked; a second who asks waits for the first.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.responses import Response

from helpline.console.visit import Visit
from helpline.directory.table import Table
from helpline.flow.call import incoming_call
from helpline.flow.drawing_svg import svg
from helpline.flow.steps import NATIONAL, Say
from helpline.prompts import language as languages
from helpline.prompts.catalogue import DUTCH, MENU, Catalogue
from helpline.prompts.in_words import in_words
from helpline.prompts.language import Language
from helpline.publishing.picturing import drawn
from helpline.publishing.proof import world_of
from helpline.publishing.walked import Checked, checked

ENGLISH = "en"
EXAMPLE_PLACE, EXAMPLE_KEY = "Zeist", "1"


@dataclass(frozen=True)
class Prompt:
    """One prompt: its words as they are written, and as they are heard, in Dutch and in another language."""

    name: str
    dutch: str
    other: str
    dutch_heard: str
    other_heard: str


class Conversation:
    """The page, and what this process has made for it."""

    def __init__(self) -> None:
        self._pictures: dict[str, str] = {}
        self._walks: dict[str, Checked] = {}
        self._lock = threading.Lock()

    def shown(self, visit: Visit) -> Response:
        """All of it; the result of the walk where there is one already."""
        table, catalogue = visit.office.helpline.directory.current, Catalogue(languages.load())
        beside = visit.query.get("beside", ENGLISH)
        beside = beside if beside in (ENGLISH, *MENU) else ENGLISH
        return visit.page(
            "conversation.html",
            version=table.version,
            walk=self._walks.get(table.version),
            prompts=_prompts(catalogue, table, beside),
            languages={code: catalogue.languages[code] for code in (DUTCH, ENGLISH, *MENU)},
            beside=beside,
        )

    def walked(self, visit: Visit) -> Response:
        """Every path is walked, by the live table and the languages that callers are offered."""
        table, catalogue = visit.office.helpline.directory.current, Catalogue(languages.load())
        with self._lock:
            if table.version not in self._walks:
                found = checked(world_of(table, catalogue), in_words(catalogue, table), incoming_call)
                self._walks = {table.version: found}
        return visit.moved("/console/conversation", done="walked")

    def picture(self, visit: Visit) -> Response:
        """The picture alone."""
        drawing = self.drawing(visit.office.helpline.directory.current)
        return Response(drawing, media_type="image/svg+xml", headers={"Cache-Control": "private, max-age=3600"})

    def drawing(self, table: Table) -> str:
        """The picture by a table, as SVG."""
        with self._lock:
            if table.version not in self._pictures:
                self._pictures = {table.version: svg(*drawn(table, Catalogue(languages.load())))}
            return self._pictures[table.version]


def _prompts(catalogue: Catalogue, table: Table, beside: str) -> Sequence[Prompt]:
    dutch, other = catalogue.languages[DUTCH], catalogue.languages[beside]
    sound = in_words(catalogue, table)
    region = next(name for name in table.organisations if name != NATIONAL)

    def heard(name: str, code: str, of: Language) -> str:
        if name not in of.words:
            return ""
        return sound(Say(name, code, region=region, place=EXAMPLE_PLACE, key=EXAMPLE_KEY, spoken=beside))

    return [
        Prompt(name, text, _words(other.words, name), heard(name, DUTCH, dutch), heard(name, beside, other))
        for name, text in dutch.words.items()
    ]


def _words(words: Mapping[str, str], name: str) -> str:
    return words.get(name, "")
