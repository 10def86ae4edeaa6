"""What needs the database, made by the thread that first uses it: calls are answered before its library is loaded."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

_T = TypeVar("_T")


def later(make: Callable[[], _T]) -> _T:
    """Stands for what `make` makes."""
    return cast(_T, _Later(make))


class _Later:
    def __init__(self, make: Callable[[], Any]) -> None:
        self._make = make
        self._made: Any = None

    def __getattr__(self, name: str) -> Any:
        if self._made is None:
            self._made = self._make()  # by two threads at once two are made, and either will do
        return getattr(self._made, name)
