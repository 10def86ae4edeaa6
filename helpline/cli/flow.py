"""`helpline flow`: the conversation looked at: its picture, its seconds, and the rules that hold on every path."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from helpline.cli.in_use import clock, in_use
from helpline.cli.measuring import HEADS, Measured, measured, table
from helpline.cli.picturing import IMAGE, PAGE, drawn_with, pages
from helpline.flow.call import incoming_call
from helpline.flow.drawing_mermaid import mermaid
from helpline.prompts import language
from helpline.prompts.catalogue import Catalogue
from helpline.prompts.in_words import in_words
from helpline.publishing.proof import world_of
from helpline.publishing.walked import Checked, checked
from helpline.settings import Settings


@click.group()
def flow() -> None:
    """The conversation: its picture, its seconds, its rules."""


@flow.command()
@click.option("--mermaid", "as_mermaid", is_flag=True, help="The picture too, as Mermaid text.")
@click.option("--json", "as_json", is_flag=True, help="The same as JSON, for programs.")
@click.option(
    "--write",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help=f"Write {PAGE} and {IMAGE} into this folder instead.",
)
def show(as_mermaid: bool, as_json: bool, write: Path | None) -> None:
    """How long each kind of caller waits, and the picture of the conversation."""
    settings = Settings()
    if write is not None:
        for name, page in pages(settings).items():
            (write / name).write_text(page, "utf-8")
            click.echo(f"{write / name} is written.")
        return
    rows = measured(settings)
    text = mermaid(*drawn_with()) if as_mermaid else ""
    if as_json:
        callers = [{**asdict(row), "holds": row.holds} for row in rows]
        shown = {"callers": callers} | ({"mermaid": text} if text else {})
        click.echo(json.dumps(shown, ensure_ascii=False, indent=2))
    else:
        click.echo(_aligned(rows) + (f"\n\n{text}" if text else ""))


@flow.command()
@click.option("--all-languages", is_flag=True, help="Also those that no native speaker has read.")
@click.option("--files", "from_files", is_flag=True, help="With the files here, not the live version.")
@click.option("--json", "as_json", is_flag=True, help="The result as JSON, for programs.")
def check(all_languages: bool, from_files: bool, as_json: bool) -> None:
    """Play every path of the conversation with the live version; exit 1 when a rule is broken."""
    routes, catalogue = in_use(files=from_files).version.in_force(clock()()), Catalogue(language.load())
    world = world_of(routes, catalogue, unread_languages=all_languages)
    result = checked(world, in_words(catalogue, routes), incoming_call)
    click.echo(json.dumps(asdict(result), ensure_ascii=False, indent=2) if as_json else report(result))
    raise click.exceptions.Exit(1 if any(rule.told for rule in result.rules) else 0)


def report(result: Checked) -> str:
    """The result for a person: what holds in a line, what is broken with the call that shows it."""
    lines = [f"{result.states} states, {result.moves} moves, {result.seconds} s."]
    lines += [f"broken  {rule.told}" if rule.told else f"holds   {rule.says}" for rule in result.rules]
    return "\n".join(lines)


def _aligned(rows: list[Measured]) -> str:
    lines = [HEADS, *table(rows)]
    widths = [max(len(cell) for cell in column) for column in zip(*lines, strict=True)]
    return "\n".join(_line(line, widths) for line in lines)


def _line(cells: tuple[str, ...], widths: list[int]) -> str:
    first, *rest = (cell.rjust(width) for cell, width in zip(cells, widths, strict=True))
    return "  ".join([first.strip().ljust(widths[0]), *rest]).rstrip()
