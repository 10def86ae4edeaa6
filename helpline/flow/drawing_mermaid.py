"""The picture as Mermaid text, which many pages and editors draw."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from helpline.flow.drawing import FRAME, Box, Kind, Picture
from helpline.flow.drawing_words import TITLES, InWords, label, spoken, title

SHAPES: Mapping[Kind, tuple[str, str]] = {
    "question": ("[", "]"),
    "junction": ("{{", "}}"),
    "ringing": ("([", "])"),
    "words": (">", "]"),
    "end": ("((", "))"),
}
COLOURS: Mapping[Kind, str] = {
    "question": "fill:#dcebff,stroke:#1b5fb8,color:#10243d",
    "junction": "fill:#efeafa,stroke:#6b4fb0,color:#251a45",
    "ringing": "fill:#dcf3e2,stroke:#1d7a3c,color:#0f2e19",
    "words": "fill:#fff1cf,stroke:#a06a00,color:#3a2700",
    "end": "fill:#33404d,stroke:#33404d,color:#ffffff",
}


def mermaid(drawn: Picture, in_words: InWords) -> str:
    """The picture as a flowchart from top to bottom."""
    framed = [box for box in drawn.boxes if box.name in drawn.framed]
    lines = [f'subgraph {FRAME}["{_plain(TITLES[FRAME])}"]', *(f"    {_box(box, in_words)}" for box in framed), "end"]
    lines += [_box(box, in_words) for box in drawn.boxes if box not in framed]
    lines += _arrows(drawn, in_words)
    # the prefix, since "end" is a word of Mermaid's own
    lines += [f"classDef box_{kind} {colours}" for kind, colours in COLOURS.items()]
    return "\n".join(["flowchart TD", *(f"    {line}" for line in lines), ""])


def _box(box: Box, in_words: InWords) -> str:
    opens, closes = SHAPES[box.kind]
    said = spoken(box, in_words)
    text = f"<b>{_plain(title(box))}</b>" + (f"<br/>{_plain(said)}" if said else "")
    return f'{box.name}{opens}"{text}"{closes}:::box_{box.kind}'


def _arrows(drawn: Picture, in_words: InWords) -> Iterator[str]:
    for arrow in drawn.arrows:
        text = label(arrow, drawn, in_words)
        yield f"{arrow.start} -->" + (f'|"{_plain(text)}"| ' if text else " ") + arrow.end


def _plain(text: str) -> str:
    """Text without what Mermaid would read as its own."""
    for sign, escaped in (("&", "#amp;"), ('"', "#quot;"), ("<", "#lt;"), (">", "#gt;"), ("{", "("), ("}", ")")):
        text = text.replace(sign, escaped)
    return text
