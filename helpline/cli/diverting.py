"""`helpline regions divert` and `announce`: what must be changed at night, in one command, with an end."""

from __future__ import annotations

import re
from dataclasses import dataclass

import click

from helpline.cli.fallback import rewrite_fallback
from helpline.cli.in_use import at, author, clock, diversion_told, live, publishing
from helpline.directory import effect_told
from helpline.directory.content import Announcement, Content, Diversion
from helpline.directory.numbers import Unsound, to_dial
from helpline.errors import ChangeRefused, RegionsRefused, UnknownRegion
from helpline.publishing import changes
from helpline.publishing.publishing import Publishing
from helpline.publishing.until import until as read_until
from helpline.storage.versions import Published

LINES = click.Choice(["advice", "doctors"])
_NUMBER = re.compile(r"[+(\d]")


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
    now = clock()()
    if organisation is None:
        _list_diversions(live_content(desk))
        return
    if line is None:
        raise click.UsageError(f'Say which line: "helpline regions divert {organisation} advice ..."')
    base = desk.live()
    if organisation not in base.content.files:
        raise UnknownRegion(organisation)
    if end:
        content = changes.undiverted(base.content, organisation, line, now)
        _AtOnce(desk, base, by, reason or "Ended early").make(content, "end diversion", f"of {organisation} {line}")
        return
    if not (to and until and reason):
        raise click.UsageError("A diversion needs --to, --until and --reason.")
    moment = read_until(until, now)
    diversion = Diversion(organisation, line, _target(to), _accept(to, answers), moment, by, reason)
    subject = f"{organisation} {line} to {diversion.to} until {at(moment)}"
    _AtOnce(desk, base, by, reason).make(changes.diverted(base.content, diversion, now), "divert", subject)
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
    now = clock()()
    if organisation is None:
        _list_announcements(live_content(desk))
        return
    base = desk.live()
    if end:
        content = changes.unannounced(base.content, organisation, now)
        _AtOnce(desk, base, by, reason or "Ended early").make(content, "end announcement", f"for {organisation}")
        return
    if not (texts and until):
        raise click.UsageError("An announcement needs --text and --until.")
    moment = read_until(until, now)
    announcement = Announcement(organisation, _words(texts, desk), moment, by, reason or "Announced")
    content = changes.announced(base.content, announcement, now)
    _AtOnce(desk, base, by, announcement.reason).make(content, "announce", f"for {organisation} until {at(moment)}")
    click.echo(f"End it early: helpline regions announce {organisation} --end")


def live_content(desk: Publishing) -> Content:
    """What is live, without what is over; nothing where nothing is published."""
    published = live(desk)
    return published.content.at(clock()()) if published else Content({})


@dataclass(frozen=True)
class _AtOnce:
    """A change without a question, since at night nobody should have to answer one: on what, by whom and why."""

    desk: Publishing
    base: Published
    by: str
    reason: str

    def make(self, content: Content, action: str, subject: str) -> None:
        """Makes it live and shows what it does. Raises ChangeRefused where that would lose a call."""
        try:
            proposal = self.desk.propose(self.base, content, action, subject)
        except RegionsRefused as refused:  # no file is at fault
            raise ChangeRefused(f"This cannot be done:\n{refused.report}", help="Nothing was changed.") from None
        published = self.desk.publish(proposal, self.by, self.reason)
        click.echo(effect_told.told(proposal.effects))
        click.echo(f"Version {published.number} is live; every service takes it up within two seconds.")
        rewrite_fallback(self.desk.version(published))


def _target(to: str) -> str:
    """An organisation's name as it is, a number in E.164. Raises ChangeRefused for what cannot be dialled."""
    if not _NUMBER.match(to):
        return to
    number = to_dial(to)
    if isinstance(number, Unsound):
        raise ChangeRefused(f"{number.what}.", help=number.help)
    return number


def _accept(to: str, answers: str | None) -> bool:
    if _NUMBER.match(to):
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
