"""Every path is walked, and what is merged is the same."""

from __future__ import annotations

import ast
import inspect
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpline.bootstrap import Helpline
from helpline.directory.table import Table
from helpline.flow import call, paths
from helpline.flow.call import incoming_call
from helpline.flow.paths import Walk, walk
from helpline.flow.rules import breaches
from helpline.flow.steps import Lookup, Say
from helpline.prompts.catalogue import Catalogue
from helpline.publishing.proof import world_of
from tests.flow.worlds import LANGUAGES, small

WALK = walk(small(), incoming_call)


def played(endings: list[str]) -> tuple[list[Say], Any]:
    """What the script itself says after the last of these endings, and the step in which it then waits."""
    script, said = incoming_call(), []
    step = next(script)
    left = list(endings)
    try:
        while True:
            if isinstance(step, Say):
                said.append(step)
                step = script.send("")
            elif left:
                said.clear()
                step = script.send(left.pop(0))
            else:
                return said, step
    except StopIteration:
        return said, None


@given(st.data())
def test_the_walk_is_the_script(data: st.DataObject) -> None:
    """Along any endings the walk says what the script says and waits where it waits, however paths were merged."""
    state: int | None = 0
    endings: list[str] = []
    while state is not None and len(endings) < 30:
        move = data.draw(st.sampled_from(WALK.moves[state]))
        endings.append(move.ending)
        said, step = played(endings)
        assert tuple(said) == move.said
        state = move.to
        assert step == (WALK.steps[state] if state is not None else None)


def plain(value: object) -> bool:
    """True for values that can be compared and can hide nothing."""
    return type(value) in (str, int, bool) or (isinstance(value, tuple) and all(plain(part) for part in value))


@given(st.data())
def test_a_script_holds_plain_values_only(data: st.DataObject) -> None:
    """Whatever a paused script remembers is text, a number, or a tuple of these: that is what merging rests on."""
    script, step = incoming_call(), None
    try:
        step = next(script)
        while True:
            for _, _, values in paths._frames(script):
                assert all(plain(value) for value in values)
            ending = "" if isinstance(step, Say) else data.draw(st.sampled_from(paths.endings(step, small())))
            step = script.send(ending)
    except StopIteration:
        pass


def test_a_loops_position_is_a_local() -> None:
    """Every loop that can pause counts in a variable of its own, so that two turns of it are never taken for one."""
    tree = ast.parse(inspect.getsource(call))
    loops = [node for node in ast.walk(tree) if isinstance(node, ast.For | ast.While)]
    assert loops
    for loop in loops:
        assert isinstance(loop, ast.For)
        assert isinstance(loop.target, ast.Name)
        assert ast.unparse(loop.iter).startswith("range(")


def test_the_shortest_way_is_kept() -> None:
    """The way told to a state leads there."""
    for state in range(len(WALK.steps)):
        way = WALK.way_to(state)
        assert [move.ending for _, move in way] == list(WALK.trails[state])
        assert played(list(WALK.trails[state]))[1] == WALK.steps[state]


@pytest.mark.parametrize("languages", ["nl-en", "nl-en-tr"])
def test_the_small_world_breaks_no_rule(languages: str) -> None:
    """With one language to choose or with several, every rule holds on every path."""
    world = small(languages)
    assert breaches(walk(world, incoming_call), world) == []


def test_the_published_table_breaks_no_rule(table: Table) -> None:
    """Every ending of every step, with the 26 organisations' own routes and the languages that `serve` offers."""
    world = world_of(table, Catalogue(LANGUAGES))
    walked = walk(world, incoming_call)
    assert len(walked.steps) > 5_000
    assert breaches(walked, world) == []


def test_all_languages_break_no_rule() -> None:
    """With two organisations, all nine languages can be chosen, and every rule holds on every path."""
    world = small("-".join(Catalogue(LANGUAGES).offered(unread=True)))
    assert breaches(walk(world, incoming_call), world) == []


@pytest.mark.proof
def test_all_languages_and_the_published_table_break_no_rule(table: Table) -> None:
    """The same with all nine languages and the 26 organisations' own routes: half a million moves."""
    world = world_of(table, Catalogue(LANGUAGES), unread_languages=True)
    walked = walk(world, incoming_call)
    assert breaches(walked, world) == []


def test_every_lookup_of_the_walk_is_one_the_house_answers(helpline: Helpline) -> None:
    """What the script asks of the house, the switchboard can look up."""
    asked = {step.name for step in WALK.steps if isinstance(step, Lookup)}
    source = inspect.getsource(type(helpline.switchboard))
    assert {name for name in asked if f'"{name}"' not in source} == set()


def test_a_walk_knows_how_long_it_is() -> None:
    """The walk has a step for each state and moves for each step."""
    assert isinstance(WALK, Walk)
    assert len(WALK.steps) == len(WALK.moves) == len(WALK.trails) == len(WALK.memories)
