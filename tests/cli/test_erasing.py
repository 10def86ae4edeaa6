"""An operator has deleted at Twilio what waits for it."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest
import respx
from click.testing import CliRunner, Result

from helpline import bootstrap
from helpline.cli.erasing import erase
from helpline.settings import Settings
from helpline.storage.erasures import Erasures
from tests.clock import Clock
from tests.conftest import TODAY
from tests.upkeep.at_twilio import text

ACCOUNT = "AC" + "0" * 32
MESSAGES = f"https://api.twilio.com/2010-04-01/Accounts/{ACCOUNT}/Messages"
Run = Callable[[], Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command, with the account set."""
    monkeypatch.setenv("TWILIO_ACCOUNT_SID", ACCOUNT)
    monkeypatch.setenv("TWILIO_AUTH_TOKEN", "a-token")
    return lambda: CliRunner().invoke(erase, [], obj=Clock(TODAY))


@pytest.fixture
def erasures(run: Run) -> Erasures:
    """A queue of one text that waits and one that was given up."""
    settings = Settings(_env_file=None)
    bootstrap.versions_of(settings).database.upgrade()
    queue = bootstrap.erasures(settings)
    queue.add({text(1): TODAY, text(2): TODAY})
    queue.give_up(text(2))
    return queue


def test_all_are_tried_and_counted(run: Run, erasures: Erasures, respx_mock: respx.MockRouter) -> None:
    """Deleted now or gone already, nothing is left; exit 0."""
    respx_mock.delete(f"{MESSAGES}/{text(1)}.json").mock(httpx.Response(204))
    respx_mock.delete(f"{MESSAGES}/{text(2)}.json").mock(httpx.Response(404))
    done = run()
    assert (done.exit_code, done.output) == (0, "Waiting: 1. Given up: 1.\nGone: 2. Left: 0.\n")
    assert (erasures.waiting(), erasures.given_up()) == (0, 0)


def test_what_is_left_is_told_with_the_reason(run: Run, erasures: Erasures, respx_mock: respx.MockRouter) -> None:
    """With what to do, and exit 1; the token is tried once."""
    refused = respx_mock.delete(f"{MESSAGES}/{text(1)}.json").mock(httpx.Response(401, json={"code": 20003}))
    done = run()
    assert done.exit_code == 1
    assert done.stdout == "Waiting: 1. Given up: 1.\nGone: 0. Left: 2.\n"
    assert "Twilio does not know these credentials (401, its error 20003). Look at TWILIO_ACCOUNT_SID" in done.stderr
    assert refused.call_count == 1
    assert (erasures.waiting(), erasures.given_up()) == (2, 0)


def test_where_nothing_waits_twilio_is_not_asked(run: Run, respx_mock: respx.MockRouter) -> None:
    """Also where there was no database yet."""
    done = run()
    assert (done.exit_code, done.output) == (0, "Waiting: 0. Given up: 0.\n")
    assert not respx_mock.calls
