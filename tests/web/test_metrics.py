"""/metrics: what a call leaves in it, and who may read it."""

from __future__ import annotations

import socket
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import anyio
import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families
from pydantic import SecretStr

from helpline import bootstrap
from helpline.bootstrap import Helpline, kept
from helpline.metrics import Metrics
from helpline.settings import Settings
from helpline.upkeep.alerts import Alerts
from helpline.upkeep.erasing import Eraser
from helpline.web.app import app
from helpline.web.gauges import Gauges
from tests.clock import Clock
from tests.web.carrier import Carrier, action

TEXT = {"MessageSid": "SM" + "1" * 32, "Body": "3511", "From": "+31612345601"}


def numbers(page: str) -> dict[str, float]:
    """Each number of the page by its name and labels, written as in Prometheus."""
    return {
        f"{each.name}{{{','.join(f'{name}={value}' for name, value in sorted(each.labels.items()))}}}": each.value
        for family in text_string_to_metric_families(page)
        for each in family.samples
    }


@pytest.fixture
def risen(carrier: Carrier) -> Callable[[], dict[str, float]]:
    """Which numbers have risen since the test began, and by how much."""
    before = numbers(carrier.client.get("/metrics").text)

    def since() -> dict[str, float]:
        now = numbers(carrier.client.get("/metrics").text)
        return {name: value - before.get(name, 0) for name, value in now.items() if value > before.get(name, 0)}

    return since


def test_a_call_is_counted(carrier: Carrier, risen: Callable[[], dict[str, float]]) -> None:
    """Each turn by its step, a dial by whose line rang and how it ended; a dial told of twice once."""
    ringing = carrier.post(action(carrier.post("/voice").text), Digits="3511").text
    for _ in range(2):
        carrier.post(action(ringing), DialCallStatus="busy", DialCallSid="CA" + "7" * 32)
    rise = risen()
    assert rise["helpline_turns_total{step=incoming}"] == 1
    assert rise["helpline_turns_total{step=place}"] == 1
    assert rise["helpline_turns_total{step=ring_advice}"] == 2
    assert rise["helpline_turn_seconds_count{}"] == 4
    dials = {name: count for name, count in rise.items() if name.startswith("helpline_dials")}
    assert dials == {"helpline_dials_total{ending=busy,line=advice,organisation=utrecht}": 1}


def test_a_text_is_counted(carrier: Carrier, risen: Callable[[], dict[str, float]]) -> None:
    """A text by whether it was answered: none goes to a short code."""
    carrier.post("/sms", TEXT)
    carrier.post("/sms", TEXT, From="1008", MessageSid="SM" + "2" * 32)
    rise = risen()
    assert rise["helpline_texts_total{answered=yes}"] == 1
    assert rise["helpline_texts_total{answered=no}"] == 1


def test_what_goes_wrong_is_counted(
    carrier: Carrier, helpline: Helpline, monkeypatch: pytest.MonkeyPatch, risen: Callable[[], dict[str, float]]
) -> None:
    """A fault, an old address, a wrong signature, a body too large, a request that cannot be read."""

    def broken(*_: object) -> bool:
        raise RuntimeError("+31612345601")

    carrier.post("/voice/an-address-of-an-earlier-release")
    carrier.client.post("/voice", data={"From": "+31612345601"})
    carrier.client.post("/voice", content=b"x" * 65537)
    with monkeypatch.context() as patched:
        patched.setattr(helpline.switchboard, "incoming", broken)
        carrier.post("/voice")
    with monkeypatch.context() as patched:
        patched.setattr(helpline.signatures, "genuine", broken)
        carrier.post("/voice")
    rise = risen()
    for name in ("faults_total{kind=Diverged}", "faults_total{kind=other}", "unread_total{}"):
        assert rise[f"helpline_{name}"] == 1
    for status in (403, 413):
        assert rise[f"helpline_refused_total{{status={status}}}"] == 1


def test_the_table_is_told(carrier: Carrier, helpline: Helpline) -> None:
    """When it was taken up; its number is 0, since the files of a rehearsal were never published."""
    now = numbers(carrier.client.get("/metrics").text)
    assert now["helpline_table_taken_up_timestamp_seconds{}"] == helpline.directory.since.timestamp()
    assert now["helpline_table_version{}"] == now["helpline_table_problem{}"] == now["helpline_diversions{}"] == 0
    assert now["helpline_requests_in_flight{}"] == 0


def test_every_line_can_fail_for_the_first_time(carrier: Carrier, helpline: Helpline) -> None:
    """For each line there is a number for each way in which a dial of it can end, before any is dialled."""
    now = numbers(carrier.client.get("/metrics").text)
    for name, organisation in helpline.directory.current.organisations.items():
        for line in ("advice", "doctors") if organisation.doctors else ("advice",):
            assert f"helpline_dials_total{{ending=no-answer,line={line},organisation={name}}}" in now


def test_what_runs_beside_the_calls_is_told(helpline: Helpline, settings: Settings, clock: Clock) -> None:
    """How many records and erasures wait, and which alerts were told."""
    sid = "CA" + "3" * 32
    alerts = Alerts(failed_dials=3, within=timedelta(minutes=10), clock=clock)
    eraser = Eraser(
        bootstrap.erasures(settings), lambda: bootstrap.twilio(settings), clock, (), alerts.erasure_given_up
    )
    records = kept.records(settings, alerts, clock)
    eraser.call_over(sid)
    records.over(sid, 12)
    alerts.told.update(["fault", "fault"])
    now = numbers(ask(replace(helpline, alerts=alerts, eraser=eraser, records=records, metrics=Metrics())).text)
    assert now["helpline_erasures_waiting{}"] == now["helpline_records_waiting{}"] == 1
    assert now["helpline_erasures_given_up_total{}"] == now["helpline_records_written_total{}"] == 0
    assert now["helpline_alerts_total{kind=fault}"] == 2
    assert now["helpline_alerts_total{kind=nobody_reached}"] == 0


def test_a_blank_token_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blanks only are no token: else everybody had it."""
    monkeypatch.setenv("HELPLINE_METRICS_TOKEN", " \n")
    assert Settings(_env_file=None).helpline_metrics_token is None


def test_it_is_a_page_for_prometheus(carrier: Carrier) -> None:
    """In its text format, which nobody on the way keeps."""
    page = carrier.client.get("/metrics")
    assert page.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert page.headers["cache-control"] == "no-store"
    assert "_created" not in page.text


def ask(helpline: Helpline, headers: Mapping[str, str] | None = None, *, peer: str = "127.0.0.1") -> httpx.Response:
    """A request from there, with these headers."""

    async def asked() -> httpx.Response:
        transport = httpx.ASGITransport(app(helpline), client=(peer, 50000))
        sent = {name.encode(): value.encode() for name, value in (headers or {}).items()}
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client:
            return await client.get("/metrics", headers=sent)

    return anyio.run(asked)


def test_this_machine_may_read(helpline: Helpline) -> None:
    """Without a token a program on this machine may read, by either of its names."""
    assert ask(helpline).status_code == 200
    assert ask(helpline, {"Host": "localhost:8000"}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Forwarded-For": "127.0.0.1"},
        {"x-forwarded-proto": "https"},
        {"Forwarded": "for=127.0.0.1"},
        {"Via": "1.1 a-proxy"},
        {"X-Real-IP": "127.0.0.1"},
        {"Host": "helpline.example"},
        {"Host": "127.0.0.1.strangers.example"},
        {"Host": ""},
    ],
    ids=str,
)
def test_what_a_proxy_hands_on_is_not_from_here(helpline: Helpline, headers: dict[str, str]) -> None:
    """A proxy on this machine hands on what the world asks; for that there is no such page."""
    assert ask(helpline, headers).status_code == 404


@pytest.mark.parametrize("peer", ["10.0.0.9", "192.0.2.1", "::ffff:192.0.2.1", "2001:db8::1"])
def test_other_machines_may_not_read(helpline: Helpline, peer: str) -> None:
    """Without a token there is no such page for another machine."""
    response = ask(helpline, peer=peer)
    assert (response.status_code, response.text) == (404, "")


def test_an_old_proxy_adds_no_header(address: str) -> None:
    """nginx hands on in HTTP/1.0, and by default in no other way that shows."""
    host, _, port = address.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port))) as proxy:
        proxy.sendall(f"GET /metrics HTTP/1.0\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n".encode())
        assert proxy.recv(1000).startswith(b"HTTP/1.1 404 ")


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ("Bearer a-token-for-metrics", 200),
        ("bearer  a-token-for-metrics", 200),
        ("Bearer a-token-for-metric", 401),
        ("Bearer ", 401),
        ("Basic a-token-for-metrics", 401),
        ("a-token-for-metrics", 401),
        ("Bearer é", 401),
        ("", 401),
    ],
)
def test_with_a_token_only_who_has_it_may_read(helpline: Helpline, sent: str, status: int) -> None:
    """From wherever, this machine too, and through whichever proxy."""
    token = SecretStr("a-token-for-metrics")
    guarded = replace(helpline, settings=helpline.settings.model_copy(update={"helpline_metrics_token": token}))
    for peer in ("127.0.0.1", "192.0.2.1"):
        response = ask(guarded, {"Authorization": sent, "X-Forwarded-For": "192.0.2.7"}, peer=peer)
        assert response.status_code == status
        assert ("helpline_turns_total" in response.text) == (status == 200)


def test_a_page_that_cannot_be_made_is_told(helpline: Helpline, tmp_path: Path) -> None:
    """Where the folder of several workers is gone, the answer is 503, and calls go on."""
    apart = Metrics()
    apart.folder = tmp_path / "gone"
    assert ask(replace(helpline, metrics=apart)).status_code == 503


def test_a_fault_while_taking_over_is_told_and_goes_on(helpline: Helpline, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is taken over once a second is tried again the next."""
    tries: list[None] = []

    def broken(**_: object) -> None:
        tries.append(None)
        if len(tries) == 2:
            raise KeyboardInterrupt
        raise RuntimeError

    metrics = Metrics()
    monkeypatch.setattr(metrics, "table", broken)
    monkeypatch.setattr("helpline.web.gauges.EVERY_SECONDS", 0)
    with pytest.raises(KeyboardInterrupt):
        anyio.run(Gauges(replace(helpline, metrics=metrics)).run)
