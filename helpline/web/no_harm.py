"""What is done beside a call and must never cost it: whatever goes wrong there, the call goes on."""

from __future__ import annotations

from types import TracebackType

import structlog

from helpline.log import without_words

log = structlog.get_logger()


class no_harm:
    """A fault in the block ends the block, and is logged without its words: they could hold anything."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, fault: BaseException | None, places: TracebackType | None) -> bool:
        if not isinstance(fault, Exception):
            return False
        log.error("beside_the_call", **without_words(fault))
        return True
