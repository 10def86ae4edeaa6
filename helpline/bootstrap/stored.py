"""What stands in the database, as set, and what changes the table there."""

from __future__ import annotations

import contextlib

from helpline.bootstrap.clock import Clock, now
from helpline.directory import country
from helpline.directory.folder import edition_of
from helpline.errors import DatabaseAway, DatabaseNewer, PublishedMeanwhile
from helpline.prompts import language
from helpline.prompts.catalogue import Catalogue
from helpline.publishing.publishing import Publishing, Rules
from helpline.settings import Settings
from helpline.storage.database import Database
from helpline.storage.erasures import Erasures
from helpline.storage.versions import Versions


def begin(settings: Settings, *, placeholders_allowed: bool = False, clock: Clock = now) -> None:
    """Once before a service starts: the database is brought up to date, and the files published where nothing is.

    A database that is away, or newer than this program, is left to the service, which begins with what it can have.
    Raises RegionsRefused.
    """
    with contextlib.suppress(DatabaseAway, DatabaseNewer, PublishedMeanwhile):
        versions_of(settings).database.upgrade()
        desk = publishing(settings, clock=clock)
        if desk.versions.head() is None:
            files = edition_of(settings.helpline_regions)
            proposal = desk.propose(
                None, files.content, "publish", settings.helpline_regions.name, first_placeholders=placeholders_allowed
            )
            desk.publish(proposal, author="helpline", reason="First start")


def rules_of(settings: Settings) -> Rules:
    """What a table is held against, as set."""
    land = country.load(settings.helpline_regions / "geography")
    return Rules(land, settings.helpline_numbers, Catalogue(language.load()), settings.helpline_regions.name)


def versions_of(settings: Settings) -> Versions:
    """The published versions, in the database that is set."""
    return Versions(Database(settings.database_url))


def publishing(settings: Settings, *, clock: Clock = now) -> Publishing:
    """All that changes the table, as set."""
    return Publishing(versions_of(settings), rules_of(settings), clock)


def erasures(settings: Settings) -> Erasures:
    """What is still to be deleted at Twilio, in the database that is set."""
    return Erasures(versions_of(settings).database)
