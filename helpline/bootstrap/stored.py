"""What stands in the database, as set, and what changes the table there."""

from __future__ import annotations

import contextlib

from helpline.bootstrap.clock import Clock, now
from helpline.directory import country
from helpline.directory.folder import edition_of
from helpline.errors import DatabaseAway, DatabaseNewer, PathsRefused, PublishedMeanwhile, RegionsRefused
from helpline.prompts import language
from helpline.prompts.catalogue import Catalogue
from helpline.publishing.publishing import Publishing, Rules
from helpline.settings import Settings
from helpline.storage import putting_back
from helpline.storage.database import Database
from helpline.storage.erasures import Erasures
from helpline.storage.last_good import LastGood
from helpline.storage.versions import Versions

COPYING_WAIT_MS = 30_000  # half of it may pass between two statements, while a slow disk takes what was read


def begin(settings: Settings, *, placeholders_allowed: bool = False, clock: Clock = now) -> None:
    """Once before a service starts: the database is brought up to date, and filled where nothing is published in it.

    With this machine's last good copy, under the number it had, so that calls under way go on; where there is none, or
    it is not sound by today's settings, with the files as version 1.

    A database that is away, or newer than this program, is left to the service, which begins with what it can have.
    Raises RegionsRefused.
    """
    with contextlib.suppress(DatabaseAway, DatabaseNewer, PublishedMeanwhile):
        desk = publishing(settings, clock=clock)
        desk.versions.database.upgrade()
        _put_back(desk, settings, placeholders_allowed=placeholders_allowed)
        if desk.versions.head() is None:
            files, folder = edition_of(settings.helpline_regions), settings.helpline_regions.name
            proposal = desk.propose(None, files.content, "publish", folder, first_placeholders=placeholders_allowed)
            desk.publish(proposal, author=putting_back.AUTHOR, reason=putting_back.FIRST_START)


def _put_back(desk: Publishing, settings: Settings, *, placeholders_allowed: bool) -> None:
    found = LastGood(settings.helpline_last_good).read()
    version = putting_back.kept(*found) if found else None
    database = desk.versions.database
    if version is None or not putting_back.is_wanted(database, version, desk.clock()):
        return
    with contextlib.suppress(RegionsRefused, PathsRefused):
        desk.propose(None, version.content, putting_back.PUT_BACK, "", first_placeholders=placeholders_allowed)
        putting_back.put_back(database, version, desk.clock())


def rules_of(settings: Settings) -> Rules:
    """What a table is held against, as set."""
    land = country.load(settings.helpline_regions / "geography")
    return Rules(land, settings.helpline_numbers, Catalogue(language.load()), settings.helpline_regions.name)


def versions_of(settings: Settings) -> Versions:
    """The published versions, in the database that is set."""
    return Versions(Database(settings.database_url))


def database_to_copy(settings: Settings) -> Database:
    """The database that is set, for whoever copies all of it and may be slow at the other end."""
    return Database(settings.database_url, wait_ms=COPYING_WAIT_MS)


def publishing(settings: Settings, *, clock: Clock = now) -> Publishing:
    """All that changes the table, as set."""
    return Publishing(versions_of(settings), rules_of(settings), clock)


def erasures(settings: Settings) -> Erasures:
    """What is still to be deleted at Twilio, in the database that is set."""
    return Erasures(versions_of(settings).database)
