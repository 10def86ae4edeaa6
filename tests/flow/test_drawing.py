"""The picture of the conversation tells all of it and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from xml.etree import ElementTree

import pytest

from helpline.directory.table import Table
from helpline.flow import drawing
from helpline.flow.call import incoming_call
from helpline.flow.drawing import FRAME, OPENING, OVER, PUT_THROUGH, Arrow, Picture, kind_of_ending, picture
from helpline.flow.drawing_layout import BOX, cells, wires
from helpline.flow.drawing_mermaid import mermaid
from helpline.flow.drawing_routes import routed
from helpline.flow.drawing_svg import svg
from helpline.flow.drawing_words import spoken
from helpline.flow.paths import Branching, Conversation, Walk, walk
from helpline.flow.steps import MAYBE, Ask, Lookup, Say, Script
from helpline.prompts.catalogue import Catalogue
from helpline.publishing.proof import world_of
from tests.flow.worlds import LANGUAGES, small

Step = tuple[str, str]  # from one box to the next
Way = tuple[str, str, tuple[str, ...], str]
JUNCTIONS = {drawing.CODE, drawing.NO_ANSWER, drawing.PUT_THROUGH}


def in_words(say: Say) -> str:
    """The words as their file has them."""
    return LANGUAGES[say.language].words.get(say.prompt, say.prompt)


@cache
def walked(languages: str = "nl-en-tr") -> Walk:
    """Every path of the small world."""
    return walk(small(languages), incoming_call)


@cache
def drawn(languages: str = "nl-en-tr") -> Picture:
    """Its picture."""
    return picture(walked(languages))


def ways(seen: Walk) -> Iterator[Way]:
    """Each step that a person would notice, how it ended, what is said that has a box, and the next such step."""
    for step, moves in zip(seen.steps, seen.moves, strict=True):
        for move in moves:
            said = tuple(say.prompt for say in move.said if say.prompt in drawing.SHOWN_WORDS)
            for after in noticed(seen, move.to):
                if not passed(step):
                    yield step.name, kind_of_ending(step, move.ending), said, after


def noticed(seen: Walk, state: int | None) -> set[str]:
    """The next steps that a person would notice, from this state on."""
    if state is None:
        return {OVER}
    step = seen.steps[state]
    if not passed(step):
        return {step.name}
    return {name for move in seen.moves[state] for name in noticed(seen, move.to)}


def passed(step: Branching) -> bool:
    """True for a look-up of which no caller takes notice."""
    return isinstance(step, Lookup) and step.name != "doctors_line"


def along(shown: Picture, start: str, ending: str, said: tuple[str, ...], end: str) -> set[Step]:
    """The arrows on all ways from one step to another, through junctions and these words; empty where there is none."""
    found: set[Step] = set()
    for arrow in arrows_from(shown, start, ending):
        for reached in shown.framed if arrow.end == FRAME else (arrow.end,):
            if reached == end and not said:
                found.add((arrow.start, arrow.end))
            elif reached in JUNCTIONS or reached in said[:1]:
                onward = along(shown, reached, ending, said[reached in said[:1] :], end)
                found |= {(arrow.start, arrow.end), *onward} if onward else set()
    return found


def arrows_from(shown: Picture, start: str, ending: str) -> list[Arrow]:
    """The arrows that this ending of a step takes, those of the frame too."""
    starts = {start, FRAME} if start in shown.framed else {start}
    return [arrow for arrow in shown.arrows if arrow.start in starts and ending in dict(arrow.endings)]


@pytest.mark.parametrize("languages", ["en-tr", "en"])
def test_every_way_of_a_call_is_on_the_picture(languages: str) -> None:
    """However a step ends, the picture leads to what comes next."""
    shown = drawn(languages)
    lost = {way for way in ways(walked(languages)) if not along(shown, *way)}
    assert lost == set()


@pytest.mark.parametrize("languages", ["en-tr", "en"])
def test_every_arrow_and_box_is_a_way_of_a_call(languages: str) -> None:
    """There is nothing on the picture that no call takes."""
    shown, seen = drawn(languages), walked(languages)
    used = {step for way in ways(seen) for step in along(shown, *way)} | {(OPENING, name) for name in noticed(seen, 0)}
    assert {(arrow.start, arrow.end) for arrow in shown.arrows} == used
    assert {name for step in used for name in step} - {FRAME} == {box.name for box in shown.boxes}


def test_a_missing_arrow_would_be_noticed() -> None:
    """The two tests above can fail: a picture without one of its arrows loses a way."""
    for place in range(1, len(drawn().arrows)):
        lacking = replace(drawn(), arrows=drawn().arrows[:place] + drawn().arrows[place + 1 :])
        assert any(not along(lacking, *way) for way in set(ways(walked())))


def test_the_picture_can_be_taken_in_at_a_glance() -> None:
    """Fewer than twenty boxes, and fewer than two arrows for each."""
    assert len(drawn().boxes) < 20
    assert len(drawn().arrows) < 2 * len(drawn().boxes)


@pytest.mark.slow
def test_one_organisation_stands_for_all(table: Table) -> None:
    """The picture of the published table is that of a small one: it has no names in it."""
    catalogue = Catalogue(LANGUAGES)
    everything = picture(walk(world_of(table, catalogue), incoming_call))
    assert outline(everything) == outline(drawn("en"))


def outline(shown: Picture) -> set[tuple[str, str, frozenset[str]]]:
    """The arrows with the endings that take them."""
    return {(arrow.start, arrow.end, frozenset(dict(arrow.endings))) for arrow in shown.arrows}


def test_an_announcement_is_in_brackets() -> None:
    """112 stays the first words on the picture, and what an operator may announce stands where it is heard."""
    opening, looked_for = (next(box for box in drawn().boxes if box.name == name) for name in (OPENING, PUT_THROUGH))
    assert spoken(opening, lambda say: f"{say.prompt}.{say.language}") == (
        "emergency.nl emergency.en (an announcement, if there is one)"
    )
    assert spoken(looked_for, in_words) == "(an announcement, if there is one)"
    assert "[announcement]" not in mermaid(drawn(), lambda say: f"[{say.prompt}]")


def test_mermaid_names_each_box_and_arrow_once() -> None:
    """The Mermaid text has a line for each box and each arrow."""
    text = mermaid(drawn(), in_words)
    assert text.startswith("flowchart TD\n")
    assert text.count(" -->") == len(drawn().arrows)
    assert sorted(re.findall(r"^ +(\w+)\S?.*:::", text, re.MULTILINE)) == sorted(box.name for box in drawn().boxes)
    assert "Bel 112." in text


def test_svg_needs_nothing_from_outside() -> None:
    """The picture is sound XML with neither script, nor style sheet, nor any address."""
    text = svg(drawn(), in_words)
    root = ElementTree.fromstring(text)  # noqa: S314 - our own text
    kinds = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert kinds <= {"svg", "g", "defs", "marker", "path", "rect", "text"}
    assert "href" not in text
    assert re.findall(r"(?:https?:)?//[^\"]+", text) == ["http://www.w3.org/2000/svg"]
    assert len(root.findall("{*}path[@marker-end]")) == len(drawn().arrows) + 1  # and one in the legend


def test_svg_names_its_boxes_and_arrows() -> None:
    """Whoever shows the picture can find each box and each arrow by its name, to light it."""
    text = svg(drawn(), in_words)
    assert sorted(re.findall(r'<g data-box="(\w+)"', text)) == sorted(box.name for box in drawn().boxes)
    found = sorted(re.findall(r'<path data-from="(\w+)" data-to="(\w+)"', text))
    assert found == sorted((arrow.start, arrow.end) for arrow in drawn().arrows)


def strange() -> Script[None]:
    """A conversation with steps that the picture has no place for."""
    yield Say("emergency", "nl")
    for name in ("meant", "opinion", "season"):
        if (yield Ask(name, "nl", 5, choices="en-tr")) == "silence":
            return
    heard = yield Ask("place", "nl", 5, speech=True)
    while heard.startswith(MAYBE):
        heard = yield Ask("place_again", "nl", 5, speech=True)


@pytest.mark.parametrize("conversation", [incoming_call, strange], ids=lambda each: str(each.__name__))
def test_no_arrow_crosses_a_box(conversation: Conversation) -> None:
    """Arrows run between the boxes, those of a step that is new here too."""
    shown = picture(walk(small(), conversation))
    placed = cells(shown, in_words)
    heights, runs = routed(placed, wires(shown, placed, in_words), placed["place"].row)
    crossings = [
        (name, run.points)
        for name, cell in placed.items()
        for run in runs
        for (ax, ay), (bx, by) in zip(run.points, run.points[1:], strict=False)
        if min(ax, bx) < cell.left + BOX - 1
        and max(ax, bx) > cell.left + 1
        and min(ay, by) < heights.tops[cell.row] + heights.rows[cell.row] - 1
        and max(ay, by) > heights.tops[cell.row] + 1
    ]
    assert crossings == []
    assert len(runs) == len(shown.arrows)
