"""What is kept of calls and texts: one row for each, of which nobody can be told, however it became known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import Connection, exists, insert, select

from helpline.storage import call_rows, many_rows
from helpline.storage.batch import Batch, TextRecord
from helpline.storage.call_rows import written_hour
from helpline.storage.database import Database
from helpline.storage.progress import Progress
from helpline.storage.tables import TEXTS


class Calls:
    """The calls and texts in a database. Everything here raises DatabaseAway where that is away."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def write(self, batch: Batch) -> None:
        """All of a batch or nothing of it; what was written before changes nothing when it is written again.

        Of a call that is there already what is new is added. Several processes may write about the same call.
        """
        with self._database.writing() as connection:
            merge(connection, batch.calls)
            _add_texts(connection, batch.texts)


def merge(connection: Connection, calls: Mapping[str, Progress]) -> None:
    """Adds what is new of these calls, each by its hash; the connection must be in a write transaction."""
    there = call_rows.known(connection, calls)
    call_rows.add(connection, {hashed: calls[hashed] for hashed in sorted(calls) if hashed not in there})
    after = {
        hashed: replace(each, progress=each.progress.merged(calls[hashed])) for hashed, each in sorted(there.items())
    }
    changed = {hashed: each for hashed, each in after.items() if each != there[hashed]}
    dialled = [
        hashed for hashed, each in changed.items() if each.progress.story.dials != there[hashed].progress.story.dials
    ]
    call_rows.change(connection, changed, dialled)


def _add_texts(connection: Connection, texts: Mapping[str, TextRecord]) -> None:
    """Each text once; the first that was told of it stays."""
    if not texts:
        return
    rows = [
        {
            "hour": written_hour(text.hour),
            "organisation": text.organisation,
            "language": text.language,
            "outcome": text.outcome,
            "hash": hashed,
        }
        for hashed, text in sorted(texts.items())
    ]
    new = many_rows.given(connection, TEXTS, rows).subquery()
    unknown = select(new).where(~exists().where(TEXTS.c.hash == new.c.hash))
    connection.execute(insert(TEXTS).from_select([*rows[0]], unknown))
