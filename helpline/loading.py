"""Nothing is collected while the program is loaded."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def nothing_collected() -> Iterator[None]:
    """What is loaded in the block stays: to look for what could go takes a fifth of the time, and finds nothing."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()  # nor is it looked through later, while somebody waits
        gc.enable()
