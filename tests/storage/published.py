"""What the tests publish."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from helpline.directory.content import Announcement, Content, Diversion
from helpline.storage.versions import Published, Versions

BEGIN = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
LATER = BEGIN + timedelta(days=7)


def content(sign: str) -> Content:
    """A content with a sign to know it by, a diversion and an announcement."""
    return Content(
        {"utrecht": f'name = "{sign}"\n', "zeeland": "name = 'Überall'\n"},
        (Diversion("utrecht", "advice", "+31300000001", True, LATER, "an", "a move"),),
        (Announcement("all", {"nl": "Het is druk."}, LATER, "an", "a storm"),),
    )


def publish(versions: Versions, sign: str, on: int | None, *, author: str = "an", hour: int = 0) -> Published:
    """Publishes a content with this sign, `hour` hours after BEGIN."""
    at = BEGIN + timedelta(hours=hour)
    return versions.publish(
        content(sign), on=on, at=at, author=author, action="publish", subject="utrecht", reason=f"because of {sign}"
    )
