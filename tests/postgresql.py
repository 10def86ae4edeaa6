"""A PostgreSQL server of the tests' own, on this machine only, to be stopped, frozen and started again.

1. Each worker of pytest makes one, when a test first asks for it: half a second. It is gone when the worker ends.
2. It does not run as root (PostgreSQL refuses that): where the tests do, it runs as another user, in a folder of that
   user's own.
3. Whatever a test does to it, `postgresql_url` has it running again for the next test.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import random
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, LiteralString
from urllib.parse import quote, urlencode

import psycopg
import pytest
from psycopg import sql

USER, PASSWORD = "helpline", "b@d %/:?#"  # signs that must be escaped in a URL
MOST_SECONDS = 30  # to start or to stop, on a machine that is busy
MOST_USES = 20  # of a database: its catalogue grows with every table that was ever in it
PROGRAMS = Path("/usr/lib/postgresql")  # where Debian has them, a folder for each version

# Nothing here has to outlive a power cut, and the server must be small and quick to start.
_SET = {
    "listen_addresses": "127.0.0.1",
    "log_line_prefix": "%m ",  # without the number of the process: the same four figures in each of its lines
    "unix_socket_directories": "",
    "fsync": "off",
    "full_page_writes": "off",
    "shared_buffers": "16MB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
    "timezone": "Asia/Tokyo",  # our sessions must set their own
}


class Server:
    """One server, made in a new folder and running, on this port where one is given.

    Raises FileNotFoundError where PostgreSQL is not installed.
    """

    def __init__(self, port: int | None = None) -> None:
        self._initdb, self._postgres = _program("initdb"), _program("postgres")
        self._as: dict[str, Any] = {}
        self._folder = Path(tempfile.mkdtemp(prefix="helpline-postgresql-"))
        if os.geteuid() == 0:
            owner = _somebody()
            os.chown(self._folder, owner.pw_uid, owner.pw_gid)
            self._as = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}
        self.port = port or _free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self._frozen = False
        self._free: list[str] = []
        self._uses: Counter[str] = Counter()
        self._initialise()

    def url(self, database: str = "postgres", *, user: str = USER, password: str = PASSWORD, **query: str) -> str:
        """The DATABASE_URL of a database in it, with this query."""
        asked = f"?{urlencode(query)}" if query else ""
        return f"postgresql://{user}:{quote(password, safe='')}@127.0.0.1:{self.port}/{database}{asked}"

    def start(self, *, largest_file: int | None = None) -> None:
        """Runs it, and returns when it answers; nothing where it runs already.

        It can write no file beyond `largest_file` bytes, as if the disk were full then.
        """
        if self._process is not None:
            return
        settings = [each for name, value in _SET.items() for each in ("-c", f"{name}={value}")]
        command = [self._postgres, "-D", str(self._folder / "data"), "-p", str(self.port), *settings]
        if largest_file:
            command = ["prlimit", f"--fsize={largest_file}:", *command]
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(command, cwd=self._folder, stderr=log, stdout=log, **self._as)  # noqa: S603
        deadline = time.monotonic() + MOST_SECONDS
        while True:
            try:
                self.run("SELECT 1")
            except psycopg.OperationalError:
                if self._process.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError((self._folder / "log").read_text()) from None
                time.sleep(0.01)
            else:
                return

    def stop(self, *, at_once: bool = False) -> None:
        """Ends it, with every session; `at_once` as a crash would, without writing anything more."""
        if self._process is None:
            return
        self.thaw()
        self._process.send_signal(signal.SIGQUIT if at_once else signal.SIGINT)
        self._process.wait(MOST_SECONDS)
        self._process = None

    def freeze(self) -> None:
        """Stops every process of it where it stands; the kernel still takes connections and bytes for it."""
        self._frozen = True
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Lets it go on where it stood; nothing where it was not frozen."""
        if self._frozen:
            self._signal(signal.SIGCONT)
        self._frozen = False

    def remove(self) -> None:
        """Ends it and deletes its folder."""
        self.stop(at_once=True)
        shutil.rmtree(self._folder)

    def run(self, statement: LiteralString, *names: str, database: str = "postgres") -> list[tuple[Any, ...]]:
        """Runs SQL as the superuser, outside any transaction; names go where it has {}. The rows, where there are."""
        with psycopg.connect(
            host="127.0.0.1", port=self.port, user="postgres", dbname=database, autocommit=True, connect_timeout=5
        ) as connection:
            cursor = connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
            return cursor.fetchall() if cursor.description else []

    @contextlib.contextmanager
    def database(self) -> Iterator[str]:
        """An empty database that belongs to USER; emptied and used again afterwards, since to make one takes longer."""
        name = self._free.pop() if self._free else self._new_database()
        try:
            yield name
        finally:
            self.thaw()
            self.start()
            self._empty(name)
            self._uses[name] += 1
            if self._uses[name] < MOST_USES:
                self._free.append(name)
            else:
                self.run("DROP DATABASE {} WITH (FORCE)", name)

    def _new_database(self) -> str:
        name = f"test_{len(self._uses) + 1}"
        self._uses[name] = 0
        self.run("CREATE DATABASE {} OWNER {} TEMPLATE template0", name, USER)
        return name

    def _empty(self, name: str) -> None:
        self.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename <> 'postgres'")
        self.run("ALTER ROLE {} CONNECTION LIMIT -1", USER)
        self.run("ALTER ROLE {} RESET ALL", USER)
        self.run("ALTER DATABASE {} RESET ALL", name)
        self.run("DROP OWNED BY {} CASCADE", USER, database=name)

    def _initialise(self) -> None:
        data = self._folder / "data"
        # Dutch order is not that of bytes: what we order must not depend on how a database orders.
        wanted = "--locale=C.UTF-8 --locale-provider=icu --icu-locale=nl --encoding=UTF8"
        cheap = "--no-sync --wal-segsize=1 --auth=trust --username=postgres"
        command = [self._initdb, "-D", str(data), *wanted.split(), *cheap.split()]
        subprocess.run(command, cwd=self._folder, check=True, capture_output=True, **self._as)  # noqa: S603
        # md5: SCRAM works for three milliseconds at each connection, which is half of what a test takes.
        rules = (("postgres", "trust"), (USER, "md5"), ("scram", "scram-sha-256"))
        written = "".join(f"host all {user} 127.0.0.1/32 {how}\n" for user, how in rules)
        (data / "pg_hba.conf").write_text(written)
        self.start()
        with psycopg.connect(host="127.0.0.1", port=self.port, user="postgres", autocommit=True) as connection:
            for name, encryption in ((USER, "md5"), ("scram", "scram-sha-256")):
                connection.execute(sql.SQL("SET password_encryption = {}").format(encryption))
                made = sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(sql.Identifier(name), PASSWORD)
                connection.execute(made)

    def _signal(self, number: signal.Signals) -> None:
        """To the server first, so that it makes no more children; then to those, each a group of its own."""
        if self._process is None:
            return
        self._process.send_signal(number)
        for stat in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError):  # it ended meanwhile
                child, _, rest = stat.read_text().partition(" ")
                if int(rest.rpartition(")")[2].split()[1]) == self._process.pid:
                    os.kill(int(child), number)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """A running server; skips where PostgreSQL is not installed."""
    try:
        server = Server()
    except FileNotFoundError as missing:
        pytest.skip(f"PostgreSQL is not installed here: no {missing.filename}")
    try:
        yield server
    finally:
        server.remove()


@pytest.fixture
def postgresql_url(postgresql: Server) -> Iterator[str]:
    """The DATABASE_URL of an empty database, without any table of ours."""
    with postgresql.database() as name:
        yield postgresql.url(name)


def _program(name: str) -> str:
    """The newest that Debian has, or the one that is found by its name."""
    newest = sorted(PROGRAMS.glob(f"*/bin/{name}"), key=lambda path: float(path.parts[-3]))
    found = str(newest[-1]) if newest else shutil.which(name)
    if found is None:
        raise FileNotFoundError(2, "not installed", name)
    return found


def _somebody() -> pwd.struct_passwd:
    """Who is not root: PostgreSQL's own user, where there is one."""
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        return pwd.getpwnam("nobody")


def _free_port() -> int:
    """One that nobody listens on, below those that the kernel gives out: it stays ours while the server is stopped."""
    while True:
        port = random.randint(20000, 32000)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
