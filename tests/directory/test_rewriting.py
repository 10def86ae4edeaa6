"""One value is written anew, and the rest of the file stays to the letter."""

from __future__ import annotations

import pytest

from helpline.directory.rewriting import with_value

TEXT = """\
# é
name = "Veilig Thuis"  # said so
stand_in = "zeeland"

[advice]  # the public
numbers = [
    "+31 30 000 0001",  # one
]  # in order
answers = "accept"

[doctors]
hours = ["mo-fr 09:00-17:00"]"""


@pytest.mark.parametrize(
    ("table", "key", "written", "old", "new"),
    [
        ("", "name", '"É"', '"Veilig Thuis"', '"É"'),
        ("", "stand_in", None, 'stand_in = "zeeland"\n', ""),
        ("", "say", '"x"', 'stand_in = "zeeland"\n', 'stand_in = "zeeland"\nsay = "x"\n'),
        ("advice", "numbers", '["a"]', '[\n    "+31 30 000 0001",  # one\n]', '["a"]'),
        ("advice", "checked", "2026-11-01", 'answers = "accept"\n', 'answers = "accept"\nchecked = 2026-11-01\n'),
        ("doctors", "hours", '["x"]', '["mo-fr 09:00-17:00"]', '["x"]'),
        ("doctors", "hours", None, 'hours = ["mo-fr 09:00-17:00"]', ""),
        ("doctors", "answers", '"accept"', '17:00"]', '17:00"]\nanswers = "accept"\n'),
        ("doctors", "answers", None, "", ""),
        ("nothing", "answers", '"accept"', "", ""),
    ],
)
def test_one_value_is_written_anew(table: str, key: str, written: str | None, old: str, new: str) -> None:
    """In place, at the end of its table, or not any more."""
    assert with_value(TEXT, table, key, written) == TEXT.replace(old, new)
