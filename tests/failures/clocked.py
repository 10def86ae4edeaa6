"""The service by a clock that a test sets: real processes, in which time is so many seconds ahead as a file says.

Run as `python -m tests.failures.clocked`, with the settings of `helpline serve` and the file's path in CLOCK_AHEAD.
"""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path

from starlette.types import ASGIApp

from helpline import bootstrap, log
from helpline.settings import Settings
from helpline.web.console_at import with_console
from helpline.web.listening import listen
from helpline.web.serving import ALIVE_SECONDS
from helpline.web.whole_answers import WholeAnswers
from helpline.web.workers import counting_together, own_metrics

CLOCK_AHEAD = "CLOCK_AHEAD"


def now() -> datetime:
    """The time there."""
    return bootstrap.now() + timedelta(seconds=float(Path(os.environ[CLOCK_AHEAD]).read_text()))


def set_ahead(path: Path, by: timedelta) -> None:
    """From now on it is so much later there; whoever reads meanwhile reads one or the other."""
    new = path.with_suffix(".new")
    new.write_text(str(by.total_seconds()))
    new.replace(path)


def service() -> ASGIApp:
    """What a worker process of `helpline serve` answers with, but for the clock."""
    log.configure()
    return with_console(bootstrap.helpline(Settings(), published=True, metrics=own_metrics(), clock=now))


def main() -> None:
    """What `helpline serve` does."""
    settings = Settings()
    log.configure()
    bootstrap.begin(settings, clock=now)
    with counting_together(settings.web_concurrency):
        listen(
            "tests.failures.clocked:service",
            settings.port,
            None,
            factory=True,
            workers=settings.web_concurrency,
            access_log=False,
            log_config=None,
            http=WholeAnswers,
            timeout_graceful_shutdown=10,
            timeout_worker_healthcheck=ALIVE_SECONDS,
        )


if __name__ == "__main__":
    main()
