"""In the service's process: what is private of the request that is being answered, and how it is to break.

The carrier of these tests says so in a header, which no code of ours looks at.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

ARMED, PRIVATE, WORKER, BROKE = "x-armed", "x-private", "x-worker", "x-broke"
TOLD = "NO_TRACE_TOLD"  # where the process tells the test of itself; not a file of the service's
FORCED, PLANTED = "NO_TRACE_FORCED", "NO_TRACE_PLANTED"  # set where faults are to be, or leaks


@dataclass
class Now:
    """`armed` names the kind of fault that is wanted, empty where none is; `given` that there was one."""

    private: Mapping[str, str]
    armed: str = ""
    given: bool = False

    @property
    def told(self) -> str:
        """All that is private, as a fault may tell it."""
        return ", ".join(f"{name} {value}" for name, value in self.private.items())


NOW: ContextVar[Now | None] = ContextVar("NOW", default=None)
LAST = [Now({})]  # for what runs beside: the last request that had something private


def begin(scope: Mapping[str, Any]) -> None:
    """A request begins."""
    headers = {name.decode(): value.decode() for name, value in scope["headers"]}
    now = Now(json.loads(headers.get(PRIVATE, "{}")), headers.get(ARMED, ""))
    NOW.set(now)
    if now.private:
        LAST[0] = now


def private(name: str) -> str:
    """What this request has under a name of Twilio's; empty where it has not."""
    now = NOW.get()
    return now.private.get(name, "") if now else ""


def tell(kind: str, what: str) -> None:
    """Tells the test."""
    descriptor = os.open(os.environ[TOLD], os.O_WRONLY | os.O_APPEND)
    os.write(descriptor, (json.dumps([kind, what]) + "\n").encode())
    os.close(descriptor)
