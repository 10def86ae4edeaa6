"""`helpline text`: a text from the terminal, or written-down texts played and judged."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import click

from helpline import bootstrap
from helpline.bootstrap import Clock
from helpline.cli.local import local_helpline, settings_for, telephone_to
from helpline.cli.rehearsing import standing_at
from helpline.directory.hours import AMSTERDAM
from helpline.settings import Settings
from helpline.simulator.text_rehearsal import TextRehearsal, rehearse_texts
from helpline.simulator.text_transcript import parse_texts, read_sender
from helpline.simulator.text_writing import rewritten
from helpline.simulator.texting import Messenger, Texted

TRANSCRIPT = ".sms"


@click.command()
@click.argument("words", nargs=-1, required=True, metavar="WORDS... | TRANSCRIPTS...")
@click.option("--from", "sender", default="+31612345601", show_default=True, help="The sender's number, or what else.")
@click.option("--at", type=click.DateTime(["%Y-%m-%d %H:%M"]), help="When it is, in Amsterdam; now by default.")
@click.option("--url", help="A running service to text; by default one is started on this machine for the text.")
@click.option("--token", help="That service's auth token, to sign with; by default TWILIO_AUTH_TOKEN, as set.")
@click.option("--public-url", help="That service's HELPLINE_PUBLIC_URL, if it is reached at another address than that.")
@click.option("--update", is_flag=True, help="Write each transcript that differs again, as its texts now go.")
@click.option("--json", "as_json", is_flag=True, help="What came as JSON, for programs.")
def text(
    words: tuple[str, ...],
    sender: str,
    at: datetime | None,
    url: str | None,
    token: str | None,
    public_url: str | None,
    update: bool,
    as_json: bool,
) -> None:
    """Text the helpline: WORDS, or play TRANSCRIPTS (*.sms) and say where they differ."""
    settings = Settings()
    if url:
        settings = settings_for(settings, url, token, public_url)
        if at:
            raise click.UsageError("--at sets the clock of a helpline started here; the one at --url has its own.")
    if all(each.endswith(TRANSCRIPT) for each in words):
        rehearsals = [_play(_path(each), settings, url, update=update) for each in words]
        click.echo(_as_json(rehearsals) if as_json else _told(rehearsals))
        raise click.exceptions.Exit(0 if all(each.ok for each in rehearsals) else 1)
    clock = standing_at(at.replace(tzinfo=AMSTERDAM)) if at else bootstrap.now
    with _messenger(settings, url, clock) as messenger:
        texted = messenger.text(read_sender(sender), " ".join(words))
    click.echo(json.dumps(_came(texted), ensure_ascii=False, indent=2) if as_json else _shown(texted))
    raise click.exceptions.Exit(1 if texted.notifications else 0)


def _path(written: str) -> Path:
    path = Path(written)
    if not path.is_file():
        raise click.UsageError(f"There is no file {written}: what ends in {TRANSCRIPT} is a transcript, not words.")
    return path


def _play(path: Path, settings: Settings, url: str | None, *, update: bool) -> TextRehearsal:
    written = path.read_text("utf-8")
    transcript = parse_texts(written, str(path))
    clock = standing_at(transcript.at) if transcript.at else bootstrap.now
    with _messenger(settings, url, clock) as messenger:
        rehearsal = rehearse_texts(transcript, messenger)
    if update and not rehearsal.ok:
        path.write_text(rewritten(written, rehearsal), "utf-8")
    return rehearsal


@contextmanager
def _messenger(settings: Settings, url: str | None, clock: Clock) -> Iterator[Messenger]:
    """What texts the given address, or a helpline started for this."""
    if url:
        telephone = telephone_to(settings, connect_to=url)
        yield Messenger(telephone.twilio, telephone.number)
        return
    with local_helpline(settings, clock=clock) as local:
        yield local.messenger


def _told(rehearsals: list[TextRehearsal]) -> str:
    played = [each for rehearsal in rehearsals for each in rehearsal.played]
    as_written = sum(not each.faults for each in played)
    reports = [rehearsal.report() for rehearsal in rehearsals if not rehearsal.ok]
    return "\n".join([*reports, f"{as_written} of {len(played)} texts went as written."])


def _shown(texted: Texted) -> str:
    """Each reply with what it takes on its way, and what Twilio's debugger shows."""
    lines = [f"{each.text}\n({_segments(each.segments)}, {each.encoding})" for each in texted.replies]
    complaints = [f"Twilio's debugger shows {each.code}: {each.text}" for each in texted.notifications]
    return "\n".join([*(lines or ["No answer."]), *complaints])


def _segments(count: int) -> str:
    return "1 segment" if count == 1 else f"{count} segments"


def _came(texted: Texted) -> dict[str, object]:
    replies = [
        {"to": each.to, "text": each.text, "segments": each.segments, "encoding": each.encoding}
        for each in texted.replies
    ]
    return {"replies": replies, "notifications": [{"code": n.code, "text": n.text} for n in texted.notifications]}


def _as_json(rehearsals: list[TextRehearsal]) -> str:
    texts = [
        {
            "file": rehearsal.transcript.name,
            "line": each.sent.number,
            **_came(each.texted),
            "faults": [{"line": fault.number, "why": fault.why} for fault in each.faults],
        }
        for rehearsal in rehearsals
        for each in rehearsal.played
    ]
    return json.dumps(texts, ensure_ascii=False, indent=2)
