"""Doctors' lines of other shapes than the shipped ones: each doctor reaches a doctor on duty, or a person."""

from __future__ import annotations

import re
import socket
from datetime import datetime
from pathlib import Path

import pytest

from helpline import bootstrap
from helpline.directory.hours import AMSTERDAM
from helpline.settings import Settings
from helpline.simulator.account import Twilio, TwilioNumber
from helpline.simulator.player import Telephone
from helpline.simulator.rehearsal import rehearse
from helpline.simulator.transcript import parse
from helpline.web.serving import serving
from tests.clock import Clock
from tests.conftest import OWN_NUMBER, PUBLIC_URL, TOKEN

NIGHTS = 'hours = ["mo-su 22:00-06:00"]'
ALWAYS = 'hours = ["mo-su,ph 00:00-24:00"]'
CHRISTMAS = 'hours = ["mo-fr 09:00-17:00", "ph 10:00-12:00"]'
DOCTORS = re.compile(r"\[doctors\].*?(?=\[\[)", re.DOTALL)


@pytest.mark.parametrize(
    ("hours", "moment", "line"),
    [
        (NIGHTS, "2026-11-24 21:59", "advice"),
        (NIGHTS, "2026-11-24 22:00", "doctors"),
        (NIGHTS, "2026-11-25 00:00", "doctors"),
        (NIGHTS, "2026-11-25 05:59", "doctors"),
        (NIGHTS, "2026-11-25 06:00", "advice"),
        (NIGHTS, "2026-03-29 03:30", "doctors"),  # the night of 23 hours
        (NIGHTS, "2026-10-25 02:30", "doctors"),  # the night in which this hour comes twice
        (ALWAYS, "2026-12-25 00:00", "doctors"),
        (CHRISTMAS, "2026-12-25 11:00", "doctors"),
        (CHRISTMAS, "2026-12-26 12:00", "advice"),
        (CHRISTMAS, "2026-04-27 10:30", "doctors"),
        ("", "2026-11-24 11:00", "advice"),  # no doctors' line at all
    ],
)
def test_a_doctor_reaches_who_is_there(regions: Path, settings: Settings, hours: str, moment: str, line: str) -> None:
    """At each moment the doctors' line rings when it is open then, and the organisation's own line when it is not."""
    path = regions / "utrecht.toml"
    text = path.read_text("utf-8")
    changed = re.sub(r"hours = .*", hours, text) if hours else DOCTORS.sub("", text)
    path.write_text(changed, "utf-8")
    clock = Clock(datetime.fromisoformat(moment).replace(tzinfo=AMSTERDAM))
    helpline = bootstrap.helpline(
        settings.model_copy(update={"helpline_regions": regions}), placeholders_allowed=True, clock=clock
    )
    transcript = parse(f"from nothing\npresses 01\npresses 3511\nrings utrecht {line}\nanswered\nends\n", moment)
    with socket.create_server(("127.0.0.1", 0)) as listener, serving(helpline, listener):
        twilio = Twilio(PUBLIC_URL, f"http://127.0.0.1:{listener.getsockname()[1]}", TOKEN, owned=(OWN_NUMBER,))
        rehearsal = rehearse(
            transcript, Telephone(twilio, TwilioNumber(OWN_NUMBER)), helpline.directory.current.line_of
        )
    assert rehearsal.ok, rehearsal.report()
