"""Where values stand in a TOML file."""

from __future__ import annotations

import pytest

from helpline.directory.positions import KeyPath, Position, position_of

TEXT = """\
name = "é"  # a comment
area.code = 1
area_codes = [
    "030",  # one
    "0346",
]

[advice]
numbers = ["a", "b"]
inline = {x = 1, y = ["z"]}
"quoted key" = 2

[[municipalities]]
names = ["Zeist"]

[[municipalities]]
names = ["Soest", "Baarn"]
"""


@pytest.mark.parametrize(
    ("path", "position"),
    [
        (("name",), Position(1, 8, 3)),
        (("area", "code"), Position(2, 13, 1)),
        (("area_codes",), Position(3, 1, 10)),
        (("area_codes", 1), Position(5, 5, 6)),
        (("advice",), Position(8, 2, 6)),
        (("advice", "numbers", 1), Position(9, 17, 3)),
        (("advice", "inline", "y", 0), Position(10, 23, 3)),
        (("advice", "quoted key"), Position(11, 16, 1)),
        (("municipalities", 1, "names", 1), Position(17, 19, 7)),
        (("advice", "missing"), Position(8, 2, 6)),
        (("nothing",), Position(1, 1, 1)),
        ((), Position(1, 1, 1)),
    ],
)
def test_a_value_is_found(path: KeyPath, position: Position) -> None:
    """Each row is a path into the text above and where it stands; what is missing stands where it should be."""
    assert position_of(TEXT, path) == position


def test_an_array_over_several_lines_is_pointed_at_where_it_begins() -> None:
    """A caret never runs on into the next line."""
    assert position_of('x = [\n  """a\nb""",\n]\n', ("x", 0)) == Position(2, 3, 4)


@pytest.mark.parametrize("text", ["", "= = =", "[", "\x00"])
def test_text_that_is_no_toml_has_a_position_too(text: str) -> None:
    """Where nothing can be read, the first character is named."""
    assert position_of(text, ("name",)) == Position(1, 1, 1)
