"""A desk with version 1 live."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpline.publishing.publishing import Publishing
from helpline.settings import Settings
from tests.clock import Clock
from tests.conftest import TODAY
from tests.desk import desk_with_version_1, settings_in


@pytest.fixture
def own_clock() -> Clock:
    """A clock that only this test sets."""
    return Clock(TODAY)


@pytest.fixture
def own_settings(tmp_path: Path, settings: Settings, regions: Path) -> Settings:
    """Settings with a database of the test's own."""
    return settings_in(tmp_path, settings, regions)


@pytest.fixture
def desk(own_settings: Settings, own_clock: Clock) -> Publishing:
    """The desk, with the shipped files live as version 1."""
    return desk_with_version_1(own_settings, own_clock)
