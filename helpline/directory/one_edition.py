"""One edition as a source of versions: a draft, or the live version once more, for a helpline to rehearse with."""

from __future__ import annotations

from collections.abc import Iterable

from helpline.directory.live import Edition


class OneEdition:
    """There is nothing before it and nothing after it."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition

    def candidates(self) -> Iterable[Edition]:
        """It alone."""
        return (self._edition,)

    def recent(self) -> Iterable[Edition]:
        """None."""
        return ()

    def newer(self) -> Edition | None:
        """None."""
        return None

    def taken_up(self, edition: Edition) -> None:
        """Nothing to do: nobody else has it."""
