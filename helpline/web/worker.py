"""Where a worker process of several begins, before anything is loaded that it needs."""

from __future__ import annotations

from starlette.types import ASGIApp

from helpline.loading import nothing_collected


def begun() -> ASGIApp:
    """The service as the environment sets it; each worker process calls this once. Raises SystemExit."""
    with nothing_collected():
        from helpline.web import serving

        return serving.from_environment()
