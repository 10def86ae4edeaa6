"""A version put back into a database that was found empty, under the number by which calls have it.

1. What somebody published is never touched. Only nothing gives way; or, for an hour, a lower number that the program
   itself put there: the machine that started first after a loss need not be the one that has the newest version.
2. So of several machines at once the one with the highest number wins, whichever of them comes first.
3. The record begins anew, and says so.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog
from sqlalchemy import Connection

from helpline.storage import entries, versions
from helpline.storage.database import Database
from helpline.storage.kept import Kept

AUTHOR = "helpline"
FIRST_START = "First start"  # the reason of the files as they are published where nothing ever was
PUT_BACK = "put back"  # the action of the others
GIVES_WAY = timedelta(hours=1)  # every machine has looked by then; later a number may be of another database's
REASON = "The database was empty; this is what calls went by"

log = structlog.get_logger()


def is_wanted(database: Database, version: Kept, at: datetime) -> bool:
    """Whether the database is one to put this version back into. Raises DatabaseAway."""
    with database.reading() as connection:
        return _gives_way(connection, version, at)


def put_back(database: Database, version: Kept, at: datetime) -> bool:
    """True where it is live now and was not before. Raises DatabaseAway, and DatabaseNewer."""
    database.upgrade()
    number = version.number
    with database.writing() as connection:
        if not _gives_way(connection, version, at):
            return False
        told = {"author": AUTHOR, "action": PUT_BACK, "subject": f"version {number}", "reason": REASON}
        versions.add(connection, number, version.content, at=at, **told)
    log.warning("database_refilled", version=number, help="See that the right database was empty, and why.")
    return True


def _gives_way(connection: Connection, version: Kept, at: datetime) -> bool:
    if (live := versions.head(connection)) is None:
        return True
    entry = entries.publishing(connection, live[0])
    if entry is None or entry.author != AUTHOR or at - entry.at > GIVES_WAY:
        return False
    return live[0] < version.number and (entry.action == PUT_BACK or entry.reason == FIRST_START)
