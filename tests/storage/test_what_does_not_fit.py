"""What does not fit into the database is not told in the driver's words, which quote it."""

from __future__ import annotations

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import DataError

from helpline.errors import DatabaseAway
from helpline.storage.database import Database
from helpline.storage.tables import ROUNDS

SECRET = "+31612345601"


def test_a_value_that_the_driver_refuses(database: Database) -> None:
    """What is raised names the kind of fault; it is logged where the database is away."""
    with pytest.raises(DatabaseAway) as told, database.writing():
        raise DataError("INSERT", {}, ValueError(SECRET))
    assert told.value.words == "ValueError"


@pytest.mark.parametrize(
    ("day", "words"), [(f"\0{SECRET}", "DataError"), (SECRET, "StringDataRightTruncation")], ids=["a zero", "too long"]
)
def test_a_value_that_postgresql_refuses(postgresql_url: str, day: str, words: str) -> None:
    """The driver itself or the server, each by the name of its fault."""
    database = Database(postgresql_url)
    database.upgrade()
    with pytest.raises(DatabaseAway) as told, database.writing() as connection:
        connection.execute(insert(ROUNDS).values(day=day))
    assert told.value.words == words
