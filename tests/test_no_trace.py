"""Of hundreds of callers nothing is in any byte that the service wrote, also where everything in it breaks.

1. A real service, `helpline serve` with two processes, gets calls and texts on every path a call can take, and what
   nobody should send. All that is private in them is such that it would be recognised: see tests/no_trace/private.py.
2. Then each of its functions that a request reaches breaks at least once, in each process, with a fault that holds all
   of it; so do functions that run beside; threads, tasks, finalizers, libraries' loggers and warnings; the server.
3. Then every byte is looked at: the database, its log, PostgreSQL's own files and log, the last good copy, the fallback
   document, temporary files, what several processes count in, both outputs, the pages, the alerts, every address that
   was handed out. Files that the processes opened to write are told by Python itself, so that none is missed.
4. What may be found: the SIDs of calls and texts that are still to be deleted at Twilio, in the queue of those.
5. What is found cannot be chance, or is told from it by counting: see tests/no_trace/search.py. That all kinds of leaks
   would be found is shown by tests/test_no_trace_bites.py.
"""

from __future__ import annotations

import json
import re
from contextlib import ExitStack
from pathlib import Path

import pytest

from helpline.directory.table import Table
from tests.no_trace import now, written
from tests.no_trace.kept import InSQLite, Kept, in_postgresql, in_sqlite, publish_again, rows
from tests.no_trace.looked_through import looked_through
from tests.no_trace.private import MARK, private_of
from tests.no_trace.rush import Rush, Size
from tests.no_trace.service import Service, serving

SIZE = Size(calls=289, texts=96, loose=3)
LARGE = Size(calls=1000, texts=400, loose=10)
WORKERS = 2
TO_BE_ERASED = ("helpline.db", "PostgreSQL base", "PostgreSQL pg_wal", "PostgreSQL log", "rows of erasures")
LAYERS = {"web", "bootstrap", "carrier", "prompts", "switchboard", "directory", "flow", "storage", "upkeep", "metrics"}


def rushed(service: Service, kept: Kept, rush: Rush) -> dict[str, bytes]:
    """All that the service wrote from its start to its end."""
    rush.calls_and_texts(service)
    rush.of_others(service)
    publish_again(kept.url, service.folder / "regions", 1)
    rush.faults(service)
    service.until_written()
    for worker in service.workers:
        assert re.search(r"Max core file size +0 +0 ", Path(f"/proc/{worker}/limits").read_text())
    found = {**written.while_it_runs(service), **kept.held()}
    rush.end(service)
    return found | written.when_it_is_over(service, rush.played) | rows(kept.url)


def sids_in(data: bytes) -> set[bytes]:
    """The callers' SIDs in it."""
    return set(re.findall(rb"[CS][AM]" + MARK.encode() + rb"[0-9a-f]{16}", data))


def assert_it_was_a_rush(service: Service, found: dict[str, bytes], size: Size) -> None:
    """All was tried: calls and texts are kept, each layer broke, alerts were told, and no file was overlooked."""
    broke = {what for kind, what in service.told if kind in ("asked", "beside")}
    assert found["rows of calls"].count(b"\n") >= size.calls * 0.9
    assert found["rows of texts"].count(b"\n") >= size.texts * 0.9
    assert len(broke) > 200
    assert {name.partition(".")[0] for name in broke} >= LAYERS
    assert found["webhook"].count(b"POST /alerts") > 0
    assert written.elsewhere(service) == []
    assert {what for kind, what in service.told if kind == "connected"} <= {f"('127.0.0.1', {service.webhook.port})"}


def assert_lines(stderr: bytes) -> None:
    """All of it is lines of ours, but for one of Python's that says which process ended with a fault."""
    others = [line for line in stderr.decode().splitlines() if line and not line.startswith("{")]
    assert [line for line in others if not line.startswith("Process SpawnProcess-")] == []
    events = {json.loads(line)["event"] for line in stderr.decode().splitlines() if line.startswith("{")}
    assert {
        "fault",
        "unread",
        "library",
        "uncaught",
        "beside_the_call",
        "beside_ended",
        "records_not_written",
    } <= events


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["SQLite", "PostgreSQL"])
@pytest.mark.parametrize("size", [SIZE, pytest.param(LARGE, marks=pytest.mark.proof)], ids=["", "many"])
def test_no_byte_tells_of_a_caller(
    kind: str, size: Size, table: Table, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Whatever they rang with, keyed, said and texted, and whatever broke: nothing of it is anywhere."""
    private = private_of(table, seed=2000)
    with ExitStack() as stack:
        if kind == "SQLite":
            kept: Kept = stack.enter_context(in_sqlite(tmp_path))
        else:
            kept = stack.enter_context(in_postgresql(request.getfixturevalue("postgresql"), tmp_path))
        with serving(tmp_path, kept.url, wanted=now.FORCED, workers=WORKERS) as service:
            found = rushed(service, kept, Rush(private, size))
    assert [*looked_through(private, found, TO_BE_ERASED)] == []
    assert_it_was_a_rush(service, found, size)
    assert_lines(found["stderr"])
    if isinstance(kept, InSQLite):
        assert kept.held().keys() == {"helpline.db"}
        left = sids_in(kept.held()["helpline.db"]) - sids_in(found["rows of erasures"])
        assert len(left) < size.calls / 20  # in room of a page that was rearranged and is not used yet
