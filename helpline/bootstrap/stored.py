"""What stands in the database, as set, and what changes the table there."""

from __future__ import annotations

import contextlib
from datetime import datetime
from typing import TYPE_CHECKING

from helpline.bootstrap.clock import Clock, now
from helpline.directory import country
from helpline.directory.country import Country
from helpline.directory.folder import edition_of
from helpline.errors import DatabaseAway, DatabaseNewer, PathsRefused, PublishedMeanwhile, RegionsRefused
from helpline.prompts import language
from helpline.prompts.catalogue import Catalogue
from helpline.settings import Settings
from helpline.storage.first_look import FirstLook, first_look
from helpline.storage.kept import Kept, kept
from helpline.storage.last_good import LastGood

if TYPE_CHECKING:  # who only answers calls does without them
    from helpline.publishing.publishing import Publishing, Rules
    from helpline.storage.database import Database
    from helpline.storage.erasures import Erasures
    from helpline.storage.operators import Operators
    from helpline.storage.versions import Versions

COPYING_WAIT_MS = 30_000  # half of it may pass between two statements, while a slow disk takes what was read


def begin(settings: Settings, *, placeholders_allowed: bool = False, clock: Clock = now) -> None:
    """Once before a service starts: the database is brought up to date, and filled where nothing is published in it.

    With this machine's last good copy, under the number it had, so that calls under way go on; where there is none, or
    it is not sound by today's settings, with the files as version 1.

    A database that is away, or newer than this program, is left to the service, which begins with what it can have.
    Raises RegionsRefused.
    """
    if _is_in_order(settings, clock):
        return
    from helpline.storage import putting_back

    with contextlib.suppress(DatabaseAway, DatabaseNewer, PublishedMeanwhile):
        versions = versions_of(settings)
        versions.database.upgrade()
        _put_back(versions.database, settings, clock, placeholders_allowed=placeholders_allowed)
        if versions.head() is None:
            files, folder = edition_of(settings.helpline_regions), settings.helpline_regions.name
            desk = publishing(settings, clock=clock)
            proposal = desk.propose(None, files.content, "publish", folder, first_placeholders=placeholders_allowed)
            desk.publish(proposal, author=putting_back.AUTHOR, reason=putting_back.FIRST_START)


def _is_in_order(settings: Settings, clock: Clock) -> bool:
    """Whether a first look finds nothing to bring up to date, to publish or to put back."""
    seen, mine = seen_first(settings, clock()), _kept_here(settings)
    return seen is not None and (mine is None or mine.number <= seen.live[0])


def _kept_here(settings: Settings) -> Kept | None:
    found = LastGood(settings.helpline_last_good).read()
    return kept(*found) if found else None


def _put_back(database: Database, settings: Settings, clock: Clock, *, placeholders_allowed: bool) -> None:
    from helpline.storage import putting_back

    version = _kept_here(settings)
    if version is None or not putting_back.is_wanted(database, version, clock()):
        return
    with contextlib.suppress(RegionsRefused, PathsRefused):
        desk = publishing(settings, clock=clock)
        desk.propose(None, version.content, putting_back.PUT_BACK, "", first_placeholders=placeholders_allowed)
        putting_back.put_back(database, version, clock())


def country_of(settings: Settings) -> Country:
    """The country, as its tables in the folder that is set have it. Raises GeographyFault."""
    return country.load(settings.helpline_regions / "geography")


def rules_of(settings: Settings) -> Rules:
    """What a table is held against, as set."""
    from helpline.publishing.publishing import Rules

    catalogue = Catalogue(language.load())
    return Rules(country_of(settings), settings.helpline_numbers, catalogue, settings.helpline_regions.name)


def seen_first(settings: Settings, since: datetime) -> FirstLook | None:
    """What a first look finds in the database that is set; see helpline/storage/first_look.py."""
    return first_look(settings.database_url, since)


def versions_of(settings: Settings) -> Versions:
    """The published versions, in the database that is set."""
    from helpline.storage.versions import Versions

    return Versions(_database(settings))


def database_to_copy(settings: Settings) -> Database:
    """The database that is set, for whoever copies all of it and may be slow at the other end."""
    from helpline.storage.database import Database

    return Database(settings.database_url, wait_ms=COPYING_WAIT_MS)


def publishing(settings: Settings, *, clock: Clock = now) -> Publishing:
    """All that changes the table, as set."""
    from helpline.publishing.publishing import Publishing

    return Publishing(versions_of(settings), rules_of(settings), clock)


def operators(settings: Settings) -> Operators:
    """Who may sign in, in the database that is set."""
    from helpline.storage.operators import Operators

    return Operators(_database(settings))


def erasures(settings: Settings) -> Erasures:
    """What is still to be deleted at Twilio, in the database that is set."""
    from helpline.storage.erasures import Erasures

    return Erasures(_database(settings))


def _database(settings: Settings) -> Database:
    from helpline.storage.database import Database

    return Database(settings.database_url)
