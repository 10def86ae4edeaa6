"""The server: uvicorn as this service needs it."""

from __future__ import annotations

import gc
import os
import resource
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import structlog
import uvicorn
from starlette.types import ASGIApp

from helpline import bootstrap
from helpline import log as log_lines
from helpline.bootstrap import Helpline
from helpline.settings import Settings
from helpline.web.app import app
from helpline.web.console_at import with_console
from helpline.web.listening import listen
from helpline.web.whole_answers import WholeAnswers
from helpline.web.workers import counting_together, own_metrics

if TYPE_CHECKING:
    from helpline.console.console import Console
    from helpline.web.phone import Phone

START_SECONDS = 20
ALIVE_SECONDS = 20  # a worker that says nothing for so long is replaced; on a busy machine its imports alone take 5

log = structlog.get_logger()


def from_environment() -> ASGIApp:
    """The service as the environment sets it. Raises SystemExit."""
    log_lines.configure()
    log_lines.print_no_traceback()
    try:
        service = _begun(bootstrap.helpline(Settings(), published=True, metrics=own_metrics()))
    except Exception as fault:  # told here: the server would tell it as a traceback
        log.critical("worker_not_begun", problem=log_lines.problem(fault), **log_lines.without_words(fault))
        sys.exit(1)  # another worker is tried, and those that serve go on
    return service


def _begun(helpline: Helpline) -> ASGIApp:
    service = with_console(helpline)
    gc.freeze()  # all that is there by now stays: a collection that looked through it would keep calls waiting
    log.info("worker_begun", pid=os.getpid())
    return service


def serve(settings: Settings, helpline: Helpline | None = None) -> None:
    """Serves on every address of the machine until told to stop, with as many processes as are set.

    A single one is this process, with the `helpline` that is there already; of several each makes its own.
    """
    alone = helpline if settings.web_concurrency == 1 else None
    log_lines.print_no_traceback()
    _allow_many_connections()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # what is in memory of a call gets onto no disk by a crash
    log.info("serving", port=settings.port, workers=settings.web_concurrency)
    with counting_together(settings.web_concurrency):
        listen(
            (lambda: _begun(alone)) if alone else "helpline.web.worker:begun",
            settings.port,
            settings.helpline_console_port if settings.helpline_console else None,
            factory=True,
            workers=settings.web_concurrency,
            access_log=False,  # a GET's address holds the caller's number
            log_config=None,
            http=WholeAnswers,
            proxy_headers=False,  # signatures are checked on the public address that is set, not on what a proxy tells
            server_header=False,
            timeout_graceful_shutdown=10,
            timeout_worker_healthcheck=ALIVE_SECONDS,
        )


def _allow_many_connections() -> None:
    """As many open connections as the machine allows: slow ones must not keep the next call out."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


@contextmanager
def serving(
    helpline: Helpline, listener: socket.socket, phone: Phone | None = None, console: Console | None = None
) -> Iterator[None]:
    """Serves in a thread of this process, on a socket already bound, while the block runs; and what is for browsers."""
    service = app(helpline, phone, console)
    config = uvicorn.Config(
        service,
        access_log=False,
        log_config=None,
        interface="asgi3",
        http=WholeAnswers,
        proxy_headers=False,
        server_header=False,
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
        if console:
            console.close()
        server.should_exit = True
        thread.join(timeout=START_SECONDS)


def _wait_until_started(server: uvicorn.Server, thread: threading.Thread) -> None:
    for _ in range(START_SECONDS * 100):
        if server.started or not thread.is_alive():
            break
        thread.join(timeout=0.01)
    if not server.started:
        raise RuntimeError("The service did not start; what it logged says why.")
