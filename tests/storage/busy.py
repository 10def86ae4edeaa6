"""A service that publishes a version and then keeps a call with two dials, over and over, until it is ended."""

from __future__ import annotations

import sys

from helpline.storage.batch import Batch
from helpline.storage.calls import Calls
from helpline.storage.database import Database
from helpline.storage.progress import Progress
from helpline.storage.versions import Versions
from tests.storage.filled import HOUR, WHOLE
from tests.storage.published import publish

if __name__ == "__main__":
    database = Database(sys.argv[1])
    versions, calls = Versions(database), Calls(database)
    while True:
        number = publish(versions, "x" * 20_000, (versions.head() or (None,))[0]).number
        calls.write(Batch({f"{number:064x}": Progress(HOUR, 8, WHOLE, over=True, seconds=321)}))
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()
