"""The table as it stands: as it was last published, or as calls go by it while the database is away."""

from __future__ import annotations

from dataclasses import dataclass, replace

from helpline.console.map import OURS
from helpline.console.visit import Visit
from helpline.console.words import words
from helpline.directory.table import Table
from helpline.directory.version import Version
from helpline.errors import DatabaseAway
from helpline.flow.steps import NATIONAL


@dataclass(frozen=True)
class TableNow:
    """A version, and its table now; `visit` says whether the database is away."""

    visit: Visit
    version: Version
    table: Table

    @property
    def organisations(self) -> list[str]:
        """All by slug, in the order of their names, with the national desk last."""
        order = sorted(self.table.organisations.values(), key=lambda each: (each.slug == NATIONAL, each.name))
        return [each.slug for each in order]

    def name(self, slug: str) -> str:
        """The name, with a word for the national desk, whose name alone could be anybody's."""
        name = self.table.organisation(slug).name
        return f"{name} ({self._national})" if slug == NATIONAL else name

    def short_name(self, slug: str) -> str:
        """The name without what all have before it."""
        return self._national if slug == NATIONAL else self.table.organisation(slug).name.removeprefix(OURS)

    @property
    def _national(self) -> str:
        return str(words(self.visit.language)["refused"]["national"])


def table_now(visit: Visit) -> TableNow:
    """What was published last, which this process may take up only within a second; else what it goes by."""
    directory, found = visit.office.helpline.directory, None
    try:
        head = visit.office.versions.head()
        if head and head[0] != visit.version:
            found = visit.office.publishing.version(visit.office.publishing.live())
    except DatabaseAway:
        visit = replace(visit, away=True)
    version = found or directory.version
    return TableNow(visit, version, version.in_force(visit.now))
