"""The other half of the switchboard: each text worked out by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from helpline.directory.live import Directory
from helpline.directory.numbers import takes_texts
from helpline.directory.said_numbers import postcode_in
from helpline.directory.table import Table
from helpline.directory.written import four_figures, postcodes
from helpline.errors import Diverged
from helpline.flow.message import Reply, incoming_text
from helpline.flow.message_words import language_of, latin_figures, place_words, wish_of
from helpline.flow.steps import MAYBE, UNCLEAR, Lookup, Script, Step
from helpline.switchboard.reply_cap import ReplyCap

T = TypeVar("T")


@dataclass(frozen=True)
class Text:
    """A text as the carrier hands it over; `stopped` where the carrier says that it has taken it for a stop word."""

    sid: str
    sender: str
    body: str
    stopped: bool = False


@dataclass(frozen=True)
class Answer:
    """What is texted back, by one table."""

    table: Table
    reply: Reply


class Texts:
    """Answers texts; remembers nothing of them but how many answers a sender had within the hour, by keyed hash.

    `languages` are those in which there is an answer, Dutch first; who writes in another is answered in English.
    `cries_are_ours` says that the carrier leaves END and QUIT to us.
    """

    def __init__(
        self,
        directory: Directory,
        clock: Callable[[], datetime],
        languages: Sequence[str],
        own_numbers: Sequence[str],
        cap: ReplyCap,
        *,
        cries_are_ours: bool = False,
    ) -> None:
        self._directory = directory
        self._clock = clock
        self._languages = languages
        self._own_numbers = own_numbers
        self._cap = cap
        self._cries_are_ours = cries_are_ours

    def answer(self, text: Text) -> Answer | None:
        """The answer to a text; None where there is none."""
        table = self._directory.current
        reply = _played(incoming_text(), lambda step: self._look_up(step, text, table))
        return Answer(table, reply) if reply else None

    def reaches_a_person(self, text: Text) -> bool:
        """Whether an answer may go to this sender now, which then counts as given."""
        return takes_texts(text.sender, self._own_numbers) and self._cap.allows(text.sender, text.sid)

    def _look_up(self, step: Step, text: Text, table: Table) -> str:
        match step:
            case Lookup("wish"):
                return "stop" if text.stopped else wish_of(text.body, cries_are_ours=self._cries_are_ours)
            case Lookup("sender"):
                return "person" if self.reaches_a_person(text) else "nobody"
            case Lookup("language"):
                return self._language(text.body)
            case Lookup("place"):
                return _place(text.body, table)
            case Lookup("doctors_line", of=region):
                return table.doctors_line(region, self._clock())
        raise Diverged(f"Nothing here can look up {step!r}.")

    def _language(self, body: str) -> str:
        language = language_of(body)
        return language if language in self._languages else "en"


def _place(body: str, table: Table) -> str:
    """An organisation, a doubt or a guess between places, or "unclear".

    Four figures count as part of a whole postcode, or where the text is nothing else; anywhere else they may be a year,
    an hour, an amount.
    """
    words, language = place_words(latin_figures(body)), language_of(body)
    whole = {table.of_postcode(digits) for digits in postcodes(body)} - {UNCLEAR}
    if len(whole) == 1:
        return whole.pop()
    if not whole and (digits := postcode_in(words, language)):
        return table.of_postcode(digits)
    read = table.gazetteer.read(four_figures.sub(" ", words), language)
    if read.candidates:
        return MAYBE + "-".join(str(index) for index in read.candidates)
    return UNCLEAR if whole else read.region or UNCLEAR


def _played(script: Script[T], look_up: Callable[[Step], str]) -> T:
    """What a script of look-ups returns."""
    try:
        step = next(script)
        while True:
            step = script.send(look_up(step))
    except StopIteration as over:
        returned: T = over.value
        return returned
