"""One change of the routing table: proposed, that is checked and shown; then published, where nothing came between."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from helpline.directory import files
from helpline.directory.check import check_within
from helpline.directory.content import Content
from helpline.directory.country import Country
from helpline.directory.effect import Effect, effects
from helpline.directory.numbers import is_placeholder
from helpline.directory.problems import Report
from helpline.directory.table import Table
from helpline.directory.version import Version, check_version, day_of
from helpline.errors import ChangeRefused, PathsRefused, RegionsRefused
from helpline.prompts.catalogue import Catalogue
from helpline.publishing.proof import broken_paths
from helpline.storage.versions import Published, Versions

UNCHANGED = "Was the file saved, in the folder that HELPLINE_REGIONS names?"


@dataclass(frozen=True)
class Rules:
    """What a table is held against: the country, the helpline's own numbers, the words that can be said."""

    country: Country
    own_numbers: tuple[str, ...]
    catalogue: Catalogue
    folder: str  # the name of the folder with the region files, as errors show it


@dataclass(frozen=True)
class Proposal:
    """A change that passed every check: what it is, what it does, and on which version it was worked out.

    `on` is None where nothing is published yet; `report` holds warnings only.
    """

    on: int | None
    content: Content
    action: str
    subject: str
    report: Report
    effects: tuple[Effect, ...]


class Publishing:
    """Changes of the table in one database. Every method raises DatabaseAway where that cannot be reached."""

    def __init__(self, versions: Versions, rules: Rules, clock: Callable[[], datetime]) -> None:
        self.versions = versions
        self.clock = clock
        self._rules = rules

    def live(self) -> Published:
        """The live version. Raises ChangeRefused where nothing is published yet."""
        if (live := self.versions.live()) is None:
            raise ChangeRefused("Nothing is published yet.", help="Publish the files: helpline regions publish")
        return live

    def version(self, published: Published) -> Version:
        """A published version as a routing table."""
        return self.proposed(str(published.number), published.content)

    def proposed(self, name: str, content: Content) -> Version:
        """Any content as a routing table, unchecked."""
        return Version(name, content, self._rules.country, self._rules.folder)

    def report(self, base: Published | None, content: Content) -> Report:
        """All problems of a content that would follow `base`, as `propose` finds them; no path is walked."""
        placeholders = _rings_placeholders(self.version(base), self.clock()) if base else True
        own = self._rules.own_numbers
        after = self.proposed("proposed", content)
        return check_version(after, self.clock(), own_numbers=own, placeholders_allowed=placeholders)

    def report_within(self, base: Published | None, organisation: str, text: str) -> Report:
        """What is wrong inside one region file, whatever stands in the others."""
        placeholders = _rings_placeholders(self.version(base), self.clock()) if base else True
        alone = files.parse({organisation: text}, self._rules.folder)
        own, today = self._rules.own_numbers, day_of(self.clock())
        return check_within(alone, self._rules.country, today, own_numbers=own, placeholders_allowed=placeholders)

    def checked(self, name: str, content: Content) -> Version:
        """Any content as a routing table, to look at. Raises RegionsRefused with every problem."""
        version = self.proposed(name, content)
        report = check_version(version, self.clock(), own_numbers=self._rules.own_numbers)
        if report.refused:
            raise RegionsRefused(report.text(), report.counted(), report.problems)
        return version

    @property
    def catalogue(self) -> Catalogue:
        """The words that callers hear."""
        return self._rules.catalogue

    @property
    def languages(self) -> Collection[str]:
        """The languages in which something can be said."""
        return self._rules.catalogue.languages.keys()

    def propose(
        self, base: Published | None, content: Content, action: str, subject: str, *, first_placeholders: bool = True
    ) -> Proposal:
        """The change from `base`, on which it was worked out, to this content; None is before the first version.

        Raises RegionsRefused with every problem, PathsRefused with the calls that would be left without a route, and
        ChangeRefused where it is what is live already. Placeholder numbers are refused where `base` has none, so that a
        real line never gets them back; of the first version `first_placeholders` says whether it may have them.
        """
        if base is not None and base.content.at(self.clock()) == content:
            raise ChangeRefused("That is what is live already: nothing to publish.", help=UNCHANGED)
        before = self.version(base) if base else None
        after = self.proposed(str(base.number + 1 if base else 1), content)
        placeholders = _rings_placeholders(before, self.clock()) if before else first_placeholders
        report = self._checked(before, after, placeholders_allowed=placeholders)
        on = base.number if base else None
        return Proposal(on, content, action, subject, report, effects(before, after, self.clock()))

    def publish(self, proposal: Proposal, author: str, reason: str) -> Published:
        """Makes it live. Raises PublishedMeanwhile where another change came first."""
        return self.versions.publish(
            proposal.content,
            on=proposal.on,
            at=self.clock(),
            author=author,
            action=proposal.action,
            subject=proposal.subject,
            reason=reason,
        )

    def _checked(self, before: Version | None, after: Version, *, placeholders_allowed: bool) -> Report:
        now = self.clock()
        report = check_version(
            after, now, own_numbers=self._rules.own_numbers, placeholders_allowed=placeholders_allowed
        )
        if report.refused:
            raise RegionsRefused(report.text(), report.counted(), report.problems)
        known: Table | None = None
        for moment, table in after.ahead(now):
            known = before.in_force(moment) if before else known
            if told := broken_paths(known, table, self._rules.catalogue):
                raise PathsRefused("\n".join(told))
            known = table
        return report


def _rings_placeholders(version: Version, now: datetime) -> bool:
    """True while the table has numbers that nobody has; once it has none, none may come back."""
    lines = [line for each in version.in_force(now).organisations.values() for line in (each.advice, each.doctors)]
    return any(is_placeholder(number) for line in lines if line for number in line.numbers)
