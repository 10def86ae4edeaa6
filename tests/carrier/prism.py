"""Twilio's own OpenAPI document, served by Prism: valid requests get Twilio's examples, others 422.

A name that the document does not have is no fault to OpenAPI, so Prism lets it pass; names are held against the
document here. In two things the document contradicts itself, and is served without the contradiction:

1. A day in a query is written YYYY-MM-DD, as the description of each says; its format says date-time.
2. A SID or an address can be set to nothing, as Twilio's examples of answers have it; its pattern or format says that
   it cannot.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import httpx

from helpline.carrier.rest_answers import Call, Page

PACKAGE = "@stoplight/prism-cli@5.14.2"  # 5.15.10 and later need node 24
BESIDE = Path(__file__).parents[3] / "shared" / "twilio-openapi" / "twilio_api_v2010.json"
START_SECONDS = 240  # on a new machine npx downloads it first
FORM = "application/x-www-form-urlencoded"
CALLS = Page[Call]


def document_path() -> Path:
    """Where Twilio's document is: beside the project, or where TWILIO_OPENAPI says."""
    return Path(os.environ.get("TWILIO_OPENAPI") or BESIDE)


def why_not() -> str:
    """What is missing for Prism to run; empty where nothing is."""
    if not shutil.which("npx"):
        return "npx is not here: install node 20"
    if not document_path().exists():
        return f"Twilio's OpenAPI document is not at {document_path()}: set TWILIO_OPENAPI to its path"
    return ""


def document() -> dict[str, Any]:
    """Twilio's document, without its two contradictions."""
    read: dict[str, Any] = json.loads(document_path().read_text("utf-8"))
    for operation in (each for path in read["paths"].values() for each in path.values() if isinstance(each, dict)):
        for parameter in operation.get("parameters", []):
            if parameter["in"] == "query" and parameter["schema"].get("format") == "date-time":
                parameter["schema"] = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"}
        for schema in fields_of(operation).values():
            if schema.get("format") == "uri":
                schema.update(format="any", pattern=r"^$|^https?://\S+$")
            elif "pattern" in schema:
                schema.update(minLength=0, pattern=f"^$|{schema['pattern']}")
    return read


def fields_of(operation: Mapping[str, Any]) -> dict[str, Any]:
    """The schema of each field of a form, by name."""
    form = operation.get("requestBody", {"content": {}})["content"].get(FORM, {"schema": {}})
    fields: dict[str, Any] = form["schema"].get("properties", {})
    return fields


def names(read: Mapping[str, Any], request: httpx.Request) -> set[str]:
    """The names that the document has for the query and the form of this request."""
    for template, operations in read["paths"].items():
        if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", template.replace(".", r"\.")), request.url.path):
            operation = operations[request.method.lower()]
            in_query = {each["name"] for each in operation.get("parameters", []) if each["in"] == "query"}
            return in_query | fields_of(operation).keys()
    raise AssertionError(f"Twilio's document has no {request.url.path}")


class Watched(httpx.AsyncHTTPTransport):
    """Asks Prism, and notes each violation that it or the document finds in a request."""

    def __init__(self, read: Mapping[str, Any]) -> None:
        super().__init__()
        self._document = read
        self.asked: list[str] = []
        self.violations: list[str] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """One request; a page that follows is asked as the last one, since Prism's examples never end."""
        sent = [*request.url.params, *dict(parse_qsl(request.content.decode(), keep_blank_values=True))]
        self.violations += [name for name in sent if name not in names(self._document, request)]
        if "PageToken" in request.url.params:
            request.headers["Prefer"] = f"example={self._last_page_of(request.url.path)}"
        answer = await super().handle_async_request(request)
        self.asked.append(f"{request.method} {request.url.path}")
        found = json.loads(answer.headers.get("sl-violations", "[]"))
        self.violations += [str(each) for each in found if each["location"][0] == "request"]
        return answer

    def _last_page_of(self, path: str) -> str:
        return "readEmptyDatesLess" if path.endswith("Calls.json") else "readEmptySentdateLess"


@contextmanager
def served(read: Mapping[str, Any], folder: Path) -> Iterator[str]:
    """Prism, on a free port of this machine, while the block runs; its address."""
    file, log = folder / "twilio.json", folder / "prism.log"
    file.write_text(json.dumps(read), "utf-8")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = ["npx", "-y", PACKAGE, "mock", "-h", "127.0.0.1", "-p", str(port), str(file)]
    with log.open("w") as told:
        prism = subprocess.Popen(  # noqa: S603
            command, cwd=folder, stdout=told, stderr=told, stdin=subprocess.DEVNULL, start_new_session=True
        )
    try:
        _wait_until_it_answers(prism, port, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        if prism.poll() is None:
            os.killpg(prism.pid, signal.SIGTERM)  # npx, the shell it starts and Prism itself
        prism.wait(timeout=20)


def _wait_until_it_answers(prism: subprocess.Popen[bytes], port: int, log: Path) -> None:
    ends = time.monotonic() + START_SECONDS
    while time.monotonic() < ends and prism.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"Prism did not start:\n{log.read_text('utf-8')[-2000:]}")
