"""What the simulation takes for granted: each figure with its meaning, and each can be set by command.

No organisation publishes its staffing by the hour nor the length of its talks: replace these figures by your own
before anything is decided by them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar

T = TypeVar("T", int, float)


def _is(default: T, says: str) -> T:
    told: T = field(default=default, metadata={"says": says})
    return told


@dataclass(frozen=True)
class Assumed:
    """All that is neither in the routing table nor in the conversation."""

    seed: int = _is(1, "the first evening's; the same seed is the same callers")
    runs: int = _is(100, "evenings, each with other callers")
    calls_per_hour: float = _is(40.0, "in the whole country, on a usual evening")
    multiplier: float = _is(20.0, "as many ring at the height of it")
    rise_seconds: float = _is(60.0, "from the number on the screen to the height")
    half_life_minutes: float = _is(10.0, "until half as many more than usual ring")
    minutes_before: float = _is(60.0, "at the usual rate, so that some workers are talking when it begins")
    minutes_after: float = _is(120.0, "that callers are drawn for")
    inhabitants_per_worker: float = _is(200_000.0, "for each worker on duty at an organisation")
    fewest_workers: int = _is(2, "at each organisation, so that both its numbers are staffed")
    desk_workers: int = _is(4, "at the national desk")
    talk_median_seconds: float = _is(720.0, "half of the talks are shorter (lognormal)")
    talk_spread: float = _is(0.7, "of the logarithm; at 0.7 one talk in twenty takes more than three times the median")
    notes_seconds: float = _is(120.0, "after a talk, to write down what was agreed")
    patience_median_seconds: float = _is(240.0, "half of the callers wait longer for a voice (lognormal)")
    patience_spread: float = _is(0.7, "of the logarithm; at 0.7 one caller in twenty goes within a third of the median")
    missed: float = _is(0.05, "of rings at a number with a free worker, who does not get there in time")
    key_seconds: float = _is(3.0, "from the end of the question to the last key of the postcode")
    # As measured (benchmarks/RESULTS.md): above the mean of a first turn, a postcode and a dial, with their records.
    turn_microseconds: float = _is(200.0, "of CPU for each request of the carrier")
    turns_per_call: float = _is(4.0, "requests: the call, the postcode, the end of the ring, the end of the call")
    cores: float = _is(1.0, "of one small machine")
    most_busy: float = _is(0.5, "of its cores, so that no caller waits for the machine")


USUAL = Assumed()
