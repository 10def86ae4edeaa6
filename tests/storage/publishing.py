"""A program that publishes versions of a database for ever, to be killed; it says each number when it is done."""

from __future__ import annotations

import sys

from helpline.storage.database import Database
from helpline.storage.versions import Versions
from tests.storage.published import publish

if __name__ == "__main__":
    database = Database(sys.argv[1])
    database.upgrade()
    versions = Versions(database)
    while True:
        head = versions.head()
        published = publish(versions, "x" * 20_000, head[0] if head else None)
        sys.stdout.write(f"{published.number}\n")
        sys.stdout.flush()
