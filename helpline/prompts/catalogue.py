"""From a step of the conversation to speech: the words of its language, with the names and hours of a table in them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from helpline.directory.hours import ALWAYS
from helpline.directory.table import Table
from helpline.flow.message import Reply
from helpline.flow.speech import Speech
from helpline.flow.steps import Say
from helpline.prompts.hours import spoken
from helpline.prompts.language import Language
from helpline.prompts.texting import texted

DUTCH = "nl"
ANNOUNCEMENT = "announcement"  # the one prompt whose words are an operator's, in the table
MENU = ("ar", "tr", "pl", "uk", "de", "fr", "es")  # after English: those whose speakers ring most often first
_NAMES = re.compile(r"(\{organisation\}|\{place\})")  # Dutch names, said by a Dutch voice in every language
_STOPS = " .,:;!?،؟"  # left over at the head of what follows a name said by another voice
_LONG_NUMBER = re.compile(r"\d{3,}")  # said digit by digit: 112 is not a hundred and twelve


class Catalogue:
    """The languages, and how each prompt is said in them."""

    def __init__(self, languages: Mapping[str, Language]) -> None:
        self.languages = languages

    def offered(self, *, unread: bool) -> tuple[str, ...]:
        """The languages a caller can choose, in the menu's order.

        Dutch and English always; the others when a native speaker has read them, or all where `unread` is wanted.
        """
        rest = [code for code in MENU if unread or self.languages[code].read_by_native_speaker]
        return (DUTCH, "en", *rest)

    def recognised(self, language: str) -> str:
        """The tag under which speech in this language is recognised."""
        return self.languages[language].gather or self.languages[language].tag

    def has(self, prompt: str, language: str) -> bool:
        """True for a prompt with words in this language; what can be announced is asked of the table before."""
        return prompt == ANNOUNCEMENT or prompt in self.languages[language].words

    def speech(self, say: Say, table: Table) -> tuple[Speech, ...]:
        """The stretches of speech for one `Say`; raises KeyError for a prompt its language does not have."""
        language = self.languages[say.language]
        if say.prompt == ANNOUNCEMENT:
            return (_speech(table.announcement(say.region)[say.language], language),)
        if recording := language.recordings.get(say.prompt):
            return (Speech(language.words[say.prompt], language.tag, language.voice, recording),)
        parts = _NAMES.split(language.words[say.prompt])
        voiced = [(part, self._filled(part, say, table)) for part in parts]
        if language.tag == self.languages[DUTCH].tag:
            return (_speech("".join(text for _, text in voiced), language),)
        return tuple(
            _speech(text, self.languages[DUTCH] if _NAMES.match(part) else language)
            for part, text in voiced
            if text.strip(_STOPS)
        )

    def text(self, reply: Reply, table: Table) -> str:
        """What is texted back, whole."""
        return texted(reply, table, self.languages[reply.language])

    def _filled(self, part: str, say: Say, table: Table) -> str:
        match part:
            case "{organisation}":
                return table.organisation(say.region).spoken
            case "{place}":
                return say.place
        if "{" not in part:
            return part
        return part.format(key=say.key, hours=self._hours(say, table), language=self._named(say.spoken))

    def _hours(self, say: Say, table: Table) -> str:
        hours = table.doctors_hours(say.region) if say.region else None
        return spoken(hours or ALWAYS, self.languages[say.language].hours)

    def _named(self, language: str) -> str:
        return self.languages[language].dutch_name if language else ""


def _speech(text: str, language: Language) -> Speech:
    said = _LONG_NUMBER.sub(lambda match: " ".join(match[0]), text).strip().lstrip(_STOPS)
    return Speech(said, language.tag, language.voice)
