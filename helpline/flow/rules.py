"""The rules that hold on every path of the conversation; a breach is told with the shortest call that shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from helpline.errors import Diverged, HelplineError
from helpline.flow.call import RING_SECONDS
from helpline.flow.measures import entry, least, most, moves, raw
from helpline.flow.paths import Branching, Move, Walk, World
from helpline.flow.replay import play
from helpline.flow.steps import NATIONAL, Ask, Lookup, Ring, Say
from helpline.flow.trail import LONGEST, Trail, read

MOST_STEPS = 30  # look-ups, questions and rings of one call
MOST_WAITING_SECONDS = 420  # of ringing in all, with the five that Twilio adds to each ring
RING_AND_PICK_UP_SECONDS = RING_SECONDS + 5
OFFERS = {"languages", "languages_english_only", "language_choice", "emergency"}  # said in another language on purpose


@dataclass(frozen=True)
class Breach:
    """One rule broken: where the call then stands, and by which ending, if by one."""

    rule: str
    what: str
    state: int
    move: Move | None = None


Rule = Callable[[Walk, World], Iterator[Breach]]


def words_about_112_come_first(walk: Walk, _world: World) -> Iterator[Breach]:
    """The first words say to ring 112, in Dutch and in English, before any key can cut them off."""
    first = [(say.prompt, say.language) for say in walk.first_words[:2]]
    if first != [("emergency", "nl"), ("emergency", "en")]:
        yield Breach("words_about_112_come_first", f"The call begins with {first}.", 0)


def words_about_112_come_again(walk: Walk, _world: World) -> Iterator[Breach]:
    """Whoever chooses a language hears 112 in it at once."""
    for state, move in moves(walk):
        chosen = _language_after(walk, state, move)
        if chosen != walk.memories[state].language and move.said[:1] != (Say("emergency", chosen),):
            yield Breach("words_about_112_come_again", f"112 is not said in {chosen!r}.", state, move)


def somebody_is_rung(walk: Walk, _world: World) -> Iterator[Breach]:
    """No call is over before somebody was rung."""
    rung = least(walk, lambda step: isinstance(step, Ring))
    for state, move in moves(walk):
        if move.to is None and not isinstance(walk.steps[state], Ring) and rung[state] == 0:
            yield Breach("somebody_is_rung", "The call ends, and nobody was rung.", state, move)


def nobody_is_left_without_words(walk: Walk, _world: World) -> Iterator[Breach]:
    """A call that nobody answered ends with 112 and when to ring again."""
    for state, move in moves(walk):
        done = isinstance(walk.steps[state], Ring) and move.ending in ("answered", "gone")
        if move.to is None and not done and (not move.said or move.said[-1].prompt != "nobody_reached"):
            yield Breach("nobody_is_left_without_words", "The call ends in silence.", state, move)


def all_is_tried_twice(walk: Walk, world: World) -> Iterator[Breach]:
    """Before a call is given up, every route of its advice line was rung, and then rung again."""
    rung = least(walk, lambda step: isinstance(step, Ring) and step.line == "advice")
    for state, move in moves(walk):
        step = walk.steps[state]
        if move.to is None and isinstance(step, Ring) and move.ending not in ("answered", "gone"):
            wanted = 2 * world.routes("advice", step.region)
            if rung[state] + 1 < wanted:
                yield Breach("all_is_tried_twice", f"Given up after {rung[state] + 1} of {wanted} rings.", state, move)


def an_answered_call_is_left_alone(walk: Walk, _world: World) -> Iterator[Breach]:
    """After a talk, and when the caller has gone, nobody is rung any more."""
    for state, move in moves(walk):
        if isinstance(walk.steps[state], Ring) and move.ending in ("answered", "gone") and move.to is not None:
            yield Breach("an_answered_call_is_left_alone", f"It goes on after {move.ending!r}.", state, move)


def a_dropped_call_is_told(walk: Walk, _world: World) -> Iterator[Breach]:
    """Whoever is cut off hears so before anything else happens."""
    for state, move in moves(walk):
        told = bool(move.said) and move.said[0].prompt == "dropped"
        if isinstance(walk.steps[state], Ring) and move.ending == "dropped" and not told:
            yield Breach("a_dropped_call_is_told", "A caller who was cut off is not told.", state, move)


def doctors_lines_are_open(walk: Walk, _world: World) -> Iterator[Breach]:
    """A doctors' line rings only when it was found open in this call."""
    for state, step in enumerate(walk.steps):
        if isinstance(step, Ring) and step.line == "doctors" and walk.memories[state].doctors_open != step.region:
            yield Breach("doctors_lines_are_open", f"{step.region}'s doctors' line rings unasked or closed.", state)


def doctors_are_announced(walk: Walk, _world: World) -> Iterator[Breach]:
    """Only doctors reach a doctors' line."""
    for state, step in enumerate(walk.steps):
        if isinstance(step, Ring) and step.line == "doctors" and not step.caller.doctor:
            yield Breach("doctors_are_announced", "Somebody who is no doctor rings the doctors' line.", state)


def every_route_is_reached(walk: Walk, world: World) -> Iterator[Breach]:
    """Each number of each line of each organisation rings in some call."""
    rung = {(step.line, step.region, step.route) for step in walk.steps if isinstance(step, Ring)}
    for region in (*world.regions, NATIONAL):
        lines = ["advice", *(["doctors"] if "open" in world.duties(region) else [])]
        for line in lines:
            for route in range(world.routes(line, region)):
                if (line, region, route) not in rung:
                    yield Breach("every_route_is_reached", f"{region} {line} {route + 1} never rings.", 0)


def a_call_keeps_its_language(walk: Walk, _world: World) -> Iterator[Breach]:
    """What a caller hears after choosing a language is in that language, and the worker is told of that one."""
    for state, move in moves(walk):
        language = _language_after(walk, state, move)
        heard = [*move.said, *(_said_at(walk.steps[move.to]) if move.to is not None else ())]
        for say in heard:
            if say.language != language and say.prompt not in OFFERS:
                yield Breach("a_call_keeps_its_language", f"{say.prompt} is said in {say.language!r}.", state, move)
        step = walk.steps[move.to] if move.to is not None else None
        if isinstance(step, Ring) and step.caller.language != language:
            yield Breach("a_call_keeps_its_language", f"The worker is told {step.caller.language!r}.", state, move)


def no_call_goes_on_for_ever(walk: Walk, _world: World) -> Iterator[Breach]:
    """No path has more steps than a caller could live through, and none goes in a circle."""
    steps = most(walk, lambda step, move: 1)
    if steps is None:
        yield Breach("no_call_goes_on_for_ever", "There is a way that never ends.", len(walk.steps) - 1)
    elif max(steps) > MOST_STEPS:
        yield Breach("no_call_goes_on_for_ever", f"A call can have {max(steps)} steps.", steps.index(max(steps)))


def waiting_is_bounded(walk: Walk, _world: World) -> Iterator[Breach]:
    """The ringing of one call, all added up, is bounded."""
    seconds = most(walk, lambda step, move: RING_AND_PICK_UP_SECONDS if isinstance(step, Ring) else 0) or [0]
    worst = max(seconds) + RING_AND_PICK_UP_SECONDS
    if worst > MOST_WAITING_SECONDS:
        yield Breach("waiting_is_bounded", f"A caller can wait {worst} s.", seconds.index(max(seconds)))


def every_word_is_there(walk: Walk, world: World) -> Iterator[Breach]:
    """Every prompt that can be said exists in the language in which it would be said."""
    for state, move in moves(walk):
        for say in (*move.said, *(_said_at(walk.steps[move.to]) if move.to is not None else ())):
            if not world.has_words(say.prompt, say.language):
                yield Breach("every_word_is_there", f"There is no {say.prompt} in {say.language!r}.", state, move)


def replay_gives_the_same_turn(walk: Walk, _world: World) -> Iterator[Breach]:
    """Written into an address and read back, every way leads to the same step."""
    for state, step in enumerate(walk.steps):
        if isinstance(step, Lookup):
            continue  # no address is made while the house answers itself
        trail = Trail("v1")
        for passed, move in walk.way_to(state):
            trail = trail.then(passed.name, raw(passed, move.ending))
        try:
            replayed = play(read(str(trail)), _asked_again, walk.conversation).pause
        except HelplineError as fault:
            yield Breach("replay_gives_the_same_turn", f"It cannot be replayed: {fault}", state)
        else:
            if replayed is None or _heard(replayed) != _heard(step):
                yield Breach("replay_gives_the_same_turn", f"Replayed, the call is in {replayed}.", state)


def addresses_stay_short(walk: Walk, _world: World) -> Iterator[Breach]:
    """The longest trail fits into a URL that every server and proxy takes."""
    longest = most(walk, lambda step, move: len(entry(step, move.ending)) + 1) or [0]
    if max(longest) + 40 > LONGEST:
        yield Breach(
            "addresses_stay_short", f"A trail can have {max(longest)} characters.", longest.index(max(longest))
        )


RULES: Mapping[str, Rule] = {
    rule.__name__: rule
    for rule in (
        words_about_112_come_first,
        words_about_112_come_again,
        somebody_is_rung,
        nobody_is_left_without_words,
        all_is_tried_twice,
        an_answered_call_is_left_alone,
        a_dropped_call_is_told,
        doctors_lines_are_open,
        doctors_are_announced,
        every_route_is_reached,
        a_call_keeps_its_language,
        no_call_goes_on_for_ever,
        waiting_is_bounded,
        every_word_is_there,
        replay_gives_the_same_turn,
        addresses_stay_short,
    )
}


def breaches(walk: Walk, world: World) -> list[Breach]:
    """The first breach of each rule that is broken, which is the one with the shortest call."""
    found = (next(rule(walk, world), None) for rule in RULES.values())
    return [breach for breach in found if breach is not None]


def _said_at(step: Branching) -> tuple[Say, ...]:
    """What a question says while it waits, choices left aside: those are in the table's words or name themselves."""
    return step.says if isinstance(step, Ask) else ()


def _heard(step: Branching) -> Branching:
    """A step without the choices, which the walk has as one sign for all that a table can leave open."""
    return step._replace(choices="") if isinstance(step, Ask) else step


def _asked_again(step: Lookup) -> str:
    raise Diverged(f"{step.name} is asked again, though the trail has its answer.")


def _language_after(walk: Walk, state: int, move: Move) -> str:
    return walk.memories[move.to].language if move.to is not None else walk.memories[state].language
