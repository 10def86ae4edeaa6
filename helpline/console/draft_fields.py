"""The form with fields for a region file of a draft: numbers in order, hours, stand-in, the day they were rung."""

from __future__ import annotations

from starlette.responses import Response

from helpline.console import draft_file, words
from helpline.console.draft_file import has_file, is_late, keep, text_of
from helpline.console.draft_seen import Seen, address, names, seen
from helpline.console.file_fields import Field, fields_of, with_fields
from helpline.console.problems_told import told
from helpline.console.visit import Visit
from helpline.console.words import Language
from helpline.flow.steps import NATIONAL


def shown(visit: Visit) -> Response:
    """The fields; the form with the text where these cannot be read from it."""
    found = seen(visit)
    if found is None or not has_file(found):
        return visit.message("no_draft", 404)
    text = found.typed.get(visit.params["slug"], text_of(found))
    if is_late(found):
        text = with_fields(text, dict(visit.fields.multi_items()), _dates(visit.language))
    return form(found, text, is_theirs=is_late(found))


def saved(visit: Visit) -> Response:
    """The file with what was typed goes into the draft, or the form again with what keeps it out."""
    found = seen(visit)
    if found is None or not has_file(found):
        return visit.message("no_draft", 404)
    typed = {name: value for name, value in visit.fields.multi_items() if name != "seen"}
    text = with_fields(found.typed.get(visit.params["slug"], text_of(found)), typed, _dates(visit.language))
    return keep(found, text, form)


def form(found: Seen, text: str, status: int = 200, *, is_theirs: bool = False) -> Response:
    """The fields of this text; where somebody else changed the file meanwhile, her text beside the other's instead."""
    visit, slug = found.visit, found.visit.params["slug"]
    fields = fields_of(text, _dates(visit.language))
    if fields is None or is_theirs:
        return draft_file.form(found, text, status, is_theirs=is_theirs)
    name = found.draft.name
    report = visit.office.publishing.report_within(found.live, slug, text)
    return visit.page(
        "draft_fields.html",
        status=status,
        draft=found.draft,
        name=names(visit)[slug],
        lines=_lines([_typed(visit, field) for field in fields]),
        digest=draft_file.digest(text_of(found)),
        problems=told(report, name),
        stand_ins={each: named for each, named in names(visit).items() if each not in (slug, NATIONAL)},
        has_stand_in=slug != NATIONAL,
        href={"draft": address(name), "text": address(name, slug)},
    )


def _typed(visit: Visit, field: Field) -> Field:
    return Field(field.table, field.key, visit.fields.get(field.name, field.value))


def _lines(fields: list[Field]) -> dict[str, dict[str, Field]]:
    """The fields by table and key."""
    tables = dict.fromkeys(field.table for field in fields)
    return {table: {field.key: field for field in fields if field.table == table} for table in tables}


def _dates(language: Language) -> dict[str, str]:
    return {each: str(words.words(language)["file_dates"][each]) for each in ("from", "until")}
