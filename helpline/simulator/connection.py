"""Connection overrides: how long Twilio waits and how often it tries, from a URL's fragment.

https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides: `#ct=1000&rt=3000&rc=1&rp=all`.
The fragment is neither sent nor signed.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl

from helpline.simulator.checking import Notification

RANGES = {"ct": (100, 10_000), "rt": (100, 15_000), "tt": (100, 15_000), "rc": (0, 5)}
POLICIES = frozenset({"4xx", "5xx", "ct", "rt", "all"})
ELSEWHERE = frozenset({"e", "sni"})  # which edge asks, and TLS: nothing to play here


@dataclass(frozen=True)
class Overrides:
    """Milliseconds, tries after the first, and which failures are tried again; Twilio's defaults."""

    ct: int = 5_000
    rt: int = 15_000
    tt: int = 15_000  # hard for calls, whatever the retries
    rc: int = 1
    rp: frozenset[str] = frozenset({"ct"})

    def tries_again(self, kind: str) -> bool:
        """Whether a failure of this kind ("4xx", "5xx", "ct", "rt") is worth another try."""
        return kind in POLICIES and (kind in self.rp or "all" in self.rp)


def read_overrides(fragment: str) -> Overrides | Notification:
    """The overrides in a fragment; 11100 for one Twilio would not understand."""
    numbers: dict[str, int] = {}
    policy = Overrides.rp
    for name, value in parse_qsl(fragment, keep_blank_values=True):
        if name in RANGES and _is_in_range(value, RANGES[name]):
            numbers[name] = int(value)
        elif name == "rp" and set(value.split(",")) <= POLICIES:
            policy = frozenset(value.split(","))
        elif name not in ELSEWHERE:
            return Notification(11100, f"The connection override {name}={value} is none Twilio takes.")
    return Overrides(**numbers, rp=policy)


def _is_in_range(value: str, limits: tuple[int, int]) -> bool:
    return value.isascii() and value.isdigit() and limits[0] <= int(value) <= limits[1]
