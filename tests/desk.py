"""A desk with version 1 live, for tests that change the table; published without the walk, which takes seconds."""

from __future__ import annotations

from pathlib import Path

from helpline import bootstrap
from helpline.directory import files
from helpline.directory.content import Content
from helpline.publishing.publishing import Publishing
from helpline.settings import Settings
from tests.clock import Clock


def settings_in(folder: Path, settings: Settings, regions: Path) -> Settings:
    """The settings with a database, a last good copy and region files of a test's own."""
    own = {
        "database_url": f"sqlite:///{folder}/var/helpline.db",
        "helpline_last_good": folder / "var" / "last-good.json",
        "helpline_regions": regions,
    }
    return settings.model_copy(update=own)


def desk_with_version_1(settings: Settings, clock: Clock) -> Publishing:
    """The desk of these settings; the files are live as version 1."""
    desk = bootstrap.publishing(settings, clock=clock)
    desk.versions.database.upgrade()
    content = Content(files.read(settings.helpline_regions).texts)
    told = {"author": "anna", "action": "publish", "subject": "regions", "reason": "First"}
    desk.versions.publish(content, on=None, at=clock(), **told)
    return desk


def edit(path: Path, old: str, new: str) -> None:
    """One change in a file; what is to be changed must be there."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
