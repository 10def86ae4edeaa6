"""XML as a tree of elements that know their line, read as strictly as Twilio reads it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat


class Unreadable(Exception):
    """The bytes are no XML that Twilio accepts; `code` is Twilio's number for it."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(text)
        self.code = code
        self.text = text


@dataclass(frozen=True)
class Element:
    """One element: its name, attributes, and the elements and texts inside it in order."""

    name: str
    attributes: dict[str, str]
    line: int
    children: list[Element | str] = field(default_factory=list)

    @property
    def elements(self) -> Iterator[Element]:
        """The elements directly inside, without the texts between them."""
        return (child for child in self.children if isinstance(child, Element))

    @property
    def text(self) -> str:
        """The text directly inside, without that of the elements in it."""
        return "".join(child for child in self.children if isinstance(child, str)).strip()


class _Builder:
    """Collects what expat reports into a tree."""

    def __init__(self) -> None:
        self.root = Element("", {}, 0)
        self.open = [self.root]
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.XmlDeclHandler = self.declare
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters
        self.parser.StartDoctypeDeclHandler = self.doctype

    def declare(self, version: str, encoding: str | None, standalone: int) -> None:
        if version != "1.0":
            raise Unreadable(12101, f"The XML version is {version}; Twilio reads 1.0.")

    def doctype(self, *_: object) -> None:
        raise Unreadable(12100, "The document has a DOCTYPE; TwiML has none.")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        element = Element(name, attributes, self.parser.CurrentLineNumber)
        self.open[-1].children.append(element)
        self.open.append(element)

    def end(self, name: str) -> None:
        self.open.pop()

    def characters(self, text: str) -> None:
        self.open[-1].children.append(text)


def read_xml(body: bytes) -> Element:
    """The root element; raises Unreadable with 12100 for what is no XML, 12101 for another version."""
    builder = _Builder()
    try:
        builder.parser.Parse(body, True)
    except expat.ExpatError as error:
        raise Unreadable(12100, f"The document is no XML: {error}.") from None
    return next(builder.root.elements)
