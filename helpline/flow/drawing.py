"""The picture of the conversation: boxes and arrows, taken from the walk of every path.

1. States are merged by the name of their step; over regions, languages, guesses and routes.
2. Look-ups that no caller would notice are passed through.
3. Every arrow is a way that some call takes, and every move of the walk is a way along arrows.
4. Between steps stand four kinds of junction: a code was pressed, no usable answer came, a person is now looked for,
   and words that end a round of ringing. What all forms of the question share starts, once, from the frame around them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from helpline.flow.call import CODES
from helpline.flow.paths import Branching, Walk
from helpline.flow.steps import DOUBT, MAYBE, SILENCE, UNCLEAR, Ask, Lookup, Ring, Say

Kind = Literal["question", "junction", "ringing", "words", "end"]
FRAME = "questions"  # all forms of the question for the place
OPENING, OVER = "opening", "over"
CODE, NO_ANSWER, PUT_THROUGH = "code", "no_answer", "put_through"
SHOWN_LOOKUPS = {"doctors_line"}
SHOWN_WORDS = {"once_more", "nobody_reached"}
SAID_LAST = {"announcement", "connecting"}  # said when it is clear who is looked for
CHOSEN, PLACE = "chosen", "place"
# A menu that says nothing before its choices: the first of them stands for all.
READ_OUT = {
    "language": Say("language_choice", "en", key="1"),
    "meant": Say("meant", "nl", place="…", key="1"),
}


class Words(NamedTuple):
    """What is said in a box; `always` is False for what is said only to some."""

    say: Say
    always: bool


@dataclass(frozen=True)
class Box:
    """One step, or one junction, with all its states merged."""

    name: str
    kind: Kind
    words: tuple[Words, ...] = ()


@dataclass(frozen=True)
class Arrow:
    """From a box to the next; each ending that leads along it, with what is then always said."""

    start: str
    end: str
    endings: tuple[tuple[str, tuple[Say, ...]], ...]


@dataclass(frozen=True)
class Picture:
    """Boxes in the order in which a call meets them; `framed` are the forms of the question for the place."""

    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    framed: tuple[str, ...]


class _Hop(NamedTuple):
    start: str
    end: str
    ending: str
    said: tuple[Say, ...]


def picture(walk: Walk) -> Picture:
    """The picture of all that was walked."""
    hops = list(dict.fromkeys(_hops(walk)))
    framed = tuple(dict.fromkeys(step.name for step in walk.steps if _asks_place(step)))
    arrows = _arrows(_through_frame(hops, framed))
    names = dict.fromkeys(name for hop in hops for name in (hop.start, hop.end))
    return Picture(tuple(_box(name, walk, hops) for name in names), arrows, framed)


def kind_of_ending(step: Branching, ending: str) -> str:
    """An ending, with the names of places and languages left out."""
    if not isinstance(step, Ask) or ending in (SILENCE, UNCLEAR):
        return ending
    if step.choices:
        return CHOSEN
    known = {DOUBT: "doubt", MAYBE: "maybe"}
    return known.get(ending.rstrip("0123456789-") + "-", ending if ending in CODES.values() else PLACE)


def _asks_place(step: Branching) -> bool:
    return isinstance(step, Ask) and not step.choices


def is_passed(step: Branching | None) -> bool:
    """True for a look-up of which no caller takes notice."""
    return isinstance(step, Lookup) and step.name not in SHOWN_LOOKUPS


def _hops(walk: Walk) -> Iterator[_Hop]:
    """Each way from a step that is shown to the next one, box by box."""
    yield from _along(OPENING, None, "", (), walk, 0)
    for step, moves in zip(walk.steps, walk.moves, strict=True):
        if not is_passed(step):
            for move in moves:
                yield from _along(step.name, step, kind_of_ending(step, move.ending), move.said, walk, move.to)


def _along(
    start: str, step: Branching | None, ending: str, said: tuple[Say, ...], walk: Walk, to: int | None
) -> Iterator[_Hop]:
    """The boxes from a step by one of its endings to each next step that is shown."""
    after = walk.steps[to] if to is not None else None
    if to is not None and is_passed(after):
        for move in walk.moves[to]:
            yield from _along(start, step, ending, (*said, *move.said), walk, move.to)
        return
    junction = hub(step, ending)
    if junction:
        yield _Hop(start, junction, ending, ())
        start = junction
    if isinstance(step, Ask) and not isinstance(after, Ask):
        before = tuple(say for say in said if say.prompt not in SAID_LAST)
        yield _Hop(start, PUT_THROUGH, ending, before)
        start, said = PUT_THROUGH, said[len(before) :]
    yield from _words(start, ending, said, after.name if after else OVER)


def _words(start: str, ending: str, said: tuple[Say, ...], end: str) -> Iterator[_Hop]:
    heard: list[Say] = []
    for say in said:
        if say.prompt in SHOWN_WORDS:
            yield _Hop(start, say.prompt, ending, tuple(heard))
            start, heard = say.prompt, []
        else:
            heard.append(say)
    yield _Hop(start, end, ending, tuple(heard))


def hub(step: Branching | None, ending: str) -> str:
    """The junction that stands after a question that ended so; empty where there is none."""
    if step is None or not _asks_place(step):
        return ""
    if ending in CODES.values():
        return CODE
    return NO_ANSWER if ending in (SILENCE, UNCLEAR) else ""


def _through_frame(hops: Iterable[_Hop], framed: tuple[str, ...]) -> Iterator[_Hop]:
    """What starts from every form of the question, or leads to every one, starts from or leads to the frame."""
    hops = list(hops)
    starts: dict[tuple[str, str], set[str]] = {}
    ends: dict[tuple[str, str], set[str]] = {}
    for hop in hops:
        starts.setdefault((hop.end, hop.ending), set()).add(hop.start)
        ends.setdefault((hop.start, hop.ending), set()).add(hop.end)
    for hop in hops:
        start, end, ending, said = hop
        if start in framed and starts[end, ending] >= set(framed):
            yield _Hop(FRAME, end, ending, said)
        elif end in framed and start != OPENING and ends[start, ending] >= set(framed):
            yield _Hop(start, FRAME, ending, said)
        else:
            yield hop


def _arrows(hops: Iterable[_Hop]) -> tuple[Arrow, ...]:
    merged: dict[tuple[str, str], dict[str, list[tuple[Say, ...]]]] = {}
    for start, end, ending, said in hops:
        merged.setdefault((start, end), {}).setdefault(ending, []).append(said)
    return tuple(
        Arrow(start, end, tuple((ending, _common(said)) for ending, said in endings.items()))
        for (start, end), endings in merged.items()
    )


def _common(ways: list[tuple[Say, ...]]) -> tuple[Say, ...]:
    """What is said on each of these ways, one `Say` for each prompt, in Dutch where there is one."""
    always = set.intersection(*({say.prompt for say in said} for said in ways))
    return tuple(words.say for words in _collected(ways) if words.say.prompt in always)


def _collected(ways: Iterable[tuple[Say, ...]]) -> tuple[Words, ...]:
    """Every prompt that is said on some of these ways, in the order of the longest."""
    ways = sorted(dict.fromkeys(ways), key=len, reverse=True)
    found: dict[str, Say] = {}
    for say in (say for said in ways for say in said):
        if say.prompt not in found or (say.language == "nl" and found[say.prompt].language != "nl"):
            found[say.prompt] = say
    return tuple(
        Words(say, all(prompt in {each.prompt for each in said} for said in ways)) for prompt, say in found.items()
    )


def _box(name: str, walk: Walk, hops: Iterable[_Hop]) -> Box:
    if name in (CODE, NO_ANSWER):
        return Box(name, "junction")
    if name == PUT_THROUGH:
        return Box(name, "junction", _announced(name, hops))
    if name == OPENING:
        return Box(name, "words", (*(Words(say, True) for say in walk.first_words), *_announced(name, hops)))
    if name in SHOWN_WORDS:
        return Box(name, "words", (Words(Say(name, "nl"), True),))
    steps = [step for step in walk.steps if step.name == name]
    if not steps:
        return Box(name, "end")
    if isinstance(steps[0], Ask):
        return Box(name, "question", _collected(_heard(steps)))
    return Box(name, "ringing" if isinstance(steps[0], Ring) else "junction")


def _announced(start: str, hops: Iterable[_Hop]) -> tuple[Words, ...]:
    """What an operator can have announced on the ways from a box: at no time is it certain to be heard."""
    ways = [hop.said for hop in hops if hop.start == start]
    return tuple(words for words in _collected(ways) if words.say.prompt == "announcement")


def _heard(steps: Iterable[Branching]) -> Iterator[tuple[Say, ...]]:
    """What a question says to somebody who hears it in Dutch; one without words of its own has those of its name."""
    for step in steps:
        if isinstance(step, Ask) and step.language == "nl":
            yield step.says or (READ_OUT.get(step.name, Say(step.name, "nl")),)
