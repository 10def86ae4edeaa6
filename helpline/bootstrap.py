"""The only place that wires: from settings to a helpline that can answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from helpline.carrier.documents import Documents
from helpline.carrier.signature import Signatures
from helpline.directory import country
from helpline.directory.build import build
from helpline.directory.live import Directory
from helpline.directory.table import Table
from helpline.errors import SettingsFault
from helpline.flow.paths import World
from helpline.flow.steps import NATIONAL, UNKNOWN
from helpline.prompts import language
from helpline.prompts.catalogue import Catalogue
from helpline.settings import Settings
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
    settings: Settings, *, placeholders_allowed: bool = False, unread_languages: bool = False, clock: Clock = now
) -> Helpline:
    """A helpline as set. Raises SettingsFault, GeographyFault or RegionsRefused, each with what to do.

    A demonstration allows placeholder numbers and offers languages that no native speaker has read yet.
    """
    if not (settings.helpline_public_url and settings.helpline_numbers and settings.twilio_auth_token):
        raise SettingsFault("A helpline needs an auth token, a public address and a number of its own.")
    land = country.load(settings.helpline_regions / "geography")
    catalogue = Catalogue(language.load())
    documents = Documents(catalogue, settings.helpline_numbers[0])

    def checked_table() -> Table:
        table = build(
            settings.helpline_regions,
            land,
            own_numbers=settings.helpline_numbers,
            placeholders_allowed=placeholders_allowed,
        )
        documents.fault(table)  # the last resort is rendered before a call can need it
        return table

    directory = Directory(settings.helpline_regions, checked_table, clock)
    return Helpline(
        settings,
        directory,
        Switchboard(directory, clock, catalogue.offered(unread=unread_languages)),
        documents,
        _signatures(settings),
        clock,
    )


def world_of(table: Table, catalogue: Catalogue, *, unread_languages: bool = False) -> World:
    """All that a call can meet with this table and these words, for the walk of every path."""
    return World(
        regions=tuple(name for name in table.organisations if name != NATIONAL),
        guesses=(UNKNOWN, *dict.fromkeys(table.region_of_area_code.values())),
        routes=lambda line, name: len(table.routes(line, name)),
        duties=lambda name: ("open", "closed") if table.organisation(name).doctors else ("none",),
        languages="-".join(catalogue.offered(unread=unread_languages)),
        has_words=lambda prompt, code: prompt in catalogue.languages[code].words,
    )


def _signatures(settings: Settings) -> Signatures:
    tokens = [settings.twilio_auth_token, settings.twilio_auth_token_secondary]
    shared = settings.twilio_shared_key_secret
    return Signatures(
        settings.helpline_public_url or "",
        [token.get_secret_value() for token in tokens if token],
        shared.get_secret_value() if shared else "",
    )
