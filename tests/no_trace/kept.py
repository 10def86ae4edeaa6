"""The database of a service in these tests: version 1 is live in it, and every byte of it can be read.

SQLite keeps its log beside it as long as somebody reads: with all that was ever written, what was deleted too.
PostgreSQL is set to log each statement with its values, as the most talkative server would, and now and then it takes
no row, which it logs with all that is in the row.
"""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from sqlalchemy import create_engine, inspect, select, table, text

from helpline.directory import files
from helpline.directory.content import Content
from helpline.storage.database import Database
from helpline.storage.versions import Versions
from tests.cli.test_command import made_up
from tests.conftest import REGIONS
from tests.postgresql import Server

TABLES = ("calls", "dials", "under_way", "texts")


class Kept(Protocol):
    """A database."""

    @property
    def url(self) -> str:
        """As it is set."""

    def held(self) -> dict[str, bytes]:
        """Every byte of it now, by where it is."""


@dataclass(frozen=True)
class InSQLite:
    """In a file in a folder of its own."""

    folder: Path

    @property
    def url(self) -> str:
        """As it is set."""
        return f"sqlite:///{self.folder}/helpline.db"

    def held(self) -> dict[str, bytes]:
        """The file, and its log and index while somebody reads."""
        return {path.name: path.read_bytes() for path in sorted(self.folder.iterdir())}


@dataclass(frozen=True)
class InPostgreSQL:
    """In a server; read is what that wrote since a moment, and its log from a byte on."""

    server: Server
    url: str
    since: float
    log_from: int

    def held(self) -> dict[str, bytes]:
        """The server's files, by the folder they are in, and its log; its WAL also as it was before a checkpoint."""
        data = _folder(self.server)
        found = {"PostgreSQL pg_wal before": b"".join(self._written(data / "pg_wal").values())}
        self.server.run("CHECKPOINT")
        for path, held in self._written(data).items():
            where = f"PostgreSQL {path.relative_to(data).parts[0]}"
            found[where] = found.get(where, b"") + held
        return found | {"PostgreSQL log": (data.parent / "log").read_bytes()[self.log_from :]}

    def _written(self, folder: Path) -> dict[Path, bytes]:
        files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
        return {path: path.read_bytes() for path in files if path.stat().st_mtime >= self.since}


@contextmanager
def in_sqlite(folder: Path) -> Iterator[InSQLite]:
    """While the block runs somebody reads."""
    kept = InSQLite(folder / "database")
    publish(kept.url, folder / "regions")
    with closing(sqlite3.connect(kept.folder / "helpline.db", isolation_level=None)) as reading:
        reading.execute("BEGIN")
        reading.execute("SELECT count(*) FROM calls").fetchall()
        yield kept


@contextmanager
def in_postgresql(server: Server, folder: Path) -> Iterator[InPostgreSQL]:
    """In a database that is empty before and after."""
    with server.database() as name:
        publish(server.url(name), folder / "regions")
        for setting in ("log_statement = 'all'", "log_parameter_max_length_on_error = -1"):
            server.run(f"ALTER DATABASE {{}} SET {setting}", name)
        for each in TABLES:
            taken = "ALTER TABLE {} ADD CONSTRAINT now_and_then CHECK (random() < 0.999) NOT VALID"
            server.run(taken, each, database=name)
        server.run("CHECKPOINT")
        time.sleep(0.05)  # what is written from here on is younger than all that was
        log = _folder(server).parent / "log"
        yield InPostgreSQL(server, server.url(name), time.time(), log.stat().st_size)


def publish(url: str, regions: Path) -> None:
    """A copy of the region files, with numbers that are nobody's and no placeholders, is live as version 1."""
    shutil.copytree(REGIONS, regions)
    for path in regions.glob("*.toml"):
        path.write_text(made_up(path.read_text("utf-8")), "utf-8")
    database = Database(url)
    database.upgrade()
    publish_again(url, regions, None)


def publish_again(url: str, regions: Path, on: int | None) -> None:
    """The next version is live."""
    told = {"author": "anna", "action": "publish", "subject": "regions", "reason": "Because"}
    content = Content(files.read(regions).texts)
    Versions(Database(url)).publish(content, on=on, at=datetime.now(UTC), **told)


def rows(url: str) -> dict[str, bytes]:
    """Each row of each table as text, those to be erased at Twilio apart: they have SIDs."""
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    told: dict[str, list[str]] = {}
    try:
        with engine.connect() as connection:
            for name in inspect(connection).get_table_names():
                whole = select(text("*")).select_from(table(name))
                told[name] = [repr(tuple(row)) for row in connection.execute(whole)]
    finally:
        engine.dispose()
    return {f"rows of {name}": "\n".join(lines).encode() for name, lines in told.items()}


def _folder(server: Server) -> Path:
    return Path(server.run("SHOW data_directory")[0][0])
