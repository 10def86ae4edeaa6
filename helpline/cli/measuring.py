"""How long each kind of caller waits until a telephone rings, rehearsed against a helpline of one's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import click

from helpline.cli.local import Local, local_helpline
from helpline.cli.rehearsing import standing_at
from helpline.directory.hours import AMSTERDAM
from helpline.settings import Settings
from helpline.simulator.rehearsal import rehearse
from helpline.simulator.transcript import parse

BY_DAY = datetime(2026, 11, 23, 11, 0, tzinfo=AMSTERDAM)  # a Monday, with every vertrouwensarts on duty
MOBILE, LANDLINE_IN_UTRECHT = "+31612345601", "030"
ENGLISH = ("presses 09", "hears 1", "presses 1 at once", "presses 3511")  # the first of the menu, as soon as heard
SUBSCRIBER = "0123456"  # nobody's number begins with 0 after the area code
HEADS = ("caller", "seconds", "aim", "keys", "aim")


@dataclass(frozen=True)
class Measured:
    """One kind of caller: seconds from the answer to the first ring, keys pressed, and the aims where there are any."""

    caller: str
    seconds: float
    keys: int
    aim_seconds: float | None = None
    aim_keys: int | None = None

    @property
    def holds(self) -> bool:
        """Whether the aims are met."""
        fast = self.aim_seconds is None or self.seconds <= self.aim_seconds
        return fast and (self.aim_keys is None or self.keys <= self.aim_keys)


def measured(settings: Settings) -> list[Measured]:
    """Each kind of caller, by day, with all languages offered."""
    with local_helpline(settings, clock=standing_at(BY_DAY)) as local:
        codes = local.helpline.directory.current.region_of_area_code
        landlines = {code: _call(local, _landline(code), "waits") for code in codes}
        slowest = max(landlines, key=lambda code: landlines[code][0])
        return [
            Measured("a landline in Utrecht, silent", *landlines[LANDLINE_IN_UTRECHT], 22, 0),
            Measured(f"the slowest of {len(codes)} area codes ({slowest}), silent", *landlines[slowest], 22, 0),
            Measured("a mobile: hears all, keys a postcode", *_call(local, MOBILE, "presses 3511"), 20, 4),
            Measured("a mobile: keys right after 112", *_call(local, MOBILE, "presses 3511 at once"), 10, 4),
            Measured("a mobile, silent", *_call(local, MOBILE, "waits", "waits")),
            Measured("a doctor by day, keys 01 and a postcode", *_call(local, MOBILE, "presses 01", "presses 3511")),
            Measured("English, keys 09, the language, a postcode", *_call(local, MOBILE, *ENGLISH)),
            Measured("cannot speak, keys 02 and a postcode", *_call(local, MOBILE, "presses 02", "presses 3511")),
        ]


def table(rows: list[Measured]) -> list[tuple[str, str, str, str, str]]:
    """The rows as they are read, under `HEADS`; an aim that is missed is marked."""
    return [(row.caller, f"{row.seconds:.1f}", _aim(row, row.aim_seconds), str(row.keys), _keys(row)) for row in rows]


def _aim(row: Measured, aim: float | None) -> str:
    if aim is None:
        return ""
    return f"{aim:g}" if row.seconds <= aim else f"{aim:g}, missed"


def _keys(row: Measured) -> str:
    if row.aim_keys is None:
        return ""
    return f"{row.aim_keys}" if row.keys <= row.aim_keys else f"{row.aim_keys}, missed"


def _call(local: Local, caller: str, *acts: str) -> tuple[float, int]:
    """Seconds to the first ring and keys until then."""
    transcript = parse("\n".join([f"from {caller}", *acts, "answered"]), "measured.call")
    rehearsal = rehearse(transcript, local.telephone, local.line_of)
    if not rehearsal.ok or rehearsal.first_ring_seconds is None:
        raise click.ClickException(f"A call could not be measured.\n{rehearsal.report()}")
    return round(rehearsal.first_ring_seconds, 1), rehearsal.keys_pressed


def _landline(code: str) -> str:
    """A number with this area code that cannot exist; nine digits after the country's code."""
    return f"+31{code[1:]}{SUBSCRIBER}"[: len("+31") + 9]
