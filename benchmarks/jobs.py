"""The four requests that are measured, thousands of each: all different, and for each what its answer must hold.

1. A caller is nobody: a landline whose number begins with 0 behind the area code, or a mobile +31 6 1234 56xx.
2. Ours is asked at the addresses it gives, as Twilio would; a rival at its own, which hold what its tutorial would.
3. A constant has one answer to all of it, and is asked what rivals are.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from html import unescape

from benchmarks.load import ask
from benchmarks.places import Place
from benchmarks.wire import Expected, Request, call_fields, text_fields

JOBS = ("first turn", "postcode turn", "dial result", "text")
POOL = 3_000  # of each job
AREA_CODES = ("10", "20", "24", "26", "30", "38", "40", "43", "45", "46", "50", "53", "55", "58", "70", "73", "76")
TALKED = {"DialCallStatus": "completed", "DialBridged": "true", "DialCallDuration": "312"}
UNANSWERED = ("no-answer", "busy", "failed")
CONSTANT = Expected((b"<Response>", b"1 1 2"))

Pool = Mapping[str, Sequence[Request]]


def caller(chance: random.Random) -> str:
    """A number that nobody has: two of three a landline, so that there are a million and more."""
    if chance.random() < 1 / 3:
        return f"+31612345{chance.randrange(600, 700)}"
    return landline(chance)


def landline(chance: random.Random) -> str:
    """One of 17 million that nobody has: none is texted so often that it is given no answer."""
    return f"+31{chance.choice(AREA_CODES)}0{chance.randrange(10**6):06}"


def pool_for_ours(port: int, places: Sequence[Place], size: int = POOL) -> Pool:
    """Requests to the service that serves on a port of this machine: each call is really made up to there."""
    answered: dict[tuple[str, str], str] = {}

    def action(target: str, fields: Mapping[str, str], kind: str) -> str:
        """The address that the document for a request names; the same for all who came the same way."""
        if (target, kind) not in answered:
            answered[target, kind] = _action(ask(port, Request(target, fields, Expected(())).fresh()))
        return answered[target, kind]

    def keyed(who: str) -> str:
        return action("/voice", call_fields(who, "ringing"), who[:5])

    def dialled(who: str, place: Place) -> str:
        return action(keyed(who), _keyed(who, place), place.postcode)

    return _pool(places, size, keyed, dialled)


def pool_for_rivals(places: Sequence[Place], size: int = POOL) -> Pool:
    """Requests to a program as tutorials teach it: what is to be remembered of a call stands in the query."""

    def dialled(_who: str, place: Place) -> str:
        return f"/voice/dialled?postcode={place.postcode}&tried=1"

    return _pool(places, size, lambda _who: "/voice/keyed", dialled)


def for_a_constant(pool: Pool) -> Pool:
    """The same requests, of which each has the one answer."""
    return {job: [each.expecting(CONSTANT) for each in requests] for job, requests in pool.items()}


def _pool(
    places: Sequence[Place], size: int, keyed: Callable[[str], str], dialled: Callable[[str, Place], str]
) -> Pool:
    chance = random.Random(2000)  # noqa: S311 - the same for everybody who is measured
    pool: dict[str, list[Request]] = {job: [] for job in JOBS}
    for turn in range(size):
        place, who, sender = chance.choice(places), caller(chance), landline(chance)
        rung = Expected((b"<Dial", f"{place.numbers[0]}<".encode()))
        pool["first turn"].append(
            Request("/voice", call_fields(who, "ringing"), Expected((b"<Gather", b"<Say", b"1 1 2")))
        )
        pool["postcode turn"].append(Request(keyed(who), _keyed(who, place), rung))
        over = turn % 4 > 0  # three of four are talked to
        ending = TALKED if over else {"DialCallStatus": UNANSWERED[turn // 4 % 3], "DialBridged": "false"}
        after = Expected((b"<Hangup",) if over else (b"<Dial", f"{place.numbers[1]}<".encode()))
        pool["dial result"].append(Request(dialled(who, place), _dialled(who, ending), after))
        named = Expected((b"<Message", place.name.encode()))
        pool["text"].append(Request("/sms", text_fields(sender, place.postcode), named))
    return pool


def _keyed(who: str, place: Place) -> dict[str, str]:
    return call_fields(who, "in-progress", Digits=place.postcode, FinishedOnKey="", msg="Gather End")


def _dialled(who: str, ending: Mapping[str, str]) -> dict[str, str]:
    return call_fields(who, "in-progress", DialCallSid="CA" + "e" * 32, **ending)


def _action(document: bytes) -> str:
    if not (found := action_of(document.decode())):
        raise ValueError(f"The service was to ask or ring, and answered {document!r}")
    return found


def action_of(document: str) -> str:
    """The address that a document's Gather or Dial names, as Twilio asks it; empty where there is none."""
    found = re.search(r'<(?:Gather|Dial)\b[^>]* action="([^"#]+)', document)
    return unescape(found[1]) if found else ""
