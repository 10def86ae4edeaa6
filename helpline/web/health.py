"""Is the process up, and can it route? For the platform and for operators; nothing of any caller."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from helpline.bootstrap import Helpline
from helpline.directory.content import Announcement, Diversion


class Probes:
    """/live and /ready."""

    def __init__(self, helpline: Helpline) -> None:
        self._helpline = helpline

    async def live(self, _request: Request) -> Response:
        """The process is up."""
        return PlainTextResponse("live\n")

    async def ready(self, _request: Request) -> Response:
        """It can route: by which table, where that was found, what is diverted, and whether a change was not taken up.

        Numbers that nobody but us may know are left out, and why a change was not taken up is in the log only: this
        page is open to everybody.
        """
        directory = self._helpline.directory
        table, age = directory.current, self._helpline.clock() - directory.since
        return JSONResponse(
            {
                "ready": True,
                "table": table.version,
                "version": table.version.partition("-")[0],
                "found_in": directory.found_in,
                "table_age_seconds": round(age.total_seconds()),
                "organisations": len(table.organisations),
                "diversions": [_diversion(each) for each in table.diversions.values()],
                "announcements": [_announcement(each) for each in table.announcements.values()],
                "problem": directory.problem,
            }
        )


def _diversion(each: Diversion) -> dict[str, str]:
    return {
        "organisation": each.organisation,
        "line": each.line,
        "to": "a number" if each.to_number else each.to,
        "until": each.until.isoformat(),
    }


def _announcement(each: Announcement) -> dict[str, str]:
    return {"organisation": each.organisation, "until": each.until.isoformat()}
