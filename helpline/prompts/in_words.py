"""What a step sounds like, as one line of text for people to read."""

from __future__ import annotations

import re
from collections.abc import Callable

from helpline.directory.table import Table
from helpline.flow.steps import Say
from helpline.prompts.catalogue import Catalogue

_SINGLE_DIGITS = re.compile(r"(?<=\d) (?=\d)")  # "1 1 2", as it is said


def in_words(catalogue: Catalogue, routes: Table) -> Callable[[Say], str]:
    """What a `Say` sounds like; its name in brackets where there are no words for it, which is a rule of its own."""

    def sound(say: Say) -> str:
        try:
            text = " ".join(speech.text for speech in catalogue.speech(say, routes))
        except KeyError:
            return f"[{say.prompt}]"
        return _SINGLE_DIGITS.sub("", text)

    return sound
