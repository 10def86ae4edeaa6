"""Wiring."""

from __future__ import annotations

import pytest

from helpline import bootstrap
from helpline.errors import SettingsFault
from helpline.settings import Settings


def test_a_helpline_needs_its_settings() -> None:
    """Without a token, an address and a number nothing is wired half."""
    with pytest.raises(SettingsFault):
        bootstrap.helpline(Settings(_env_file=None))


def test_the_clock_has_a_zone() -> None:
    """The time that calls are routed by carries its zone."""
    assert bootstrap.now().tzinfo is not None
