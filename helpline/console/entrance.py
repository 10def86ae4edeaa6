"""The entrance: the sign-in page, at whichever address was asked for, and what was typed there when the session ended.

1. There is no address to go on to in it: the form is sent to where it stands, and so leads nowhere else.
2. What was typed in another form goes along in hidden fields, and that form is shown again with it after the sign-in.
3. One password is looked at at a time: that takes a core of the machine, and calls come first.
"""

from __future__ import annotations

import time

import anyio
from starlette.datastructures import ImmutableMultiDict
from starlette.responses import Response

from helpline.bootstrap.office import Office
from helpline.console.attendance import Attendance
from helpline.console.fields import Fields
from helpline.console.signing_in import BEAT_SECONDS, Attempt, Refused, SignedIn, SigningIn
from helpline.console.visit import Visit
from helpline.errors import DatabaseAway

SIGN_IN = "sign-in"  # the field by which the form of the sign-in page is known
CSRF = "csrf"  # the field of every other form
TYPED = "typed."  # before the names of fields that were typed elsewhere
MOST_CARRIED = 200_000  # characters
MOST_WAITING = 20  # sign-ins; more come from no office
BUSY_SECONDS = 10


class Entrance:
    """Lets operators in; who was let in is in the `attendance` afterwards."""

    def __init__(self, office: Office, attendance: Attendance) -> None:
        helpline = office.helpline
        self._signing_in = SigningIn(
            office.operators, office.failures, attendance, office.versions, helpline.clock, office.key
        )
        self._one_at_a_time = anyio.CapacityLimiter(1)

    def shown(self, visit: Visit, *, why: str = "", status: int = 403, seconds: int = 0) -> Response:
        """The sign-in page; `why` is what to say of the last try, and `seconds` how long to wait for the next."""
        carried = carried_by(visit.fields) if SIGN_IN in visit.fields else typed_in(visit.fields)
        too_long = sum(len(name) + len(value) for name, value in carried.multi_items()) > MOST_CARRIED
        fields = [(TYPED + name, value) for name, value in ([] if too_long else carried.multi_items())]
        told = {"why": why, "seconds": seconds, "carried": fields, "too_long": too_long}
        response = visit.page("sign_in.html", status=status, **told)
        if seconds:
            response.headers["Retry-After"] = str(seconds)
        return response

    async def tried(self, visit: Visit, address: str) -> SignedIn | Response:
        """Signed in with what was typed; or the sign-in page, which says why not."""
        if self._one_at_a_time.statistics().tasks_waiting >= MOST_WAITING:
            return self.shown(visit, why="busy", status=503, seconds=BUSY_SECONDS)
        name, password, code = (visit.fields.get(each, "") for each in ("name", "password", "code"))
        attempt = Attempt(name, password, code, address, visit.cookies.read("browser"))
        began = time.monotonic()
        try:
            outcome = await anyio.to_thread.run_sync(self._signing_in.sign_in, attempt, limiter=self._one_at_a_time)
        except DatabaseAway:
            return self.shown(visit, why="away", status=503)
        if isinstance(outcome, SignedIn):
            return outcome
        await anyio.sleep(BEAT_SECONDS - (time.monotonic() - began) % BEAT_SECONDS)
        return self._refused(visit, outcome)

    def _refused(self, visit: Visit, refused: Refused) -> Response:
        if not refused.wait:
            return self.shown(visit, why="wrong")
        return self.shown(visit, why="wait", status=429, seconds=int(refused.wait.total_seconds()) + 1)


def carried_by(fields: Fields) -> Fields:
    """What was typed in another form before the sign-in."""
    found = [(name, value) for name, value in fields.multi_items() if name.startswith(TYPED)]
    return ImmutableMultiDict((name.removeprefix(TYPED), value) for name, value in found)


def typed_in(fields: Fields) -> Fields:
    """What a form holds without its token."""
    return ImmutableMultiDict((name, value) for name, value in fields.multi_items() if name != CSRF)
