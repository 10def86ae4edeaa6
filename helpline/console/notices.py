"""What a page says first of what was done, or was not: in a cookie, where it was done by the page before."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from helpline.console.words import Language, fill, words

MOST_SIGNS = 2000  # a cookie holds four thousand


@dataclass(frozen=True)
class Notice:
    """A sentence, and whether it is good news."""

    is_good: bool
    text: Markup


def done(word: str, values: Mapping[str, object], language: Language) -> Notice:
    """That something was done: a word of [done], its names filled in."""
    return Notice(is_good=True, text=fill(words(language)["done"][word], **values))


def undone(word: str, values: Mapping[str, object], language: Language) -> Notice:
    """That nothing was done, and why: a word of [undone]."""
    return Notice(is_good=False, text=fill(words(language)["undone"][word], **values))


def written(word: str, values: Mapping[str, object]) -> str:
    """What is `done`, as a cookie holds it."""
    told = json.dumps([word, {name: str(value) for name, value in values.items()}])
    return base64.urlsafe_b64encode(told[:MOST_SIGNS].encode()).decode()


def read(written: str, language: Language) -> Notice | None:
    """What was written so; None for anything else that a browser may send."""
    try:
        word, values = json.loads(base64.urlsafe_b64decode(written.encode()))
        return done(word, values, language)
    except (ValueError, KeyError, TypeError, IndexError, binascii.Error):
        return None
