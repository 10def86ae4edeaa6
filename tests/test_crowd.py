"""A day's callers at once, against the running service over real HTTP: nobody is lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from helpline.bootstrap import Helpline
from helpline.cli.crowd_atlas import atlas_of
from helpline.cli.local import local_helpline
from helpline.settings import Settings
from helpline.simulator.crowd import Crowd
from helpline.simulator.crowd_atlas import Spots
from helpline.simulator.crowd_report import report
from helpline.simulator.crowd_shares import ABOUT, WHO
from helpline.simulator.crowd_tally import Tally
from helpline.simulator.player import Telephone
from tests.clock import Clock
from tests.conftest import TODAY


@pytest.fixture
def crowd(telephone: Telephone, helpline: Helpline, clock: Clock) -> Crowd:
    """Twenty at once, on a Monday at eleven."""
    clock.moment = TODAY
    return Crowd(telephone, atlas_of(helpline.directory.current, TODAY), 20)


def played(crowd: Crowd, seeds: Sequence[int]) -> tuple[Tally, str]:
    """What became of these, and the page of it."""
    tally = Tally()
    for judged in crowd.play(seeds):
        tally.add(judged)
    return tally, report(tally, crowd.atlas.line_of)


def test_nobody_is_lost(crowd: Crowd) -> None:
    """Three hundred callers of every kind: none lost, none wrongly routed, nothing for Twilio to complain of."""
    tally, page = played(crowd, range(300))
    assert tally.is_pass, page
    assert set(tally.who) == set(WHO)
    assert set(tally.about) == set(ABOUT)
    assert tally.all.outcomes["talked"] > 200


def test_the_same_seeds_are_the_same_day(crowd: Crowd) -> None:
    """Played again the page is the same to the letter."""
    assert played(crowd, range(1_000, 1_060))[1] == played(crowd, range(1_000, 1_060))[1]


def test_a_municipality_in_the_wrong_file_is_found(crowd: Crowd, settings: Settings, regions: Path) -> None:
    """A service whose Zeist is another organisation's, held against the files as shipped: its callers are misrouted."""
    for name, was, instead in (("utrecht", '    "Zeist",\n', ""), ("flevoland", '"Zeewolde",', '"Zeewolde", "Zeist",')):
        path = regions / f"{name}.toml"
        path.write_text(path.read_text("utf-8").replace(was, instead), "utf-8")
    in_zeist = [spot for spot in crowd.atlas.postcodes.all if "Zeist" in {town.municipality for town in spot.towns}]
    edited = settings.model_copy(update={"helpline_regions": regions})
    with local_helpline(edited, clock=lambda: TODAY) as local:
        atlas = replace(crowd.atlas, postcodes=Spots(in_zeist))
        tally, page = played(Crowd(local.telephone, atlas, 10), range(60))
    assert tally.about["keys a postcode"].wrong > 10
    assert "# WRONGLY ROUTED: flevoland advice 1 rang first, and right is utrecht advice 1." in page


@pytest.mark.proof
def test_ten_thousand(crowd: Crowd) -> None:
    """Ten thousand callers: every kind of them and every end of a ring many times, and nobody is lost."""
    tally, page = played(crowd, range(10_000))
    assert tally.is_pass, page
    assert min(tally.about[about].calls for about in ABOUT) >= 50
    assert len(tally.organisations) == 28  # of 26 organisations and the national desk; and where nobody rang
    assert min(tally.rings.values()) >= 10
