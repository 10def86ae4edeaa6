"""A directory of one version."""

from __future__ import annotations

from helpline.directory.country import Country
from helpline.directory.live import Directory, Edition
from helpline.directory.one_edition import OneEdition
from tests.clock import Clock
from tests.conftest import REGIONS, TODAY, version_of


def test_nothing_else_is_ever_taken_up(land: Country) -> None:
    """However often it looks, it stays with what it was given."""
    version = version_of(REGIONS, land)
    directory = Directory(OneEdition(Edition("one", version.content, "here")), lambda _: version, Clock(TODAY))
    before = directory.current
    directory.look()
    assert not directory.follow()
    assert directory.current is before
    assert (directory.problem, directory.found_in) == (None, "here")
