"""A call as it went beside what was written of it, as between two versions of a file.

`-` stands before a line that was written in vain, `+` before what happened there instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from helpline.simulator.acts import Act, Ends, Hears, NeverHears, Rings, WorkerHears
from helpline.simulator.events import Ended, Event, Heard, HungUp, Pressed, Rang, RingEnded, Spoke, Waited, WorkerHeard
from helpline.simulator.hearing import find, tokens
from helpline.simulator.replay import NOT_REACHED, Verdict
from helpline.simulator.telling import tell

STOPS = (Pressed, Spoke, Waited, HungUp, RingEnded)  # what is heard is held against the transcript between these
SHOWN_BY: dict[type[Act], type[Event]] = {
    Hears: Heard,
    NeverHears: Heard,
    Rings: Rang,
    WorkerHears: WorkerHeard,
    Ends: Ended,
}


@dataclass
class _Row:
    """An event, or a line that was written in vain; and whether it was written otherwise."""

    what: Event | Verdict
    differs: bool = False


def compare(rows: Sequence[Event | Verdict], line_of: Callable[[str], str]) -> Iterator[str]:
    """The call from its first event to its last, and each line that does not hold where it was looked for."""
    shown: list[_Row] = []
    fitting: list[str] = []  # words that are both written and heard since the last stop
    for row in rows:
        if not isinstance(row, Verdict):
            shown.append(_Row(row))
            fitting = [] if isinstance(row, STOPS) else fitting
        elif row.why:
            _part(shown, row, fitting)
        elif row.line and isinstance(row.line.act, Hears):
            fitting.append(row.line.act.words)
    return (_told(row, line_of) for row in shown)


def _part(shown: list[_Row], verdict: Verdict, fitting: Sequence[str]) -> None:
    """Marks what happened instead, and puts the line that was written before it."""
    instead = _instead(shown, verdict, fitting)
    for place in instead:
        shown[place].differs = True
    if verdict.line is not None:
        # Where nothing came instead: at the end so far, for a whisper before the ring's own end.
        last = len(shown) - 1 if isinstance(verdict.line.act, WorkerHears) else len(shown)
        shown.insert(min(instead, default=last), _Row(verdict, differs=True))


def _instead(shown: Sequence[_Row], verdict: Verdict, fitting: Sequence[str]) -> list[int]:
    """Where in the call what happened stands that the line was held against."""
    events = [(place, row.what) for place, row in enumerate(shown) if not isinstance(row.what, Verdict)]
    if verdict.line is None:
        return [place for place, _ in events[-1:]]
    act = verdict.line.act
    kind = SHOWN_BY.get(type(act))
    if kind is None or verdict.why == NOT_REACHED:
        return []
    if isinstance(act, NeverHears):
        return [place for place, each in events if isinstance(each, Heard) and _has(each, act.words)]
    stops = [place for place, each in events[:-1] if isinstance(each, STOPS)]
    since = max(stops, default=-1)
    found = [(place, each) for place, each in events if place > since and isinstance(each, kind)]
    return [place for place, each in found if not any(_has(each, words) for words in fitting)]


def _has(event: Event, words: str) -> bool:
    return isinstance(event, Heard) and find(words, tokens(event.text)) is not None


def _told(row: _Row, line_of: Callable[[str], str]) -> str:
    if isinstance(row.what, Verdict):
        line = row.what.line
        assert line is not None
        return f"  - {f'line {line.number}':>9}  {line.text}"
    return f"  {'+' if row.differs else ' '} {row.what.at:7.1f} s  {tell(row.what, line_of)}"
