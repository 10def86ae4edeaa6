"""In the service's process: every function of ours can break, and in armed requests each does, once in each process.

1. All functions and methods of all layers are wrapped, so that what is written tomorrow breaks too.
2. An armed request breaks in the first function that it reaches and that did not break before: one after another.
3. What runs beside the requests breaks at its second call, and later again; not where that would end it for good,
   but for the very end, when everything breaks.
"""

from __future__ import annotations

import functools
import inspect
import re
import sys
from collections import Counter
from collections.abc import Callable
from itertools import count
from types import FunctionType, ModuleType
from typing import Any

from pydantic import BaseModel

from tests.no_trace.faults import made
from tests.no_trace.now import LAST, NOW, Now, tell

FUNCTION, END = "function", "end"
LAYERS = (
    *("web", "bootstrap", "upkeep", "publishing", "carrier", "prompts", "storage"),
    *("switchboard", "directory", "flow", "metrics"),
)
BESIDE = re.compile(
    r"storage\.(?!database)|upkeep\.(note_folding|alert_words|deleting|sweeping|fallback)"
    r"|upkeep\.alert_sending\._(post|told)|upkeep\.alerts\.Alerts\.tell|upkeep\.erasing\.Eraser\._(write|sweep|delete)"
    r"|directory\.live\.Directory\.(look|follow)|web\.gauges\.Gauges\.take|forgetting\.Forgetting\._grow"
)
NOT = ("migrations", "whole_answers")  # nothing runs there but the start; a connection on which none is answered
BESIDE_AT = (2, 9, 60)  # calls of a function that nobody asked for


def force() -> None:
    """From here on."""
    wrapped: dict[int, Any] = {}
    modules = [module for name, module in [*sys.modules.items()] if name.startswith("helpline.")]
    for module in filter(_is_wanted, modules):
        for value in [*vars(module).values()]:
            if getattr(value, "__module__", "") != module.__name__:
                continue
            if isinstance(value, FunctionType):
                wrapped[id(value)] = _breaking(value)
            elif isinstance(value, type) and not issubclass(value, BaseException | BaseModel):
                _break_methods(value)
    for module in modules:  # also where it was imported to, or is what is taken unless another is given
        for name, value in [*vars(module).items()]:
            if id(value) in wrapped:
                setattr(module, name, wrapped[id(value)])
    for breaking in wrapped.values():
        function = breaking.__wrapped__
        given = function.__kwdefaults__ or {}
        function.__kwdefaults__ = {name: wrapped.get(id(value), value) for name, value in given.items()} or None


def _is_wanted(module: ModuleType) -> bool:
    parts = module.__name__.split(".")
    return parts[1] in LAYERS and not set(NOT).intersection(parts)


def _break_methods(kind: type) -> None:
    for name, value in [*vars(kind).items()]:
        if name.startswith("__") or (issubclass(kind, tuple) and name.startswith("_")):
            continue
        if isinstance(value, FunctionType):
            setattr(kind, name, _breaking(value))
        elif isinstance(value, staticmethod | classmethod):
            setattr(kind, name, type(value)(_breaking(value.__func__)))
        elif isinstance(value, property) and isinstance(value.fget, FunctionType):
            setattr(kind, name, property(_breaking(value.fget), value.fset))


def _breaking(function: Callable[..., Any]) -> Callable[..., Any]:
    name = f"{function.__module__}.{function.__qualname__}".removeprefix("helpline.")
    if inspect.iscoroutinefunction(function):

        @functools.wraps(function)
        async def later(*args: Any, **kwargs: Any) -> Any:
            BREAKING.meet(name)
            return await function(*args, **kwargs)

        return later

    @functools.wraps(function)
    def at_once(*args: Any, **kwargs: Any) -> Any:
        BREAKING.meet(name)
        return function(*args, **kwargs)

    return at_once


class Breaking:
    """What broke in this process so far, and what is next."""

    def __init__(self) -> None:
        self.everything = False  # what still runs breaks at its next call
        self._broke: set[str] = set()
        self._calls: Counter[str] = Counter()
        self._number = count()

    def meet(self, name: str) -> None:
        """A function is called; it may be its turn."""
        request = NOW.get()
        if request is None:
            if LAST[0].private and (self.everything or self._is_due(name)):
                self._raise(name, "beside", LAST[0])
        elif request.armed == FUNCTION and not request.given and name not in self._broke:
            self._broke.add(name)
            request.given = True
            self._raise(name, "asked", request)

    def _is_due(self, name: str) -> bool:
        if not BESIDE.search(name):
            return False
        self._calls[name] += 1
        return self._calls[name] in BESIDE_AT

    def _raise(self, name: str, when: str, request: Now) -> None:
        tell(when, name)
        raise made(next(self._number), request.told)


BREAKING = Breaking()
