"""The day of a successful round in the region files: only of lines all of whose numbers were rung and accepted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from helpline.directory import files
from helpline.directory.checked import with_checked
from helpline.directory.numbers import to_dial
from helpline.errors import PublishedMeanwhile
from helpline.publishing import changes
from helpline.publishing.publishing import Publishing
from helpline.storage.versions import Published

AcceptedLines = Mapping[tuple[str, str], tuple[str, ...]]  # by organisation and line: its numbers, in order


def with_checked_days(texts: Mapping[str, str], accepted: AcceptedLines, day: date) -> dict[str, str]:
    """The region files that change, by organisation; a line with other numbers than were rung stays as it is."""
    changed: dict[str, str] = {}
    for (organisation, line), numbers in accepted.items():
        text = changed.get(organisation, texts.get(organisation))
        if text is not None and _is_to_be_marked(text, line, numbers, day):
            changed[organisation] = with_checked(text, line, day)
    return changed


def publish_checked_days(desk: Publishing, accepted: AcceptedLines, day: date) -> Published | None:
    """A version with these days; None where nothing changes. Somebody else who publishes at that moment comes first.

    Raises whatever keeps a version from being published.
    """
    try:
        return _published(desk, accepted, day)
    except PublishedMeanwhile:
        return _published(desk, accepted, day)


def _published(desk: Publishing, accepted: AcceptedLines, day: date) -> Published | None:
    base = desk.live()
    changed = with_checked_days(base.content.files, accepted, day)
    if not changed:
        return None
    content = changes.with_files(base.content, {**base.content.files, **changed}, desk.clock())
    proposal = desk.propose(base, content, "publish", f"checked days of {len(changed)} organisations")
    return desk.publish(proposal, "helpline", "Rung, and accepted")


def _is_to_be_marked(text: str, line: str, numbers: tuple[str, ...], day: date) -> bool:
    region = files.parse({"it": text}).regions.get("it")
    found = dict(region.lines).get(line) if region else None
    if found is None or found.checked == day:
        return False
    return tuple(to_dial(written) for _, written in found.numbers_on(day)) == numbers
