"""Ways in which a database server fails, each for as long as a block lasts; after it the server is as it was."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tests.postgresql import USER, Server

# More than two megabytes of `calls`, and so more than any other file has; from then on a page of it takes a few rows.
PADDING = """
    INSERT INTO calls SELECT -n, '2000-01-01T00', repeat('x', 100), '', '', '', '', NULL, NULL, true
    FROM generate_series(1, 20000) AS n;
    ALTER TABLE calls SET (fillfactor = 10)
"""
UNPADDED = "DELETE FROM calls WHERE id < 0; ALTER TABLE calls RESET (fillfactor)"


@contextmanager
def stopped(server: Server) -> Iterator[None]:
    """Nobody listens at its address."""
    server.stop()
    try:
        yield
    finally:
        server.start()


@contextmanager
def frozen(server: Server) -> Iterator[None]:
    """It takes connections and answers nobody."""
    server.freeze()
    try:
        yield
    finally:
        server.thaw()


@contextmanager
def read_only(server: Server, name: str) -> Iterator[None]:
    """As hosters make one whose disk fills up, or that has become a standby."""
    server.run("ALTER DATABASE {} SET default_transaction_read_only = on", name)
    try:
        yield
    finally:
        server.run("ALTER DATABASE {} RESET default_transaction_read_only", name)


@contextmanager
def full(server: Server, name: str) -> Iterator[None]:
    """The table of calls finds no room for one more page."""
    server.run(PADDING, database=name)
    [(size,)] = server.run("SELECT pg_relation_size('calls')", database=name)
    server.stop()
    server.start(largest_file=size)
    try:
        yield
    finally:
        server.stop()
        server.start()
        server.run(UNPADDED, database=name)


@contextmanager
def swapped(server: Server, name: str) -> Iterator[None]:
    """Another server is in its place, with an empty database of that name."""
    with stopped(server):
        other = Server(server.port)
        try:
            other.run("CREATE DATABASE {} OWNER {}", name, USER)
            yield
        finally:
            other.remove()


@contextmanager
def refusing(server: Server, name: str) -> Iterator[None]:
    """It is there, and takes no row of a call that is over."""
    server.run("ALTER TABLE calls ADD CONSTRAINT none CHECK (seconds < 0) NOT VALID", database=name)
    try:
        yield
    finally:
        server.run("ALTER TABLE calls DROP CONSTRAINT none", database=name)
