"""A number that test calls go to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class TestedNumber:
    """A number of an organisation's line, in E.164."""

    __test__ = False  # for pytest, which takes the name for a test

    organisation: str
    line: str
    number: str
