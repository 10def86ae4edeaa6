"""Where the operators' console is served: beside the calls, at a port of its own, or not at all."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import anyio
import httpx
import pytest
from twilio.request_validator import RequestValidator

from helpline import bootstrap
from helpline.settings import Settings
from helpline.web.console_at import with_console
from tests.cli.test_command import BIN, SET, free_port, made_up, wait_for
from tests.conftest import PUBLIC_URL, TOKEN

HOST = {"Host": "helpline.example"}


@contextmanager
def served(regions: Path, **environment: str) -> Iterator[str]:
    """`helpline serve` with numbers that it takes for real ones; the address where calls come in."""
    for path in regions.glob("*.toml"):
        path.write_text(made_up(path.read_text("utf-8")), "utf-8")
    port = str(free_port())
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "DATABASE_URL", "HELPLINE_LAST_GOOD")}
    set_ = {**SET, "HELPLINE_REGIONS": str(regions), "PORT": port, "HELPLINE_PUBLIC_URL": "https://helpline.example"}
    with subprocess.Popen([BIN, "serve"], cwd=regions.parent, env={**kept, **set_, **environment}) as process:  # noqa: S603
        try:
            assert wait_for(f"http://127.0.0.1:{port}")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.send_signal(signal.SIGTERM)


@pytest.mark.proof
@pytest.mark.parametrize("workers", ["1", "2"])
def test_at_a_port_of_its_own(regions: Path, workers: str) -> None:
    """Then it is there and nowhere else, and no call comes in there, whatever a request says of its host."""
    port = str(free_port())
    with served(regions, HELPLINE_CONSOLE_PORT=port, WEB_CONCURRENCY=workers) as address:
        inside = f"http://127.0.0.1:{port}"
        assert httpx.get(f"{address}/console", headers=HOST).status_code == 404
        assert httpx.get(f"{address}/console", headers={"Host": f"127.0.0.1:{port}"}).status_code == 404
        page = httpx.get(f"{inside}/console")
        assert (page.status_code, "Aanmelden" in page.text) == (403, True)
        assert httpx.get(f"http://localhost:{port}/console").status_code == 403
        assert "Aanmelden" not in httpx.get(f"{inside}/console", headers=HOST).text
        assert [httpx.get(f"{inside}{path}").status_code for path in ("/live", "/ready", "/metrics")] == [404] * 3
        assert httpx.post(f"{inside}/voice").status_code == 404


@pytest.mark.proof
def test_beside_the_calls(regions: Path) -> None:
    """By default it is at the public address."""
    with served(regions) as address:
        page = httpx.get(f"{address}/console", headers=HOST)
        assert (page.status_code, "Aanmelden" in page.text) == (403, True)
        assert page.headers["strict-transport-security"]
        assert "Aanmelden" not in httpx.get(f"{address}/console").text


@pytest.mark.parametrize("path", ["/phone", "/phone/voice", "/phone/call"])
def test_a_webhook_mistyped_as_a_page_rings_somebody(settings: Settings, path: str) -> None:
    """A signed call that comes in at a path of the telephone's gets its last resort, as at any other."""
    helpline = bootstrap.helpline(settings.model_copy(update={"web_concurrency": 2}), placeholders_allowed=True)
    transport = httpx.ASGITransport(with_console(helpline))
    fields = {"CallSid": "CA" + "0" * 32, "From": "anonymous"}
    signed = RequestValidator(TOKEN).compute_signature(f"{PUBLIC_URL}{path}", fields)

    async def asked() -> str:
        async with httpx.AsyncClient(transport=transport, base_url="http://inside") as client:
            return (await client.post(path, data=fields, headers={"X-Twilio-Signature": signed})).text

    assert "<Dial" in anyio.run(asked)


@pytest.mark.parametrize(
    ("changed", "host", "status"),
    [
        ({}, "helpline.example", 403),
        ({"helpline_console": False}, "helpline.example", 404),
        ({"helpline_console": False, "helpline_console_port": 9000}, "helpline.example", 404),
        ({"helpline_public_url": "http://helpline.example"}, "helpline.example", 404),
        ({"helpline_public_url": "http://127.0.0.1:8000"}, "127.0.0.1:8000", 403),
        ({"helpline_console_url": "https://inside.example"}, "inside.example", 403),
        ({"helpline_public_url": "https://Helpline.example:443"}, "helpline.example", 403),
    ],
    ids=str,
)
def test_whether_there_is_one(settings: Settings, changed: dict[str, object], host: str, status: int) -> None:
    """Switched off there is none; nor where a password could be read on its way."""
    helpline = bootstrap.helpline(settings.model_copy(update=changed), placeholders_allowed=True)
    transport = httpx.ASGITransport(with_console(helpline))

    async def asked() -> int:
        async with httpx.AsyncClient(transport=transport, base_url="http://inside") as client:
            return (await client.get("/console", headers={"Host": host})).status_code

    assert anyio.run(asked) == status
