"""The tables as the newest migration leaves them.

1. Rows of versions and of the record are only ever added.
2. A row of erasures goes when what it names is gone at Twilio.
3. What is kept of calls and texts holds nobody: no number, place, word or exact time, and, after a day, no way from a
   call to its row.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Integer, MetaData, String, Table, Text

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
    Column("call", String(34), nullable=True),
)

# The days on which the round of test calls was begun, so that one process of many does it.
ROUNDS = Table("rounds", METADATA, Column("day", String(10), primary_key=True))

# One row per call. `hour` is the whole hour in UTC in which it began, such as 2026-11-24T17; `organisation` is whose
# caller it is, empty where no place was found; seconds are empty where they are not known.
CALLS = Table(
    "calls",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("hour", String(13), nullable=False, index=True),
    Column("organisation", String(100), nullable=False),
    Column("line", String(20), nullable=False),
    Column("language", String(10), nullable=False),
    Column("found", String(20), nullable=False),
    Column("outcome", String(20), nullable=False),
    Column("seconds_to_ring", Integer, nullable=True),
    Column("seconds", Integer, nullable=True),
    Column("complete", Boolean, nullable=False),
)

# The dials of a call, from 0. `number` counts the numbers of the organisation's line, from 1; 0 where it is none of
# them.
DIALS = Table(
    "dials",
    METADATA,
    Column("call", ForeignKey("calls.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("organisation", String(100), nullable=False),
    Column("line", String(20), nullable=False),
    Column("number", Integer, nullable=False),
    Column("ending", String(20), nullable=False),
)

# What is needed to fold what comes of a call, in any order, into its one row; forgotten a day after.
# `hash` is a keyed hash of its SID, `steps` the length of the longest trail seen; `began` and `rang` are moments.
UNDER_WAY = Table(
    "under_way",
    METADATA,
    Column("hash", String(64), primary_key=True),
    Column("call", ForeignKey("calls.id", ondelete="CASCADE"), nullable=False),
    Column("steps", Integer, nullable=False),
    Column("began", String(40), nullable=True),
    Column("rang", String(40), nullable=True),
)

# One row per text; `hash` is a keyed hash of its SID, forgotten a day after.
TEXTS = Table(
    "texts",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("hour", String(13), nullable=False, index=True),
    Column("organisation", String(100), nullable=False),
    Column("language", String(10), nullable=False),
    Column("outcome", String(20), nullable=False),
    Column("hash", String(64), nullable=True, unique=True),
)

# Who may sign in at the console. `password` is what argon2id makes of it; `second_factor` the secret that the
# operator's telephone shares, `used` the time step of the last code that was taken.
OPERATORS = Table(
    "operators",
    METADATA,
    Column("name", String(60), primary_key=True),
    Column("role", String(20), nullable=False),
    Column("password", String(200), nullable=False),
    Column("second_factor", String(64), nullable=True),
    Column("used", Integer, nullable=True),
)

# `hash` is the SHA-256 of the token in the operator's cookie.
SESSIONS = Table(
    "sessions",
    METADATA,
    Column("hash", String(64), primary_key=True),
    Column("operator", String(60), nullable=False),
    Column("began", String(40), nullable=False),
    Column("seen", String(40), nullable=False),
)

# Sign-ins that failed in a row, by a keyed hash of the name, the browser or the address; forgotten after a day.
FAILURES = Table(
    "failures",
    METADATA,
    Column("hash", String(64), primary_key=True),
    Column("failed", Integer, nullable=False),
    Column("last", String(40), nullable=False),
)

# Changes of the routing table that are being worked on. `base` is the version they began with, null before the first;
# `typed` what cannot be part of the content yet, by operator and field.
DRAFTS = Table(
    "drafts",
    METADATA,
    Column("name", String(100), primary_key=True),
    Column("base", Integer, nullable=True),
    Column("content", Text, nullable=False),
    Column("typed", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("author", String(200), nullable=False),
    Column("at", String(40), nullable=False),
)
