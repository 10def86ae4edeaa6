"""Who serves this? One box for a postcode, a place or a number, which may be a caller's.

So what was typed is in no address and in no log, and is kept nowhere: a form sends it, and the answer is that page.
"""

from __future__ import annotations

from starlette.responses import Response

from helpline.console.announce import seen as announcement_seen
from helpline.console.divert import seen as diversion_seen
from helpline.console.table_now import table_now
from helpline.console.visit import Visit
from helpline.directory.find import find
from helpline.flow.steps import EVERYWHERE

MOST_SIGNS = 100  # the longest name of a place has 34


def shown(visit: Visit) -> Response:
    """The box, and below it what was found of what was typed."""
    now = table_now(visit)
    what = visit.fields.get("what", "").strip()[:MOST_SIGNS]
    return now.visit.page(
        "find.html",
        now=now,
        what=what,
        found=find(what, now.version, visit.now) if what else None,
        everywhere=EVERYWHERE,
        seen=diversion_seen,
        announcement_seen=announcement_seen,
    )
