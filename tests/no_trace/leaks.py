"""In the service's process: leaks as somebody could make them by mistake, each for one caller or text only.

The search must find each; else its silence about the service as it is would mean nothing.
"""

from __future__ import annotations

import base64
import os
import sys
import tempfile
import traceback
import warnings
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any
from urllib.parse import quote

import structlog
from sqlalchemy import delete, insert

from helpline.bootstrap import Helpline
from helpline.carrier import documents
from helpline.carrier.documents import Documents
from helpline.metrics import Metrics
from helpline.storage import call_rows
from helpline.storage.tables import ROUNDS
from helpline.upkeep.records import Records
from helpline.web import carrier_requests, health, sms, voice
from helpline.web.afterwards import Afterwards
from tests.no_trace.now import private

LEAK = "Leak"  # the field of a request in which the carrier of these tests names the leak; no code of ours looks at it

log = structlog.get_logger()


@dataclass(frozen=True)
class Leak:
    """`plant` plants it; `where` is what of the service's writings it gets into."""

    plant: Callable[[str], None]
    where: str


def _is_here(name: str) -> bool:
    return private(LEAK) == name


def _before(owner: Any, attribute: str, name: str, leak: Callable[..., object]) -> None:
    """`leak` is called before a function of ours, with its arguments, in the requests of this leak."""
    function = getattr(owner, attribute)

    @wraps(function)
    def leaking(*args: Any, **kwargs: Any) -> Any:
        if _is_here(name):
            leak(*args, **kwargs)
        return function(*args, **kwargs)

    setattr(owner, attribute, leaking)


def _instead(owner: Any, attribute: str, name: str, leak: Callable[[Any], Any]) -> None:
    """What `leak` makes of the result of a function of ours is the result, in the requests of this leak."""
    function = getattr(owner, attribute)

    @wraps(function)
    def leaking(*args: Any, **kwargs: Any) -> Any:
        made = function(*args, **kwargs)
        return leak(made) if _is_here(name) else made

    setattr(owner, attribute, leaking)


def _logs_the_words(name: str) -> None:
    _before(sms, "incoming", name, lambda _, request: log.info("text_in", words=request.fields["Body"]))


def _logs_a_key(name: str) -> None:
    _before(voice, "keyed", name, lambda _, request: log.info("keyed", digits=request.fields["Digits"]))


def _logs_the_message(name: str) -> None:
    _instead(carrier_requests, "without_words", name, lambda told: told | {"text": f"about {private('From')}"})


def _prints_the_name(name: str) -> None:
    _before(voice, "incoming", name, lambda *_: print(private("CallerName").upper(), file=sys.stderr, flush=True))  # noqa: T201


def _prints_to_stdout(name: str) -> None:
    _before(sms, "incoming", name, lambda *_: print(ascii(private("Body")), flush=True))  # noqa: T201


def _prints_the_traceback(name: str) -> None:
    def broken(*_: object) -> None:
        traceback.print_exception(KeyError(private("From")))

    _before(voice, "incoming", name, broken)


def _warns(name: str) -> None:
    def warned(*_: object) -> None:
        sys.stderr.write(warnings.formatwarning(f"odd: {private('SpeechResult')}", UserWarning, "x.py", 1))

    _before(voice, "keyed", name, warned)


def _logs_the_address(name: str) -> None:
    _before(voice, "incoming", name, lambda *_: log.info("GET", address=f"/voice?From={quote(private('From'))}"))


def _puts_the_number_in_a_url(name: str) -> None:
    def national() -> str:
        return private("From").replace("+31", "0", 1)

    _instead(documents, "address", name, lambda made: made.replace("#", f"&caller={national()}#"))


def _says_the_number(name: str) -> None:
    _instead(Documents, "turn", name, lambda made: made.replace("</Say>", f" {private('From')}</Say>", 1))


def _stores_the_number(name: str) -> None:
    _instead(Records, "_hashed", name, lambda _: private("From"))


def _stores_the_sid(name: str) -> None:
    _instead(Records, "_hashed", name, lambda _: private("CallSid"))


def _stores_the_postcode(name: str) -> None:
    """The row of a call is made in another thread, so the postcode goes along in the note."""
    _before(Afterwards, "_told", name, lambda *_: _later.extend(filter(None, [private("Digits")])))
    row = call_rows._call_row

    def leaking(*args: Any) -> Any:
        return row(*args) | ({"found": f"keyed{_later[0]}"} if _later else {})

    call_rows._call_row = leaking  # type: ignore[assignment]


_later: list[str] = []


def _stores_and_deletes(name: str) -> None:
    """In a row that is gone at once; a leak of many calls, since one alone could be chance."""

    def gone_at_once(helpline: Helpline, *_: object) -> None:
        if digits := private("Digits"):
            with helpline.rung._database.writing() as connection:
                connection.execute(insert(ROUNDS).values(day=f"x{digits}"))
                connection.execute(delete(ROUNDS).where(ROUNDS.c.day == f"x{digits}"))

    _before(Afterwards, "_told", name, gone_at_once)


def _labels_by_postcode(name: str) -> None:
    turn = Metrics.turn

    def leaking(metrics: Metrics, step: str, seconds: float) -> None:
        turn(metrics, f"{step}_{private('Digits')}" if _is_here(name) else step, seconds)

    Metrics.turn = leaking  # type: ignore[method-assign, assignment]


def _alerts_with_the_number(name: str) -> None:
    def alerted(helpline: Helpline, *_: object) -> None:
        helpline.alerts.fault(private("From"))

    _before(voice, "incoming", name, alerted)


def _shows_the_last_caller(name: str) -> None:
    _before(voice, "incoming", name, lambda *_: _later_shown.append(private("From")))
    answer = vars(health)["JSONResponse"]

    def leaking(told: dict[str, object]) -> object:
        return answer(told | {"last": _later_shown})

    vars(health)["JSONResponse"] = leaking


_later_shown: list[str] = []


def _writes(name: str, where: Callable[[], Path], encoded: Callable[[str], bytes]) -> None:
    def written(*_: object) -> None:
        with closing(where().open("ab")) as file:
            file.write(encoded(private("SpeechResult") or private("From")))

    _before(voice, "keyed", name, written)


def _temporary() -> Path:
    return Path(tempfile.mkstemp()[1])


def _fallback() -> Path:
    return Path(os.environ["HELPLINE_FALLBACK_FILE"])


LEAKS: Mapping[str, Leak] = {
    "the words of a text are logged": Leak(_logs_the_words, "stderr"),
    "a postcode is logged": Leak(_logs_a_key, "stderr"),
    "the message of a fault is logged": Leak(_logs_the_message, "stderr"),
    "a name is printed": Leak(_prints_the_name, "stderr"),
    "words are printed, escaped": Leak(_prints_to_stdout, "stdout"),
    "a traceback is printed": Leak(_prints_the_traceback, "stderr"),
    "a warning is printed": Leak(_warns, "stderr"),
    "an address is logged": Leak(_logs_the_address, "stderr"),
    "a number is in a URL": Leak(_puts_the_number_in_a_url, "URLs"),
    "a number is in a document": Leak(_says_the_number, "documents"),
    "a number is in a row": Leak(_stores_the_number, "helpline.db"),
    "a SID is in a row": Leak(_stores_the_sid, "rows of under_way"),
    "a postcode is in a row": Leak(_stores_the_postcode, "rows of calls"),
    "postcodes were in rows": Leak(_stores_and_deletes, "helpline.db"),
    "a postcode is a label": Leak(_labels_by_postcode, "/metrics"),
    "a number is in an alert": Leak(_alerts_with_the_number, "webhook"),
    "the last caller is shown": Leak(_shows_the_last_caller, "/ready"),
    "words are in a file, in UTF-16": Leak(
        lambda name: _writes(name, _temporary, lambda words: words.encode("utf-16")), "temporary"
    ),
    "words are in a file, in base64": Leak(
        lambda name: _writes(name, _temporary, lambda words: base64.b64encode(words.encode())), "temporary"
    ),
    "words are in the fallback document, in hex": Leak(
        lambda name: _writes(name, _fallback, lambda words: words.encode().hex().encode()), "files"
    ),
}


def plant() -> None:
    """From here on, all of them."""
    for name, leak in LEAKS.items():
        leak.plant(name)
