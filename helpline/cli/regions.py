"""`helpline regions`: the routing table, for operators."""

from __future__ import annotations

import json
from pathlib import Path

import click

from helpline.directory import country, files
from helpline.directory.build import build
from helpline.directory.check import check as check_files
from helpline.directory.country import Country
from helpline.directory.files import RegionFiles
from helpline.directory.find import find as find_region
from helpline.directory.problems import Problem, placed, refused, report
from helpline.directory.table import Organisation, Table
from helpline.settings import Settings


@click.group()
def regions() -> None:
    """Who answers where: the files in regions/."""


@regions.command()
@click.option("--json", "as_json", is_flag=True, help="Problems as JSON, for programs.")
@click.option("--live", is_flag=True, help="Also refuse placeholder numbers, as `serve` does.")
def check(as_json: bool, live: bool) -> None:
    """Check every file; exit 1 when there are problems."""
    settings = Settings()
    read, land = _read(settings)
    problems = check_files(read, land.geography, own_numbers=settings.helpline_numbers, placeholders_allowed=not live)
    if as_json:
        click.echo(json.dumps([_as_json(problem, read) for problem in problems], ensure_ascii=False, indent=2))
    elif problems:
        click.echo(report(problems, read.sources))
        things = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        kept = (
            "A running service keeps its last good table."
            if refused(problems)
            else "The table can be used all the same."
        )
        click.echo(f"\n{things}. {kept}")
    else:
        click.echo(f"{len(read.regions)} files, no problems.")
    raise click.exceptions.Exit(1 if refused(problems) else 0)


@regions.command()
@click.argument("organisation", required=False)
def show(organisation: str | None) -> None:
    """All organisations, or one with its lines and the chain a caller lives."""
    table = _table(Settings())
    if organisation is None:
        for name, one in table.organisations.items():
            click.echo(f"{name:26} {one.name}")
    else:
        click.echo(_shown(table.organisation(organisation), table))


@regions.command()
@click.argument("what")
def find(what: str) -> None:
    """Who serves a postcode (3011), an area code (030) or a place (Zeist)?"""
    settings = Settings()
    answer = find_region(what, _table(settings), files.read(settings.helpline_regions))
    click.echo(answer.text)
    raise click.exceptions.Exit(0 if answer.found else 1)


def _read(settings: Settings) -> tuple[RegionFiles, Country]:
    folder = settings.helpline_regions
    return files.read(folder), country.load(folder / "geography")


def _table(settings: Settings) -> Table:
    folder: Path = settings.helpline_regions
    return build(folder, country.load(folder / "geography"), own_numbers=settings.helpline_numbers)


def _as_json(problem: Problem, read: RegionFiles) -> dict[str, object]:
    position = placed(problem, read.sources)
    return {
        "file": problem.file,
        "line": position.line,
        "column": position.column,
        "code": problem.code,
        "warning": problem.warning,
        "message": problem.what,
        "help": problem.help,
    }


def _shown(one: Organisation, table: Table) -> str:
    lines = [one.name]
    for line in ("advice", "doctors"):
        for place, route in enumerate(table.routes(line, one.slug), start=1):
            key = ", must press 1" if route.accept else ""
            lines.append(f"  {line:8} {place}. {route.number:14} {route.organisation}{key}")
    codes = [code for code, region in table.region_of_area_code.items() if region == one.slug]
    names = [
        table.country.geography.municipalities[code].name
        for code, region in table.region_of_municipality.items()
        if region == one.slug
    ]
    return "\n".join(
        [*lines, f"  area codes     {', '.join(codes) or '-'}", f"  municipalities {', '.join(names) or '-'}"]
    )
