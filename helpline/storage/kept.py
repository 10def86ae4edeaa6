"""A version as a machine has it outside the database."""

from __future__ import annotations

from dataclasses import dataclass

from helpline.directory.content import Content


@dataclass(frozen=True)
class Kept:
    """A version that was published, under its number."""

    number: int
    content: Content


def kept(name: str, content: Content) -> Kept | None:
    """The version that an edition is; None where it was never published, and so has no number."""
    return Kept(int(name), content) if name.isascii() and name.isdecimal() else None
