"""What every page of a draft looks up: the draft that the address names, what it began from, and what it comes to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote

from helpline.console.visit import Visit
from helpline.console.words import words
from helpline.directory.content import Content
from helpline.directory.problems import Report
from helpline.flow.steps import NATIONAL
from helpline.publishing import changes
from helpline.storage.drafts import Draft
from helpline.storage.versions import Published

DRAFTS = "/console/drafts"


@dataclass(frozen=True)
class Seen:
    """A draft beside the live version, as this visit finds them."""

    visit: Visit
    draft: Draft
    live: Published

    @cached_property
    def began_from(self) -> Content:
        """The version that the draft was worked out on."""
        if self.draft.base is None or self.draft.base == self.live.number:
            return self.live.content if self.draft.base else Content({})
        return self.visit.office.versions.get(self.draft.base).content

    @property
    def is_behind(self) -> bool:
        """Whether region files were published since, so that the draft does not have them."""
        return dict(self.began_from.files) != dict(self.live.content.files)

    @cached_property
    def content(self) -> Content:
        """What would be live with it: its files, and whatever is diverted and announced now."""
        return changes.with_files(self.live.content, self.draft.content.files, self.visit.now)

    @cached_property
    def report(self) -> Report:
        """What is wrong with that."""
        return self.visit.office.publishing.report(self.live, self.content)

    @cached_property
    def changed(self) -> list[str]:
        """The organisations whose files the draft changes."""
        was, now = self.began_from.files, self.draft.content.files
        return sorted(name for name in {*was, *now} if was.get(name) != now.get(name))

    @property
    def typed(self) -> Mapping[str, str]:
        """What this operator typed that is not in the draft, by organisation."""
        return self.draft.typed_by(self.visit.by)

    @property
    def others(self) -> Mapping[str, str]:
        """Who else typed something that is not in the draft, by organisation."""
        typed = self.draft.typed.items()
        return {slug: who for who, texts in typed if who != self.visit.by for slug in texts}


def seen(visit: Visit) -> Seen | None:
    """The draft in the address; None where there is none of that name, or nothing is published yet."""
    draft, live = visit.office.drafts.get(visit.params["name"]), visit.office.versions.live()
    return Seen(visit, draft, live) if draft and live else None


def address(name: str, *more: str) -> str:
    """Where a draft is, or a page of it."""
    return "/".join((DRAFTS, *(quote(each, safe="") for each in (name, *more))))


def names(visit: Visit) -> Mapping[str, str]:
    """The organisations of the live table by slug, in the order of their names; the desk's says what it is."""
    found = {slug: each.name for slug, each in visit.office.helpline.directory.current.organisations.items()}
    found[NATIONAL] = words(visit.language)["figures"]["national"]
    return dict(sorted(found.items(), key=lambda pair: pair[1].casefold()))
