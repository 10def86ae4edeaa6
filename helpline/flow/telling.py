"""A way through the conversation, told as the call that a person would live through."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from helpline.flow.breach import Breach
from helpline.flow.paths import Branching, Walk
from helpline.flow.steps import SILENCE, UNCLEAR, Ask, Ring, Say

InWords = Callable[[Say], str]
PRESSES = {
    "doctor": "presses 01",
    "mute": "presses 02",
    "national": "presses 03",
    "language": "presses 09",
    "codes": "presses 0",
    "emergency": "presses 112",
    SILENCE: "waits",
    UNCLEAR: "presses something else",
}


def told(walk: Walk, breach: Breach, in_words: InWords) -> str:
    """The rule that is broken, what is wrong, and the shortest call that shows it, one line for each thing in it."""
    lines = [*_heard(walk.first_words, in_words)]
    for step, move in walk.way_to(breach.state):
        lines += _step(step, move.ending, in_words)
        lines += _heard(move.said, in_words)
    if breach.move is not None:
        lines += _step(walk.steps[breach.state], breach.move.ending, in_words)
        lines += _heard(breach.move.said, in_words)
    return "\n".join([f"{breach.rule}: {breach.what}", *(f"    {line}" for line in lines)])


def _step(step: Branching, ending: str, in_words: InWords) -> Iterator[str]:
    match step:
        case Ask(choices=""):
            yield from _heard(step.says, in_words)
            yield PRESSES.get(ending, f"says or keys the place: {ending}")
        case Ask():
            yield from _heard(step.says, in_words)
            yield PRESSES.get(ending, f"chooses {ending}")
        case Ring():
            yield f"rings   {step.region} {step.line} {step.route + 1}"
            yield ending
        case _:
            yield f"# {step.name}{f' of {step.of}' if step.of else ''}: {ending}"


def _heard(says: Iterable[Say], in_words: InWords) -> Iterator[str]:
    for say in says:
        yield f"hears   {in_words(say)}"
