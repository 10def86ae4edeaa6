"""The service's process: `helpline serve` as anybody runs it, watched, and with faults or leaks where they are wanted.

`python -m tests.no_trace.process serve`; its workers run this module too, under another name.
"""

from __future__ import annotations

import os
from datetime import timedelta

from helpline.cli.command import main
from helpline.storage import postgresql  # noqa: F401 - else loaded with the first connection, and not forced
from helpline.upkeep import alert_groups, alert_sending, alerts, erasing, forgetting, records
from tests.no_trace import at_twilio, forced, leaks, now, watched


def hurry() -> None:
    """What happens beside the calls, some seconds or minutes later, happens at once."""
    alert_groups.TOGETHER = alert_groups.HELD_BACK = timedelta(0)
    alert_sending.WAITS = (0.05, 0.05, 0.05)
    alerts.EVERY_SECONDS = erasing.EVERY_SECONDS = 0.2
    erasing.AFTER_THE_END = timedelta(0)
    forgetting.FIRST_SECONDS = forgetting.EVERY_SECONDS = 0.5
    records.EVERY_SECONDS, records.LONGEST_PAUSE_SECONDS = 0.05, 0.1
    records.MOST_TRIES = 1000  # each fault costs one, and there are hundreds


if now.TOLD in os.environ:
    at_twilio.play()
    hurry()
    if now.PLANTED in os.environ:
        leaks.plant()
    if now.FORCED in os.environ:
        forced.force()
    watched.watch()
if __name__ == "__main__":
    main()
