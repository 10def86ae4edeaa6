"""A table that is edited while the service runs."""

from __future__ import annotations

import errno
import os
import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from helpline import bootstrap, log
from helpline.settings import Settings
from helpline.web.serving import serving
from tests.web.carrier import Carrier, action


def eventually(address: str, wanted: Callable[[dict[str, Any]], bool]) -> bool:
    """True as soon as /ready tells what is wanted; False after some seconds."""
    for _ in range(100):
        if wanted(httpx.get(f"{address}/ready").json()):
            return True
        time.sleep(0.1)
    return False


def test_an_edit_is_taken_up_a_broken_one_is_not_and_a_call_keeps_its_table(
    regions: Path, settings: Settings, capfd: pytest.CaptureFixture[str]
) -> None:
    """A sound edit is live soon; a call that began before it rings the old number; a broken edit changes nothing."""
    log.configure()
    helpline = bootstrap.helpline(settings.model_copy(update={"helpline_regions": regions}), placeholders_allowed=True)
    path, version = regions / "utrecht.toml", helpline.directory.current.version
    with socket.create_server(("127.0.0.1", 0)) as listener, serving(helpline, listener):
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        with httpx.Client(base_url=address) as client:
            carrier = Carrier(client)
            before = carrier.post("/voice").text
            path.write_text(path.read_text("utf-8").replace("+31 30 000 0001", "+31 30 000 0011"), "utf-8")
            assert eventually(address, lambda told: told["table"] != version)
            assert "+31300000001" in carrier.post(action(before), Digits="3511").text
            assert "+31300000011" in carrier.post(action(carrier.post("/voice").text), Digits="3511").text
            path.write_text("name = ", "utf-8")
            assert eventually(address, lambda told: told["problem"] is not None)
            assert "+31300000011" in carrier.post(action(carrier.post("/voice").text), Digits="3511").text
    lines = capfd.readouterr().err
    assert "table_taken_up" in lines
    assert "regions/utrecht.toml:1:" in lines


def test_a_look_that_fails_is_told_and_looked_again(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Whatever goes wrong while looking at the files, the service goes on and says so."""
    log.configure()
    helpline = bootstrap.helpline(settings, placeholders_allowed=True)

    def broken() -> None:
        raise OSError(errno.EIO, "what nobody may see")

    monkeypatch.setattr(helpline.directory, "look", broken)
    with socket.create_server(("127.0.0.1", 0)) as listener, serving(helpline, listener):
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        told = ""
        for _ in range(100):
            told += capfd.readouterr().err
            if os.strerror(errno.EIO) in told:
                break
            time.sleep(0.1)
        assert os.strerror(errno.EIO) in told
        assert "what nobody may see" not in told
        assert httpx.get(f"{address}/ready").status_code == 200
