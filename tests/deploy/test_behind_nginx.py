"""Two machines of ours on one PostgreSQL, behind a real nginx with deploy/nginx.conf: whatever goes, nobody is lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests.conftest import OWN_NUMBER, PUBLIC_URL
from tests.deploy.nginx import Nginx, before
from tests.failures.callers import Callers, Country
from tests.failures.conftest import NewMachine
from tests.failures.machine import Machine, until
from tests.postgresql import Server
from tests.web.carrier import Carrier

pytestmark = pytest.mark.slow
CALLS = 12  # before and after whatever happens


@dataclass(frozen=True)
class Service:
    """What Twilio asks, and what stands behind it."""

    nginx: Nginx
    one: Machine
    two: Machine

    def answered(self, machine: Machine) -> int:
        """How many turns a machine of them has answered since it was started."""
        return sum(int(value) for name, value in machine.metrics().items() if name.startswith("helpline_turns_total"))


@pytest.fixture(scope="module")
def service(postgresql: Server, new_machine: NewMachine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Both run."""
    folder = tmp_path_factory.mktemp("proxy") / "nginx"
    with postgresql.database() as name:
        one, two = (new_machine(postgresql.url(name)) for _ in range(2))
        with before((one.port, two.port), folder) as nginx:
            one.launch()
            two.launch()
            one.start()
            two.start()
            yield Service(nginx, one, two)
            one.kill()
            two.kill()


def test_nobody_is_lost(service: Service, country: Country) -> None:
    """A machine that is killed, and a new release on one after the other: not even the fallback document is heard.

    A machine that is there again is asked again.
    """
    with Callers(service.nginx.plain, country) as callers:
        callers.go_on(CALLS)
        service.one.kill()
        callers.go_on(CALLS)
        for machine in (service.one, service.two):
            machine.stop()
            callers.go_on(CALLS)
            machine.start()
        callers.go_on(CALLS)
    assert [each for each in callers.played if each.by_fallback or each.judged.lost or each.judged.wrong] == []


@pytest.mark.parametrize(
    "target", ["/voice", "//voice", "/voice/nothing?x=%2F..%2F+~&y", "/nothing?a=b%3Dc", "/voice/%7Eturn"]
)
def test_signatures_hold(service: Service, target: str) -> None:
    """Whatever address is set at Twilio, its signature fits behind the proxy, and the call has a way on."""
    with httpx.Client(base_url=service.nginx.plain) as client:
        carrier = Carrier(client)
        url = httpx.URL(service.nginx.plain).copy_with(raw_path=target.encode())
        body = {"From": "+31612345601", "To": OWN_NUMBER, "CallSid": "CA" + "1" * 32}
        answer = client.post(url, data=body, headers={"X-Twilio-Signature": carrier.signature(target, body)})
    assert answer.status_code == 200
    assert "1 1 2" in answer.text


def test_only_this_network_reads_the_metrics(service: Service) -> None:
    """A machine has them, and the proxy has not."""
    assert httpx.get(f"{service.one.address}/metrics").status_code == 200
    assert httpx.get(f"{service.nginx.plain}/metrics").status_code == 404
    assert httpx.get(f"{service.nginx.plain}/ready").json()["found_in"] == "database"


def test_operators_come_through(service: Service) -> None:
    """The console is served at the public address, by its name, which the proxy passes on."""
    host = PUBLIC_URL.removeprefix("https://")
    page = httpx.get(f"{service.nginx.plain}/console", headers={"Host": host})
    assert 'type="password"' in page.text
    strange = httpx.get(f"{service.nginx.plain}/console", headers={"Host": "elsewhere.example"})
    assert 'type="password"' not in strange.text


def test_nothing_of_a_call_is_in_the_proxys_logs(service: Service, tmp_path: Path) -> None:
    """Not after all of the above."""
    until(lambda: service.nginx.log.count("\n") > 0, "a line")
    assert [line for line in service.nginx.log.splitlines() if "?" in line or "trail" in line or "+31" in line] == []
    assert service.nginx.faults == ""
