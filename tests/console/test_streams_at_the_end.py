"""A service that is told to end does so at once, with streams open or not; of one process and of several."""

from __future__ import annotations

import signal
import subprocess
import time
from pathlib import Path

import httpx
import pytest

from helpline.bootstrap import operators
from helpline.settings import Settings
from helpline.storage.operators import Operator
from tests.conftest import TODAY
from tests.console.test_streams import watching
from tests.console.visiting import KEPT, Browser
from tests.web.test_served_in_processes import served

FEWEST_SECONDS_OF_THE_SERVER = 10  # so long it waits for open answers, where nobody tells them of the end


@pytest.mark.slow
@pytest.mark.parametrize("workers", ["1", "2"])
def test_sigterm_ends_streams(tmp_path: Path, regions: Path, workers: str) -> None:
    """Whoever watches does not hold up a deployment."""
    more = {"WEB_CONCURRENCY": workers, "DATABASE_URL": f"sqlite:///{tmp_path}/helpline.db"}
    with served(tmp_path, regions, subprocess.DEVNULL, HELPLINE_CONSOLE_URL="http://127.0.0.1:1", **more) as service:
        settings = Settings(_env_file=None, database_url=more["DATABASE_URL"])
        operators(settings).add(Operator("anna", "operator", KEPT, None), at=TODAY, by="root")
        host = {"Host": "127.0.0.1:1"}
        with httpx.Client(base_url=service.address, headers=host, timeout=20) as client:
            browser = Browser(client, "http://127.0.0.1:1")
            assert browser.sign_in().status_code == 303
            with watching(browser) as stream:
                assert stream.event()[0] == "news"
                began = time.monotonic()
                service.process.send_signal(signal.SIGTERM)
                assert [line for line in stream.lines if line.startswith("event: over")] == []
                service.process.wait(timeout=30)
                assert time.monotonic() - began < FEWEST_SECONDS_OF_THE_SERVER / 2
