"""Every place a caller can be asked about has a name of its own that a voice can say."""

from __future__ import annotations

import re

import pytest

from helpline.directory.choice import Choice, choosable, said
from helpline.directory.table import Table


@pytest.fixture(scope="module")
def choices(table: Table) -> list[Choice]:
    """All choices of the shipped tables."""
    return [place.choice for place in choosable(table.country.geography, table.region_of_municipality)]


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("'s-Gravenhage", "Den Haag"),
        ("Bergen (NH.)", "Bergen"),
        ("Alteveer gem Hoogeveen", "Alteveer"),
        ("Ursem gem. S", "Ursem"),
        ("Elst Ut", "Elst"),
        ("Bleskensgraaf ca", "Bleskensgraaf"),
        ("St.-Annaparochie", "Sint Annaparochie"),
        ("2e Exloërmond", "Tweede Exloërmond"),
        ("Wijk bij Duurstede", "Wijk bij Duurstede"),
    ],
)
def test_a_name_is_written_as_it_is_said(written: str, spoken: str) -> None:
    """Brackets and abbreviations are not read out."""
    assert said(written) == spoken


def test_no_two_choices_are_called_the_same(choices: list[Choice]) -> None:
    """Whatever two choices are offered together, a caller can tell them apart."""
    assert len({choice.place for choice in choices}) == len(choices)


def test_nothing_is_said_that_a_voice_cannot_read(choices: list[Choice]) -> None:
    """No choice holds a bracket, a figure, a full stop or an abbreviation."""
    unreadable = re.compile(r"[().\d/]|\b(gem|ca|AC|GN|Gn|NB|NH|ZH|Gld|Lb|Ut|L)\b")
    assert [choice.place for choice in choices if unreadable.search(choice.place)] == []


@pytest.mark.parametrize(
    ("place", "region"),
    [
        ("Zeist", "utrecht"),
        ("Hengelo in Gelderland", "noord-en-oost-gelderland"),
        ("Hengelo in Overijssel", "twente"),
        ("Bergen in Noord-Holland", "noord-holland-noord"),
        ("Elst in de provincie Utrecht", "utrecht"),
        ("Nes, gemeente Ameland", "friesland"),
    ],
)
def test_a_choice_says_no_more_than_it_must(choices: list[Choice], place: str, region: str) -> None:
    """A name that is the only one stands alone; others have their province, or their municipality."""
    assert Choice(place, region) in choices
