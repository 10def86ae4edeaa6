"""What a test of the simulator shows of Twilio: the row of the specification, quoted as the test's heading.

A row of a table is quoted whole, cell by cell. What stands in prose there is told in a few words of our own, and an
error by its number and name.
"""

from __future__ import annotations

import pytest


def fact(subject: str, *rows: str) -> pytest.MarkDecorator:
    """Marks a test as the one that shows these rows about a subject, such as a verb."""
    return pytest.mark.fact(subject, *rows)
