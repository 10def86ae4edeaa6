"""The rules that hold on every path of the conversation; a breach is told with the shortest call that shows it."""

from __future__ import annotations

from collections.abc import Mapping

from helpline.flow import rules_of_bounds as bounds
from helpline.flow import rules_of_rings as rings
from helpline.flow import rules_of_words as words
from helpline.flow.breach import Breach, Rule
from helpline.flow.paths import Walk, World

RULES: Mapping[str, Rule] = {
    rule.__name__: rule
    for rule in (
        words.words_about_112_come_first,
        words.words_about_112_come_again,
        words.nobody_is_left_without_words,
        words.a_dropped_call_is_told,
        words.announcements_are_heard,
        words.doctors_reach_doctors,
        words.every_question_speaks,
        words.no_ring_fails_in_silence,
        words.a_call_keeps_its_language,
        words.every_word_is_there,
        rings.somebody_is_rung,
        rings.all_is_tried_twice,
        rings.an_answered_call_is_left_alone,
        rings.doctors_lines_are_open,
        rings.the_ring_follows_the_answer,
        rings.routes_ring_in_order,
        rings.the_worker_is_told,
        rings.every_route_is_reached,
        rings.voice_is_never_needed,
        bounds.no_call_goes_on_for_ever,
        bounds.waiting_is_bounded,
        bounds.replay_gives_the_same_turn,
        bounds.addresses_stay_short,
    )
}


def breaches(walk: Walk, world: World) -> list[Breach]:
    """The first breach of each rule that is broken, which is the one with the shortest call."""
    found = (next(rule(walk, world), None) for rule in RULES.values())
    return [breach for breach in found if breach is not None]
