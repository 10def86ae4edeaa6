"""deploy/nginx.conf in a real nginx, before two machines that answer or fail as they are told."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests.deploy.machine import How, Machine, listening
from tests.deploy.nginx import Nginx, before

TURN = "/voice/turn?trail=1-0-abc~place.silence"
CALLER = "+31612345601"
FORM = {"From": CALLER, "Digits": "3011"}
pytestmark = pytest.mark.slow  # they wait for what a machine does not do
TWILIO_WAITS_SECONDS = 3.0


@dataclass(frozen=True)
class Behind:
    """Two machines behind a proxy."""

    nginx: Nginx
    one: Machine
    two: Machine

    @property
    def asked(self) -> list[str]:
        """The first line of each request, of both machines."""
        return self.one.lines() + self.two.lines()

    def post(self, target: str = TURN) -> httpx.Response:
        """As the carrier asks."""
        return httpx.post(self.nginx.plain + target, data=FORM, timeout=10)


@pytest.fixture
def behind(tmp_path: Path) -> Iterator[Behind]:
    """Both answer."""
    with listening() as one, listening() as two, before((one.port, two.port), tmp_path / "nginx") as nginx:
        yield Behind(nginx, one, two)


def first_line_of(nginx: Nginx, target: str, method: str = "POST") -> str:
    """The first line of the answer to a request that no client has tidied."""
    with socket.create_connection(("127.0.0.1", int(nginx.plain.rpartition(":")[2])), timeout=10) as connection:
        connection.sendall(
            f"{method} {target} HTTP/1.1\r\nHost: helpline.example.nl\r\nContent-Length: 0\r\n\r\n".encode()
        )
        return connection.recv(1000).partition(b"\r\n")[0].decode()


def test_both_are_asked_in_turn(behind: Behind) -> None:
    """Each machine gets half of what is asked."""
    for _ in range(10):
        assert behind.post().status_code == 200
    assert (len(behind.one.asked), len(behind.two.asked)) == (5, 5)


@pytest.mark.parametrize(
    "target",
    [
        "/voice",
        "/voice?",
        "/voice/",
        "//voice",
        "/voice/turn?trail=a~b.c&x=%2F%20+%C3%A9&&y",
        "/voice/%7Eturn/%2f..%2F?a=%",
        "/a/../voice",
        "/nothing?a=b?c",
    ],
)
def test_path_and_query_come_as_they_were_sent(behind: Behind, target: str) -> None:
    """Not a sign of the address is changed, since the signature covers it."""
    assert first_line_of(behind.nginx, target) == "HTTP/1.1 200 OK"
    assert [line.split(" ")[1] for line in behind.asked] == [target]


@pytest.mark.parametrize("how", ["hangs", "breaks off", "500"])
def test_a_turn_that_is_not_answered_is_asked_of_the_other(behind: Behind, how: How) -> None:
    """A POST too, in time for Twilio, and with the same body; and soon the one that fails is left alone."""
    behind.one.how = how
    for _ in range(12):
        began = time.monotonic()
        answer = behind.post()
        assert (answer.status_code, answer.text) == (200, str(behind.two.port))
        assert time.monotonic() - began < TWILIO_WAITS_SECONDS
    assert len(behind.two.asked) == 12
    assert len(behind.one.asked) == 3
    assert {request.partition(b"\r\n\r\n")[2] for request in behind.one.asked + behind.two.asked} == {
        b"From=%2B31612345601&Digits=3011"
    }


def test_one_that_takes_no_connection_is_passed_over(behind: Behind) -> None:
    """As while a machine starts again: nobody waits."""
    behind.one.refuse()
    for _ in range(12):
        assert behind.post().text == str(behind.two.port)


def test_one_that_nothing_comes_back_from_is_passed_over(tmp_path: Path) -> None:
    """As when its power is gone and nobody even refuses: half a second, and the other is asked."""
    with listening() as two, socket.create_server(("127.0.0.1", 0), backlog=0) as away, socket.socket() as fills:
        fills.connect(away.getsockname())  # the queue is full now: the next who connects gets no answer
        with before((away.getsockname()[1], two.port), tmp_path / "nginx") as nginx:
            began = time.monotonic()
            answers = [httpx.post(nginx.plain + TURN, data=FORM, timeout=10).text for _ in range(2)]
            assert answers == [str(two.port)] * 2
            assert time.monotonic() - began < TWILIO_WAITS_SECONDS


def test_both_are_asked_although_both_failed(behind: Behind) -> None:
    """A proxy that has given both up would refuse each call for seconds: the next turn is asked all the same."""
    behind.one.how = behind.two.how = "500"
    for _ in range(8):
        assert behind.post().is_server_error
    behind.one.how, behind.two.how = "hangs", "answers"
    for _ in range(3):
        assert behind.post().text == str(behind.two.port)


def test_it_gives_up_in_time(behind: Behind) -> None:
    """Where both hang Twilio is told so before its three seconds are over, and asks once more."""
    behind.one.how = behind.two.how = "hangs"
    began = time.monotonic()
    assert behind.post().status_code == 504
    assert time.monotonic() - began < TWILIO_WAITS_SECONDS


@pytest.mark.parametrize("target", ["/console/publish", "/voice/test-call?number=1"])
def test_what_counts_once_is_sent_once(behind: Behind, target: str) -> None:
    """A form of the console, and the key of a test call, are not sent to the other machine after the first had them."""
    behind.one.how = behind.two.how = "breaks off"
    assert behind.post(target).status_code == 502
    assert len(behind.asked) == 1


def test_pages_may_take_longer(behind: Behind) -> None:
    """A page of the console waits for the database longer than a call would."""
    behind.one.how = behind.two.how = "hangs"
    with pytest.raises(httpx.ReadTimeout):
        httpx.get(f"{behind.nginx.plain}/console", timeout=2)


@pytest.mark.parametrize(
    "target", ["/metrics", "/metrics?x=1", "//metrics", "/./metrics", "/x/../metrics", "/%6detrics", "/metri%63s?"]
)
def test_metrics_are_not_passed_on(behind: Behind, target: str) -> None:
    """However they are asked for."""
    assert first_line_of(behind.nginx, target, "GET") == "HTTP/1.1 404 Not Found"
    assert behind.asked == []


def test_who_asks_is_told(behind: Behind) -> None:
    """Host comes as the browser sent it, and whom the proxy saw is added behind whatever a stranger wrote."""
    headers = {"Host": "helpline.example.nl", "X-Forwarded-For": "10.9.9.9"}
    httpx.get(f"{behind.nginx.plain}/console", headers=headers)
    [request] = behind.one.asked + behind.two.asked
    assert b"\r\nHost: helpline.example.nl\r\n" in request
    assert b"\r\nX-Forwarded-For: 10.9.9.9, 127.0.0.1\r\n" in request


@pytest.mark.parametrize(("target", "most"), [("/voice", 64), ("/console/publish", 256)])
def test_a_large_body_is_refused(behind: Behind, target: str, most: int) -> None:
    """As the machines themselves would."""
    address = behind.nginx.plain + target
    assert httpx.post(address, content=b"x" * most * 1024).status_code == 200
    assert httpx.post(address, content=b"x" * (most * 1024 + 1)).status_code == 413


def test_no_log_holds_a_caller(behind: Behind) -> None:
    """Neither of requests nor of faults, also not of a GET that no machine answered."""
    query = httpx.QueryParams({"From": CALLER})
    httpx.get(f"{behind.nginx.plain}/voice", params=query)
    behind.post()
    behind.one.refuse()
    behind.two.refuse()
    assert httpx.get(f"{behind.nginx.plain}/voice", params=query).status_code == 502
    lines = behind.nginx.log.splitlines()
    assert [line.split()[2:5] for line in lines] == [
        ["GET", "/voice", "200"],
        ["POST", "/voice/turn", "200"],
        ["GET", "/voice", "502"],
    ]
    assert [line for line in lines if "?" in line or "612345601" in line or "trail" in line] == []
    assert behind.nginx.faults == ""
    assert [path.name for path in behind.nginx.folder.rglob("*/*") if path.is_file()] == []


def test_over_tls(behind: Behind) -> None:
    """With its certificate it is reached as Twilio reaches it."""
    trusted = ssl.create_default_context(cafile=behind.nginx.certificate)
    assert httpx.post(behind.nginx.secure + TURN, data=FORM, verify=trusted).status_code == 200
