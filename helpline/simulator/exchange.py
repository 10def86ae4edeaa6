"""One HTTP request as Twilio sends it, and what comes back: an answer, or the way it broke."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from urllib.parse import urlencode, urlsplit

import httpx

from helpline.simulator.account import Twilio
from helpline.simulator.checking import Notification
from helpline.simulator.connection import Overrides
from helpline.simulator.signing import sign, signed_url
from helpline.simulator.twiml import MAX_BYTES

Fields = Sequence[tuple[str, str]]
CERTIFICATE_ERRORS = {62: 11235, 10: 11236}  # OpenSSL's: another host's, over; any other has no path to a root: 11237


@dataclass(frozen=True)
class Answer:
    """What came back with 2xx, and the public URL (after redirects) it came from."""

    status: int
    body: bytes
    content_type: str | None
    url: str


@dataclass(frozen=True)
class Outgoing:
    """One request as it goes out, the same on every try."""

    url: str
    method: str
    fields: Fields
    overrides: Overrides
    deadline: float
    token: str


@dataclass(frozen=True)
class Reply:
    """What one try brought: an answer of any status, with the place a redirect points to."""

    answer: Answer
    location: str


@dataclass(frozen=True)
class Broken:
    """What one try brought when no whole answer came; `kind` is what a retry policy calls it."""

    kind: str
    error: Notification


class Exchange:
    """Sends requests on behalf of one call or text, and keeps its cookies for as long as that lasts."""

    def __init__(self, twilio: Twilio, transport: httpx.BaseTransport, *, signs_port: bool) -> None:
        self._twilio = twilio
        self._transport = transport  # not a Client, which has redirects and cookies of its own
        self._signs_port = signs_port
        self._cookies: dict[str, str] = {}
        self._kept: dict[str, tuple[dict[str, str], Answer]] = {}  # what was got by GET and may be asked for again

    def send(self, request: Outgoing) -> Reply | Broken:
        """One try at this request."""
        url, content = request.url, None
        if request.method == "GET" and request.fields:
            url += ("&" if "?" in url else "?") + urlencode(request.fields)
        elif request.method != "GET":
            content = urlencode(request.fields).encode()
        left = max(0.001, request.deadline - time.monotonic())
        wait = httpx.Timeout(min(request.overrides.rt / 1000, left), connect=min(request.overrides.ct / 1000, left))
        conditions, kept = self._kept.get(url, ({}, None)) if request.method == "GET" else ({}, None)
        headers = self._headers(request, url) | conditions
        address = self._twilio.address(url)
        extensions = {"timeout": wait.as_dict()}
        sent = httpx.Request(request.method, address, content=content, headers=headers, extensions=extensions)
        begun = False
        try:
            with closing(self._transport.handle_request(sent)) as response:
                begun = True
                self._keep_cookies(response.headers.get_list("set-cookie"))
                body = _read_body(response, request.deadline)
                kind = response.headers.get("content-type")
                answer = Answer(response.status_code, body, kind, request.url)
                if kept is not None and answer.status == httpx.codes.NOT_MODIFIED:
                    return Reply(kept, "")
                if request.method == "GET":
                    self._keep(url, answer, response.headers)
                return Reply(answer, response.headers.get("location", ""))
        except httpx.HTTPError as error:
            return _broken(error, request.url, begun=begun)

    def _headers(self, request: Outgoing, url: str) -> dict[str, str]:
        posted = request.fields if request.method != "GET" else ()
        signed = signed_url(url, keeps_port=self._signs_port)
        headers = {
            "Host": urlsplit(url).netloc.rpartition("@")[2],
            "User-Agent": "TwilioProxy/1.1",
            "Accept": "*/*",
            "X-Forwarded-Proto": urlsplit(url).scheme,
            "X-Twilio-Signature": sign(signed, posted, self._twilio.auth_token),
            "I-Twilio-Idempotency-Token": request.token,
        }
        if request.method != "GET":
            headers["Content-Type"] = "application/x-www-form-urlencoded; charset=UTF-8"
        if self._cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        return headers

    def _keep(self, url: str, answer: Answer, headers: httpx.Headers) -> None:
        """What says when it last changed is kept; it is not sent again while that is so."""
        said = {"If-None-Match": headers.get("etag"), "If-Modified-Since": headers.get("last-modified")}
        conditions = {name: value for name, value in said.items() if value}
        if conditions and answer.status == httpx.codes.OK:
            self._kept[url] = conditions, answer

    def _keep_cookies(self, lines: Sequence[str]) -> None:
        for line in lines:
            try:
                self._cookies |= {name: each.coded_value for name, each in SimpleCookie(line).items()}
            except CookieError:
                continue  # Twilio drops what is no cookie


def _read_body(response: httpx.Response, deadline: float) -> bytes:
    """The body, cut just past what Twilio reads, so that an endless one ends."""
    body = b""
    for part in _in_time(response.iter_bytes(), deadline):
        body += part
        if len(body) > MAX_BYTES:
            break
    return body


def _in_time(parts: Iterator[bytes], deadline: float) -> Iterator[bytes]:
    for part in parts:
        if time.monotonic() > deadline:
            raise httpx.ReadTimeout("the total time is over")
        yield part


def _broken(error: httpx.HTTPError, url: str, *, begun: bool) -> Broken:
    """Twilio's number for a failure of the connection; once part of the answer came nothing is retried."""
    cause = _root(error)
    if isinstance(cause, socket.gaierror):
        return Broken("ct", Notification(11210, f"The host of {url} is not known."))
    if isinstance(cause, ssl.SSLCertVerificationError):
        code = CERTIFICATE_ERRORS.get(cause.verify_code, 11237)
        return Broken("tls", Notification(code, f"The certificate of {url} is not valid: {cause.verify_message}."))
    if isinstance(cause, ssl.SSLError):
        return Broken("tls", Notification(11220, f"No TLS connection for {url}: {cause}."))
    if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout):
        return Broken("ct", Notification(11205, f"No connection for {url}."))
    if isinstance(error, httpx.TimeoutException):
        return Broken("part" if begun else "rt", Notification(11205, f"No answer in time from {url}."))
    return Broken("part" if begun else "rt", Notification(11206, f"No whole HTTP answer from {url}."))


def _root(error: BaseException) -> BaseException:
    """The deepest cause of an exception."""
    while error.__cause__ or error.__context__:
        error = error.__cause__ or error.__context__ or error
    return error
