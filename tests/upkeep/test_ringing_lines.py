"""The daily round of test calls."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time, timedelta
from functools import partial
from pathlib import Path

import anyio
import pytest
import respx

from helpline import bootstrap, log
from helpline.directory import check_lines
from helpline.directory.content import Content
from helpline.errors import DatabaseAway, PublishedMeanwhile, SettingsFault
from helpline.publishing.publishing import Proposal, Publishing
from helpline.settings import Settings
from helpline.storage.rung import Rung
from helpline.storage.versions import Published
from helpline.upkeep import ringing, ringing_lines
from helpline.upkeep.alert_groups import Alert
from helpline.upkeep.alerts import Alerts
from helpline.upkeep.checked_days import publish_checked_days
from helpline.upkeep.ringing_lines import DailyRound
from tests.clock import Clock
from tests.conftest import TODAY
from tests.desk import desk_with_version_1, settings_in
from tests.twilio_calls import ACCOUNT, CALLS, Workers

SECOND = "+31300000002"
DAY = TODAY.date()
UTRECHT = {("utrecht", "advice"): ("+31300000001", SECOND)}


@dataclass
class House:
    """A service's daily round, whose workers' keys are written down by the test in its place."""

    desk: Publishing
    round: DailyRound
    workers: Workers
    clock: Clock
    told: list[str]

    def look(self) -> None:
        """One look at the clock; what was alerted is told then."""
        anyio.run(self.round.look)
        self.clock.moment += timedelta(minutes=2)
        anyio.run(self.round.alerts.tell)

    def checked(self, organisation: str) -> int:
        """How many lines of an organisation have the day of today in the live version."""
        return self.desk.live().content.files[organisation].count(f"checked = {DAY}")


@pytest.fixture
def house(
    tmp_path: Path,
    settings: Settings,
    regions: Path,
    respx_mock: respx.MockRouter,
    monkeypatch: pytest.MonkeyPatch,
) -> House:
    """A round at half past ten; the keys of those who accept are in the database at once."""
    log.configure()
    monkeypatch.setattr(ringing, "POLL_SECONDS", 0.0)
    clock, told = Clock(TODAY.replace(hour=10, minute=30)), list[str]()
    own = settings_in(tmp_path, settings, regions).model_copy(update={"twilio_account_sid": ACCOUNT})
    desk = desk_with_version_1(own, clock)
    table = desk.version(desk.live()).in_force(TODAY)
    rung, workers = Rung(desk.versions.database), Workers()
    lines = {target.number.number: target.number for target in ringing.targets(table, None, TODAY)}

    def press(_: str, keys: str, sid: str) -> None:
        if keys:
            rung.press(lines[workers.rung[-1]], sid, clock())

    async def send(_: Sequence[Alert], sentences: Sequence[str]) -> None:
        told.extend(sentences)

    monkeypatch.setattr(workers, "_press", press)
    workers.answer(respx_mock)
    respx_mock._assert_all_called = False
    alerts = Alerts(failed_dials=3, within=timedelta(minutes=10), clock=clock, send=send)
    opened = partial(bootstrap.ringer, own, table, clock=clock)
    daily = DailyRound(time(10, 30), opened, rung, lambda: desk, alerts, clock)
    return House(desk, daily, workers, clock, told)


def events(capfd: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    """The lines of the log."""
    return [json.loads(line) for line in capfd.readouterr().err.splitlines()]


def test_all_are_rung_and_the_days_are_published(house: House, capfd: pytest.CaptureFixture[str]) -> None:
    """The version is the helpline's own; whose line did not accept whole keeps its day, and operators hear of it."""
    house.workers.keys[SECOND] = "no-answer"
    house.look()
    live = house.desk.live()
    assert (live.number, live.entry.author, live.entry.action) == (2, "helpline", "publish")
    assert (house.checked("utrecht"), house.checked("zeeland")) == (1, 2)
    assert house.told == [
        "utrecht advice 2 did not accept its test call (1 no-answer). Ring it: helpline lines ring utrecht"
    ]
    lines = [line for line in events(capfd) if line["event"] in ("round_begun", "round_over", "test_call_unaccepted")]
    assert [(line["event"], line.get("line"), line.get("outcome")) for line in lines] == [
        ("round_begun", None, None),
        ("test_call_unaccepted", "utrecht advice 2", "no-answer"),
        ("round_over", None, None),
    ]
    assert (lines[2]["others"], lines[2]["version"]) == (1, 2)
    assert "+31" not in json.dumps(lines)


@pytest.mark.parametrize("minutes", [-1, 60, 600])
def test_at_other_times_nobody_is_rung(house: House, minutes: int) -> None:
    """Not before the time, and not when it is an hour past."""
    house.clock.moment += timedelta(minutes=minutes)
    house.look()
    assert house.workers.rung == []


def test_one_process_rings_and_once_a_day(house: House) -> None:
    """Who looks later on that day leaves it; the next day there is another round."""
    assert house.round.rung.claim(DAY.isoformat())
    house.look()
    assert house.workers.rung == []
    house.workers.otherwise = ""
    house.clock.moment += timedelta(days=1)
    house.look()
    assert len(house.workers.rung) > 60


def test_where_nobody_accepts_nothing_is_published(house: House, capfd: pytest.CaptureFixture[str]) -> None:
    """All is told, and no day changes."""
    house.workers.otherwise = "busy"
    house.look()
    assert house.desk.live().number == 1
    assert len(house.told) == len(house.workers.rung)
    assert events(capfd)[-1 - len(house.told)]["version"] is None


def test_what_was_not_rung_is_one_alert_and_a_wrong_token_asks_once(house: House, respx_mock: respx.MockRouter) -> None:
    """Where Twilio refuses the account no second number is asked for, and no line is told as not accepting."""
    route = respx_mock.post(f"{CALLS}.json").respond(401, json={"code": 20003})
    house.look()
    assert route.call_count == 1
    [told] = house.told
    assert told.startswith("The round of test calls: ")
    assert "numbers were not rung" in told


def test_somebody_else_who_publishes_comes_first(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """The days are put onto their version; a line whose numbers they changed keeps its day."""
    publish = house.desk.publish

    def late(proposal: Proposal, author: str, reason: str) -> Published:
        monkeypatch.setattr(house.desk, "publish", publish)
        live = house.desk.live()
        files = {**live.content.files}
        files["utrecht"] = files["utrecht"].replace("+31 30 000 0002", "+31 30 000 0009")
        told = {"author": "anna", "action": "publish", "subject": "x", "reason": "Why"}
        house.desk.versions.publish(Content(files), on=live.number, at=house.clock(), **told)
        return publish(proposal, author, reason)

    monkeypatch.setattr(house.desk, "publish", late)
    accepted = {**UTRECHT, ("utrecht", "doctors"): ("+31300000003",)}
    published = publish_checked_days(house.desk, accepted, DAY)
    assert published is not None
    assert published.number == 3
    assert house.checked("utrecht") == 1


def test_two_who_publish_in_between_end_it(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is tried once more, not for ever."""

    def too_late(*_: object) -> Published:
        raise PublishedMeanwhile(2, "anna", "Why")

    monkeypatch.setattr(house.desk, "publish", too_late)
    with pytest.raises(PublishedMeanwhile):
        publish_checked_days(house.desk, UTRECHT, DAY)


def test_an_organisation_or_line_that_is_no_more_is_left_out(house: House) -> None:
    """What was rung may be gone from the version that is live by then."""
    gone = {("atlantis", "advice"): ("+31300000001",), ("landelijk", "doctors"): ("+31300000001",)}
    assert publish_checked_days(house.desk, gone, DAY) is None


def test_a_round_that_breaks_off_is_told(
    house: House, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Whatever goes wrong, the service looks again."""
    monkeypatch.setattr(ringing_lines, "EVERY_SECONDS", 0.001)

    def away(_: str) -> bool:
        raise DatabaseAway("the disk is gone")

    monkeypatch.setattr(house.round.rung, "claim", away)

    async def a_while() -> None:
        with anyio.move_on_after(0.2):
            await house.round.run()

    anyio.run(a_while)
    broken = [line for line in events(capfd) if line["event"] == "round_broken_off"]
    assert len(broken) > 1
    assert broken[0]["kind"] == "DatabaseAway"


@pytest.fixture
def real_line(tmp_path: Path, settings: Settings, regions: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings of a service whose files are live, with numbers that count as somebody's."""
    monkeypatch.setattr(check_lines, "is_placeholder", lambda _: False)
    own = settings_in(tmp_path, settings, regions)
    desk_with_version_1(own, Clock(TODAY))
    return own


def test_the_round_is_wired_where_it_is_set(real_line: Settings) -> None:
    """A time makes a round, none makes none; a demonstration never has one."""
    set_so = real_line.model_copy(update={"helpline_ring_lines_at": time(10, 30), "twilio_account_sid": ACCOUNT})
    wired = bootstrap.helpline(set_so, published=True, clock=Clock(TODAY))
    assert wired.daily_round is not None
    assert wired.daily_round.at == time(10, 30)
    assert wired.daily_round.desk().live().number == 1
    assert bootstrap.helpline(real_line, published=True, clock=Clock(TODAY)).daily_round is None
    demonstrated = bootstrap.helpline(set_so, published=True, placeholders_allowed=True, clock=Clock(TODAY))
    assert demonstrated.daily_round is None


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"helpline_ring_lines_at": time(22, 0), "twilio_account_sid": ACCOUNT}, "HELPLINE_QUIET_HOURS"),
        ({"helpline_ring_lines_at": time(10, 30)}, "TWILIO_ACCOUNT_SID"),
        ({"helpline_alert_numbers": ("+31612345601",)}, "TWILIO_ACCOUNT_SID"),
    ],
)
def test_what_cannot_be_is_refused_at_the_start(real_line: Settings, more: dict[str, object], words: str) -> None:
    """A round in the quiet hours, or anything at Twilio without an account."""
    with pytest.raises(SettingsFault, match=words):
        bootstrap.helpline(real_line.model_copy(update=more), published=True, clock=Clock(TODAY))
