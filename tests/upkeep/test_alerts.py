"""Alerts: what raises one, and when it is told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import get_args

import anyio
import pytest

from helpline import log
from helpline.bootstrap import Helpline
from helpline.upkeep import alerts as module
from helpline.upkeep.alert_groups import MOST_KEPT, Alert, Kind
from helpline.upkeep.alert_words import at, message, plain, sentence
from helpline.upkeep.alerts import Alerts
from tests.clock import Clock
from tests.conftest import TODAY
from tests.upkeep.calls import ANSWERED, BUSY, CALLER, GONE, NO_ANSWER, POSTCODE, begun, dialled, until_over

MINUTE = timedelta(minutes=1)
WITHIN = 10 * MINUTE


class Told:
    """Alerts with a clock of their own, and all messages that they told."""

    def __init__(self) -> None:
        self.clock = Clock(TODAY)
        self.messages: list[list[str]] = []
        self.alerts = Alerts(failed_dials=3, within=WITHIN, clock=self.clock, send=self._sent)

    async def _sent(self, _: Sequence[Alert], sentences: Sequence[str]) -> None:
        self.messages.append(list(sentences))

    def after(self, time: timedelta) -> list[list[str]]:
        """What is told once so much time has gone by, looked at every minute, message by message."""
        self.messages = []
        end = self.clock.moment + time
        while self.clock.moment < end:
            self.clock.moment = min(self.clock.moment + MINUTE, end)
            anyio.run(self.alerts.tell)
        return self.messages


@pytest.fixture
def told() -> Told:
    """Alerts and what they tell."""
    return Told()


def unanswered(helpline: Helpline, told: Told, calls: int) -> None:
    """So many calls ring Utrecht once in vain, and the caller goes while the second number rings."""
    for _ in range(calls):
        dialled(helpline, told.alerts, begun(helpline), NO_ANSWER, GONE)


def test_a_line_that_is_not_answered_is_told_once(helpline: Helpline, told: Told) -> None:
    """Three dials in a row within ten minutes are one message that says how they ended and what to do."""
    unanswered(helpline, told, 2)
    dialled(helpline, told.alerts, begun(helpline), BUSY, GONE)
    assert told.after(2 * MINUTE) == [
        [
            "utrecht advice: 3 dials in a row not answered in 10 minutes (2 no-answer, 1 busy)."
            " Divert it: helpline regions divert utrecht advice ..."
        ]
    ]
    assert told.after(3 * MINUTE) == []


def test_fewer_or_slower_dials_are_not_told(helpline: Helpline, told: Told) -> None:
    """Two dials, or three of which the first is longer ago, raise nothing."""
    unanswered(helpline, told, 1)
    assert told.after(11 * MINUTE) == []
    unanswered(helpline, told, 2)
    assert told.after(5 * MINUTE) == []


def test_a_dial_that_is_told_of_twice_counts_once(helpline: Helpline, told: Told) -> None:
    """The carrier asks again where our answer was lost: three tellings of one dial are one dial."""
    trail = begun(helpline).trail
    after = helpline.switchboard.proceed(trail, CALLER, NO_ANSWER)
    for _ in range(3):
        told.alerts.dialled("CA1", helpline.switchboard.ringing(trail), after)
    assert told.after(2 * MINUTE) == []
    for _ in range(2):
        told.alerts.dialled("", helpline.switchboard.ringing(trail), after)
    [[words]] = told.after(2 * MINUTE)
    assert words.startswith("utrecht advice: 3 dials")


def test_an_answer_begins_the_row_anew(helpline: Helpline, told: Told) -> None:
    """A line that answers in between does not fail, and nothing is said of it."""
    unanswered(helpline, told, 2)
    dialled(helpline, told.alerts, begun(helpline), ANSWERED)
    unanswered(helpline, told, 2)
    assert told.after(5 * MINUTE) == []


def test_a_caller_who_goes_says_nothing_of_the_line(helpline: Helpline, told: Told) -> None:
    """A dial that the caller ends counts neither for nor against."""
    for _ in range(5):
        dialled(helpline, told.alerts, begun(helpline), GONE)
    assert told.after(5 * MINUTE) == []


def test_a_failing_line_that_answers_again_is_told_once(helpline: Helpline, told: Told) -> None:
    """Whoever was told of a failing line hears when it is well."""
    unanswered(helpline, told, 3)
    told.after(2 * MINUTE)
    for _ in range(2):
        dialled(helpline, told.alerts, begun(helpline), ANSWERED)
    assert told.after(3 * MINUTE) == [["utrecht advice answers again."]]


def test_a_line_that_is_well_before_its_failure_is_told_says_so_at_once(helpline: Helpline, told: Told) -> None:
    """The failure and its end within one minute are one message."""
    unanswered(helpline, told, 3)
    dialled(helpline, told.alerts, begun(helpline), ANSWERED)
    [sentences] = told.after(2 * MINUTE)
    assert [sentence[:30] for sentence in sentences] == [
        "utrecht advice: 3 dials in a r",
        "utrecht advice answers again.",
    ]
    assert told.after(5 * MINUTE) == []


def test_the_same_alert_comes_once_an_hour_with_its_count(helpline: Helpline, told: Told) -> None:
    """What goes on within the hour is counted and told when it is over: since when, and how many more."""
    unanswered(helpline, told, 3)
    told.after(MINUTE)
    since = at(told.clock.moment)
    unanswered(helpline, told, 12)
    assert told.after(59 * MINUTE) == []
    [[again]] = told.after(3 * MINUTE)
    assert again.startswith(f"utrecht advice not answered: 12 more since {since} (12 no-answer). Divert it:")
    assert told.after(61 * MINUTE) == []


def test_a_new_failure_after_the_hour_is_told_as_the_first(helpline: Helpline, told: Told) -> None:
    """A line that was well for an hour is not told as more of the same."""
    unanswered(helpline, told, 3)
    told.after(MINUTE)
    dialled(helpline, told.alerts, begun(helpline), ANSWERED)
    told.after(61 * MINUTE)
    unanswered(helpline, told, 3)
    [[again]] = told.after(2 * MINUTE)
    assert again.startswith("utrecht advice: 3 dials in a row")


def test_a_call_that_reaches_the_desk_and_then_nobody(helpline: Helpline, told: Told) -> None:
    """Each line of the chain, the way to the desk and its silence go out together; a call counts once."""
    for _ in range(2):
        until_over(helpline, told.alerts)
    [sentences] = told.after(2 * MINUTE)
    assert sorted(text.partition("(")[0] for text in sentences) == [
        "gooi-en-vechtstreek advice: 8 dials in a row not answered in 10 minutes ",
        "landelijk advice: 4 dials in a row not answered in 10 minutes ",
        "utrecht advice: 8 dials in a row not answered in 10 minutes ",
        "utrecht: nobody answered, callers go to the national desk ",
        "utrecht: nobody answered, the national desk neither ",
    ]
    assert len([text for text in sentences if "(2 times)" in text]) == 2


def test_who_asks_for_the_desk_raises_nothing(helpline: Helpline, told: Told) -> None:
    """The key for the national desk leads there without anybody having failed."""
    dialled(helpline, told.alerts, begun(helpline, ("03",)), ANSWERED)
    assert told.after(2 * MINUTE) == []


def test_a_doctors_line_is_a_line_of_its_own(helpline: Helpline, told: Told) -> None:
    """Doctors who are not answered raise an alert of the doctors' line."""
    for _ in range(3):
        dialled(helpline, told.alerts, begun(helpline, ("01", POSTCODE)), NO_ANSWER, GONE)
    [[told_of]] = told.after(2 * MINUTE)
    assert told_of.startswith("utrecht doctors: 3 dials")


def test_what_comes_within_a_minute_is_one_message(told: Told) -> None:
    """Faults are counted by kind, and go out with what else happened."""
    for _ in range(3):
        told.alerts.fault("Diverged")
    told.alerts.table_refused()
    told.alerts.erasure_given_up(4)
    told.alerts.test_call_unaccepted("utrecht advice 2", "busy")
    [sentences] = told.after(5 * MINUTE)
    assert sentences == [
        "Diverged: a fault of ours was answered with the last resort (3 times). See fault in the log.",
        "A new version of the routing table was refused; the last good one stays."
        " See table_refused in the log, then publish a sound one, or: helpline regions rollback ...",
        "4 calls or texts could not be deleted at Twilio and are not tried again."
        " See the log, then: helpline twilio erase",
        "utrecht advice 2 did not accept its test call (1 busy). Ring it: helpline lines ring utrecht",
    ]


def test_a_database_away_for_long_is_told_and_its_return(told: Told) -> None:
    """Five minutes pass before operators hear of it, and then once; then when it is back."""
    begun_at = at(told.clock.moment)
    for _ in range(10):
        told.alerts.database(away=True)
        told.clock.moment += MINUTE
    [[away]] = told.after(MINUTE)
    assert away.startswith(f"The database is away since {begun_at};")
    told.alerts.database(away=False)
    assert told.after(2 * MINUTE) == [["The database is back."]]


def test_a_database_away_for_a_moment_is_nothing(told: Told) -> None:
    """Neither its going nor its return is told."""
    told.alerts.database(away=True)
    told.clock.moment += 4 * MINUTE
    told.alerts.database(away=False)
    assert told.after(10 * MINUTE) == []


def test_there_is_an_end_to_what_is_kept(told: Told) -> None:
    """More kinds of faults than can be read are not kept."""
    for number in range(2 * MOST_KEPT):
        told.alerts.fault(f"Fault{number}")
    [sentences] = told.after(2 * MINUTE)
    assert len(sentences) == MOST_KEPT


@pytest.mark.parametrize("kind", get_args(Kind))
@pytest.mark.parametrize("more", [False, True])
def test_every_kind_has_words_that_a_text_can_carry(kind: Kind, more: bool) -> None:
    """Each sentence is whole, fits a text, and has no sign that makes it longer."""
    text = sentence(Alert(kind, "utrecht advice", 2, TODAY, (("busy", 2),), more), WITHIN)
    assert text == plain(text)
    assert text.endswith((".", "...", "utrecht", "erase"))
    assert "{" not in text
    assert len(message([text], TODAY, 306)) < 306


def test_the_log_has_each_alert(told: Told, capfd: pytest.CaptureFixture[str], helpline: Helpline) -> None:
    """Without anybody to tell each alert is a line in the log, with nothing of the caller."""
    log.configure()
    alerts = Alerts(failed_dials=1, within=WITHIN, clock=told.clock)
    dialled(helpline, alerts, begun(helpline), BUSY)
    told.clock.moment += 2 * MINUTE
    anyio.run(alerts.tell)
    line = capfd.readouterr().err
    assert '"event":"alert"' in line
    assert '"subject":"utrecht advice"' in line
    assert alerts.told == {"line_fails": 1}
    assert CALLER[3:] not in line
    assert POSTCODE not in line


def test_a_fault_in_telling_does_not_end_it(
    told: Told, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Whatever breaks while alerts are told, they go on being told."""
    log.configure()
    monkeypatch.setattr(module, "EVERY_SECONDS", 0.001)
    sent: list[str] = []

    async def broken(_: Sequence[Alert], sentences: Sequence[str]) -> None:
        sent.extend(sentences)
        raise RuntimeError("https://hooks.example/secret")

    alerts = Alerts(failed_dials=3, within=WITHIN, clock=told.clock, send=broken)

    async def a_while() -> None:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(alerts.run)
            for kind in ("One", "Two"):
                alerts.fault(kind)
                told.clock.moment += 2 * MINUTE
                with anyio.fail_after(5):
                    while not any(kind in text for text in sent):
                        await anyio.sleep(0.01)
            tasks.cancel_scope.cancel()

    anyio.run(a_while)
    log_lines = capfd.readouterr().err
    assert "alerts_not_told" in log_lines
    assert "secret" not in log_lines
