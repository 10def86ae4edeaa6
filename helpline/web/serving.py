"""The server: uvicorn as this service needs it."""

from __future__ import annotations

import resource
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import structlog
import uvicorn
from starlette.applications import Starlette

from helpline import bootstrap
from helpline import log as log_lines
from helpline.bootstrap import Helpline
from helpline.settings import Settings
from helpline.web.app import app
from helpline.web.phone import Phone

START_SECONDS = 20

log = structlog.get_logger()


def from_environment() -> Starlette:
    """The service as the environment sets it; each worker process calls this once."""
    log_lines.configure()
    return app(bootstrap.helpline(Settings(), published=True))


def serve(settings: Settings) -> None:
    """Serves on every address of the machine until told to stop, with as many processes as are set."""
    _allow_many_connections()
    log.info("serving", port=settings.port, workers=settings.web_concurrency)
    uvicorn.run(
        "helpline.web.serving:from_environment",
        factory=True,
        host="0.0.0.0",  # noqa: S104 - behind the platform's proxy; only signed requests are answered
        port=settings.port,
        workers=settings.web_concurrency,
        access_log=False,  # a GET's address holds the caller's number
        log_config=None,
        http="h11",  # refuses heads over 64 KiB; the faster parser keeps whatever it is sent
        proxy_headers=False,  # signatures are checked on the public address that is set, never on what a proxy tells
        server_header=False,
        timeout_graceful_shutdown=10,
    )


def _allow_many_connections() -> None:
    """As many open connections as the machine allows: slow ones must not keep the next call out."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


@contextmanager
def serving(helpline: Helpline, listener: socket.socket, phone: Phone | None = None) -> Iterator[None]:
    """Serves in a thread of this process, on a socket already bound, while the block runs; with a browser's `phone`."""
    config = uvicorn.Config(
        app(helpline, phone), access_log=False, log_config=None, http="h11", proxy_headers=False, server_header=False
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        _wait_until_started(server, thread)
        yield
    finally:
        if phone:
            phone.close()  # its streams are open as long as its calls are
        server.should_exit = True
        thread.join(timeout=START_SECONDS)


def _wait_until_started(server: uvicorn.Server, thread: threading.Thread) -> None:
    for _ in range(START_SECONDS * 100):
        if server.started or not thread.is_alive():
            break
        thread.join(timeout=0.01)
    if not server.started:
        raise RuntimeError("The service did not start; what it logged says why.")
