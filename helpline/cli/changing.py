"""`helpline regions publish` and what goes with it: the difference in effect, the record, the way back."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from helpline.cli.fallback import rewrite_fallback
from helpline.cli.in_use import at, author, clock, live, publishing
from helpline.directory import effect_told, files
from helpline.directory.effect import effects
from helpline.directory.folder import edition_of
from helpline.directory.version import Version
from helpline.errors import ChangeRefused
from helpline.publishing import changes
from helpline.publishing.publishing import Proposal, Publishing
from helpline.settings import Settings
from helpline.storage.record import Entry


@click.command()
@click.option("--reason", prompt="Why", help="Why, for the record.")
@click.option("--by", default=author, show_default="your name on this machine", help="Who, for the record.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def publish(reason: str, by: str, yes: bool) -> None:
    """Make the files the live version, after the check, with the effect shown."""
    desk = publishing(made=True)
    folder = Settings().helpline_regions
    base = live(desk)
    content = changes.with_files(base.content if base else None, edition_of(folder).content.files, clock()())
    proposal = desk.propose(base, content, "publish", folder.name)
    _go_live(desk, proposal, by, reason, asks=not yes)


@click.command()
@click.argument("version", type=int)
@click.option("--reason", prompt="Why", help="Why, for the record.")
@click.option("--by", default=author, show_default="your name on this machine", help="Who, for the record.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def rollback(version: int, reason: str, by: str, yes: bool) -> None:
    """Publish an earlier VERSION again, with the diversions that it had, as far as they are not over."""
    desk = publishing(made=True)
    content = desk.versions.get(version).content.at(clock()())
    proposal = desk.propose(desk.live(), content, "rollback", f"to version {version}")
    _go_live(desk, proposal, by, reason, asks=not yes)
    click.echo("The files here are as they were. Before you edit them again: helpline regions pull")


@click.command()
@click.argument("versions", type=int, nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")
def diff(versions: tuple[int, ...], as_json: bool) -> None:
    """What the files would change for callers; or one version against the live one, or two against each other."""
    desk = publishing(made=False)
    before, after = _compared(desk, versions)
    found = effects(before, after, clock()())
    click.echo(effect_told.as_json(found) if as_json else effect_told.told(found))


@click.command()
@click.option("--verify", is_flag=True, help="Check that no entry and no version was changed afterwards.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")
def log(verify: bool, as_json: bool) -> None:
    """Who changed what, when and why; the newest last."""
    desk = publishing(made=False)
    entries = desk.versions.log() if desk.versions.database.is_there else []
    if verify:
        _verified(desk, entries)
    elif as_json:
        told = [{**asdict(entry), "at": entry.at.isoformat()} for entry in entries]
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(map(_line, entries)) or "Nothing is published yet.")


@click.command()
@click.option("--yes", is_flag=True, help="Do not ask.")
def pull(yes: bool) -> None:
    """Write the live version into the region files."""
    folder, published = Settings().helpline_regions, publishing(made=False).live()
    here = files.read(folder).texts
    changed = {name: text for name, text in published.content.files.items() if here.get(name) != text}
    for name in sorted(changed):
        click.echo(f"{folder / name}.toml {'will be overwritten' if name in here else 'is new'}")
    for name in sorted(here.keys() - published.content.files.keys()):
        click.echo(f"{folder / name}.toml is not in the live version; it is left as it is")
    if not changed:
        click.echo(f"The files are those of version {published.number}.")
        return
    if not yes:
        click.confirm("What is in them and not published is lost. Go on?", abort=True)
    for name, text in changed.items():
        write_whole(folder / f"{name}.toml", text)
    things = "1 file" if len(changed) == 1 else f"{len(changed)} files"
    click.echo(f"{things} written, as in version {published.number}.")


def _go_live(desk: Publishing, proposal: Proposal, by: str, reason: str, *, asks: bool) -> None:
    if proposal.report.problems:
        click.echo(proposal.report.text() + "\n")
    click.echo(effect_told.told(proposal.effects))
    if asks:
        click.confirm(f"Publish this as version {(proposal.on or 0) + 1}?", abort=True)
    published = desk.publish(proposal, by, reason)
    click.echo(f"Version {published.number} is live; every service takes it up within two seconds.")
    rewrite_fallback(desk.version(published))


def _compared(desk: Publishing, versions: tuple[int, ...]) -> tuple[Version | None, Version]:
    """What is held against what: files against live, a version against live, or two versions."""
    published = live(desk)
    before = desk.version(published) if published else None
    if len(versions) == 2:
        before = desk.version(desk.versions.get(versions[0]))
    if len(versions) > 2:
        raise click.UsageError("Two versions at most.")
    if versions:
        return before, desk.version(desk.versions.get(versions[-1]))
    files_here = edition_of(Settings().helpline_regions).content.files
    content = changes.with_files(published.content if published else None, files_here, clock()())
    return before, desk.checked("files", content)


def _verified(desk: Publishing, entries: list[Entry]) -> None:
    """Exit 1 where something was changed behind the record's back."""
    if wrong := desk.versions.verify() if desk.versions.database.is_there else []:
        click.echo("\n".join(wrong))
        raise click.exceptions.Exit(1)
    last = f" The last is {entries[-1].hash[:16]}." if entries else ""
    click.echo(f"{len(entries)} entries, each as it was written.{last}")


def _line(entry: Entry) -> str:
    number = f"version {entry.version}" if entry.version else "-"
    return f"{number:11} {at(entry.at)}  {entry.author}: {entry.action} {entry.subject}. {entry.reason}"


def write_whole(path: Path, text: str) -> None:
    """Whole or not at all."""
    beside = path.with_name(f".{path.name}.new")
    try:
        beside.write_text(text, "utf-8")
        beside.replace(path)
    except OSError as fault:
        raise ChangeRefused(f"{path} cannot be written: {fault.strerror}.", help="Make it writable.") from None
