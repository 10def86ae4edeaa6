"""The search of tests/test_no_trace.py finds each kind of leak that somebody could make, wherever it gets to."""

from __future__ import annotations

import time
from contextlib import closing
from pathlib import Path

import pytest

from helpline.directory.table import Table
from tests.no_trace import now, written
from tests.no_trace.calls import Played, Telephones
from tests.no_trace.kept import in_sqlite, rows
from tests.no_trace.leaks import LEAKS
from tests.no_trace.looked_through import looked_through
from tests.no_trace.private import ARABIC, Private, private_of
from tests.no_trace.search import Trace
from tests.no_trace.service import Service, serving
from tests.no_trace.wire import Asked, Wire

MANY = 30  # calls, for a leak that is found by counting
MOST_SECONDS = 20  # until an alert is told
TO_BE_ERASED = ("helpline.db", "rows of erasures")
ANSWERED = ("dial", "completed")


def leak_all(service: Service, private: Private) -> Played:
    """Each leak gets calls, texts and a fault of a caller of its own."""
    played = Played()
    with closing(Wire(service.port)) as wire:
        for number, name in enumerate(LEAKS):
            caller, place, digits = private.callers[number], private.places[number], private.keyed[number]
            theirs = Telephones(wire, played, leak=name)
            theirs.call(caller, number, [("keys", digits), ANSWERED])
            theirs.call(caller, 100 + number, [("keys", ""), ("words", place), ("keys", "1"), ANSWERED])
            theirs.text(caller, number, ARABIC if "escaped" in name else place)
            theirs.ask(Asked("/voice/keyed?trail=~", {"From": caller.number}, {"From": caller.number, "Leak": name}))
            for call in range(MANY if "were in rows" in name else 0):
                theirs.call(caller, 1000 + call, [("keys", private.keyed[-call])])
    return played


def everything(service: Service, private: Private, url: str) -> list[Trace]:
    """What the search finds in all that the service wrote."""
    played = leak_all(service, private)
    service.until_written()
    until = time.monotonic() + MOST_SECONDS
    alerted = private.callers[[*LEAKS].index("a number is in an alert")].told.encode()
    while alerted not in b"".join(service.webhook.got) and time.monotonic() < until:
        time.sleep(0.1)
    found = written.while_it_runs(service)
    found |= {path.name: path.read_bytes() for path in (service.folder / "database").iterdir()}
    service.stop()
    found |= {**written.when_it_is_over(service, played), **rows(url)}
    return [*looked_through(private, found, TO_BE_ERASED)]


def whats(private: Private, number: int, name: str) -> set[str]:
    """What is told apart as this leak's: nobody else's number, place and postcode, or what no other leak has."""
    own = {
        "a name is printed": "a name",
        "words are printed, escaped": "a sentence",
        "a SID is in a row": "a SID",
        "postcodes were in rows": "postcodes",
    }
    if name in own:
        return {own[name]}
    theirs = private.callers[number].number, private.places[number], private.keyed[number]
    return {f"{kind} {value}" for kind, value in zip(("number", "place", "postcode"), theirs, strict=True)}


@pytest.mark.slow
def test_every_leak_is_found(table: Table, tmp_path: Path) -> None:
    """What is logged, printed, warned of, traced back, stored, stored and deleted, counted, told, shown or filed."""
    private = private_of(table, seed=7)
    with in_sqlite(tmp_path) as kept, serving(tmp_path, kept.url, wanted=now.PLANTED, workers=1) as service:
        found = everything(service, private, kept.url)
    where = {
        name: {trace.where for trace in found if trace.what in whats(private, number, name)}
        for number, name in enumerate(LEAKS)
    }
    assert {
        name: any(each.startswith(leak.where) for each in where[name]) for name, leak in LEAKS.items()
    } == dict.fromkeys(LEAKS, True)
