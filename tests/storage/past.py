"""A database written and asked past the program."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg

SQLITE = "sqlite:///"


def run(url: str, statement: str) -> int:
    """Runs SQL in a transaction of its own, and says how many rows it changed."""
    if url.startswith(SQLITE):
        with closing(sqlite3.connect(Path(url.removeprefix(SQLITE)))) as file, file:
            return file.execute(statement).rowcount
    with psycopg.connect(url) as connection:
        return connection.execute(statement).rowcount


def ask(url: str, question: str) -> list[tuple[Any, ...]]:
    """The rows that answer it."""
    if url.startswith(SQLITE):
        with closing(sqlite3.connect(Path(url.removeprefix(SQLITE)))) as file:
            return file.execute(question).fetchall()
    with psycopg.connect(url) as connection:
        return connection.execute(question).fetchall()
