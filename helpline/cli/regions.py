"""`helpline regions`: the routing table, looked at."""

from __future__ import annotations

import json
from datetime import datetime, time, timedelta

import click

from helpline import bootstrap
from helpline.cli.changing import diff, log, publish, pull, rollback
from helpline.cli.diverting import announce, divert
from helpline.cli.in_use import at, clock, diversion_told, in_use
from helpline.cli.rehearsing import rehearsed
from helpline.directory import files
from helpline.directory.check import check as check_files
from helpline.directory.find import find as find_region
from helpline.directory.hours import AMSTERDAM
from helpline.directory.table import Organisation, Table
from helpline.directory.version import day_of
from helpline.errors import ChangeRefused
from helpline.settings import Settings
from helpline.simulator.kept_calls import kept_calls


@click.group()
def regions() -> None:
    """Who answers where: the files in regions/, and the version of them that is live."""


for command in (publish, diff, log, rollback, pull, divert, announce):
    regions.add_command(command)


@regions.command()
@click.option("--json", "as_json", is_flag=True, help="Problems as JSON, for programs.")
@click.option("--one-line", is_flag=True, help="A line for each problem, for editors and grep.")
@click.option("--live", is_flag=True, help="Also refuse placeholder numbers, as `serve` does.")
@click.option("--rehearse", is_flag=True, help="Also play the calls kept in the folder rehearsals/ against the files.")
def check(as_json: bool, one_line: bool, live: bool, rehearse: bool) -> None:
    """Check every file; exit 1 when there are problems, or a rehearsed call does not go as written."""
    if rehearse and as_json:
        raise click.UsageError("--rehearse tells of calls, for which there is no --json.")
    settings = Settings()
    read, rules = files.read(settings.helpline_regions), bootstrap.rules_of(settings)
    report = check_files(
        read, rules.country, day_of(clock()()), own_numbers=rules.own_numbers, placeholders_allowed=not live
    )
    if as_json:
        click.echo(report.as_json())
    elif one_line:
        click.echo(report.one_line_each(), nl=bool(report.problems))
    elif report.problems:
        can = "cannot be published as they are" if report.refused else "can be published all the same"
        click.echo(f"{report.text()}\n\n{report.counted()}. The files {can}; the live version stays until then.")
    else:
        click.echo(f"{len(read.regions)} files, no problems.")
    if rehearse and not report.refused:
        _rehearse(settings)
    raise click.exceptions.Exit(1 if report.refused else 0)


def _rehearse(settings: Settings) -> None:
    """Plays the calls that are kept beside the files; exit 1 where one goes otherwise."""
    rehearsals = list(rehearsed(kept_calls(settings.helpline_regions), settings))
    for each in rehearsals:
        if not each.ok:
            click.echo(each.report())
    passed = sum(each.ok for each in rehearsals)
    click.echo(f"{passed} of {len(rehearsals)} calls went as written.")
    if passed < len(rehearsals):
        raise click.exceptions.Exit(1)


@regions.command()
@click.argument("organisation", required=False)
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="As it will be on a day.")
@click.option("--files", "from_files", is_flag=True, help="The files here, not the live version.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")
def show(organisation: str | None, day: datetime | None, from_files: bool, as_json: bool) -> None:
    """All organisations, or one with its lines and the chain a caller lives."""
    used = in_use(files=from_files)
    moment = _moment(day)
    table = used.version.in_force(moment)
    shown = [table.organisation(organisation)] if organisation else list(table.organisations.values())
    if as_json:
        click.echo(json.dumps([_fields(one, table) for one in shown], ensure_ascii=False, indent=2))
        return
    click.echo(used.said + (f"\nAs it will be on {moment:%Y-%m-%d}:" if day else ""))
    for line in _in_force(table):
        click.echo(line)
    if organisation:
        click.echo(_shown(shown[0], table))
    else:
        click.echo("\n".join(f"{one.slug:26} {one.name}" for one in shown))


@regions.command()
@click.argument("what")
@click.option("--files", "from_files", is_flag=True, help="In the files here, not the live version.")
def find(what: str, from_files: bool) -> None:
    """Who serves a postcode (3011), an area code (030) or a place (Zeist)?"""
    answer = find_region(what, in_use(files=from_files).version, clock()())
    click.echo(answer.text)
    raise click.exceptions.Exit(0 if answer.found else 1)


def _moment(day: datetime | None) -> datetime:
    """Noon of a day ahead; now where there is none, or it is today."""
    now = clock()()
    if day is None or day.date() == day_of(now):
        return now
    if day.date() < day_of(now):
        raise ChangeRefused(f"{day:%Y-%m-%d} has passed.", help="What was live then: helpline regions log")
    return datetime.combine(day.date(), time(), AMSTERDAM) + timedelta(hours=12)


def _in_force(table: Table) -> list[str]:
    """Diversions and announcements, so that nobody forgets them."""
    diverted = [f"diverted: {diversion_told(each)}" for each in table.diversions.values()]
    announced = [
        f"announced: {each.organisation} until {at(each.until)}: {each.words['nl']}"
        for each in table.announcements.values()
    ]
    return diverted + announced


def _shown(one: Organisation, table: Table) -> str:
    lines = [one.name]
    for line in ("advice", "doctors"):
        for place, route in enumerate(table.routes(line, one.slug), start=1):
            key = ", must press 1" if route.accept else ""
            lines.append(f"  {line:8} {place}. {route.number:14} {route.organisation}{key}")
    if (hours := table.doctors_hours(one.slug)) is not None:
        lines.append(f"  doctors' hours {hours}")
    names = [table.country.geography.municipalities[code].name for code in _codes(one, table)]
    codes = [code for code, region in table.region_of_area_code.items() if region == one.slug]
    return "\n".join(
        [*lines, f"  area codes     {', '.join(codes) or '-'}", f"  municipalities {', '.join(names) or '-'}"]
    )


def _codes(one: Organisation, table: Table) -> list[str]:
    return [code for code, region in table.region_of_municipality.items() if region == one.slug]


def _fields(one: Organisation, table: Table) -> dict[str, object]:
    return {
        "organisation": one.slug,
        "name": one.name,
        "stand_in": one.stand_in,
        "advice": [route.number for route in table.routes("advice", one.slug)],
        "doctors": [route.number for route in table.routes("doctors", one.slug)],
        "area_codes": [code for code, region in table.region_of_area_code.items() if region == one.slug],
        "municipalities": [table.country.geography.municipalities[code].name for code in _codes(one, table)],
        "diverted": {line: each.to for (slug, line), each in table.diversions.items() if slug == one.slug},
    }
