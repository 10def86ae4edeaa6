"""Rules of what is heard: 112, in the caller's language, and never silence."""

from __future__ import annotations

from collections.abc import Iterator

from helpline.flow.breach import Breach
from helpline.flow.call import FIRST_LANGUAGES
from helpline.flow.measures import moves
from helpline.flow.paths import Branching, Move, Walk, World
from helpline.flow.steps import EVERYWHERE, Ask, Lookup, Ring, Say

# Said in another language on purpose.
OFFERS = {"languages", "languages_english_only", "language_choice", "emergency", "announcement"}


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


def nobody_is_left_without_words(walk: Walk, _world: World) -> Iterator[Breach]:
    """A call that nobody answered ends with 112 and when to ring again."""
    for state, move in moves(walk):
        done = isinstance(walk.steps[state], Ring) and move.ending in ("answered", "gone")
        if move.to is None and not done and (not move.said or move.said[-1].prompt != "nobody_reached"):
            yield Breach("nobody_is_left_without_words", "The call ends in silence.", state, move)


def a_dropped_call_is_told(walk: Walk, _world: World) -> Iterator[Breach]:
    """Whoever is cut off hears so before anything else happens."""
    for state, move in moves(walk):
        told = bool(move.said) and move.said[0].prompt == "dropped"
        if isinstance(walk.steps[state], Ring) and move.ending == "dropped" and not told:
            yield Breach("a_dropped_call_is_told", "A caller who was cut off is not told.", state, move)


def announcements_are_heard(walk: Walk, _world: World) -> Iterator[Breach]:
    """What is announced to all is heard first, what an organisation announces before it is rung, as far as written."""
    if walk.steps[0] != Lookup("announcement", EVERYWHERE):
        yield Breach("announcements_are_heard", "What is announced to all is not heard first.", 0)
    for state, step in enumerate(walk.steps):
        if isinstance(step, Ring) and walk.memories[state].announced != step.region:
            yield Breach("announcements_are_heard", f"{step.region} rings before it could announce anything.", state)
    for state, move in moves(walk):
        step, chosen = walk.steps[state], _language_after(walk, state, move)
        if isinstance(step, Lookup) and step.name == "announcement":
            wanted = tuple(
                Say("announcement", language, step.of)
                for language in _announced_in(step.of, chosen, move.ending.split("-"))
            )
            heard = tuple(say for say in move.said if say.prompt == "announcement")
            if not heard == wanted == move.said[: len(wanted)]:
                what = f"Written in {move.ending}, it is said in {'-'.join(say.language for say in heard) or 'none'}."
                yield Breach("announcements_are_heard", what, state, move)
        elif chosen not in (walk.memories[state].language, *FIRST_LANGUAGES) and (
            move.to is None or walk.steps[move.to] != Lookup("announcement", EVERYWHERE)
        ):
            yield Breach("announcements_are_heard", f"Nothing can be announced in {chosen!r}.", state, move)


def doctors_reach_doctors(walk: Walk, _world: World) -> Iterator[Breach]:
    """No doctor comes to an organisation's own line before its doctors' line was rung, or its being closed was told."""
    for state, move in moves(walk):
        step = walk.steps[move.to] if move.to is not None else None
        tried = walk.memories[state].duty in ("rung", "closed", "none")
        if isinstance(step, Ring) and step.line == "advice" and step.caller.doctor and not tried:
            yield Breach("doctors_reach_doctors", "A doctor was not put through to a doctor.", state, move)
        asked = walk.steps[state]
        if isinstance(asked, Lookup) and asked.name == "doctors_line" and move.ending != "open":
            wanted = {"closed": Say("doctor_closed", walk.memories[state].language, asked.of)}
            if not move.said or move.said[0] != wanted.get(
                move.ending, Say("doctor_none", walk.memories[state].language)
            ):
                yield Breach("doctors_reach_doctors", "A doctor does not hear why there is none.", state, move)


def every_question_speaks(walk: Walk, _world: World) -> Iterator[Breach]:
    """No question is asked in silence; where waiting connects, the first one says with whom."""
    for state, step in enumerate(walk.steps):
        if not isinstance(step, Ask):
            continue
        memory = walk.memories[state]
        wait = Say("silence_connects", memory.language, memory.wanted)
        if not step.says and not step.choices:
            yield Breach("every_question_speaks", "A question is asked in silence.", state)
        elif memory.guessed and not step.choices and wait not in step.says:
            yield Breach("every_question_speaks", "It is not said what comes of waiting.", state)


def no_ring_fails_in_silence(walk: Walk, _world: World) -> Iterator[Breach]:
    """After a ring that failed the caller hears something before the next."""
    for state, move in moves(walk):
        if isinstance(walk.steps[state], Ring) and move.ending in ("unanswered", "dropped") and not move.said:
            yield Breach("no_ring_fails_in_silence", "The next number rings without a word.", state, move)


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


def every_word_is_there(walk: Walk, world: World) -> Iterator[Breach]:
    """Every prompt that can be said exists in the language in which it would be said."""
    for state, move in moves(walk):
        for say in (*move.said, *(_said_at(walk.steps[move.to]) if move.to is not None else ())):
            if not world.has_words(say.prompt, say.language):
                yield Breach("every_word_is_there", f"There is no {say.prompt} in {say.language!r}.", state, move)


def _announced_in(whose: str, language: str, written: list[str]) -> list[str]:
    """The languages in which an announcement is due to a caller who now hears `language`."""
    first = [code for code in FIRST_LANGUAGES if code in written]
    if whose == EVERYWHERE and language in FIRST_LANGUAGES:
        return first
    return [language] if language in written else [] if whose == EVERYWHERE else first


def _said_at(step: Branching) -> tuple[Say, ...]:
    """What a question says while it waits, choices left aside: those are in the table's words or name themselves."""
    return step.says if isinstance(step, Ask) else ()


def _language_after(walk: Walk, state: int, move: Move) -> str:
    return walk.memories[move.to].language if move.to is not None else walk.memories[state].language
