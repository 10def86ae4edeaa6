"""The page with the telephone, in Dutch or English: the script swaps the words, so both go with it."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from markupsafe import Markup

from helpline.pages.templates import templates

LANGUAGES = ("nl", "en")
LANDLINE, MOBILE = "+31 30 012 3456", "+31612345601"  # numbers that nobody has
KEYS = ("1", "2 ABC", "3 DEF", "4 GHI", "5 JKL", "6 MNO", "7 PQRS", "8 TUV", "9 WXYZ", "*", "0", "#")
SHEETS = ("palette", "phone", "phone_controls", "phone_handset", "phone_worker", "phone_heard", "phone_picture")
WAYS = (
    "answered",
    "busy",
    "no answer",
    "voicemail",
    "declined",
    "failed",
    "answered for 10 seconds",
    "answered and presses nothing",
)


def page(language: str, picture: str, draft: str = "") -> str:
    """The page, for a draft of this name or for what is live; a language that it does not speak is Dutch."""
    code = language if language in LANGUAGES else LANGUAGES[0]
    template = templates("helpline.web").get_template("phone.html")
    return template.render(
        code=code,
        draft=draft,
        words=words(),
        picture=Markup(picture),  # noqa: S704 - our own drawing, every text in it escaped
        callers={"landline": LANDLINE, "mobile": MOBILE},
        keys=[key.partition(" ")[::2] for key in KEYS],
        ways=WAYS,
        sheets=SHEETS,
    )


@cache
def words() -> dict[str, dict[str, str]]:
    """What stands on the page, by language and name."""
    text = (resources.files("helpline.web") / "pages" / "phone.toml").read_text("utf-8")
    return {code: dict(tomllib.loads(text)[code]) for code in LANGUAGES}
