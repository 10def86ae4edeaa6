"""In the service's process: faults and words that reach no code of ours, only what Python does with them by itself."""

from __future__ import annotations

import asyncio
import gc
import logging
import threading
import warnings
from collections.abc import Callable, Mapping
from itertools import count
from typing import Any, NoReturn

from tests.no_trace.faults import made

_number = count()


class _Unraisable:
    """Breaks when nobody can be told any more."""

    def __init__(self, told: str) -> None:
        self._told = told
        self._cycle = self  # found by the collector only

    def __del__(self) -> None:
        _break(self._told)


def _break(told: str) -> NoReturn:
    raise made(next(_number), told)


async def _break_later(told: str) -> None:
    await asyncio.sleep(0)
    _break(told)


def _in_a_thread(told: str) -> None:
    threading.Thread(target=_break, args=(told,), name=told).start()


def _in_a_task(told: str) -> None:
    asyncio.get_running_loop().create_task(_break_later(told), name=told)


def _in_a_callback(told: str) -> None:
    asyncio.get_running_loop().call_soon(_break, told)


def _in_an_executor(told: str) -> None:
    asyncio.get_running_loop().run_in_executor(None, _break, told)


def _unraisable(told: str) -> None:
    _Unraisable(told)
    gc.collect(0)  # it is young


def _warned(told: str) -> None:
    for category in (UserWarning, RuntimeWarning, BytesWarning, ResourceWarning, DeprecationWarning):
        warnings.warn(told, category, stacklevel=1)


def _logged(told: str) -> None:
    """As libraries log, also such as get it wrong."""
    for name in (None, "somebody", "asyncio", "uvicorn.error", "concurrent.futures"):
        library = logging.getLogger(name)
        library.error("It did not work with %s", told)
        library.warning("So many: %d", told)
        library.critical(RuntimeError(told))
        library.error(["not", "a", told])
        try:
            _break(told)
        except BaseException:
            library.exception("It broke with %s", told, extra={"about": told})
        library.info(told)
        library.debug(told)
    logging.getLogger("somebody").error(told, stack_info=True)


def _told_to_the_loop(told: str) -> None:
    loop = asyncio.get_running_loop()
    loop.call_exception_handler({"message": told, "exception": made(next(_number), told), "future": told})


LOOSE: Mapping[str, Callable[[str], Any]] = {
    "thread": _in_a_thread,
    "task": _in_a_task,
    "callback": _in_a_callback,
    "executor": _in_an_executor,
    "unraisable": _unraisable,
    "warning": _warned,
    "logging": _logged,
    "loop": _told_to_the_loop,
    "response": _break,  # past all of ours, into the server
}
