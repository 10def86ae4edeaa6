"""An alert in a sentence that says what to do, and many as one message; plain signs only, so that a text takes few."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from helpline.directory.hours import AMSTERDAM
from helpline.upkeep.alert_groups import Alert, Kind

_NOT_IN_TEXTS = str.maketrans("`[\\]^{|}~", "'(/)-(/)-")  # not in GSM-7, or two signs there
MOST_IN_A_TEXT = 306  # signs of GSM-7 that two segments hold


@dataclass(frozen=True)
class _Words:
    """What is told the first time, what it was about when it is told again, and what to do."""

    first: str
    again: str
    todo: str = ""


_WORDS: Mapping[Kind, _Words] = {
    "line_fails": _Words(
        "{subject}: {count} dials in a row not answered in {minutes} minutes{endings}.",
        "{subject} not answered",
        "Divert it: helpline regions divert {subject} ...",
    ),
    "line_answers": _Words("{subject} answers again.", "{subject} answers again"),
    "national_desk_reached": _Words(
        "{subject}: nobody answered, callers go to the national desk ({times}).",
        "{subject} to the national desk",
        "Divert it: helpline regions divert {subject} advice ...",
    ),
    "nobody_reached": _Words(
        "{subject}: nobody answered, the national desk neither ({times}).",
        "{subject} reached nobody",
        "See that the desk answers, or divert it: helpline regions divert landelijk advice ...",
    ),
    "table_refused": _Words(
        "A new version of the routing table was refused; the last good one stays.",
        "versions of the routing table refused",
        "See table_refused in the log, then publish a sound one, or: helpline regions rollback ...",
    ),
    "erasure_given_up": _Words(
        "{count} calls or texts could not be deleted at Twilio and are not tried again.",
        "not deleted at Twilio",
        "See the log, then: helpline twilio erase",
    ),
    "records_lost": _Words(
        "{count} notes of calls or texts were lost before they were written down; calls go on.",
        "notes of calls or texts lost",
        "See records_database_away in the log, and mend the database.",
    ),
    "fault": _Words(
        "{subject}: a fault of ours was answered with the last resort ({times}).",
        "fault {subject}",
        "See fault in the log.",
    ),
    "database_away": _Words(
        "The database is away since {since}; calls go on, changes are not taken up.",
        "database away",
        "See database_away in the log.",
    ),
    "database_back": _Words("The database is back.", "database back"),
    "round_unfinished": _Words(
        "The round of test calls: {count} numbers were not rung.",
        "numbers not rung in a round of test calls",
        "See test_call_not_placed and round_broken_off in the log, then by day: helpline lines ring ...",
    ),
    "test_call_unaccepted": _Words(
        "{subject} did not accept its test call{endings}.",
        "{subject} did not accept its test call",
        "Ring it: helpline lines ring {organisation}",
    ),
}


def sentence(alert: Alert, within: timedelta) -> str:
    """What happened and what to do; `within` is how near each other unanswered dials of a failing line must be."""
    words = _WORDS[alert.kind]
    happened = f"{words.again}: {{count}} more since {{since}}{{endings}}." if alert.more else words.first
    return f"{happened} {words.todo}".strip().format(
        subject=alert.subject,
        organisation=alert.subject.partition(" ")[0],
        count=alert.count,
        times="1 time" if alert.count == 1 else f"{alert.count} times",
        since=at(alert.since),
        minutes=int(within.total_seconds() // 60),
        endings=_endings(alert),
    )


def message(sentences: Sequence[str], now: datetime, most: int) -> str:
    """One message of at most `most` signs: as many whole sentences as fit, and how many more there are."""
    head = f"Helpline, {at(now)}:"
    for told in range(len(sentences), 0, -1):
        left = len(sentences) - told
        text = "\n".join([head, *sentences[:told], *([f"and {left} more: see the log."] if left else [])])
        if len(text) <= most:
            return text
    return f"{head} alerts, {len(sentences)} in all: see the log."


def plain(text: str) -> str:
    """The text in signs of GSM-7 that count once, so that no sign makes the whole of it UCS-2."""
    return text.translate(_NOT_IN_TEXTS).encode("ascii", "replace").decode()


def at(moment: datetime) -> str:
    """A time of day in Amsterdam."""
    return f"{moment.astimezone(AMSTERDAM):%H:%M}"


def _endings(alert: Alert) -> str:
    told = ", ".join(f"{count} {word}" for word, count in alert.endings)
    return f" ({told})" if told else ""
