"""An operator's desk where all is set for Twilio, and an account there, kept in memory."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import respx
from click.testing import CliRunner, Result

from helpline.cli.command import helpline
from helpline.directory.table import Table
from helpline.settings import Settings
from helpline.upkeep.fallback import document_of
from tests.carrier.account import Account
from tests.carrier.rest import ACCOUNT, SECRET, number_fields
from tests.clock import Clock
from tests.conftest import TODAY
from tests.desk import desk_with_version_1

Run = Callable[..., Result]
OWN, SECOND, OTHER = "+31700002000", "+31700002001", "+31700002009"
STATIC = "https://static.example/fallback.xml"
SET = {
    "TWILIO_ACCOUNT_SID": ACCOUNT,
    "TWILIO_AUTH_TOKEN": SECRET,
    "HELPLINE_PUBLIC_URL": "https://helpline.example",
    "HELPLINE_NUMBERS": f"{OWN},{SECOND}",
    "HELPLINE_FALLBACK_URL": STATIC,
    "HELPLINE_KEYWORDS_CHANGED": "true",
}


@pytest.fixture
def all_set(regions: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All is set, in the folder above the region files, where version 1 is live."""
    monkeypatch.chdir(regions.parent)
    for name, value in SET.items():
        monkeypatch.setenv(name, value)
    desk_with_version_1(Settings(_env_file=None), Clock(TODAY))


@pytest.fixture
def run_twilio(all_set: None) -> Run:
    """The command as it is typed."""

    def invoked(*arguments: str, typed: str = "") -> Result:
        return CliRunner().invoke(helpline, ("twilio", *arguments), obj=Clock(TODAY), input=typed)

    return invoked


@pytest.fixture
def account(respx_mock: respx.MockRouter) -> Account:
    """Two numbers as bought, and one of somebody else's service in the same account."""
    other = number_fields(sid="PN3", phone_number=OTHER, voice_url="https://else.example/voice")
    own = number_fields(sid="PN1", phone_number=OWN)
    account = Account({"PN1": own, "PN2": number_fields(sid="PN2", phone_number=SECOND), "PN3": other})
    account.answer(respx_mock)
    return account


@pytest.fixture
def static(table: Table, respx_mock: respx.MockRouter) -> respx.Route:
    """The other host, with the document of version 1."""
    document = document_of(table, (OWN,)).encode()
    return respx_mock.get(STATIC).respond(content=document, headers={"Content-Type": "text/xml"})


@pytest.fixture
def clean(run_twilio: Run, account: Account, static: respx.Route) -> Account:
    """An account as `setup` leaves it."""
    assert static
    assert run_twilio("setup", "--yes").exit_code == 0
    return account
