"""What is counted and measured, for whoever watches the service: each with its name, sentence and labels.

1. Nothing of it is of one caller, and no label parts callers by anything but the organisation that was rung for them.
2. The values of a label are a closed set: names of steps, organisations, lines, endings and alerts, and words of this
   file. So a page of metrics is bounded, whatever is sent to the service.
3. What others count for themselves is taken over from them as it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Literal

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics, generate_latest
from prometheus_client import values as kept
from prometheus_client.multiprocess import MultiProcessCollector

# A turn takes 0.1 to 5 ms; Twilio gives up after 3 seconds.
TURN_SECONDS = (0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5, 3.0)
KINDS_OF_FAULT = ("Diverged", "other")  # a call of another release; a fault of ours, whose very kind the log has
REFUSED_WITH = ("403", "408", "413")

# Of several processes: of all together, of the one that is behind, of any. Without those that are dead.
Together = Literal["livesum", "livemin", "livemax"]


class Metrics:
    """The metrics of this process; or, with a `folder` into which several count, of all of them: then it has no others.

    What one may watch for begins at 0, not when it first happens: to Prometheus a rise from nothing is none.
    """

    def __init__(self, folder: Path | None = None) -> None:
        # The library decides this by the environment when it is imported; whether there is room is known only now.
        kept.ValueClass = kept.MutexValue if folder is None else kept.MultiProcessValue()  # type: ignore[no-untyped-call]
        # When each number began: as many lines again, and several processes have none.
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self.folder = folder
        self.registry = CollectorRegistry()
        self._of_requests()
        self._of_the_table()
        self._of_what_runs_beside()

    def _of_requests(self) -> None:
        counter = self._counter
        self._turns = counter("turns_total", "Turns of calls that were answered, by the step that led to them.", "step")
        self._turns_of: dict[str, Counter] = {}
        self._turn_seconds = Histogram(
            "helpline_turn_seconds",
            "How long it took to work out a turn, in seconds, without the network.",
            buckets=TURN_SECONDS,
            registry=self.registry,
        )
        self._dials = counter(
            "dials_total",
            "Dials that ended, by whose line rang, which line it was and how the dial ended.",
            *("organisation", "line", "ending"),
        )
        self._texts = counter("texts_total", "Texts that came in, by whether they were answered.", "answered")
        self._faults = counter(
            "faults_total", "Requests that were answered with the last resort, by the kind of fault.", "kind"
        )
        self._unread = counter("unread_total", "Requests that could not even be read, and were answered 500.")
        self._refused = counter("refused_total", "Requests that were refused, by the status they got.", "status")
        self.in_flight = 0  # a number, since each change of a gauge costs a lock; see `take_in_flight`
        self._in_flight = self._gauge(
            "requests_in_flight", "Requests of the carrier that are being read or answered.", "livesum"
        )
        _begin(self._texts, ("yes", "no"))
        _begin(self._faults, KINDS_OF_FAULT)
        _begin(self._refused, REFUSED_WITH)

    def _of_the_table(self) -> None:
        gauge = self._gauge
        self._version = gauge(
            "table_version", "The number of the version in use; 0 for files that were never published.", "livemin"
        )
        self._since = gauge(
            "table_taken_up_timestamp_seconds", "When the table in use was taken up, in seconds since 1970.", "livemin"
        )
        self._problem = gauge(
            "table_problem", "1 while the last change was not taken up or the database is away, else 0.", "livemax"
        )
        self._diversions = gauge("diversions", "Diversions in force.", "livemax")
        self._announcements = gauge("announcements", "Announcements in force.", "livemax")

    def _of_what_runs_beside(self) -> None:
        self._records_waiting = self._gauge("records_waiting", "Records that are still to be written.", "livesum")
        self._records_written = _Total(self._counter("records_written_total", "Records that were written."))
        self._records_dropped = _Total(self._counter("records_dropped_total", "Records that were lost."))
        self._erasures_waiting = self._gauge(
            "erasures_waiting",
            "Calls and texts to be deleted at Twilio that the database does not have yet.",
            "livesum",
        )
        self._erasures_given_up = _Total(
            self._counter("erasures_given_up_total", "Calls and texts that could not be deleted at Twilio.")
        )
        self._alerts = self._counter("alerts_total", "Alerts that were told, by kind.", "kind")
        self._alerts_of: dict[str, _Total] = {}
        self._counter("workers_begun_total", "Worker processes that began to serve.").inc()

    def take_in_flight(self) -> None:
        """The gauge shows how many requests are in flight in this process now."""
        self._in_flight.set(self.in_flight)

    def turn(self, step: str, seconds: float) -> None:
        """A turn to which `step` led was worked out in so many seconds."""
        if (turns := self._turns_of.get(step)) is None:
            turns = self._turns_of[step] = self._turns.labels(step)
        turns.inc()
        self._turn_seconds.observe(seconds)

    def dial(self, organisation: str, line: str, ending: str) -> None:
        """A dial of this organisation's line ended so."""
        self._dials.labels(organisation, line, ending).inc()

    def dials_of(self, lines: Iterable[tuple[str, str]], endings: Iterable[str]) -> None:
        """These lines, each of an organisation, can be rung, and each dial of them can end so."""
        for organisation, line in lines:
            for ending in endings:
                self._dials.labels(organisation, line, ending)

    def text(self, *, answered: bool) -> None:
        """A text came in."""
        self._texts.labels("yes" if answered else "no").inc()

    def fault(self, kind: str) -> None:
        """A request was answered with the last resort, for a fault whose class has this name."""
        self._faults.labels(kind if kind in KINDS_OF_FAULT else "other").inc()

    def unread(self) -> None:
        """A request could not be read."""
        self._unread.inc()

    def refused(self, status: int) -> None:
        """A request was refused with this status."""
        self._refused.labels(str(status)).inc()

    def table(self, *, version: int, since: float, problem: bool, diversions: int, announcements: int) -> None:
        """The table in use, `since` so many seconds after 1970; see the sentences above."""
        self._version.set(version)
        self._since.set(since)
        self._problem.set(problem)
        self._diversions.set(diversions)
        self._announcements.set(announcements)

    def records(self, *, waiting: int, written: int, dropped: int) -> None:
        """How many records wait now, and were written and lost since the process began."""
        self._records_waiting.set(waiting)
        self._records_written.is_now(written)
        self._records_dropped.is_now(dropped)

    def erasures(self, *, waiting: int, given_up: int) -> None:
        """How many calls and texts wait in memory now, and were given up since the process began."""
        self._erasures_waiting.set(waiting)
        self._erasures_given_up.is_now(given_up)

    def alerts(self, told: Mapping[str, int]) -> None:
        """How many alerts of each kind were told since the process began."""
        for kind, count in told.items():
            if kind not in self._alerts_of:
                self._alerts_of[kind] = _Total(self._alerts.labels(kind))
            self._alerts_of[kind].is_now(count)

    def exposition(self) -> bytes:
        """All of it in Prometheus' text format."""
        if self.folder is None:
            return generate_latest(self.registry)
        together = CollectorRegistry()
        MultiProcessCollector(together, str(self.folder))  # type: ignore[no-untyped-call]
        return generate_latest(together)

    def _counter(self, name: str, sentence: str, *labels: str) -> Counter:
        return Counter(f"helpline_{name}", sentence, labels, registry=self.registry)

    def _gauge(self, name: str, sentence: str, together: Together) -> Gauge:
        return Gauge(f"helpline_{name}", sentence, registry=self.registry, multiprocess_mode=together)


class _Total:
    """A counter of what somebody else counts."""

    def __init__(self, counter: Counter) -> None:
        self._counter = counter
        self._total = 0

    def is_now(self, total: int) -> None:
        """So many by now, since the process began."""
        self._counter.inc(total - self._total)
        self._total = total


def _begin(counter: Counter, values: Iterable[str]) -> None:
    """A counter whose label has these values; each begins at 0."""
    for value in values:
        counter.labels(value)
