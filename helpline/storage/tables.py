"""The tables as the newest migration leaves them.

1. Rows of versions and of the record are only ever added.
2. A row of erasures goes when what it names is gone at Twilio.
"""

from __future__ import annotations

from sqlalchemy import Column, Integer, MetaData, String, Table, Text

METADATA = MetaData()

VERSIONS = Table(
    "versions",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("content", Text, nullable=False),
    Column("digest", String(64), nullable=False),
)

RECORD = Table(
    "record",
    METADATA,
    Column("entry", Integer, primary_key=True, autoincrement=False),
    Column("at", String(40), nullable=False),
    Column("author", String(200), nullable=False),
    Column("action", String(30), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("reason", Text, nullable=False),
    Column("version", Integer, nullable=True),
    Column("digest", String(64), nullable=True),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)

# Calls and texts still to be deleted at Twilio. `due` is when to try next, in UTC; null where it was given up.
ERASURES = Table(
    "erasures",
    METADATA,
    Column("sid", String(34), primary_key=True),
    Column("due", String(40), nullable=True),
    Column("tries", Integer, nullable=False),
)

# Test calls to the organisations' own numbers, and how each ended.
RUNG = Table(
    "rung",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("at", String(40), nullable=False),
    Column("organisation", String(100), nullable=False),
    Column("line", String(20), nullable=False),
    Column("number", String(20), nullable=False),
    Column("outcome", String(20), nullable=False),
)

# The days on which the round of test calls was begun, so that one process of many does it.
ROUNDS = Table("rounds", METADATA, Column("day", String(10), primary_key=True))
