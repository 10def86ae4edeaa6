"""The map: every organisation once, its states in marks and words, nothing that a page may not hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

import pytest

from helpline.console.map import Map, Region
from helpline.console.map_states import DRAFT, MARKS, SERVICE, State, words
from helpline.directory import outlines
from helpline.directory.table import Table
from helpline.flow.steps import NATIONAL

ROOT = Path(__file__).parents[2]
SHAPES = outlines.load(ROOT / "regions" / "geography")
CSS = (ROOT / "helpline" / "console" / "static" / "map.css").read_text("utf-8")
SVG = "{http://www.w3.org/2000/svg}"


def region(slug: str, *states: State, name: str = "", note: str = "") -> Region:
    """An organisation in some states."""
    named = name or f"Veilig Thuis {slug.title()}"
    return Region(slug, named, f"/console/organisations/{slug}", frozenset(states), note)


def map_of(*regions: Region, kinds: Sequence[State] = SERVICE, language: str = "nl") -> Map:
    """A map of some organisations."""
    return Map(SHAPES, regions, kinds, "Hoe het nu gaat", language)


def parsed(drawn: Map) -> ElementTree.Element:
    """The whole figure, which is sound XML."""
    return ElementTree.fromstring(drawn.figure())  # noqa: S314 - our own


def areas(drawn: Map) -> dict[str, ElementTree.Element]:
    """The links in the picture that a keyboard reaches, by where they go."""
    return {link.attrib["href"]: link for link in parsed(drawn).iter(f"{SVG}a") if "tabindex" not in link.attrib}


@pytest.fixture
def whole(table: Table) -> Map:
    """The country as shipped, all well."""
    return map_of(*(region(slug, "well", name=each.name) for slug, each in table.organisations.items()))


def test_every_organisation_is_drawn_once(whole: Map, table: Table) -> None:
    """Each is one link with one shape in the picture, and one row of the list; the national desk is a row only."""
    links = [link.attrib["href"] for link in parsed(whole).iter(f"{SVG}a") if "tabindex" not in link.attrib]
    rows = [link.attrib["href"] for link in parsed(whole).iter("a") if link.attrib["href"].startswith("/")]

    every = {f"/console/organisations/{slug}" for slug in table.organisations}
    assert sorted(links) == sorted(every - {f"/console/organisations/{NATIONAL}"})
    assert sorted(rows) == sorted(every)


def test_numbers_go_by_the_alphabet(whole: Map) -> None:
    """The list is in the order of names, and of numbers, which the picture has too."""
    rows = [row for row in parsed(whole).iter("li") if row.find("a") is not None]
    names = [row.findtext("a/span/span") or "" for row in rows]
    numbers = [row.findtext("a/b") for row in rows if row.findtext("a/b")]

    assert names == sorted(names, key=str.casefold)
    assert numbers == [text.text for text in parsed(whole).iter(f"{SVG}text")] == [str(n) for n in range(1, 27)]


@pytest.mark.parametrize("state", SERVICE)
def test_a_state_is_shown_and_said(state: State) -> None:
    """The area has the class of its state and its mark, and its link says name and state."""
    link = areas(map_of(region("utrecht", state)))["/console/organisations/utrecht"]
    path = link.find(f"{SVG}path")

    said = f"Veilig Thuis Utrecht: {words('nl')['states'][state]}"
    assert f"is-{state}" in link.attrib["class"].split()
    assert link.attrib["aria-label"] == link.findtext(f"{SVG}title") == said
    assert path is not None
    assert path.attrib["fill"] == (f"url(#mark-{state})" if state in MARKS else "var(--fill)")


def test_only_one_state_of_each_map_has_no_mark() -> None:
    """Without colour any two states of a map are still told apart: their marks differ, and one has none."""
    assert [state for state in (*SERVICE, *DRAFT) if state not in MARKS] == ["well", "same"]
    assert len(set(MARKS.values())) == len(MARKS)


def test_the_foremost_state_is_drawn_and_all_are_said() -> None:
    """A line that fails goes before a diversion; a plus says that there is more, and the words say what."""
    drawn = map_of(region("utrecht", "doctors-closed", "diverted", "failing", note="tot 06:00"))
    link = areas(drawn)["/console/organisations/utrecht"]

    assert "is-failing" in link.attrib["class"].split()
    assert link.attrib["aria-label"].endswith(
        "een lijn neemt niet op, omgeleid, vertrouwensarts nu gesloten; tot 06:00"
    )
    assert [text.text for text in parsed(drawn).iter(f"{SVG}text")] == ["1+"]
    assert "meer dan een hiervan" in drawn.key()


def test_the_key_counts() -> None:
    """What a mark means stands beside it with the number of organisations, counting each for all its states."""
    drawn = map_of(region("utrecht", "failing", "diverted"), region("zeeland", "diverted"))
    counted = [
        (row.attrib.get("class"), row.findtext("b")) for row in parsed(drawn).iter("li") if row.find("a") is None
    ]

    assert counted == [
        ("is-failing", "1"),
        ("is-diverted", "2"),
        ("is-placeholder", "0"),
        ("is-doctors-closed", "0"),
        ("is-well", "0"),
        (None, "+"),
    ]


def test_a_difference_is_a_map_of_two_states() -> None:
    """What a draft changes is marked, what it leaves is not, and its key knows no other state."""
    drawn = map_of(region("utrecht", "changed"), region("zeeland", "same"), kinds=DRAFT, language="en")

    assert areas(drawn)["/console/organisations/utrecht"].attrib["aria-label"].endswith(": changed by this draft")
    assert areas(drawn)["/console/organisations/zeeland"].attrib["aria-label"].endswith(": stays as it is")
    assert len(re.findall("<li", drawn.key())) == len(DRAFT)


def test_two_maps_of_a_page_share_no_id() -> None:
    """The state of things and what a draft changes can stand on one page."""
    ids = [
        each.attrib["id"]
        for drawn in (map_of(region("utrecht", "well")), map_of(region("utrecht", "same"), kinds=DRAFT))
        for each in parsed(drawn).iter()
        if "id" in each.attrib
    ]

    assert len(set(ids)) == len(ids)


def test_what_comes_from_elsewhere_is_escaped() -> None:
    """A name, a note or an address cannot become markup."""
    evil = Region("utrecht", '"><script>x</script>', '"><b>', frozenset({"well"}), "<i>")
    text = map_of(evil).figure()

    assert parsed(map_of(evil)) is not None
    assert not re.search('<script|<b>"|<i>', text)
    assert "&lt;script&gt;" in text


def test_nothing_has_a_style_of_its_own(whole: Map) -> None:
    """The pages' security policy refuses style attributes and scripts, and anything from elsewhere."""
    assert not re.search(r"style|script|onload|https?://(?!www\.w3\.org/2000/svg)", whole.figure())


def test_small_areas_have_a_wider_ground() -> None:
    """Areas that a finger may miss have a circle more, out of the keyboard's way; large ones have none."""
    drawn = map_of(region("gooi-en-vechtstreek", "well"), region("friesland", "well"))
    links = [link for link in parsed(drawn).iter(f"{SVG}a") if link.find(f"{SVG}circle") is not None]

    assert [link.attrib["href"] for link in links] == ["/console/organisations/gooi-en-vechtstreek"]
    assert links[0].attrib["tabindex"] == "-1"


def test_an_organisation_without_an_outline_is_in_the_list_only() -> None:
    """A table of another day, or the national desk, breaks no page."""
    drawn = map_of(region("landelijk", "well"))

    assert areas(drawn) == {}
    assert "/console/organisations/landelijk" in drawn.listed()


def test_a_language_that_it_does_not_speak_is_dutch() -> None:
    """Both languages have the same words, and any other is Dutch."""
    assert words("fr") == words("nl")
    assert words("en").keys() == words("nl").keys()
    assert list(words("en")["states"]) == list(words("nl")["states"]) == [*SERVICE, *DRAFT]


@pytest.mark.parametrize("state", [*SERVICE, *DRAFT])
def test_every_state_has_its_colours(state: State) -> None:
    """The style sheet has colours for each state: by day, by night and on paper."""
    used = re.search(rf"\.is-{state} {{([^}}]*)}}", CSS)
    assert used is not None
    for name in re.findall(r"var\((--map-[a-z-]+)\)", used[1]):
        assert len(re.findall(rf"{name}: (?:light-dark\(#|#)", CSS)) == 2


def test_every_number_lights_up(whole: Map) -> None:
    """The style sheet lights up as many numbers as there are areas."""
    assert CSS.count(".map:has(") == len(areas(whole))


def test_every_class_is_in_the_style_sheet(whole: Map) -> None:
    """No class of the figure is unknown to the style sheet."""
    used = {name for each in parsed(whole).iter() for name in each.attrib.get("class", "").split()}

    assert {name for name in used if name != "at-" and not re.search(rf"\.{name}\b", CSS)} == set()
