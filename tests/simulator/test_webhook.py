"""Twilio's requests over real HTTP: form, retries, redirects, limits, cookies."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress

import httpx
import pytest

from helpline.simulator.account import Twilio
from helpline.simulator.checking import Notification
from helpline.simulator.exchange import Answer
from helpline.simulator.webhook import Webhook
from tests.simulator.facts import fact
from tests.simulator.service import PUBLIC, TOKEN, Asked, Reply, Service, twiml

FORM = [("CallSid", "CA1"), ("Digits", "3511"), ("FromCity", "")]
HELLO = twiml("<Hangup/>")


@pytest.fixture
def webhook(service: Service) -> Iterator[Webhook]:
    """One call's webhook to the service."""
    with httpx.HTTPTransport() as transport:
        yield Webhook(Twilio(PUBLIC, service.address, TOKEN), transport)


def _code(answer: Answer | Notification) -> int:
    assert isinstance(answer, Notification)
    return answer.code


@fact("Request", "User agent TwilioProxy/1.1, X-Twilio-Signature, I-Twilio-Idempotency-Token")
def test_form(service: Service, webhook: Webhook) -> None:
    """A form is posted with blank values kept, Twilio's user agent, and the public host."""
    service.on("/voice", HELLO)
    answer = webhook.fetch(f"{PUBLIC}/voice?a=1#ct=1000", "POST", FORM)
    [asked] = service.asked
    assert isinstance(answer, Answer)
    assert (asked.target, asked.fields) == ("/voice?a=1", dict(FORM))
    assert asked.headers["User-Agent"] == "TwilioProxy/1.1"
    assert asked.headers["Host"] == "helpline.example"
    assert (answer.status, answer.content_type, answer.url) == (200, "text/xml", f"{PUBLIC}/voice?a=1")


def test_get(service: Service, webhook: Webhook) -> None:
    """With GET the form joins the query."""
    service.on("/voice", HELLO)
    webhook.fetch(f"{PUBLIC}/voice?a=1", "GET", FORM)
    assert service.asked[0].target == "/voice?a=1&CallSid=CA1&Digits=3511&FromCity="


@fact("Retries", "By default a 5xx is not retried")
def test_error_is_not_retried(service: Service, webhook: Webhook) -> None:
    """By default only a failed connection is retried; a 5xx is 11200 at once."""
    service.on("/voice", Reply(status=500))
    assert _code(webhook.fetch(f"{PUBLIC}/voice", "POST", FORM)) == 11200
    assert len(service.asked) == 1


def test_error_is_retried_where_asked(service: Service, webhook: Webhook) -> None:
    """With rp=5xx a 5xx is retried, and the idempotency token is the same on the retry."""
    service.on("/voice", Reply(status=503), HELLO)
    answer = webhook.fetch(f"{PUBLIC}/voice#rc=1&rp=5xx", "POST", FORM)
    tokens = {each.headers["I-Twilio-Idempotency-Token"] for each in service.asked}
    assert isinstance(answer, Answer)
    assert (len(service.asked), len(tokens)) == (2, 1)


def test_retries_are_counted(service: Service, webhook: Webhook) -> None:
    """rc counts the tries after the first."""
    service.on("/voice", Reply(status=404))
    assert _code(webhook.fetch(f"{PUBLIC}/voice#rc=3&rp=all", "POST", FORM)) == 11200
    assert len(service.asked) == 4


def test_each_request_has_its_own_token(service: Service, webhook: Webhook) -> None:
    """Two requests, even to the same URL, have different tokens."""
    service.on("/voice", HELLO)
    webhook.fetch(f"{PUBLIC}/voice", "POST", FORM)
    webhook.fetch(f"{PUBLIC}/voice", "POST", FORM)
    assert len({each.headers["I-Twilio-Idempotency-Token"] for each in service.asked}) == 2


@fact("Request", "Of HTTP redirects 301, 302, 303, 307; a redirected POST becomes GET and loses Digits")
@pytest.mark.parametrize("status", [301, 302, 303, 307])
def test_redirect(service: Service, webhook: Webhook, status: int) -> None:
    """A redirected POST becomes a GET and loses Digits; the new URL is the document's."""
    service.on("/voice", Reply(status=status, headers=(("Location", "/other?b=2"),)))
    service.on("/other", HELLO)
    answer = webhook.fetch(f"{PUBLIC}/voice?a=1", "POST", FORM)
    second = service.asked[1]
    assert isinstance(answer, Answer)
    assert (second.method, second.target, second.fields) == ("GET", "/other?b=2", {})
    assert answer.url == f"{PUBLIC}/other?b=2"


@pytest.mark.parametrize("status", [300, 304, 305, 308])
def test_other_redirects(service: Service, webhook: Webhook, status: int) -> None:
    """Other redirects are not followed: 11216."""
    service.on("/voice", Reply(status=status, headers=(("Location", "/other"),)))
    assert _code(webhook.fetch(f"{PUBLIC}/voice", "POST", FORM)) == 11216


def test_too_many_redirects(service: Service, webhook: Webhook) -> None:
    """At most ten redirects: 11215."""
    service.on("/voice", Reply(status=302, headers=(("Location", "/voice"),)))
    assert _code(webhook.fetch(f"{PUBLIC}/voice", "POST", FORM)) == 11215
    assert len(service.asked) == 11


def test_redirect_to_nowhere(service: Service, webhook: Webhook) -> None:
    """A redirect to what is no web address is 11100."""
    service.on("/voice", Reply(status=302, headers=(("Location", "mailto:a@example.org"),)))
    assert _code(webhook.fetch(f"{PUBLIC}/voice", "POST", FORM)) == 11100


@pytest.mark.parametrize(
    "url", ["/voice", "ftp://helpline.example/voice", "http://", "http://helpline.example:x/", f"{PUBLIC}/voice#ct=1"]
)
def test_no_url(webhook: Webhook, url: str) -> None:
    """What is no absolute web address, or has an override out of range, is 11100."""
    assert _code(webhook.fetch(url, "POST", FORM)) == 11100


def test_large_answer(service: Service, webhook: Webhook) -> None:
    """Of a large answer no more is read than shows that it is too large."""
    service.on("/voice", Reply(b"x" * 3_000_000))
    answer = webhook.fetch(f"{PUBLIC}/voice", "POST", FORM)
    assert isinstance(answer, Answer)
    assert 65_536 < len(answer.body) < 3_000_000


@fact("Request", "Cookies are accepted and sent back for the call")
def test_cookies(service: Service, webhook: Webhook) -> None:
    """Cookies are accepted and sent back for the length of the call."""
    service.on("/voice", Reply(b"<Response/>", headers=(("Set-Cookie", "a=1; Path=/; Secure"), ("Set-Cookie", "b=2"))))
    webhook.fetch(f"{PUBLIC}/voice", "POST", FORM)
    webhook.fetch(f"{PUBLIC}/voice", "POST", FORM)
    assert [each.headers["Cookie"] for each in service.asked] == [None, "a=1; b=2"]


def test_no_cookie(service: Service, webhook: Webhook) -> None:
    """What is no cookie is dropped."""
    service.on("/voice", Reply(b"<Response/>", headers=(("Set-Cookie", "a/b=1"), ("Set-Cookie", "c=2"))))
    webhook.fetch(f"{PUBLIC}/voice", "POST", FORM)
    webhook.fetch(f"{PUBLIC}/voice", "POST", FORM)
    assert service.asked[1].headers["Cookie"] == "c=2"


def _late(late: threading.Event) -> Callable[[Asked], Reply]:
    def answer(asked: Asked) -> Reply:
        late.wait(2)
        return HELLO

    return answer


def test_slow_answer(service: Service, webhook: Webhook) -> None:
    """An answer that takes longer than rt is 11205, and by default not asked for again."""
    late = threading.Event()
    service.on("/voice", _late(late))
    assert _code(webhook.fetch(f"{PUBLIC}/voice#rt=100", "POST", FORM)) == 11205
    late.set()
    assert len(service.asked) == 1


def test_slow_answer_is_retried_where_asked(service: Service, webhook: Webhook) -> None:
    """With rp=all a machine that hangs costs rt, and the retry may find another."""
    late = threading.Event()
    service.on("/voice", _late(late), HELLO)
    answer = webhook.fetch(f"{PUBLIC}/voice#rt=100&rc=1&rp=all", "POST", FORM)
    late.set()
    assert isinstance(answer, Answer)


@fact("Retries", "15 s is hard for calls whatever rc; no retry once part of the answer came")
def test_dribbling_answer(webhook: Webhook) -> None:
    """tt bounds the whole, though a part comes now and then; an answer half there is not asked for again."""
    with socket.create_server(("127.0.0.1", 0)) as server, httpx.HTTPTransport() as transport:
        thread = threading.Thread(target=_dribble, args=(server,))
        thread.start()
        twilio = Twilio(PUBLIC, f"http://127.0.0.1:{server.getsockname()[1]}", TOKEN)
        answer = Webhook(twilio, transport).fetch(f"{PUBLIC}/voice#tt=200&rt=150&rc=5&rp=all", "POST", FORM)
        assert _code(answer) == 11205
        thread.join()


def _dribble(server: socket.socket) -> None:
    connection, _ = server.accept()
    with connection, suppress(BrokenPipeError, ConnectionResetError):
        connection.recv(65_536)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n")
        time.sleep(0.1)
        connection.sendall(b"<Res")
        time.sleep(0.13)
        connection.sendall(b"ponse")


@fact("Error", "11206 no HTTP")
def test_no_http() -> None:
    """An answer that is no HTTP is 11206."""
    with socket.create_server(("127.0.0.1", 0)) as server, httpx.HTTPTransport() as transport:
        thread = threading.Thread(target=_talk_nonsense, args=(server,))
        thread.start()
        twilio = Twilio(PUBLIC, f"http://127.0.0.1:{server.getsockname()[1]}", TOKEN)
        assert _code(Webhook(twilio, transport).fetch(f"{PUBLIC}/voice", "POST", FORM)) == 11206
        thread.join()


def _talk_nonsense(server: socket.socket) -> None:
    connection, _ = server.accept()
    with connection:
        connection.recv(65_536)
        connection.sendall(b"good evening\r\n\r\n")


def test_elsewhere(service: Service, webhook: Webhook) -> None:
    """A URL that is not under the public one is connected to as it stands."""
    service.on("/static", HELLO)
    assert isinstance(webhook.fetch(f"{service.address}/static", "GET", ()), Answer)
    assert service.asked[0].headers["Host"] == service.address.removeprefix("http://")
