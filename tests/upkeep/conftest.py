"""A world in which calls and texts are deleted at Twilio."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpline import log
from helpline.upkeep import patience
from tests.upkeep.erasing_world import World


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """In which every wait is as long as it is said to be."""
    monkeypatch.setattr(patience, "JITTER", 0)
    log.configure()
    return World(tmp_path / "var" / "helpline.db")
