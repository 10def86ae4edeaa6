"""What each change makes of the live version: the content that would be published next.

What is over by then is left out, so that an ended diversion never comes back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from helpline.directory.content import Announcement, Content, Diversion
from helpline.errors import ChangeRefused


def with_files(live: Content | None, texts: Mapping[str, str], now: datetime) -> Content:
    """Other region files; diversions and announcements in force go on."""
    return replace(live or Content({}), files=dict(texts)).at(now)


def diverted(live: Content, diversion: Diversion, now: datetime) -> Content:
    """With a diversion, in place of an earlier one of the same line."""
    others = [each for each in live.diversions if (each.organisation, each.line) != _line(diversion)]
    return replace(live, diversions=(*others, diversion)).at(now)


def undiverted(live: Content, organisation: str, line: str, now: datetime) -> Content:
    """Without the diversion of a line. Raises ChangeRefused where there is none."""
    left = tuple(each for each in live.at(now).diversions if _line(each) != (organisation, line))
    if len(left) == len(live.at(now).diversions):
        raise ChangeRefused(f"{organisation} {line} is not diverted.", help="See what is: helpline regions divert")
    return replace(live.at(now), diversions=left)


def announced(live: Content, announcement: Announcement, now: datetime) -> Content:
    """With an announcement, in place of an earlier one to the same callers."""
    others = [each for each in live.announcements if each.organisation != announcement.organisation]
    return replace(live, announcements=(*others, announcement)).at(now)


def unannounced(live: Content, organisation: str, now: datetime) -> Content:
    """Without the announcement to these callers. Raises ChangeRefused where there is none."""
    left = tuple(each for each in live.at(now).announcements if each.organisation != organisation)
    if len(left) == len(live.at(now).announcements):
        raise ChangeRefused(f"Nothing is announced for {organisation}.", help="See what is: helpline regions announce")
    return replace(live.at(now), announcements=left)


def _line(diversion: Diversion) -> tuple[str, str]:
    return diversion.organisation, diversion.line
