"""`helpline flow`: the conversation looked at: its picture, its seconds, and the rules that hold on every path."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import click

from helpline.bootstrap import world_of
from helpline.cli.measuring import HEADS, Measured, measured, table
from helpline.directory import country
from helpline.directory.build import build
from helpline.directory.table import Table
from helpline.flow.call import incoming_call
from helpline.flow.drawing import Picture, picture
from helpline.flow.drawing_mermaid import mermaid
from helpline.flow.drawing_svg import svg
from helpline.flow.paths import World, walk
from helpline.flow.rules import RULES, breaches
from helpline.flow.steps import UNKNOWN, Say
from helpline.flow.telling import told
from helpline.prompts import language
from helpline.prompts.catalogue import Catalogue
from helpline.settings import Settings

PAGE, IMAGE = "call-flow.md", "call-flow.svg"
_SINGLE_DIGITS = re.compile(r"(?<=\d) (?=\d)")  # "1 1 2", as it is said
HEAD = f"""\
# What happens in a call

This page is generated from the conversation itself, `helpline/flow/call.py`; `make update` writes it again.

![The conversation as a picture: boxes for what is said, asked and rung, arrows for what the caller does]({IMAGE})

## How long it takes

Seconds from the answer until the first telephone rings, and the keys that were pressed. They are rehearsed, not timed: \
2.5 words a second, digits one by one, every pause and time-out in full, 0.6 seconds a key. All languages are offered, \
as in `helpline demo`; `helpline serve` offers those that a native speaker has read.

"""
TAIL = """
## The picture as text

```mermaid
{mermaid}```
"""


@click.group()
def flow() -> None:
    """The conversation: its picture, its seconds, its rules."""


@flow.command()
@click.option("--mermaid", "as_mermaid", is_flag=True, help="The picture too, as Mermaid text.")
@click.option("--json", "as_json", is_flag=True, help="All of it as JSON, for programs.")
@click.option(
    "--write",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help=f"Write {PAGE} and {IMAGE} into this folder instead.",
)
def show(as_mermaid: bool, as_json: bool, write: Path | None) -> None:
    """How long each kind of caller waits, and the picture of the conversation."""
    settings = Settings()
    if write is not None:
        for name, text in pages(settings).items():
            (write / name).write_text(text, "utf-8")
            click.echo(f"{write / name} is written.")
        return
    rows = measured(settings)
    text = mermaid(*_drawn(settings)) if as_mermaid else ""
    if as_json:
        callers = [{**asdict(row), "holds": row.holds} for row in rows]
        click.echo(
            json.dumps({"callers": callers, **({"mermaid": text} if text else {})}, ensure_ascii=False, indent=2)
        )
    else:
        click.echo("\n".join(filter(None, [_aligned(rows), text and f"\n{text}"])))


@flow.command()
@click.option("--all-languages", is_flag=True, help="Also those that no native speaker has read.")
@click.option("--json", "as_json", is_flag=True, help="The result as JSON, for programs.")
def check(all_languages: bool, as_json: bool) -> None:
    """Play every path of the conversation with the table; exit 1 when a rule is broken."""
    settings = Settings()
    routes, catalogue = _table(settings), Catalogue(language.load())
    result = checked(world_of(routes, catalogue, unread_languages=all_languages), _in_words(catalogue, routes))
    click.echo(json.dumps(result, ensure_ascii=False, indent=2) if as_json else _report(result))
    raise click.exceptions.Exit(1 if any(rule["told"] for rule in result["rules"]) else 0)


def pages(settings: Settings) -> dict[str, str]:
    """What `--write` writes: the page and its picture, by file name."""
    drawn, in_words = _drawn(settings)
    rows = [HEADS, ("---", "---:", "---:", "---:", "---:"), *table(measured(settings))]
    lines = "".join(f"| {' | '.join(row)} |\n" for row in rows)
    return {PAGE: HEAD + lines + TAIL.format(mermaid=mermaid(drawn, in_words)), IMAGE: svg(drawn, in_words)}


def checked(world: World, in_words: Callable[[Say], str]) -> dict[str, Any]:
    """The size of the walk, and each rule with the call that breaks it, or nothing."""
    begun = time.perf_counter()
    walked = walk(world, incoming_call)
    broken = {breach.rule: told(walked, breach, in_words) for breach in breaches(walked, world)}
    return {
        "states": len(walked.steps),
        "moves": sum(map(len, walked.moves)),
        "seconds": round(time.perf_counter() - begun, 1),
        "rules": [{"rule": name, "says": rule.__doc__, "told": broken.get(name, "")} for name, rule in RULES.items()],
    }


def _report(result: dict[str, Any]) -> str:
    lines = [f"{result['states']} states, {result['moves']} moves, {result['seconds']} s."]
    for rule in result["rules"]:
        lines.append(f"broken  {rule['told']}" if rule["told"] else f"holds   {rule['says']}")
    return "\n".join(lines)


def _drawn(settings: Settings) -> tuple[Picture, Callable[[Say], str]]:
    """The picture, and its words with the shortest name of an organisation for an example."""
    routes, catalogue = _table(settings), Catalogue(language.load())
    return picture(walk(example(world_of(routes, catalogue, unread_languages=True), routes), incoming_call)), _in_words(
        catalogue, routes
    )


def example(world: World, routes: Table) -> World:
    """The world with one organisation and three languages: to the picture, which has no names, all are alike."""
    known = [name for name in world.guesses if name != UNKNOWN]
    region = min(known, key=lambda name: len(routes.organisation(name).spoken))
    languages = "-".join(world.languages.split("-")[:3])
    return replace(world, regions=(region,), guesses=(UNKNOWN, region), languages=languages)


def _table(settings: Settings) -> Table:
    folder = settings.helpline_regions
    return build(folder, country.load(folder / "geography"), own_numbers=settings.helpline_numbers)


def _in_words(catalogue: Catalogue, routes: Table) -> Callable[[Say], str]:
    """What a `Say` sounds like; its own name where there are no words for it, which is a rule of its own."""

    def in_words(say: Say) -> str:
        try:
            text = " ".join(speech.text for speech in catalogue.speech(say, routes))
        except KeyError:
            return f"[{say.prompt}]"
        return _SINGLE_DIGITS.sub("", text)

    return in_words


def _aligned(rows: list[Measured]) -> str:
    lines = [HEADS, *table(rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADS))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if column == 0 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )
