"""One request as it goes out: tried again, kept, and its failures told apart."""

from __future__ import annotations

import ssl

import httpx
import pytest

from helpline.simulator.account import Twilio
from helpline.simulator.checking import Notification
from helpline.simulator.exchange import Answer
from helpline.simulator.webhook import Webhook
from tests.simulator.facts import fact
from tests.simulator.service import PUBLIC, TOKEN, Reply, Service, twiml

FORM = [("CallSid", "CA1"), ("Digits", "3511")]


class Flaky(httpx.BaseTransport):
    """A network that breaks so often, with these errors, and then is whole; it keeps what was tried."""

    def __init__(self, *errors: Exception) -> None:
        self.errors = list(errors)
        self.tried: list[httpx.Request] = []
        self._whole = httpx.HTTPTransport()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Breaks, or passes the request on."""
        self.tried.append(request)
        if self.errors:
            raise self.errors.pop(0)
        return self._whole.handle_request(request)

    def close(self) -> None:
        """Closes what lies below."""
        self._whole.close()


def _webhook(service: Service, transport: httpx.BaseTransport) -> Webhook:
    service.on("/voice", "<Hangup/>")
    return Webhook(Twilio(PUBLIC, service.address, TOKEN), transport)


@fact("Retries", "By default a connect failure is retried once, with the same idempotency token")
def test_a_connection_is_tried_twice(service: Service) -> None:
    """Twilio's defaults try a connection once more, and the service can tell by the token that it is the same."""
    with Flaky(httpx.ConnectError("refused")) as network:
        answer = _webhook(service, network).fetch(f"{PUBLIC}/voice", "POST", FORM)
    assert isinstance(answer, Answer)
    assert len(network.tried) == 2
    assert len({each.headers["I-Twilio-Idempotency-Token"] for each in network.tried}) == 1
    assert service.asked[0].fields["Digits"] == "3511"


@pytest.mark.parametrize(
    "error", [httpx.ReadTimeout("slow"), httpx.RemoteProtocolError("odd"), httpx.ReadError("reset")]
)
def test_nothing_else_is_tried_twice(service: Service, error: Exception) -> None:
    """What breaks after the connection stands is not tried again by default."""
    with Flaky(error) as network:
        assert isinstance(_webhook(service, network).fetch(f"{PUBLIC}/voice", "POST", FORM), Notification)
    assert len(network.tried) == 1


def test_twice_and_no_more(service: Service) -> None:
    """A connection that fails twice is 11205."""
    with Flaky(*[httpx.ConnectTimeout("slow")] * 2) as network:
        answer = _webhook(service, network).fetch(f"{PUBLIC}/voice", "POST", FORM)
    assert isinstance(answer, Notification)
    assert (answer.code, len(network.tried)) == (11205, 2)


@pytest.mark.parametrize(
    ("verify_code", "code"),
    [
        pytest.param(62, 11235, marks=fact("Error", "11235 certificate of another host")),
        pytest.param(10, 11236, marks=fact("Error", "11236 certificate expired")),
        pytest.param(18, 11237, marks=fact("Error", "11237 no path to a certificate that is trusted")),
        pytest.param(20, 11237),
    ],
)
def test_certificates(service: Service, verify_code: int, code: int) -> None:
    """A certificate that is not valid is told by what is wrong with it, and not tried again."""
    refused = ssl.SSLCertVerificationError("refused")
    refused.verify_code, refused.verify_message = verify_code, "refused"
    broken = httpx.ConnectError("no TLS")
    broken.__cause__ = refused
    with Flaky(broken) as network:
        answer = _webhook(service, network).fetch(f"{PUBLIC}/voice", "POST", FORM)
    assert isinstance(answer, Notification)
    assert (answer.code, len(network.tried)) == (code, 1)


@fact("Request", "Only a GET with ETag or Last-Modified is cached")
@pytest.mark.parametrize(
    ("method", "headers", "conditions"),
    [
        ("GET", (("ETag", "v1"),), ["If-None-Match"]),
        ("GET", (("Last-Modified", "yesterday"),), ["If-Modified-Since"]),
        ("GET", (), []),
        ("POST", (("ETag", "v1"),), []),
    ],
)
def test_kept_answers(
    service: Service, method: str, headers: tuple[tuple[str, str], ...], conditions: list[str]
) -> None:
    """What was got by GET is asked for on condition that it has changed; 304 then means the answer of before."""
    with httpx.HTTPTransport() as transport:
        webhook = _webhook(service, transport)
        first = twiml("<Hangup/>")
        service.on("/voice", Reply(first.body, headers=headers), Reply(status=304) if conditions else first)
        answers = [webhook.fetch(f"{PUBLIC}/voice", method, FORM) for _ in range(2)]
    assert answers[0] == answers[1]
    asked = service.asked[1].headers
    assert [name for name in ("If-None-Match", "If-Modified-Since") if asked[name]] == conditions
