"""What is done beside a call and must never cost it: whatever goes wrong there, the call goes on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from helpline.log import without_words

log = structlog.get_logger()


@contextmanager
def no_harm() -> Iterator[None]:
    """A fault in the block ends the block, and is logged without its words: they could hold anything."""
    try:
        yield
    except Exception as fault:
        log.error("beside_the_call", **without_words(fault))
