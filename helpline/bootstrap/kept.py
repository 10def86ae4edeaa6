"""What is kept of calls and texts, as set."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

from helpline.bootstrap.clock import Clock
from helpline.bootstrap.later import later
from helpline.settings import Settings
from helpline.upkeep.alerts import Alerts
from helpline.upkeep.forgetting import Forgetting
from helpline.upkeep.records import Records

if TYPE_CHECKING:
    from helpline.storage.calls import Calls
    from helpline.storage.counts import Counts
    from helpline.storage.retention import Retention


def records(settings: Settings, alerts: Alerts, clock: Clock) -> Records:
    """What writes down calls and texts in the database that is set."""
    return Records(later(lambda: calls(settings)), derived_key(settings, "records"), clock, alerts.records_lost)


def calls(settings: Settings) -> Calls:
    """Calls and texts as they are written down, in the database that is set."""
    from helpline.storage.calls import Calls
    from helpline.storage.database import Database

    return Calls(Database(settings.database_url))


def forgetting(settings: Settings, clock: Clock) -> Forgetting:
    """What deletes them after the days that are set."""
    return Forgetting(later(lambda: retention(settings)), settings.helpline_record_days, clock)


def retention(settings: Settings) -> Retention:
    """Calls and texts as time passes, in the database that is set."""
    from helpline.storage.database import Database
    from helpline.storage.retention import Retention

    return Retention(Database(settings.database_url))


def counts(settings: Settings) -> Counts:
    """What is counted of calls and texts, in the database that is set."""
    from helpline.storage.counts import Counts
    from helpline.storage.database import Database

    return Counts(Database(settings.database_url))


def derived_key(settings: Settings, purpose: str) -> bytes:
    """A key for this purpose alone, the same in every process and on every machine with the same settings.

    The auth token serves where no secret key is set: all machines have it, and nobody learns it from what is hashed.
    """
    secret = settings.helpline_secret_key or settings.twilio_auth_token
    assert secret is not None, "a helpline has an auth token"
    return hmac.digest(secret.get_secret_value().encode(), f"helpline {purpose}".encode(), "sha256")
