"""One value of a TOML file written anew, and nothing else of the file: its comments and its order stay as they are."""

from __future__ import annotations

from collections.abc import Iterator

import tree_sitter_toml
from tree_sitter import Language, Node, Parser


def with_value(text: str, table: str, key: str, written: str | None) -> str:
    """The text with this value of a key, as TOML writes it; without the key where it is None.

    The table is "" for what stands before the first one. A key that is not there comes to the end of its table; of a
    table that is not there nothing is written.
    """
    source = text.encode()
    root = Parser(Language(tree_sitter_toml.language())).parse(source).root_node
    pairs = list(_pairs(root, table))
    found = next((pair for pair in pairs if _name(pair) == key), None)
    if found is not None and written is not None:
        value = found.named_children[1]
        return (source[: value.start_byte] + written.encode() + source[value.end_byte :]).decode()
    if found is not None:
        end = source.find(b"\n", found.end_byte)
        return (source[: found.start_byte] + (source[end + 1 :] if end >= 0 else b"")).decode()
    if written is None or not pairs:
        return text
    end = source.find(b"\n", pairs[-1].end_byte)
    before, after = (source[: end + 1], source[end + 1 :]) if end >= 0 else (source + b"\n", b"")
    return (before + f"{key} = {written}\n".encode() + after).decode()


def _pairs(root: Node, table: str) -> Iterator[Node]:
    """The pairs of a table, in order."""
    if not table:
        yield from (child for child in root.named_children if child.type == "pair")
        return
    for child in root.named_children:
        if child.type == "table" and _text(child.named_children[0]) == table:
            yield from (pair for pair in child.named_children[1:] if pair.type == "pair")


def _name(pair: Node) -> str:
    return _text(pair.named_children[0])


def _text(node: Node) -> str:
    return (node.text or b"").decode().strip("\"'")
