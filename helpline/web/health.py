"""Is the process up, and can it route? For the platform and for operators; nothing of any caller."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from helpline.bootstrap import Helpline


class Probes:
    """/live and /ready."""

    def __init__(self, helpline: Helpline) -> None:
        self._helpline = helpline

    async def live(self, _request: Request) -> Response:
        """The process is up."""
        return PlainTextResponse("live\n")

    async def ready(self, _request: Request) -> Response:
        """It can route: which table, how old, and whether a change was not taken up; the log says why.

        Numbers that nobody but us may know stand in those problems, and this page is open to everybody.
        """
        directory = self._helpline.directory
        age = self._helpline.clock() - directory.since
        return JSONResponse(
            {
                "ready": True,
                "table": directory.current.version,
                "table_age_seconds": round(age.total_seconds()),
                "organisations": len(directory.current.organisations),
                "problem": directory.problem,
            }
        )
