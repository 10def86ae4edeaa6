"""What operators are told of at once: who does not answer, what was refused, which faults are ours.

1. What a call does here is in memory and bounded: it waits for nobody, and what it tells holds nothing of a caller.
2. `run` tells it, beside the calls: a line in the log for each alert, and one message for all of a minute.
3. What is counted is of this process only, and gone with it.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta

import anyio
import structlog

from helpline.switchboard.turn import Turn
from helpline.upkeep.alert_groups import Alert, AlertGroups, Kind
from helpline.upkeep.alert_words import sentence
from helpline.upkeep.ended_dial import EndedDial, ended_dial
from helpline.upkeep.failing_lines import FailingLines

EVERY_SECONDS = 1.0
LONG_AWAY = timedelta(minutes=5)
MOST_TOLD_OF = 500  # legs whose end is remembered; the carrier asks again within seconds

log = structlog.get_logger()

Send = Callable[[Sequence[Alert], Sequence[str]], Awaitable[None]]


async def nowhere(_alerts: Sequence[Alert], _sentences: Sequence[str]) -> None:
    """For whoever has nobody to tell: the log has it."""


class Alerts:
    """Alerts of one process. `failed_dials` in a row `within` this time make a line fail; `send` tells operators.

    `told` counts what was told, by kind.
    """

    def __init__(
        self, *, failed_dials: int, within: timedelta, clock: Callable[[], datetime], send: Send = nowhere
    ) -> None:
        self._clock = clock
        self._send = send
        self._within = within
        self._lines = FailingLines(failed_dials, within)
        self._groups = AlertGroups()
        self.told: Counter[Kind] = Counter()
        self._told_failing: set[str] = set()
        self._told_of: deque[str] = deque(maxlen=MOST_TOLD_OF)
        self._away_since: datetime | None = None
        self._told_away = False

    def dialled(self, dial: str, ringing: Turn, after: Turn) -> EndedDial | None:
        """A dial in which the turn `ringing` waited has ended, and `after` is what comes of it.

        `dial` is the SID of its leg, empty where it has none: a dial that the carrier tells of twice counts once, and
        is None the second time.
        """
        if dial and dial in self._told_of:
            return None
        self._told_of.append(dial)
        ended, now = ended_dial(ringing, after), self._clock()
        line = f"{ended.organisation} {ended.line}"
        if ended.answered:
            self._lines.answered(line)
            if line in self._told_failing:
                self._told_failing.remove(line)
                self._groups.add("line_answers", line, now)
        elif ended.unanswered and (news := self._lines.unanswered(line, ended.ending, now)):
            endings = [ending for _, ending in news]
            self._groups.add("line_fails", line, now, count=len(news), since=news[0][0], endings=endings)
        if ended.to_desk:
            self._groups.add("national_desk_reached", ended.region, now)
        if ended.nobody:
            self._groups.add("nobody_reached", ended.region, now)
        return ended

    def fault(self, kind: str) -> None:
        """A fault of ours of this kind, the name of its class, was answered with the last resort."""
        self._groups.add("fault", kind, self._clock())

    def table_refused(self) -> None:
        """A new version has problems."""
        self._groups.add("table_refused", "routing table", self._clock())

    def erasure_given_up(self, count: int) -> None:
        """So many calls or texts stay at Twilio."""
        self._groups.add("erasure_given_up", "Twilio", self._clock(), count=count)

    def records_lost(self, count: int) -> None:
        """So many notes of calls or texts were lost before they were written down."""
        self._groups.add("records_lost", "database", self._clock(), count=count)

    def database(self, *, away: bool) -> None:
        """Whether the database was away at the last look."""
        now = self._clock()
        if not away:
            if self._told_away:
                self._groups.add("database_back", "database", now)
            self._away_since, self._told_away = None, False
            return
        self._away_since = self._away_since or now
        if not self._told_away and now - self._away_since > LONG_AWAY:
            self._told_away = True
            self._groups.add("database_away", "database", now, since=self._away_since)

    def round_unfinished(self, count: int) -> None:
        """So many numbers were not rung in the day's round: Twilio would not, or the quiet hours began."""
        self._groups.add("round_unfinished", "round", self._clock(), count=count)

    def test_call_unaccepted(self, number: str, outcome: str) -> None:
        """A number, called as in "utrecht advice 2", did not accept the test call of the day."""
        self._groups.add("test_call_unaccepted", number, self._clock(), endings=[outcome])

    async def run(self) -> None:
        """Tells what is due, until cancelled."""
        while True:
            await anyio.sleep(EVERY_SECONDS)
            try:
                await self.tell()
            except Exception as fault:  # what tells of faults must outlive one of its own
                log.error("alerts_not_told", kind=type(fault).__name__)

    async def tell(self) -> None:
        """Tells what is due now, if anything is."""
        now = self._clock()
        alerts = self._with_answers(self._groups.due(now), now)
        sentences = [sentence(alert, self._within) for alert in alerts]
        for alert, text in zip(alerts, sentences, strict=True):
            self.told[alert.kind] += 1
            since = alert.since.isoformat()
            log.warning("alert", kind=alert.kind, subject=alert.subject, count=alert.count, since=since, text=text)
        if alerts:
            await self._send(alerts, sentences)

    def _with_answers(self, alerts: list[Alert], now: datetime) -> list[Alert]:
        """With a line after each told failure of a line that answers again by now; else it is told when it does."""
        for line in [alert.subject for alert in alerts if alert.kind == "line_fails"]:
            self._told_failing.add(line)
            if not self._lines.is_failing(line):
                self._told_failing.remove(line)
                alerts = [*alerts, Alert("line_answers", line, 1, now)]
        return alerts
