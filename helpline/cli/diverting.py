"""`helpline regions divert` and `announce`: what must be changed at night, in one command, with an end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click

from helpline.cli.fallback import rewrite_fallback
from helpline.cli.in_use import at, author, clock, diversion_told, live, publishing
from helpline.directory import effect_told
from helpline.directory.content import Announcement, Content, Diversion
from helpline.errors import ChangeRefused, RegionsRefused
from helpline.publishing import at_once
from helpline.publishing.publishing import Proposal, Publishing
from helpline.publishing.until import until as read_until

LINES = click.Choice(["advice", "doctors"])


@click.command()
@click.argument("organisation", required=False)
@click.argument("line", type=LINES, required=False)
@click.option("--to", help="The organisation whose line rings instead, or a number.")
@click.option("--until", help='When it ends: "06:00", or "2026-11-25 06:00".')
@click.option("--reason", default="", help="Why, for the record and for whoever looks next.")
@click.option(
    "--answers",
    type=click.Choice(["accept", "switchboard"]),
    help="Of a number: whoever answers must press 1 (so it is unless you say), or is put through at once.",
)
@click.option("--end", is_flag=True, help="End it now.")
@click.option("--by", default=author, show_default="your name on this machine", help="Who, for the record.")
def divert(
    organisation: str | None,
    line: str | None,
    to: str | None,
    until: str | None,
    reason: str,
    answers: str | None,
    end: bool,
    by: str,
) -> None:
    """Let another line ring for LINE of ORGANISATION, until a time; without arguments: what is diverted now."""
    desk = publishing(made=organisation is not None)
    if organisation is None:
        _list_diversions(live_content(desk))
        return
    if line is None:
        raise click.UsageError(f'Say which line: "helpline regions divert {organisation} advice ..."')
    base = desk.live()
    if end:
        with _no_file_at_fault():
            proposal = at_once.end_diversion(desk, base, organisation, line)
        _go_live(desk, proposal, by, reason or at_once.ENDED_EARLY)
        return
    if not (to and until and reason):
        raise click.UsageError("A diversion needs --to, --until and --reason.")
    moment = read_until(until, desk.clock())
    diversion = Diversion(organisation, line, at_once.target(to), _accept(to, answers), moment, by, reason)
    with _no_file_at_fault():
        proposal = at_once.divert(desk, base, diversion)
    _go_live(desk, proposal, by, reason)
    click.echo(f"End it early: helpline regions divert {organisation} {line} --end")


@click.command()
@click.argument("organisation", required=False)
@click.option("--text", "texts", multiple=True, help='Dutch words; other languages as "en: words".')
@click.option("--until", help='When it ends: "06:00", or "2026-11-25 06:00".')
@click.option("--reason", default="", help="Why, for the record.")
@click.option("--end", is_flag=True, help="End it now.")
@click.option("--by", default=author, show_default="your name on this machine", help="Who, for the record.")
def announce(
    organisation: str | None, texts: tuple[str, ...], until: str | None, reason: str, end: bool, by: str
) -> None:
    """Let callers of ORGANISATION, or "all", hear a sentence after 112; without arguments: what is announced now."""
    desk = publishing(made=organisation is not None)
    if organisation is None:
        _list_announcements(live_content(desk))
        return
    base = desk.live()
    if end:
        with _no_file_at_fault():
            proposal = at_once.end_announcement(desk, base, organisation)
        _go_live(desk, proposal, by, reason or at_once.ENDED_EARLY)
        return
    if not (texts and until):
        raise click.UsageError("An announcement needs --text and --until.")
    moment, why = read_until(until, desk.clock()), reason or at_once.ANNOUNCED
    announcement = Announcement(organisation, _words(texts, desk), moment, by, why)
    with _no_file_at_fault():
        proposal = at_once.announce(desk, base, announcement)
    _go_live(desk, proposal, by, why)
    click.echo(f"End it early: helpline regions announce {organisation} --end")


def live_content(desk: Publishing) -> Content:
    """What is live, without what is over; nothing where nothing is published."""
    published = live(desk)
    return published.content.at(clock()()) if published else Content({})


@contextmanager
def _no_file_at_fault() -> Iterator[None]:
    """Problems are told without the sentence that sends people to the files. Raises ChangeRefused."""
    try:
        yield
    except RegionsRefused as refused:
        raise ChangeRefused(f"This cannot be done:\n{refused.report}", help="Nothing was changed.") from None


def _go_live(desk: Publishing, proposal: Proposal, by: str, reason: str) -> None:
    """Without a question, since at night nobody should have to answer one; shows what it does."""
    published = desk.publish(proposal, by, reason)
    click.echo(effect_told.told(proposal.effects))
    click.echo(f"Version {published.number} is live; every service takes it up within two seconds.")
    rewrite_fallback(desk.version(published))


def _accept(to: str, answers: str | None) -> bool:
    if at_once.is_number(to):
        return answers != "switchboard"
    if answers:
        raise click.UsageError("--answers is for a number; an organisation's line is answered as its file says.")
    return False


def _words(texts: tuple[str, ...], desk: Publishing) -> dict[str, str]:
    """The words by language; those without a language before them are Dutch."""
    known = desk.languages
    words: dict[str, str] = {}
    for text in texts:
        language, colon, rest = text.partition(":")
        if colon and language.strip() in known:
            words[language.strip()] = rest.strip()
        else:
            words["nl"] = text.strip()
    return words


def _list_diversions(content: Content) -> None:
    for each in content.diversions:
        click.echo(diversion_told(each))
    if not content.diversions:
        click.echo("Nothing is diverted.")


def _list_announcements(content: Content) -> None:
    for each in content.announcements:
        for language, text in sorted(each.words.items(), key=lambda words: words[0] != "nl"):  # Dutch first
            click.echo(f"{each.organisation}, {language}, until {at(each.until)}: {text}")
    if not content.announcements:
        click.echo("Nothing is announced.")
