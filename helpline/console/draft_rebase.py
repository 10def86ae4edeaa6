"""A draft that is behind: what was published since is taken into it, and where both changed a file, a person says what.

For each file that both changed, its text as it shall be is typed; it begins as the draft has it.
"""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import Response

from helpline.console.draft_seen import Seen, address, names, seen
from helpline.console.two_texts import Line, differing
from helpline.console.visit import Visit
from helpline.directory.content import Content
from helpline.errors import DraftChanged, DraftRefused
from helpline.publishing.rebasing import Conflict, rebased
from helpline.storage.record import Entry


@dataclass(frozen=True)
class Both:
    """A file that both changed: what the live version made of it, what the draft did, and what it shall be."""

    slug: str
    live: list[Line]
    draft: list[Line]
    text: str


def shown(visit: Visit) -> Response:
    """What both changed."""
    found = seen(visit)
    return _page(found) if found else visit.message("no_draft", 404)


def done(visit: Visit) -> Response:
    """The draft is on the live version from now on."""
    found = seen(visit)
    if found is None:
        return visit.message("no_draft", 404)
    if visit.fields.get("revision") != str(found.draft.revision) or visit.fields.get("on") != str(found.live.number):
        return _page(Seen(visit.telling("rebase_again"), found.draft, found.live), 409)
    merged = rebased(found.began_from, found.live.content, found.draft.content)
    settled = {each.organisation: _settled(visit, each) for each in merged.conflicts}
    texts = Content({**merged.files, **settled})
    try:
        typed = dict(found.typed)
        visit.office.drafts.change(found.draft, texts, base=found.live.number, author=visit.by, at=visit.now)
        visit.office.drafts.keep_typed(found.draft.name, visit.by, typed)
    except DraftChanged:
        return done(visit)  # it is another revision now, which is told
    except DraftRefused:
        return visit.message("no_draft", 404)
    return visit.moved(address(found.draft.name), done="rebased", version=found.live.number)


def _settled(visit: Visit, conflict: Conflict) -> str:
    text = visit.fields.get(f"text.{conflict.organisation}", conflict.draft)
    return text if text.endswith("\n") or not text else text + "\n"


def _page(found: Seen, status: int = 200) -> Response:
    visit, name = found.visit, found.draft.name
    merged = rebased(found.began_from, found.live.content, found.draft.content)
    both = [
        Both(
            each.organisation,
            differing(each.was, each.live),
            differing(each.was, each.draft),
            visit.fields.get(f"text.{each.organisation}", each.draft),
        )
        for each in merged.conflicts
    ]
    return visit.page(
        "draft_rebase.html",
        status=status,
        seen=found,
        draft=found.draft,
        merged=merged,
        both=both,
        since=_since(found),
        names=names(visit),
        href=address(name),
    )


def _since(found: Seen) -> list[Entry]:
    """What was published since the draft was begun, the oldest first; only the last few where it is much."""
    base = found.draft.base or 0
    numbers = range(max(base + 1, found.live.number - 9), found.live.number + 1)
    entries = (found.visit.office.versions.entry_of(number) for number in numbers)
    return [entry for entry in entries if entry]
