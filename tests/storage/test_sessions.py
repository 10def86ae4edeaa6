"""Who is signed in at the console."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from helpline.storage.database import Database
from helpline.storage.operators import Operator, Operators
from helpline.storage.sessions import Session, Sessions, hash_of
from helpline.storage.tables import SESSIONS
from helpline.storage.versions import Versions
from tests.storage.published import BEGIN

TOKEN, OTHER = "t" * 43, "o" * 43
MINUTE = timedelta(minutes=1)


@pytest.fixture
def sessions(database: Database) -> Sessions:
    """Anna is signed in."""
    Operators(database).add(Operator("anna", "operator", "$argon2id"), at=BEGIN, by="root")
    found = Sessions(database)
    found.begin(TOKEN, "anna", at=BEGIN, how="With a second factor")
    return found


def test_a_session_is_found_by_its_token_only(sessions: Sessions, database: Database) -> None:
    """The token itself is nowhere in the database, and its hash opens nothing."""
    assert sessions.find(TOKEN) == Session("anna", "operator", BEGIN, BEGIN)
    assert sessions.find(OTHER) is sessions.find(hash_of(TOKEN)) is sessions.find("") is None
    with database.reading() as connection:
        assert TOKEN not in str(connection.execute(select(SESSIONS)).all())


def test_when_somebody_was_last_seen(sessions: Sessions) -> None:
    """It moves on; when it began does not."""
    sessions.saw(TOKEN, BEGIN + MINUTE)
    assert sessions.find(TOKEN) == Session("anna", "operator", BEGIN, BEGIN + MINUTE)


def test_signed_out_is_out(sessions: Sessions) -> None:
    """The token means nothing any more; a second time does nothing."""
    sessions.end(hash_of(TOKEN), at=BEGIN)
    sessions.end(hash_of(TOKEN), at=BEGIN)
    assert sessions.find(TOKEN) is None


def test_what_ran_out_is_not_kept(sessions: Sessions) -> None:
    """Neither what began nor what was last seen too long ago."""
    sessions.begin(OTHER, "anna", at=BEGIN + 10 * MINUTE, how="")
    sessions.forget(begun_before=BEGIN - MINUTE, seen_before=BEGIN)
    assert sessions.find(TOKEN) is not None
    sessions.forget(begun_before=BEGIN - MINUTE, seen_before=BEGIN + MINUTE)
    assert sessions.find(TOKEN) is None
    sessions.forget(begun_before=BEGIN + 11 * MINUTE, seen_before=BEGIN)
    assert sessions.find(OTHER) is None


def test_signing_in_and_out_is_in_the_record(sessions: Sessions, versions: Versions) -> None:
    """Who, when and how; a sign-out that ended nothing is none."""
    sessions.end(hash_of(TOKEN), at=BEGIN + MINUTE)
    sessions.end(hash_of(OTHER), at=BEGIN + MINUTE)
    told = [(each.at, each.author, each.action, each.subject, each.reason) for each in versions.log()[1:]]
    assert told == [
        (BEGIN, "anna", "sign in", "console", "With a second factor"),
        (BEGIN + MINUTE, "anna", "sign out", "console", ""),
    ]
