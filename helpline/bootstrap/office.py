"""What the operators' console works with, as set."""

from __future__ import annotations

from dataclasses import dataclass

from helpline.bootstrap.kept import derived_key
from helpline.bootstrap.service import Helpline
from helpline.bootstrap.stored import publishing
from helpline.publishing.publishing import Publishing
from helpline.storage.counts import Counts
from helpline.storage.database import Database
from helpline.storage.drafts import Drafts
from helpline.storage.failures import Failures
from helpline.storage.last_dials import LastDials
from helpline.storage.operators import Operators
from helpline.storage.sessions import Sessions
from helpline.storage.versions import Versions


@dataclass(frozen=True)
class Office:
    """Everything a page of the console needs; made once in each process. `key` is for the hashes of sign-ins."""

    helpline: Helpline
    publishing: Publishing
    operators: Operators
    sessions: Sessions
    failures: Failures
    drafts: Drafts
    counts: Counts
    last_dials: LastDials
    key: bytes

    @property
    def versions(self) -> Versions:
        """The published versions, and the record."""
        return self.publishing.versions


def office(helpline: Helpline) -> Office:
    """The office of a service."""
    settings = helpline.settings
    database = Database(settings.database_url)
    return Office(
        helpline,
        publishing(settings, clock=helpline.clock),
        Operators(database),
        Sessions(database),
        Failures(database),
        Drafts(database),
        Counts(database),
        LastDials(database),
        derived_key(settings, "sign-in"),
    )
