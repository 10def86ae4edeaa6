"""What asks or tells Twilio anything, as set."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

from helpline.bootstrap.clock import Clock
from helpline.bootstrap.stored import versions_of
from helpline.carrier.signature import Signatures
from helpline.carrier.test_calls import DocumentsOfTestCalls
from helpline.directory.table import Table
from helpline.errors import SettingsFault
from helpline.prompts import language
from helpline.prompts.catalogue import Catalogue
from helpline.settings import NEEDED_TO_ASK_TWILIO, Settings, refuse_without
from helpline.upkeep.fallback import FallbackFile
from helpline.upkeep.quiet_hours import NEVER

if TYPE_CHECKING:  # who asks nothing of Twilio does without them
    from helpline.carrier.rest import Rest
    from helpline.upkeep.ringing import Ringer


def twilio(settings: Settings) -> Rest:
    """Twilio's REST, for what is asked of Twilio. Raises SettingsFault where the account is not set."""
    if not (settings.twilio_account_sid and settings.twilio_auth_token):
        raise SettingsFault(
            "Twilio cannot be asked: TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN are needed.",
            help="They stand in the Twilio Console, under Account Info; set them in the environment or in .env.",
        )
    from helpline.carrier.rest import Rest

    return Rest(settings.twilio_account_sid, settings.twilio_auth_token.get_secret_value())


@contextlib.asynccontextmanager
async def ringer(settings: Settings, table: Table, *, clock: Clock, even_now: bool = False) -> AsyncIterator[Ringer]:
    """What rings the numbers of a table, outside the quiet hours unless `even_now` is wanted. Raises SettingsFault."""
    from helpline.storage.rung import Rung
    from helpline.upkeep.ringing import Ringer

    refuse_without(settings, NEEDED_TO_ASK_TWILIO, "No line can be rung")
    quiet_hours = NEVER if even_now else settings.helpline_quiet_hours
    documents = DocumentsOfTestCalls(Catalogue(language.load()), settings.helpline_public_url or "")
    rung = Rung(versions_of(settings).database)
    async with twilio(settings) as telephone:
        yield Ringer(telephone, table, documents, rung, settings.helpline_numbers[0], clock, quiet_hours)


def fallback_file(settings: Settings) -> FallbackFile | None:
    """The file of the fallback document, as set; None where none is wanted."""
    path = settings.helpline_fallback_file
    return FallbackFile(path, settings.helpline_numbers) if path else None


def signatures(settings: Settings) -> Signatures:
    """What tells the carrier from everybody else, as set."""
    tokens = [settings.twilio_auth_token, settings.twilio_auth_token_secondary]
    shared = settings.twilio_shared_key_secret
    return Signatures(
        settings.helpline_public_url or "",
        [token.get_secret_value() for token in tokens if token],
        shared.get_secret_value() if shared else "",
    )
