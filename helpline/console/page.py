"""A page of the console: where it is, what shows it, and what is done with its form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from starlette.responses import Response

from helpline.console.visit import Visit

Answer = Callable[[Visit], Response]


@dataclass(frozen=True)
class Page:
    """`shows` answers who asks for it; `does` whoever sends its form, which a reader may only where `readers_do`.

    A form is sent to the page that it is on. So `shows` can show it again with what was typed, as `visit.fields`: when
    the session had ended before it was sent, or the form was of an older one. `entry` is its word in the navigation.
    """

    path: str
    shows: Answer
    does: Answer | None = None
    entry: str = ""
    readers_do: bool = False
