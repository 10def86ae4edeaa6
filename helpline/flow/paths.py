"""Every path of the conversation: each ending of each step, nothing sampled.

1. Paths that pause in the same place with the same locals are one: the script holds nothing else it could branch on.
   What the paused generators hold is their code position and their locals, along the `yield from` chain.
2. A spoken place or a doubt is one ending each, answered by every region: more than any table leaves open.
3. An announcement is in no language, in Dutch, in Dutch and English, or in all: no other makes a difference.
4. What a rule must know of the way to a step, and the script does not keep, is in `Memory`.

Only the checker looks into frames; the service replays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from types import FrameType, GeneratorType
from typing import Any, NamedTuple

from helpline.flow.call import CODES
from helpline.flow.steps import (
    DOUBT,
    MAYBE,
    NATIONAL,
    RING_ENDINGS,
    SILENCE,
    UNCLEAR,
    UNKNOWN,
    Ask,
    Lookup,
    Ring,
    Say,
    Script,
)

Branching = Lookup | Ask | Ring
Conversation = Callable[[], Script[None]]
HEARD_OF_A_RING = tuple(dict.fromkeys(RING_ENDINGS.values()))


@dataclass(frozen=True)
class World:
    """What a conversation can meet: the table's regions and routes, when a vertrouwensarts can be had, the languages.

    `regions` are those a place can be in, `guesses` those an area code can mean (and "unknown"); `routes` counts the
    numbers of a line of a region; `duties` are the words "open", "closed", "none" that can be true of a region's
    doctors' line; `languages` is what a caller can choose, as "en-tr"; `has_words` says whether a prompt exists.
    """

    regions: tuple[str, ...]
    guesses: tuple[str, ...]
    routes: Callable[[str, str], int]
    duties: Callable[[str], tuple[str, ...]]
    languages: str
    has_words: Callable[[str, str], bool]


class Memory(NamedTuple):
    """What rules must know of the way here."""

    language: str = "nl"
    doctor: bool = False
    mute: bool = False
    wanted: str = NATIONAL  # whom the caller should reach: the place answered, or else the guess, or else the desk
    guessed: bool = False  # there is a guess, and nothing has been answered yet
    announced: str = ""  # whose announcement was looked up last
    duty: str = ""  # what was found of the doctors' line of `wanted`; "rung" once it was


class Move(NamedTuple):
    """One ending of one step, what is said after it, and the state it leads to; None when the call is over."""

    ending: str
    said: tuple[Say, ...]
    to: int | None


@dataclass
class Walk:
    """All states, numbered in the order in which they are met from the start, and the moves between them."""

    conversation: Conversation
    first_words: tuple[Say, ...]
    steps: list[Branching] = field(default_factory=list)  # the step in which the call pauses
    memories: list[Memory] = field(default_factory=list)
    moves: list[tuple[Move, ...]] = field(default_factory=list)
    trails: list[tuple[str, ...]] = field(default_factory=list)  # the endings of a shortest way there

    def way_to(self, state: int) -> list[tuple[Branching, Move]]:
        """The steps and endings of a shortest way to a state."""
        way: list[tuple[Branching, Move]] = []
        at = 0
        for ending in self.trails[state]:
            move = next(move for move in self.moves[at] if move.ending == ending)
            assert move.to is not None
            way.append((self.steps[at], move))
            at = move.to
        return way


class Paused(NamedTuple):
    """A call that waits in a step; `frames` is all that its future can depend on."""

    step: Branching
    memory: Memory
    frames: tuple[Any, ...]


def walk(world: World, conversation: Conversation) -> Walk:
    """Every path of the conversation in this world."""
    said, start = _advance(conversation, (), Memory())
    assert start is not None, "a call that waits for nothing"
    walked = Walk(conversation, said, [start.step], [start.memory], [], [()])
    known = {start: 0}
    for state, step in enumerate(walked.steps):  # grows while it is gone through: nearest first
        moves = []
        for ending in endings(step, world):
            trail = (*walked.trails[state], ending)
            said, paused = _advance(conversation, trail, _remember(walked.memories[state], step, ending, world))
            moves.append(Move(ending, said, paused and _number(paused, trail, known, walked)))
        walked.moves.append(tuple(moves))
    return walked


def _number(paused: Paused, trail: tuple[str, ...], known: dict[Paused, int], walked: Walk) -> int:
    number = known.setdefault(paused, len(known))
    if number == len(walked.steps):
        walked.steps.append(paused.step)
        walked.memories.append(paused.memory)
        walked.trails.append(trail)
    return number


def endings(step: Branching, world: World) -> Sequence[str]:
    """Every way a step can end, as the script is told it."""
    match step:
        case Ring():
            return HEARD_OF_A_RING
        case Ask(choices=""):
            spoken = (f"{MAYBE}0",) if step.speech else ()
            return (SILENCE, UNCLEAR, *dict.fromkeys(CODES.values()), f"{DOUBT}0", *spoken, *world.regions)
        case Ask(name="language"):
            return (SILENCE, UNCLEAR, *step.choices.split("-"))
        case Ask():
            return (SILENCE, UNCLEAR, *world.regions)
        case Lookup(name="region_of_caller"):
            return world.guesses
        case Lookup(name="languages"):
            return (world.languages,)
        case Lookup(name="announcement"):
            return tuple(dict.fromkeys(("none", "nl", "nl-en", world.languages)))  # Dutch always, others if need be
        case Lookup(name="doctors_line", of=region):
            return world.duties(region)
        case Lookup(name="likeliest"):
            return world.regions
        case _:
            return (str(world.routes(step.name.removeprefix("routes_"), step.of)),)


def _advance(
    conversation: Conversation, trail: tuple[str, ...], memory: Memory
) -> tuple[tuple[Say, ...], Paused | None]:
    """What is said after these endings, and where the call then pauses; None when it is over."""
    script = conversation()
    said: list[Say] = []
    left = iter(trail)
    try:
        step = next(script)
        while True:
            if isinstance(step, Say):
                said.append(step)
                step = script.send("")
            elif (ending := next(left, None)) is not None:
                said.clear()
                step = script.send(ending)
            else:
                return tuple(said), Paused(step, memory, tuple(_frames(script)))
    except StopIteration:
        return tuple(said), None


def _frames(script: Any) -> Iterable[tuple[str, int, tuple[Any, ...]]]:
    """Where each paused generator stands and what it holds, from the call inwards."""
    while isinstance(script, GeneratorType):
        frame: FrameType | None = script.gi_frame
        assert frame is not None
        yield frame.f_code.co_name, frame.f_lasti, tuple(frame.f_locals.values())
        script = script.gi_yieldfrom


def _remember(memory: Memory, step: Branching, ending: str, world: World) -> Memory:  # noqa: C901 - a case a thing
    match step:
        case Ask(name="language") if ending not in (SILENCE, UNCLEAR):
            return memory._replace(language=ending)
        case Ask(choices="") if ending == "language" and world.languages.count("-") == 1:
            return memory._replace(language=world.languages.replace(memory.language, "").strip("-"))  # the other one
        case Ask() if ending == "doctor":
            return memory._replace(doctor=True)
        case Ask() if ending == "mute":
            return memory._replace(mute=True)
        case Ask() if ending in world.regions or ending == "national":
            return memory._replace(wanted=NATIONAL if ending == "national" else ending, guessed=False)
        case Ask(name="which"):
            return memory._replace(wanted="", guessed=False)  # unanswered: the likeliest is wanted
        case Lookup(name="likeliest") if not memory.wanted:
            return memory._replace(wanted=ending)
        case Lookup(name="region_of_caller") if ending != UNKNOWN:
            return memory._replace(wanted=ending, guessed=True)
        case Lookup(name="announcement"):
            return memory._replace(announced=step.of)
        case Lookup(name="doctors_line"):
            return memory._replace(duty=ending)
        case Ring(line="doctors"):
            return memory._replace(duty="rung")
    return memory
