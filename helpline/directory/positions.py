"""Where in a TOML file each value stands, for errors that point at it.

tomllib says what a file means but not where; tree-sitter reads the same text and keeps the places. It is asked only
when there is a problem to show.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tree_sitter import Node

KeyPath = tuple[str | int, ...]


@dataclass(frozen=True)
class Position:
    """Line and column from 1, and how many characters the value takes on that line."""

    line: int
    column: int
    width: int


def position_of(text: str, path: KeyPath) -> Position:
    """Where `path` (keys, and positions in arrays) stands; of the nearest enclosing value where it does not."""
    import tree_sitter_toml  # only here: where there is no problem it is never needed
    from tree_sitter import Language, Parser

    places = dict(_tables(Parser(Language(tree_sitter_toml.language())).parse(text.encode()).root_node))
    while path and path not in places:
        path = path[:-1]
    return _position(text, places[path]) if path else Position(1, 1, 1)


def _position(text: str, node: Node) -> Position:
    line = text.split("\n")[node.start_point.row]  # tree-sitter's lines: splitlines() knows more line ends
    before = line.encode()[: node.start_point.column].decode()
    end = node.end_point.column if node.end_point.row == node.start_point.row else len(line.encode())
    width = len(line.encode()[node.start_point.column : end].decode())
    return Position(node.start_point.row + 1, len(before) + 1, max(width, 1))


def _tables(root: Node) -> Iterator[tuple[KeyPath, Node]]:
    counts: dict[KeyPath, int] = {}
    for child in root.named_children:
        if child.type == "pair":
            yield from _pair(child, ())
        elif child.type in ("table", "table_array_element"):
            head = child.named_children[0]
            path: KeyPath = _keys(head)
            yield path, head
            if child.type == "table_array_element":
                index = counts[path] = counts.get(path, -1) + 1
                path = (*path, index)
                yield path, head
            for pair in child.named_children[1:]:
                if pair.type == "pair":
                    yield from _pair(pair, path)


def _pair(pair: Node, above: KeyPath) -> Iterator[tuple[KeyPath, Node]]:
    key, value = pair.named_children[0], pair.named_children[1]
    path = (*above, *_keys(key))
    yield path, key if value.type in ("array", "inline_table") else value
    yield from _value(value, path)


def _value(value: Node, path: KeyPath) -> Iterator[tuple[KeyPath, Node]]:
    if value.type == "array":
        items = [child for child in value.named_children if child.type != "comment"]
        for index, item in enumerate(items):
            yield (*path, index), item
            yield from _value(item, (*path, index))
    elif value.type == "inline_table":
        for pair in value.named_children:
            yield from _pair(pair, path)


def _keys(node: Node) -> KeyPath:
    if node.type == "dotted_key":
        return tuple(key for child in node.named_children for key in _keys(child))
    return ((node.text or b"").decode().strip("\"'"),)
