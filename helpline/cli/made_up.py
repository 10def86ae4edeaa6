"""The operator of the demonstration: made up when it starts, with a password of its own, and gone when it ends."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from helpline import bootstrap
from helpline.errors import DatabaseAway, DatabaseNewer, OperatorRefused
from helpline.settings import Settings

MADE_UP = "demo"
BY = "helpline"


@contextlib.contextmanager
def made_up_operator(settings: Settings) -> Iterator[str | None]:
    """The password with which MADE_UP may sign in while the block runs; None where the database is away."""
    remove_made_up(settings)  # of a demonstration that was cut off
    from helpline.console import passwords  # only here: who serves the real line does without
    from helpline.storage.operators import Operator

    password = passwords.generated()
    try:
        kept = Operator(MADE_UP, "operator", passwords.hashed(password))
        bootstrap.operators(settings).add(kept, at=bootstrap.now(), by=BY)
    except (DatabaseAway, OperatorRefused):
        yield None
        return
    try:
        yield password
    finally:
        remove_made_up(settings)


def remove_made_up(settings: Settings) -> None:
    """Nobody may sign in by a password that stood in a terminal."""
    seen = bootstrap.seen_first(settings, bootstrap.now())
    if seen is not None and MADE_UP not in seen.operators:
        return
    with contextlib.suppress(DatabaseAway, DatabaseNewer, OperatorRefused):
        bootstrap.operators(settings).remove(MADE_UP, at=bootstrap.now(), by=BY)
