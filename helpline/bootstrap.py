"""The only place that wires: from settings to a helpline that can answer."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from helpline.carrier.documents import Documents
from helpline.carrier.signature import Signatures
from helpline.directory import country
from helpline.directory.folder import Folder, edition_of
from helpline.directory.live import Directory, Edition, Source
from helpline.directory.version import Version, check_version
from helpline.errors import DatabaseAway, DatabaseNewer, PublishedMeanwhile, RegionsRefused, SettingsFault
from helpline.prompts import language
from helpline.prompts.catalogue import Catalogue
from helpline.publishing.publishing import Publishing, Rules
from helpline.settings import Settings
from helpline.storage.database import Database
from helpline.storage.last_good import LastGood
from helpline.storage.source import PublishedSource
from helpline.storage.versions import Versions
from helpline.switchboard.switchboard import Switchboard

Clock = Callable[[], datetime]


def now() -> datetime:
    """The time, with its zone."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Helpline:
    """Everything a request needs; made once in each process."""

    settings: Settings
    directory: Directory
    switchboard: Switchboard
    documents: Documents
    signatures: Signatures
    clock: Clock = field(default=now)


def helpline(
    settings: Settings,
    *,
    published: bool = False,
    placeholders_allowed: bool = False,
    unread_languages: bool = False,
    clock: Clock = now,
) -> Helpline:
    """A helpline as set. Raises SettingsFault, GeographyFault or RegionsRefused, each with what to do.

    Its table is that of the files, for a rehearsal; or with `published` the live version of the database, where a first
    start publishes the files. A demonstration allows placeholder numbers and offers languages that no native speaker
    has read yet.
    """
    if not (settings.helpline_public_url and settings.helpline_numbers and settings.twilio_auth_token):
        raise SettingsFault("A helpline needs an auth token, a public address and a number of its own.")
    rules = rules_of(settings)
    catalogue = rules.catalogue
    documents = Documents(catalogue, settings.helpline_numbers[0])

    def checked(edition: Edition) -> Version:
        version = Version(edition.name, edition.content, rules.country, settings.helpline_regions.name)
        report = check_version(
            version, clock(), own_numbers=rules.own_numbers, placeholders_allowed=placeholders_allowed
        )
        if report.refused:
            raise RegionsRefused(report.text(), report.counted())
        for _, table in version.ahead(clock()):
            documents.fault(table)  # the last resort is rendered before a call can need it
        return version

    source: Source = Folder(settings.helpline_regions)
    last_good = LastGood(settings.helpline_last_good)
    if published:
        source = PublishedSource(versions_of(settings), last_good, settings.helpline_regions, clock)
    directory = Directory(source, checked, clock)
    return Helpline(
        settings,
        directory,
        Switchboard(directory, clock, catalogue.offered(unread=unread_languages)),
        documents,
        _signatures(settings),
        clock,
    )


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


def _signatures(settings: Settings) -> Signatures:
    tokens = [settings.twilio_auth_token, settings.twilio_auth_token_secondary]
    shared = settings.twilio_shared_key_secret
    return Signatures(
        settings.helpline_public_url or "",
        [token.get_secret_value() for token in tokens if token],
        shared.get_secret_value() if shared else "",
    )
