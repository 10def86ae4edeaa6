"""What the server listens on: its port, and the console's own, where there is one."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable
from typing import Any

import uvicorn
from starlette.types import ASGIApp
from uvicorn.config import STARTUP_FAILURE
from uvicorn.supervisors import Multiprocess

EVERY_ADDRESS = "0.0.0.0"  # noqa: S104 - behind the platform's proxy; only signed requests and operators are answered


def listen(service: str | Callable[[], ASGIApp], port: int, console_port: int | None, **options: Any) -> None:
    """Serves on every address of the machine until told to stop. Raises SystemExit where it cannot.

    `service` is what makes it, or where that stands, for processes to be begun.
    """
    ports = [port] if console_port is None else [port, console_port]
    # The interface is said: it would be guessed from whether the application is a coroutine function.
    configs = [uvicorn.Config(service, host=EVERY_ADDRESS, port=each, interface="asgi3", **options) for each in ports]
    config, sockets = configs[0], [each.bind_socket() for each in configs]
    if config.workers > 1:
        Workers(config, sockets).run()
        return
    server = uvicorn.Server(config)
    with contextlib.suppress(KeyboardInterrupt):
        server.run(sockets)
    if not server.started:
        sys.exit(STARTUP_FAILURE)


class Workers(Multiprocess):
    """Several worker processes. Once they are told to stop whoever rings is refused at once, and left waiting by none.

    While this process held the port, the kernel would take connections on it that nobody answers.
    """

    def terminate_all(self) -> None:
        """Lets go of the port, and tells all of them to stop."""
        for each in self.sockets:
            each.close()
        super().terminate_all()
