"""The form for one region file of a draft: its text, checked as the command line checks it.

1. What is sound by itself goes into the draft, even where it does not fit the other files yet: a municipality cannot
   move from one file to another in one step.
2. What is not sound by itself is kept beside the draft for whoever typed it, and told with every problem.
3. Whoever saves what somebody else changed meanwhile is shown both, and changes nothing until she sends it again.
"""

from __future__ import annotations

import hashlib
from typing import Protocol

from starlette.responses import Response

from helpline.console.draft_seen import Seen, address, names, seen
from helpline.console.problems_told import told
from helpline.console.two_texts import differing
from helpline.console.visit import Visit
from helpline.directory.content import Content
from helpline.errors import DraftChanged, DraftRefused


class Form(Protocol):
    """Shows a text to be changed; `is_theirs`: beside what somebody else made of it."""

    def __call__(self, found: Seen, text: str, status: int = 200, *, is_theirs: bool = False) -> Response:
        """The page."""
        ...


def shown(visit: Visit) -> Response:
    """The form: with what was sent in vain, else with what was typed and kept, else with what the draft has."""
    found = seen(visit)
    if found is None or not has_file(found):
        return visit.message("no_draft", 404)
    kept = found.typed.get(visit.params["slug"])
    text = visit.fields.get("text", text_of(found) if kept is None else kept)
    return form(found, text, is_theirs=is_late(found))


def saved(visit: Visit) -> Response:
    """The text that was sent goes into the draft, or the form again with what keeps it out."""
    found = seen(visit)
    if found is None or not has_file(found):
        return visit.message("no_draft", 404)
    if "restore" in visit.fields:
        return keep(found, found.live.content.files.get(visit.params["slug"], ""), form)
    return keep(found, visit.fields.get("text", ""), form)


def keep(found: Seen, text: str, again: Form) -> Response:
    """Puts a text into the draft in place of the one that the form had been given, or shows it `again` and says why."""
    visit, slug = found.visit, found.visit.params["slug"]
    if text and not text.endswith("\n"):
        text += "\n"
    if visit.fields.get("seen") != digest(text_of(found)):
        return _beside(found, text, again, is_theirs=True)
    if visit.office.publishing.report_within(found.live, slug, text).refused:
        return _beside(found, text, again)
    drafts, draft = visit.office.drafts, found.draft
    content = Content({**draft.content.files, slug: text})
    try:
        drafts.change(draft, content, base=draft.base, author=visit.by, at=visit.now)
        if rest := {each: typed for each, typed in found.typed.items() if each != slug}:
            drafts.keep_typed(draft.name, visit.by, rest)
    except DraftChanged:
        now = seen(visit)  # in the same moment: once more, on what it is now
        return keep(now, text, again) if now else visit.message("no_draft", 404)
    except DraftRefused:
        return visit.message("no_draft", 404)
    return visit.moved(address(draft.name), done="saved", name=names(visit)[slug])


def form(found: Seen, text: str, status: int = 200, *, is_theirs: bool = False) -> Response:
    """The form with this text, what is wrong with it, and how it differs; `is_theirs`: from what somebody else made."""
    visit, slug = found.visit, found.visit.params["slug"]
    now, name = text_of(found), found.draft.name
    return visit.page(
        "draft_file.html",
        status=status,
        seen=found,
        draft=found.draft,
        name=names(visit)[slug],
        slug=slug,
        text=text,
        digest=digest(now),
        is_theirs=is_theirs,
        theirs=now if is_theirs else "",
        problems=told(visit.office.publishing.report_within(found.live, slug, text), name),
        lines=differing(now if is_theirs else found.began_from.files.get(slug, ""), text),
        is_kept=text == found.typed.get(slug),
        href={"draft": address(name), "text": address(name, slug), "fields": address(name, slug, "fields")},
    )


def digest(text: str) -> str:
    """By which a form knows the text that it was given."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _beside(found: Seen, text: str, again: Form, *, is_theirs: bool = False) -> Response:
    """The form again, and what was typed kept beside the draft."""
    visit, slug = found.visit, found.visit.params["slug"]
    told_so = visit.telling("beside", author=found.draft.author) if is_theirs else visit.telling("unsound")
    try:
        visit.office.drafts.keep_typed(found.draft.name, visit.by, {**found.typed, slug: text})
    except DraftRefused:
        told_so = visit.telling("too_long")
    return again(Seen(told_so, found.draft, found.live), text, 409 if is_theirs else 422, is_theirs=is_theirs)


def is_late(found: Seen) -> bool:
    """Whether a form that is shown again, as after a sign-in, was of another text than the draft has by now."""
    return found.visit.fields.get("seen", digest(text_of(found))) != digest(text_of(found))


def text_of(found: Seen) -> str:
    """The text that the draft has."""
    return found.draft.content.files.get(found.visit.params["slug"], "")


def has_file(found: Seen) -> bool:
    """Whether the address names an organisation of the draft."""
    return found.visit.params["slug"] in {*found.draft.content.files, *found.live.content.files} & {*names(found.visit)}
