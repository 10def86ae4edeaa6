"""SIDs on their way from a request to the database: in memory, and never more than there is room for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

ROOM = 10_000  # two MB; calls of several hours, in which the database is away
CALL_SID = re.compile(r"CA[0-9a-f]{32}\Z")
MESSAGE_SID = re.compile(r"[SM]M[0-9a-f]{32}\Z")


class Waiting:
    """Filled on the path of a call: nothing here waits for anything, and a full room costs the SID, not the call."""

    def __init__(self) -> None:
        self._due: dict[str, datetime] = {}
        self._dropped = 0

    def put(self, sid: str, form: re.Pattern[str], due: datetime) -> None:
        """Lets a SID of that form wait; never later than it did already. Anything else is nothing to delete."""
        if not form.match(sid):
            return
        if sid not in self._due and len(self._due) >= ROOM:
            self._dropped += 1
            return
        self._due[sid] = min(due, self._due.get(sid, due))

    def __len__(self) -> int:
        return len(self._due)

    def all(self) -> dict[str, datetime]:
        """What waits now, to be written."""
        return dict(self._due)

    def written(self, these: Mapping[str, datetime]) -> None:
        """These are in the database; one that was put forward meanwhile is still to be written."""
        for sid, due in these.items():
            if self._due.get(sid) == due:
                del self._due[sid]

    def dropped(self) -> int:
        """How many found no room since this was last asked."""
        dropped, self._dropped = self._dropped, 0
        return dropped
