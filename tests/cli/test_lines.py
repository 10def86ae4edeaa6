"""An operator rings the organisations' own numbers."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
import respx
from click.testing import CliRunner, Result

from helpline import bootstrap
from helpline.cli.command import helpline
from helpline.directory.table import Table
from helpline.errors import ChangeRefused, SettingsFault, UnknownRegion
from helpline.settings import Settings
from helpline.storage.database import Database
from helpline.storage.rung import Rung
from helpline.storage.tested_number import TestedNumber
from helpline.upkeep import ringing
from helpline.web.serving import serving
from tests.clock import Clock
from tests.conftest import OWN_NUMBER, PUBLIC_URL, TODAY, TOKEN
from tests.desk import desk_with_version_1, edit
from tests.twilio_calls import ACCOUNT, CALLS, Workers, accepted
from tests.web.carrier import Carrier

Run = Callable[..., Result]
FIRST, SECOND, DOCTORS = "+31300000001", "+31300000002", "+31300000003"
NUMBERS = (
    TestedNumber("utrecht", "advice", FIRST),
    TestedNumber("utrecht", "advice", SECOND),
    TestedNumber("utrecht", "doctors", DOCTORS),
)
# What whoever answers does, or Twilio's word for a call that nobody answers, and how it is told.
OUTCOMES = {
    "2": "unaccepted",
    "22": "unaccepted",
    "no-answer": "no-answer",
    "busy": "busy",
    "failed": "failed",
    "canceled": "failed",
    "refused": "failed",
}


@pytest.fixture
def clock() -> Clock:
    """Monday at eleven, until the test sets it."""
    return Clock(TODAY)


@pytest.fixture
def run(regions: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command as it is typed in the folder above the region files, with Twilio's account set."""
    monkeypatch.chdir(regions.parent)
    monkeypatch.setattr(ringing, "POLL_SECONDS", 0.001)
    for name, value in {
        "TWILIO_ACCOUNT_SID": ACCOUNT,
        "TWILIO_AUTH_TOKEN": TOKEN,
        "HELPLINE_PUBLIC_URL": PUBLIC_URL,
        "HELPLINE_NUMBERS": OWN_NUMBER,
    }.items():
        monkeypatch.setenv(name, value)

    def invoked(*arguments: str, typed: str = "") -> Result:
        return CliRunner().invoke(helpline, ("lines", "ring", *arguments), obj=clock, input=typed)

    return invoked


@pytest.fixture
def carrier(run: Run, clock: Clock) -> Iterator[Carrier]:
    """Twilio's side of a running service, whose version 1 is live."""
    settings = Settings(_env_file=None)
    desk_with_version_1(settings, clock)
    service = bootstrap.helpline(settings, published=True, placeholders_allowed=True, clock=clock)
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        serving(service, listener),
        httpx.Client(base_url=f"http://127.0.0.1:{listener.getsockname()[1]}") as client,
    ):
        yield Carrier(client)


@pytest.fixture
def workers(carrier: Carrier, respx_mock: respx.MockRouter) -> Workers:
    """Everybody answers and presses 1, unless the test says otherwise."""
    answering = Workers(carrier)
    answering.answer(respx_mock)
    respx_mock._assert_all_called = False
    return answering


@pytest.fixture
def rung(workers: Workers) -> Rung:
    """What is kept of test calls."""
    return Rung(Database(Settings(_env_file=None).database_url))


def test_a_line_that_accepts_is_marked(run: Run, workers: Workers, rung: Rung, regions: Path) -> None:
    """It asks, rings one after another, shows how each went, and writes the day; the service thanks."""
    before = (regions / "utrecht.toml").read_text("utf-8")
    done = run("utrecht", typed="y\n")
    assert "1 organisation, 3 numbers; about 2 minutes. Ring them now? [y/N]: y\n" in done.stdout
    assert done.stdout.endswith(
        "utrecht advice 1   accepted\n"
        "utrecht advice 2   accepted\n"
        "utrecht doctors 1  accepted\n"
        "All accepted that were rung.\n"
        "checked = 2026-11-23 written: utrecht.toml\n"
        "then: helpline regions publish\n"
    )
    assert done.exit_code == 0
    assert workers.rung == [FIRST, SECOND, DOCTORS]
    assert "Dank u wel." in workers.heard[1]
    assert accepted(rung, *NUMBERS) == ["accepted"] * 3
    after = (regions / "utrecht.toml").read_text("utf-8")
    assert after == before.replace("checked = 2026-11-01", "checked = 2026-11-23")


def test_a_number_that_does_not_accept_is_told(run: Run, workers: Workers, rung: Rung, regions: Path) -> None:
    """A voicemail: exit 1, and its line keeps its day while the other line gets one."""
    workers.keys[SECOND] = ""
    done = run("utrecht", "--yes")
    assert done.exit_code == 1
    assert "utrecht advice 2   unaccepted\n" in done.stdout
    assert "1 number of 3 not accepted.\n" in done.stdout
    assert accepted(rung, *NUMBERS) == ["accepted", "unaccepted", "accepted"]
    text = (regions / "utrecht.toml").read_text("utf-8")
    assert (text.count("checked = 2026-11-01"), text.count("checked = 2026-11-23")) == (1, 1)
    assert "+31" not in done.output


def test_everybody_is_rung_and_each_outcome_has_its_word(run: Run, workers: Workers, table: Table, rung: Rung) -> None:
    """Without a name all organisations and the desk; what Twilio says of a call that nobody accepted is told."""
    firsts = [organisation.advice.numbers[0] for organisation in table.organisations.values()]
    workers.keys = dict(zip(firsts, OUTCOMES, strict=False))
    done = run("--yes")
    assert "27 organisations, " in done.stdout
    assert set(firsts) < set(workers.rung)
    told = dict(line.rsplit("  ", 1) for line in done.stdout.splitlines() if " advice 1 " in line)
    told_of = {line.strip(): outcome for line, outcome in told.items()}
    assert [told_of[table.line_of(number)] for number in workers.keys] == list(OUTCOMES.values())
    kept = [TestedNumber(table.line_of(number).split()[0], "advice", number) for number in workers.keys]
    assert accepted(rung, *kept) == list(OUTCOMES.values())


def test_a_no_rings_nobody(run: Run, workers: Workers) -> None:
    """Whoever does not answer y has rung nobody."""
    assert run(typed="n\n").exit_code == 1
    assert workers.rung == []


def test_a_wrong_key_is_asked_once_more(run: Run, workers: Workers, rung: Rung) -> None:
    """Whoever then presses 1 has accepted."""
    workers.keys[SECOND] = "21"
    assert run("utrecht", "--yes").exit_code == 0
    assert accepted(rung, NUMBERS[1]) == ["accepted"]


def test_twilio_that_cannot_be_reached_says_nothing_of_a_number(run: Run, workers: Workers, rung: Rung) -> None:
    """The number is told as not rung, with why, and nothing is kept of it; the next are rung."""
    workers.keys[FIRST] = "away"
    done = run("utrecht", "--yes")
    assert done.exit_code == 1
    assert "utrecht advice 1   not rung\n" in done.stdout
    assert "Twilio cannot answer now (500)" in done.stderr
    assert accepted(rung, *NUMBERS) == ["never", "accepted", "accepted"]


@pytest.mark.parametrize("polls", [("away", "in-progress"), ("deleted",), ("ringing",) * 100])
def test_the_key_counts_whatever_twilio_tells_of_the_call(run: Run, workers: Workers, polls: tuple[str, ...]) -> None:
    """A look that fails, a call that was deleted at Twilio, one that seems never to end: what was pressed counts."""
    workers.polls = polls
    assert run("utrecht", "--yes").exit_code == 0


def test_doctors_are_not_rung_when_they_are_closed(run: Run, workers: Workers, clock: Clock) -> None:
    """Their line is told as skipped, keeps its day, and is no fault."""
    clock.moment = TODAY + timedelta(hours=8)
    done = run("utrecht", "--yes")
    assert "1 organisation, 2 numbers; about 1 minute.\n" in done.stdout
    assert "utrecht doctors 1  skipped, closed now\n" in done.stdout
    assert done.exit_code == 0
    assert workers.rung == [FIRST, SECOND]


@pytest.mark.usefixtures("workers")
def test_a_file_with_other_numbers_keeps_its_day(run: Run, regions: Path) -> None:
    """What was rung is what is live: a number here that is not published yet was not rung."""
    edit(regions / "utrecht.toml", '"+31 30 000 0002"', '"+31 30 000 0009"')
    (regions / "gooi-en-vechtstreek.toml").unlink()
    run("utrecht", "--yes")
    text = (regions / "utrecht.toml").read_text("utf-8")
    assert (text.count("checked = 2026-11-01"), text.count("checked = 2026-11-23")) == (1, 1)
    assert "checked" not in run("gooi-en-vechtstreek", "--yes").stdout


@pytest.mark.usefixtures("workers")
def test_a_day_that_is_there_already_is_not_written_again(run: Run) -> None:
    """A second round on a day writes nothing."""
    run("utrecht", "--yes")
    assert run("utrecht", "--yes").stdout.endswith("All accepted that were rung.\n")


def test_nobody_is_rung_in_the_quiet_hours(run: Run, workers: Workers, clock: Clock) -> None:
    """At night it refuses and says how to ring all the same; a round that runs into the night stops."""
    clock.moment = TODAY + timedelta(hours=10, minutes=5)
    refused = run("utrecht", "--yes")
    assert refused.exit_code == 2
    assert "2026-11-23 21:05: no test calls from 21:00-08:00. In spite of that: --even-now" in refused.output
    assert workers.rung == []
    run("utrecht", "--yes", "--even-now")
    assert workers.rung == [FIRST, SECOND]


def test_a_round_stops_where_the_quiet_hours_begin(
    run: Run, workers: Workers, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those left are told as not rung, and it is no success."""
    monkeypatch.setattr(workers, "_press", lambda *_: setattr(clock, "moment", TODAY + timedelta(hours=10)))
    done = run("utrecht", "--yes")
    assert "utrecht advice 2   not rung, the quiet hours began\n" in done.stdout
    assert (done.exit_code, workers.rung) == (1, [FIRST])


def test_what_is_needed_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without an account, without a version, for an organisation that is none: nothing is rung."""
    assert isinstance(run().exception, ChangeRefused)
    desk_with_version_1(Settings(_env_file=None), Clock(TODAY))
    assert isinstance(run("atlantis").exception, UnknownRegion)
    monkeypatch.delenv("TWILIO_ACCOUNT_SID")
    assert isinstance(run().exception, SettingsFault)


def test_a_request_that_is_sent_again_accepts_nothing(
    run: Run, workers: Workers, rung: Rung, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The genuine key of an earlier test call, replayed while a voicemail answers, is no key of this one."""
    assert run("utrecht", "--yes").exit_code == 0
    press = workers._press
    monkeypatch.setattr(workers, "_press", lambda document, _, sid: press(document, "1", f"CA{int(sid[2:]) - 3:032x}"))
    assert run("utrecht", "--yes").exit_code == 1
    assert accepted(rung, *NUMBERS) == ["unaccepted"] * 3


def test_a_key_counts_when_it_comes_after_we_heard_of_the_call(
    run: Run, workers: Workers, rung: Rung, respx_mock: respx.MockRouter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As it mostly does: the telephone rings for a while."""
    waiting: list[tuple[str, str, str]] = []
    press, looked = workers._press, workers._looked

    def later(request: httpx.Request) -> httpx.Response:
        while waiting:
            press(*waiting.pop())
        return looked(request)

    monkeypatch.setattr(workers, "_press", lambda *each: waiting.append(each))
    respx_mock.get(url__regex=f"{CALLS}/CA").mock(side_effect=later)
    assert run("utrecht", "--yes").exit_code == 0
    assert accepted(rung, *NUMBERS) == ["accepted"] * 3
