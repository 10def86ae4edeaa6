"""An operator sets up Twilio from the terminal, and writes the document for when this service fails."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
import respx
from click.testing import CliRunner

from helpline.carrier.addresses import CONNECTION
from helpline.cli.command import COULD_NOT_RUN, helpline, main
from helpline.errors import CarrierRefused, SettingsFault
from tests.carrier.account import Account
from tests.carrier.rest import ACCOUNT, SECRET
from tests.cli.conftest import OTHER, OWN, SECOND, SET, STATIC, Run
from tests.clock import Clock
from tests.conftest import TODAY
from tests.desk import edit

pytestmark = pytest.mark.usefixtures("all_set")
DIVERSION = ("--to", "utrecht", "--until", "15:00", "--reason", "Storm")


@pytest.mark.respx(assert_all_called=False)
def test_setup_shows_asks_and_sets(run_twilio: Run, account: Account) -> None:
    """Each change is shown before the question, with no nothing is changed, with yes each number is set."""
    refused = run_twilio("setup", typed="n\n")
    assert isinstance(refused.exception, SystemExit)
    assert "+31700002000  VoiceUrl: (empty) → https://helpline.example/voice" in refused.stdout
    assert OTHER not in refused.stdout
    assert account.asked == ["list"]
    done = run_twilio("setup", typed="y\n")
    assert done.stdout.endswith(f"{OWN} is set.\n{SECOND} is set.\n")
    assert done.exit_code == 0
    assert account.numbers["PN2"]["voice_fallback_url"] == STATIC
    assert account.numbers["PN3"]["voice_url"] == "https://else.example/voice"


@pytest.mark.respx(assert_all_called=False)
def test_setup_a_second_time_does_nothing(run_twilio: Run, account: Account) -> None:
    """Nothing is read back after a change, and what is set already is not sent again."""
    assert run_twilio("setup", "--yes").exit_code == 0
    assert account.asked.count("list") == 1
    assert "VoiceMethod" not in account.asked
    again = run_twilio("setup")
    assert (again.exit_code, again.stdout) == (0, "Everything is set already.\n")


@pytest.mark.respx(assert_all_called=False)
def test_setup_tells_what_twilio_did_not_take(run_twilio: Run, account: Account) -> None:
    """The answer to the change is what counts."""
    account.ignored = {"VoiceFallbackMethod"}
    done = run_twilio("setup", "--yes")
    assert f"{OWN}  Twilio did not take VoiceFallbackMethod: POST → GET" in done.stdout
    assert done.exit_code == 1


@pytest.mark.respx(assert_all_called=False)
def test_setup_sets_what_is_there_and_tells_what_is_not(run_twilio: Run, account: Account) -> None:
    """A number that was not bought cannot be set; the others are."""
    del account.numbers["PN2"]
    done = run_twilio("setup", "--yes")
    assert f"{SECOND} is not in this account." in done.stdout
    assert f"{OWN} is set." in done.stdout
    assert done.exit_code == 1


@pytest.mark.respx(assert_all_called=False)
def test_setup_for_programs(run_twilio: Run, account: Account) -> None:
    """Its JSON has each change and what was not taken; the question goes elsewhere."""
    account.ignored = {"SmsUrl"}
    done = run_twilio("setup", "--json", typed="y\n")
    told = json.loads(done.stdout)
    assert told["changed"][0]["phone_number"] == OWN
    assert {"setting": "VoiceUrl", "now": "", "then": f"https://helpline.example/voice{CONNECTION}"} in told["changed"][
        0
    ]["changes"]
    assert told["changed"][0]["left"] == [
        {"setting": "SmsUrl", "now": "", "then": f"https://helpline.example/sms{CONNECTION}"}
    ]
    assert told["drifts"] == []


@pytest.mark.parametrize("name", [name for name in SET if name != "HELPLINE_KEYWORDS_CHANGED"])
def test_setup_names_what_is_not_set(run_twilio: Run, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """One sentence for each setting, with where it is to be found; Twilio is not asked."""
    monkeypatch.delenv(name)
    fault = run_twilio("setup", "--yes").exception
    assert isinstance(fault, SettingsFault)
    assert f"{name} is not set. It" in str(fault) or f"{name} is not set. They" in str(fault)


@pytest.mark.parametrize("command", ["setup", "check"])
def test_a_wrong_token_could_not_run(
    respx_mock: respx.MockRouter, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    """Exit 2, with which settings to look at; neither the token nor the account's SID is shown."""
    respx_mock.get(host="api.twilio.com").respond(401, json={"code": 20003})
    monkeypatch.setattr(sys, "argv", ["helpline", "twilio", command])
    with pytest.raises(SystemExit) as ended:
        main()
    told = "".join(capsys.readouterr())
    assert ended.value.code == COULD_NOT_RUN
    assert "TWILIO_AUTH_TOKEN" in told
    assert SECRET not in told
    assert ACCOUNT not in told


@pytest.mark.respx(assert_all_called=False)
def test_a_refusal_half_way_can_be_taken_up_again(run_twilio: Run, account: Account) -> None:
    """What was set stays set; the same command goes on with the rest."""
    account.refused = {"PN2"}
    assert isinstance(run_twilio("setup", "--yes").exception, CarrierRefused)
    assert account.numbers["PN1"]["voice_fallback_url"] == STATIC
    account.refused = set()
    again = run_twilio("setup", "--yes").stdout
    assert f"{SECOND} is set." in again
    assert OWN not in again.replace(SECOND, "")


def test_the_document_is_printed_or_written(run_twilio: Run) -> None:
    """The same either way; a second time nothing is written."""
    printed = run_twilio("fallback").stdout
    done = run_twilio("fallback", "--write", "static/f.xml")
    assert done.stdout.startswith("static/f.xml is written. Version 1, ")
    assert Path("static/f.xml").read_text("utf-8") == printed.rstrip("\n")
    assert "was so already" in run_twilio("fallback", "--write", "static/f.xml").stdout


def test_a_document_that_cannot_be_written_could_not_run(run_twilio: Run) -> None:
    """The file is named."""
    Path("static").write_text("not a folder", "utf-8")
    fault = run_twilio("fallback", "--write", "static/f.xml").exception
    assert isinstance(fault, SettingsFault)
    assert "static/f.xml cannot be written" in str(fault)


def test_publishing_diverting_and_rolling_back_write_the_document(
    regions: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where HELPLINE_FALLBACK_FILE is set the file follows the live version, and only a change of it is told."""
    monkeypatch.setenv("HELPLINE_FALLBACK_FILE", "static/fallback.xml")

    def regions_told(*arguments: str) -> str:
        done = CliRunner().invoke(helpline, ["regions", *arguments], obj=Clock(TODAY))
        assert done.exit_code == 0, done.output
        return done.output

    edit(regions / "landelijk.toml", "+31 70 000 0900", "+31 70 000 0977")
    assert "The fallback document has changed: static/fallback.xml" in regions_told(
        "publish", "--reason", "New", "--yes"
    )
    assert "+31700000977" in Path("static/fallback.xml").read_text("utf-8")
    assert "fallback" not in regions_told("divert", "zeeland", "advice", *DIVERSION)
    assert "has changed" in regions_told("rollback", "1", "--reason", "Back", "--yes")
    assert "+31700000900" in Path("static/fallback.xml").read_text("utf-8")


@pytest.mark.parametrize(
    ("unset", "told"),
    [("", "static/fallback.xml cannot be written"), ("HELPLINE_NUMBERS", "HELPLINE_NUMBERS is not set")],
)
def test_a_document_that_cannot_be_made_costs_no_publication(
    monkeypatch: pytest.MonkeyPatch, unset: str, told: str
) -> None:
    """The version is live, and what became of the document is told beside it."""
    monkeypatch.setenv("HELPLINE_FALLBACK_FILE", "static/fallback.xml")
    monkeypatch.setenv("UNUSED", "")
    monkeypatch.delenv(unset or "UNUSED")
    Path("static").write_text("not a folder", "utf-8")
    done = CliRunner().invoke(helpline, ["regions", "divert", "zeeland", "advice", *DIVERSION], obj=Clock(TODAY))
    assert done.exit_code == 0
    assert "is live" in done.stdout
    assert told in done.stderr
