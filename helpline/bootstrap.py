"""The only place that wires: from settings to a helpline that can answer."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from helpline.carrier.documents import Documents
from helpline.carrier.rest import Rest
from helpline.carrier.signature import Signatures
from helpline.carrier.test_calls import DocumentsOfTestCalls
from helpline.directory import country
from helpline.directory.folder import Folder, edition_of
from helpline.directory.live import Directory, Edition, Source
from helpline.directory.table import Table
from helpline.directory.version import Version, check_version
from helpline.errors import DatabaseAway, DatabaseNewer, PublishedMeanwhile, RegionsRefused, SettingsFault
from helpline.prompts import language
from helpline.prompts.catalogue import Catalogue
from helpline.publishing.publishing import Publishing, Rules
from helpline.settings import NEEDED_TO_ASK_TWILIO, Settings, refuse_without
from helpline.storage.database import Database
from helpline.storage.erasures import Erasures
from helpline.storage.last_good import LastGood
from helpline.storage.rung import Rung
from helpline.storage.source import PublishedSource
from helpline.storage.versions import Versions
from helpline.switchboard.reply_cap import ReplyCap
from helpline.switchboard.switchboard import Switchboard
from helpline.switchboard.texts import Texts
from helpline.upkeep.alert_sending import AlertSending
from helpline.upkeep.alerts import Alerts, nowhere
from helpline.upkeep.erasing import Eraser
from helpline.upkeep.fallback import FallbackFile
from helpline.upkeep.quiet_hours import NEVER, refuse_quiet
from helpline.upkeep.ringing import Ringer
from helpline.upkeep.ringing_lines import DailyRound

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
    texts: Texts
    documents: Documents
    signatures: Signatures
    alerts: Alerts
    rung: Rung
    test_calls: DocumentsOfTestCalls
    eraser: Eraser | None = None
    daily_round: DailyRound | None = None
    fallback: FallbackFile | None = None
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
    start publishes the files. A demonstration allows placeholder numbers, offers languages that no native speaker has
    read yet, tells no operator of what does not answer, deletes nothing at Twilio and writes no fallback document.
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
    languages = catalogue.offered(unread=unread_languages)
    alerts = _alerts(settings, clock, told=not placeholders_allowed)
    rung = Rung(versions_of(settings).database)
    test_calls = DocumentsOfTestCalls(catalogue, settings.helpline_public_url)
    return Helpline(
        settings,
        directory,
        Switchboard(directory, clock, languages),
        _texts(settings, directory, clock, languages),
        documents,
        _signatures(settings),
        alerts,
        rung,
        test_calls,
        _eraser(settings, alerts, clock) if published and not placeholders_allowed else None,
        _daily_round(settings, directory, alerts, clock) if published and not placeholders_allowed else None,
        fallback_file(settings) if published and not placeholders_allowed else None,
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


def fallback_file(settings: Settings) -> FallbackFile | None:
    """The file of the fallback document, as set; None where none is wanted."""
    path = settings.helpline_fallback_file
    return FallbackFile(path, settings.helpline_numbers) if path else None


def _alerts(settings: Settings, clock: Clock, *, told: bool) -> Alerts:
    """Alerts as set; only the log has them unless they are `told`. Raises SettingsFault."""
    url = settings.helpline_alert_url
    if told and settings.helpline_alert_numbers:
        twilio(settings)  # refuses here, once, rather than with every alert
    sending = AlertSending(
        url.get_secret_value() if url else None,
        settings.helpline_alert_numbers,
        sender=settings.helpline_numbers[0],
        texting=lambda: twilio(settings),
        clock=clock,
    )
    return Alerts(
        failed_dials=settings.helpline_alert_failed_dials,
        within=timedelta(minutes=settings.helpline_alert_minutes),
        clock=clock,
        send=sending if told else nowhere,
    )


def twilio(settings: Settings) -> Rest:
    """Twilio's REST, for what is asked of Twilio. Raises SettingsFault where the account is not set."""
    if not (settings.twilio_account_sid and settings.twilio_auth_token):
        raise SettingsFault(
            "Twilio cannot be asked: TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN are needed.",
            help="They stand in the Twilio Console, under Account Info; set them in the environment or in .env.",
        )
    return Rest(settings.twilio_account_sid, settings.twilio_auth_token.get_secret_value())


@contextlib.asynccontextmanager
async def ringer(settings: Settings, table: Table, *, clock: Clock, even_now: bool = False) -> AsyncIterator[Ringer]:
    """What rings the numbers of a table, outside the quiet hours unless `even_now` is wanted. Raises SettingsFault."""
    refuse_without(settings, NEEDED_TO_ASK_TWILIO, "No line can be rung")
    quiet_hours = NEVER if even_now else settings.helpline_quiet_hours
    documents = DocumentsOfTestCalls(Catalogue(language.load()), settings.helpline_public_url or "")
    rung = Rung(versions_of(settings).database)
    async with twilio(settings) as telephone:
        yield Ringer(telephone, table, documents, rung, settings.helpline_numbers[0], clock, quiet_hours)


def erasures(settings: Settings) -> Erasures:
    """What is still to be deleted at Twilio, in the database that is set."""
    return Erasures(versions_of(settings).database)


def _eraser(settings: Settings, alerts: Alerts, clock: Clock) -> Eraser | None:
    """What deletes calls and texts at Twilio, as set; None where they stay. Raises SettingsFault."""
    if not settings.helpline_erase_at_twilio:
        return None
    twilio(settings)  # refuses here, once, rather than every few seconds
    numbers = settings.helpline_numbers
    return Eraser(erasures(settings), lambda: twilio(settings), clock, numbers, alerts.erasure_given_up)


def _daily_round(settings: Settings, directory: Directory, alerts: Alerts, clock: Clock) -> DailyRound | None:
    """The round of test calls as set; None where none is wanted. Raises SettingsFault."""
    at = settings.helpline_ring_lines_at
    if at is None:
        return None
    refuse_quiet(settings.helpline_quiet_hours, at)
    twilio(settings)  # refuses here, once, rather than every day
    return DailyRound(
        at,
        lambda: ringer(settings, directory.current, clock=clock),
        Rung(versions_of(settings).database),
        lambda: publishing(settings, clock=clock),
        alerts,
        clock,
    )


def _texts(settings: Settings, directory: Directory, clock: Clock, languages: Sequence[str]) -> Texts:
    cries_are_ours = settings.helpline_keywords_changed
    return Texts(directory, clock, languages, settings.helpline_numbers, ReplyCap(), cries_are_ours=cries_are_ours)


def _signatures(settings: Settings) -> Signatures:
    tokens = [settings.twilio_auth_token, settings.twilio_auth_token_secondary]
    shared = settings.twilio_shared_key_secret
    return Signatures(
        settings.helpline_public_url or "",
        [token.get_secret_value() for token in tokens if token],
        shared.get_secret_value() if shared else "",
    )
