"""Each rule catches the page on which it is broken."""

from __future__ import annotations

import inspect
from types import ModuleType

import pytest

from helpline.errors import Diverged
from helpline.flow import call, rules_of_bounds
from helpline.flow.breach import Breach
from helpline.flow.paths import walk
from helpline.flow.rules import RULES, breaches
from helpline.flow.steps import Lookup, Say
from helpline.flow.telling import told
from tests.flow.worlds import small

EMERGENCY = '    yield Say("emergency", "nl")\n    yield Say("emergency", "en")\n'
ONCE_MORE = '    yield Say("once_more", caller.language)\n'
DUTCH_RING = 'Ring(line, region, route, Caller("nl", caller.doctor))'
DOCTOR = "    if caller.doctor:\n"
RING = '    over = yield from ring("advice", region, caller)\n    if over:\n        return\n'
# the rule, the text of the page that is changed, and what it is changed into
MUTANTS = [
    ("words_about_112_come_first", EMERGENCY, '    yield Say("emergency", "en")\n'),
    ("words_about_112_come_first", EMERGENCY, '    yield Lookup("languages")\n' + EMERGENCY),
    ("words_about_112_come_again", '    yield Say("emergency", chosen)\n', ""),
    ("somebody_is_rung", DOCTOR, '    if region == "landelijk":\n        return\n' + DOCTOR),
    ("nobody_is_left_without_words", '    yield Say("nobody_reached", caller.language)\n', "    return\n"),
    ("all_is_tried_twice", ONCE_MORE + RING, ONCE_MORE),
    ("an_answered_call_is_left_alone", 'case "answered" | "gone":', 'case "answered":'),
    ("a_dropped_call_is_told", 'yield Say("dropped", caller.language)', 'yield Say("next_route", caller.language)'),
    ("a_dropped_call_is_told", 'yield Say("dropped", caller.language)', "pass"),
    ("announcements_are_heard", "    yield from announce(EVERYWHERE, *FIRST_LANGUAGES)\n", ""),
    ("announcements_are_heard", "    yield from announce(region, caller.language)\n", ""),
    ("announcements_are_heard", "announce(region, caller.language)", 'announce(region, "nl")'),
    ("announcements_are_heard", "among(languages, written) or among(otherwise, written)", "among(languages, written)"),
    ("announcements_are_heard", "among(languages, written) or", "languages or"),
    ("doctors_lines_are_open", 'case "open":', 'case "open" | "closed":'),
    ("doctors_lines_are_open", DOCTOR, "    if True:\n"),
    ("doctors_reach_doctors", DOCTOR, "    if caller.doctor and caller.language == 'nl':\n"),
    ("doctors_reach_doctors", 'yield Say("doctor_closed", language, region)', "pass"),
    ("doctors_reach_doctors", 'Say("doctor_closed", language, region)', 'Say("doctor_closed", language, NATIONAL)'),
    ("the_ring_follows_the_answer", "return caller, found", "return caller, found if guess == UNKNOWN else guess"),
    ("the_ring_follows_the_answer", "return caller, guess\n", "return caller, NATIONAL\n"),
    ("the_ring_follows_the_answer", "    return caller, otherwise\n\n", "    return caller, NATIONAL\n\n"),
    ("the_ring_follows_the_answer", "return caller, NATIONAL\n", "return caller, otherwise\n"),
    ("the_ring_follows_the_answer", "    if heard in (SILENCE, UNCLEAR):\n", "    if True:\n"),
    ("routes_ring_in_order", "in range(int(routes)):", "in range(int(routes) - 1, -1, -1):"),
    ("the_worker_is_told", "caller, question = caller._replace(mute=True),", "question ="),
    ("the_worker_is_told", "return caller._replace(language=chosen)", "return Caller(chosen)"),
    ("every_question_speaks", "says = [Say(question, caller.language)]", "says: list[Say] = []"),
    ("every_question_speaks", "        says.append(waiting(caller, guess))\n", "        pass\n"),
    ("no_ring_fails_in_silence", 'yield Say("next_route", caller.language)', "pass"),
    ("no_ring_fails_in_silence", ONCE_MORE, ""),
    ("voice_is_never_needed", 'speech=question == "place_again"', "speech=True"),
    ("voice_is_never_needed", 'speech=question == "place_again"', "speech=False"),
    ("voice_is_never_needed", '"place_by_key" if caller.mute else "place_again"', '"place_again"'),
    ("every_route_is_reached", "for route in range(int(routes)):", "for route in range(int(routes) - 1):"),
    ("a_call_keeps_its_language", 'Say("once_more", caller.language)', 'Say("once_more", "nl")'),
    ("a_call_keeps_its_language", "return caller._replace(language=chosen)", "return caller"),
    ("a_call_keeps_its_language", "Ring(line, region, route, caller)", DUTCH_RING),
    ("no_call_goes_on_for_ever", "for _ in range(MOST_QUESTIONS):", "while True:"),
    ("no_call_goes_on_for_ever", "MOST_QUESTIONS = 5", "MOST_QUESTIONS = 20"),
    ("waiting_is_bounded", ONCE_MORE, RING * 5 + ONCE_MORE),
    ("waiting_is_bounded", "KEY_SECONDS = 6", "KEY_SECONDS = 60"),
    ("every_word_is_there", 'Say("once_more"', 'Say("one_more"'),
    ("replay_gives_the_same_turn", "    says = [Say(question, caller.language)]\n",
     "    says = [Say(question, caller.language)] * (1 + len(CODES) % 2)\n    CODES[str(len(CODES))] = 'codes'\n"),
    ("addresses_stay_short", "return Ask(question, ", "return Ask(question * 60, "),
]  # fmt: skip


def mutant(old: str, new: str) -> ModuleType:
    """The page with one change."""
    source = inspect.getsource(call)
    assert old in source
    module = ModuleType("mutant")
    exec(compile(source.replace(old, new, 1), "mutant", "exec"), module.__dict__)  # noqa: S102 - our own page
    return module


@pytest.mark.parametrize(("rule", "old", "new"), MUTANTS, ids=lambda value: str(value)[:30])
def test_a_broken_page_is_caught(rule: str, old: str, new: str) -> None:
    """The rule that a change of the page breaks is the one that says so."""
    for world in (small("nl-en"), small("nl-en-tr")):  # one language to choose, as the public has it, and a menu
        broken = mutant(old, new)
        assert rule in {breach.rule for breach in breaches(walk(world, broken.incoming_call), world)}


def test_every_rule_has_its_mutant() -> None:
    """No rule is there that could not fail."""
    assert {rule for rule, _, _ in MUTANTS} == set(RULES)


def test_a_breach_is_told_as_the_shortest_call() -> None:
    """What is printed is a call that a person can follow to the point where it goes wrong."""
    world = small("nl-en")
    walked = walk(world, mutant('    yield Say("nobody_reached", caller.language)\n', "    return\n").incoming_call)
    breach = next(breach for breach in breaches(walked, world) if breach.rule == "nobody_is_left_without_words")

    def in_words(say: Say) -> str:
        return say.prompt

    lines = told(walked, breach, in_words).splitlines()
    assert lines[0] == "nobody_is_left_without_words: The call ends in silence."
    assert [line.strip() for line in lines[1:3]] == ["hears   emergency", "hears   emergency"]
    assert "presses 03" in [line.strip() for line in lines]
    assert lines.count("    rings   landelijk advice 1") == 2
    assert lines[-1].strip() in ("unanswered", "hears   dropped")


def test_a_breach_at_a_step_is_told_up_to_that_step() -> None:
    """A rule about a step, not about how it ended, is told as the way there: menus, spoken places and all."""
    world = small()
    walked = walk(world, call.incoming_call)
    for name in ("meant", "language", "ring_doctors"):
        state = next(number for number, step in enumerate(walked.steps) if step.name == name)
        last = walked.way_to(state)[-1]
        lines = told(walked, Breach("some_rule", "Something.", state), lambda say: say.prompt).splitlines()
        assert len(lines) > 5
        assert last[1].ending in lines[-1] or lines[-1].strip().startswith(("hears", "presses"))
    chosen = next(
        number
        for number, step in enumerate(walked.steps)
        if walked.memories[number].language == "tr" and step.name == "place"
    )
    assert "    chooses tr" in told(walked, Breach("some_rule", "Something.", chosen), lambda say: say.prompt)


def test_a_replay_that_asks_the_house_again_is_a_breach() -> None:
    """A way whose look-ups are all in its trail must not ask another: that would be a turn nobody rehearsed."""
    with pytest.raises(Diverged):
        rules_of_bounds._asked_again(Lookup("languages"))
