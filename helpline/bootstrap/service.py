"""A service from its settings: all that a request needs, wired once in each process."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from helpline.bootstrap.clock import Clock, now
from helpline.bootstrap.kept import forgetting, records
from helpline.bootstrap.later import later
from helpline.bootstrap.stored import country_of, erasures, publishing, seen_first, versions_of
from helpline.bootstrap.telephone import fallback_file, ringer, signatures, twilio
from helpline.carrier.documents import Documents
from helpline.carrier.signature import Signatures
from helpline.carrier.test_calls import DocumentsOfTestCalls
from helpline.directory.folder import Folder
from helpline.directory.live import Directory, Edition, Source
from helpline.directory.one_edition import OneEdition
from helpline.directory.version import Version, check_version
from helpline.errors import RegionsRefused, SettingsFault
from helpline.metrics import Metrics
from helpline.prompts import language
from helpline.prompts.catalogue import Catalogue
from helpline.settings import Settings
from helpline.storage.last_good import LastGood
from helpline.storage.source import PublishedSource
from helpline.switchboard.reply_cap import ReplyCap
from helpline.switchboard.switchboard import Switchboard
from helpline.switchboard.texts import Texts
from helpline.upkeep.alerts import Alerts, Send, nowhere
from helpline.upkeep.fallback import FallbackFile
from helpline.upkeep.forgetting import Forgetting
from helpline.upkeep.quiet_hours import refuse_quiet
from helpline.upkeep.records import Records

if TYPE_CHECKING:  # each is loaded where it is set
    from helpline.storage.rung import Rung
    from helpline.upkeep.erasing import Eraser
    from helpline.upkeep.ringing_lines import DailyRound

KEY_WAIT_MS = 1500  # for the key of a test call: Twilio waits three seconds for the answer


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
    metrics: Metrics = field(default_factory=Metrics)
    records: Records | None = None
    forgetting: Forgetting | None = None


def helpline(
    settings: Settings,
    *,
    published: bool = False,
    placeholders_allowed: bool = False,
    unread_languages: bool = False,
    clock: Clock = now,
    metrics: Metrics | None = None,
    edition: Edition | None = None,
) -> Helpline:
    """A helpline as set. Raises SettingsFault, GeographyFault or RegionsRefused, each with what to do.

    Its table is that of the files, or of an `edition`, for a rehearsal; or with `published` the live version of the
    database, where a first start publishes the files. A demonstration allows placeholder numbers, offers languages that
    no native speaker has read yet, tells no operator of what does not answer, deletes nothing at Twilio and writes no
    fallback document.
    `metrics` are those of a worker among others; by default it counts by itself.
    """
    if not (settings.helpline_public_url and settings.helpline_numbers and settings.twilio_auth_token):
        raise SettingsFault("A helpline needs an auth token, a public address and a number of its own.")
    land, catalogue = country_of(settings), Catalogue(language.load())
    documents = Documents(catalogue, settings.helpline_numbers[0])

    def checked(edition: Edition) -> Version:
        version = Version(edition.name, edition.content, land, settings.helpline_regions.name)
        report = check_version(
            version, clock(), own_numbers=settings.helpline_numbers, placeholders_allowed=placeholders_allowed
        )
        if report.refused:
            raise RegionsRefused(report.text(), report.counted())
        for _, table in version.ahead(clock()):
            documents.fault(table)  # the last resort is rendered before a call can need it
        return version

    source: Source = OneEdition(edition) if edition else Folder(settings.helpline_regions)
    last_good = LastGood(settings.helpline_last_good)
    if published:
        source = PublishedSource(
            later(lambda: versions_of(settings)),
            lambda since: seen_first(settings, since),
            last_good,
            settings.helpline_regions,
            clock,
        )
    directory = Directory(source, checked, clock)
    languages = catalogue.offered(unread=unread_languages)
    alerts = _alerts(settings, clock, told=not placeholders_allowed)
    test_calls = DocumentsOfTestCalls(catalogue, settings.helpline_public_url)
    return Helpline(
        settings,
        directory,
        Switchboard(directory, clock, languages),
        _texts(settings, directory, clock, languages),
        documents,
        signatures(settings),
        alerts,
        later(lambda: _rung(settings)),
        test_calls,
        _eraser(settings, alerts, clock) if published and not placeholders_allowed else None,
        _daily_round(settings, directory, alerts, clock) if published and not placeholders_allowed else None,
        fallback_file(settings) if published and not placeholders_allowed else None,
        clock,
        metrics or Metrics(),
        records(settings, alerts, clock) if published else None,
        forgetting(settings, clock) if published else None,
    )


def _rung(settings: Settings) -> Rung:
    """The test calls, in the database that is set."""
    from helpline.storage.database import Database
    from helpline.storage.rung import Rung

    return Rung(Database(settings.database_url, wait_ms=KEY_WAIT_MS))


def _alerts(settings: Settings, clock: Clock, *, told: bool) -> Alerts:
    """Alerts as set; only the log has them unless they are `told`. Raises SettingsFault."""
    return Alerts(
        failed_dials=settings.helpline_alert_failed_dials,
        within=timedelta(minutes=settings.helpline_alert_minutes),
        clock=clock,
        send=_sending(settings, clock) if told else nowhere,
    )


def _sending(settings: Settings, clock: Clock) -> Send:
    """How operators are told, as set. Raises SettingsFault."""
    url, numbers = settings.helpline_alert_url, settings.helpline_alert_numbers
    if not (url or numbers):
        return nowhere
    if numbers:
        twilio(settings)  # refuses here, once, rather than with every alert
    from helpline.upkeep.alert_sending import AlertSending

    secret, sender = url.get_secret_value() if url else None, settings.helpline_numbers[0]
    return AlertSending(secret, numbers, sender=sender, texting=lambda: twilio(settings), clock=clock)


def _eraser(settings: Settings, alerts: Alerts, clock: Clock) -> Eraser | None:
    """What deletes calls and texts at Twilio, as set; None where they stay. Raises SettingsFault."""
    if not settings.helpline_erase_at_twilio:
        return None
    from helpline.upkeep.erasing import Eraser

    twilio(settings)  # refuses here, once, rather than every few seconds
    numbers = settings.helpline_numbers
    return Eraser(erasures(settings), lambda: twilio(settings), clock, numbers, alerts.erasure_given_up)


def _daily_round(settings: Settings, directory: Directory, alerts: Alerts, clock: Clock) -> DailyRound | None:
    """The round of test calls as set; None where none is wanted. Raises SettingsFault."""
    at = settings.helpline_ring_lines_at
    if at is None:
        return None
    from helpline.upkeep.ringing_lines import DailyRound

    refuse_quiet(settings.helpline_quiet_hours, at)
    twilio(settings)  # refuses here, once, rather than every day
    return DailyRound(
        at,
        lambda: ringer(settings, directory.current, clock=clock),
        _rung(settings),
        lambda: publishing(settings, clock=clock),
        alerts,
        clock,
    )


def _texts(settings: Settings, directory: Directory, clock: Clock, languages: Sequence[str]) -> Texts:
    cries_are_ours = settings.helpline_keywords_changed
    return Texts(directory, clock, languages, settings.helpline_numbers, ReplyCap(), cries_are_ours=cries_are_ours)
