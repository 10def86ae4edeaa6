"""An operator checks what Twilio is set to: everything that was changed behind our back is found."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import respx
from click.testing import CliRunner

from helpline.cli.command import helpline
from helpline.directory.table import Table
from helpline.upkeep.fallback import document_of
from tests.carrier.account import Account
from tests.cli.conftest import OTHER, OWN, Run
from tests.clock import Clock
from tests.conftest import TODAY
from tests.desk import edit

pytestmark = pytest.mark.usefixtures("all_set")


def test_after_setup_the_check_is_clean(run_twilio: Run, clean: Account) -> None:
    """What the one command sets is what the other wants; the number of somebody else's service is left alone."""
    assert clean
    done = run_twilio("check")
    assert (done.exit_code, done.stdout.splitlines()[-1]) == (0, "Twilio is set as it must be.")
    assert done.stdout.startswith("Held against: Version 1, ")


SEEDED: dict[str, tuple[str, dict[str, Any], str]] = {
    "no voice address": ("PN1", {"voice_url": ""}, "no voice address"),
    "another voice address": ("PN2", {"voice_url": "https://old.example/voice"}, "VoiceUrl is"),
    "voice method": ("PN1", {"voice_method": "GET"}, "VoiceMethod is GET"),
    "no fallback": ("PN1", {"voice_fallback_url": None}, "no fallback address"),
    "another fallback": ("PN2", {"voice_fallback_url": "https://old.example/f.xml"}, "VoiceFallbackUrl is"),
    "fallback by POST": ("PN1", {"voice_fallback_method": "POST"}, "VoiceFallbackMethod is POST"),
    "status callback": ("PN1", {"status_callback": ""}, "StatusCallback is empty"),
    "status method": ("PN1", {"status_callback_method": "GET"}, "StatusCallbackMethod is GET"),
    "application": ("PN1", {"voice_application_sid": "AP1"}, "VoiceApplicationSid is AP1"),
    "trunk": ("PN1", {"trunk_sid": "TK1"}, "TrunkSid is TK1"),
    "texts": ("PN1", {"sms_url": "https://demo.example/reply"}, "SmsUrl is"),
    "text method": ("PN1", {"sms_method": "GET"}, "SmsMethod is GET"),
    "text fallback": ("PN1", {"sms_fallback_url": "https://demo.example/"}, "SmsFallbackUrl is"),
    "text fallback method": ("PN1", {"sms_fallback_method": "POST"}, "SmsFallbackMethod is POST"),
    "text application": ("PN1", {"sms_application_sid": "AP1"}, "SmsApplicationSid is AP1"),
    "cannot take calls": ("PN2", {"capabilities": {"voice": False, "sms": True}}, "cannot take calls"),
    "caller ID gone": ("PN1", {"phone_number": OTHER, "voice_url": "https://else.example"}, "13214"),
    "number gone": ("PN2", {"phone_number": OTHER, "voice_url": "https://else.example"}, "is not in this account"),
    "unknown number, silent": ("PN3", {"voice_url": ""}, "has no voice address"),
    "unknown number, points here": ("PN3", {"sms_url": "https://helpline.example/sms"}, "points at this service"),
    "the table dials it": ("PN3", {"phone_number": "+31700000900"}, "landelijk advice 1 rings it"),
}


@pytest.mark.parametrize("seeded", SEEDED)
def test_every_drift_at_a_number_is_found(run_twilio: Run, clean: Account, seeded: str) -> None:
    """One thing changed behind our back in a clean account: it is told, with what to do, and the exit says 1."""
    sid, changed, what = SEEDED[seeded]
    clean.numbers[sid] |= changed
    done = run_twilio("check")
    assert done.exit_code == 1
    assert what in done.stdout
    assert "  help: " in done.stdout


@pytest.mark.parametrize(
    ("served", "what"),
    [
        ({"status_code": 404}, "cannot be had by GET: the answer is 404"),
        ({"content_type": "text/plain"}, "served as text/plain"),
        ({"text": "<Response/>", "content_type": "text/xml"}, "not the one of the live routing table"),
    ],
    ids=["not there", "content type", "another document"],
)
def test_every_drift_of_the_document_is_found(
    run_twilio: Run, clean: Account, static: respx.Route, table: Table, served: dict[str, Any], what: str
) -> None:
    """What Twilio would get from the other host is looked at, not only where it would ask."""
    assert clean
    static.respond(**{"text": document_of(table, (OWN,)), **served})
    done = run_twilio("check")
    assert done.exit_code == 1
    assert what in done.stdout


def test_a_new_desk_makes_the_document_an_old_one(run_twilio: Run, clean: Account, regions: Path) -> None:
    """After a publication the other host still has the old number, and the check says so."""
    assert clean
    edit(regions / "landelijk.toml", "+31 70 000 0900", "+31 70 000 0977")
    published = CliRunner().invoke(helpline, ["regions", "publish", "--reason", "New", "--yes"], obj=Clock(TODAY))
    assert published.exit_code == 0
    assert "not the one of the live routing table" in run_twilio("check").stdout


@pytest.mark.respx(assert_all_called=False)
@pytest.mark.parametrize(
    ("address", "what"),
    [("", "HELPLINE_FALLBACK_URL is not set"), ("https://helpline.example/f.xml", "own host")],
    ids=["none", "the same host"],
)
def test_a_deployment_without_a_fallback_of_its_own_is_told(
    run_twilio: Run,
    clean: Account,
    respx_mock: respx.MockRouter,
    monkeypatch: pytest.MonkeyPatch,
    address: str,
    what: str,
) -> None:
    """The check runs without it too, since that is what it is to tell."""
    assert clean
    monkeypatch.setenv("HELPLINE_FALLBACK_URL", address)
    respx_mock.get("https://helpline.example/f.xml").respond(404)
    done = run_twilio("check")
    assert done.exit_code == 1
    assert what in done.stdout


def test_a_warning_alone_is_clean(run_twilio: Run, clean: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    """Until Twilio's support has changed the keywords the check warns, and can be used all the same."""
    assert clean
    monkeypatch.setenv("HELPLINE_KEYWORDS_CHANGED", "false")
    done = run_twilio("check")
    assert done.exit_code == 0
    assert "warning: Twilio itself answers a text that says HELP" in done.stdout
    told = json.loads(run_twilio("check", "--json").stdout)["drifts"]
    assert [drift["warning"] for drift in told] == [True]
