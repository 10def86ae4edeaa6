"""What a service that starts asks of its database, asked of SQLite itself: to load SQLAlchemy takes a third of a start.

1. It tells only where all is as it should be: the newest schema, and a live version that is as the record has it. Else
   it tells nothing, and whoever asks goes the whole way, which mends what is wrong or tells of it.
2. Nothing is written here.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from helpline.directory import content as contents
from helpline.directory.content import Content
from helpline.storage.revisions import REVISIONS
from helpline.storage.sqlite_path import SCHEME, as_uri, path_in

# A version, and the digest that the record has of it.
_VERSION = "SELECT number, content, record.digest FROM versions LEFT JOIN record ON record.version = number"
_LIVE = f"{_VERSION} ORDER BY number DESC LIMIT 1"
_BEFORE = f"""{_VERSION}
    WHERE number >= coalesce((SELECT max(version) FROM record WHERE at <= ?), 0) AND number < ? ORDER BY number
"""  # noqa: S608

Numbered = tuple[int, Content]


@dataclass(frozen=True)
class FirstLook:
    """One moment of a database: the live version, those that were live before it, and who may sign in."""

    live: Numbered
    recent: tuple[Numbered, ...]
    operators: frozenset[str]


def first_look(url: str, since: datetime) -> FirstLook | None:
    """What is there, with the versions that were live at `since` or later; None where the whole way must be gone.

    Raises SettingsFault for a URL that cannot be used.
    """
    if not url.startswith(SCHEME):
        return None
    try:
        with closing(sqlite3.connect(f"{as_uri(path_in(url))}?mode=rw", uri=True, isolation_level=None)) as database:
            database.execute("BEGIN")
            return _seen(database, since)
    except (sqlite3.Error, ValueError, KeyError, TypeError):  # away, of another shape, or a text that is no version
        return None


def _seen(database: sqlite3.Connection, since: datetime) -> FirstLook | None:
    if database.execute("SELECT version_num FROM alembic_version").fetchall() != [(REVISIONS[-1],)]:
        return None
    live = [*_unaltered(database.execute(_LIVE))]
    if not live:
        return None
    before = database.execute(_BEFORE, (since.astimezone(UTC).isoformat(), live[0][0]))
    names = database.execute("SELECT name FROM operators")
    return FirstLook(live[0], tuple(_unaltered(before)), frozenset(name for (name,) in names))


def _unaltered(rows: Iterable[tuple[Any, ...]]) -> Iterator[Numbered]:
    for number, text, digest in rows:
        if hashlib.sha256(str(text).encode()).hexdigest() == digest:  # SQLite keeps bytes too
            yield number, contents.read(str(text))
