"""The changes that are made at night: a diversion or an announcement, each with an end, and ended early.

The command line and the console both make them here, so that both write the same into the record and refuse the same.
"""

from __future__ import annotations

import re

from helpline.directory.content import Announcement, Diversion
from helpline.directory.effect import written
from helpline.directory.numbers import Unsound, to_dial
from helpline.errors import ChangeRefused, UnknownRegion
from helpline.publishing import changes
from helpline.publishing.publishing import Proposal, Publishing
from helpline.storage.versions import Published

ENDED_EARLY = "Ended early"
ANNOUNCED = "Announced"
_NUMBER = re.compile(r"[+(\d]")


def is_number(to: str) -> bool:
    """Whether a number is meant, and not the name of an organisation."""
    return bool(_NUMBER.match(to))


def target(to: str) -> str:
    """An organisation's name as it is, a number in E.164. Raises ChangeRefused for what cannot be dialled."""
    if not is_number(to):
        return to
    number = to_dial(to)
    if isinstance(number, Unsound):
        raise ChangeRefused(f"{number.what}.", help=number.help)
    return number


def divert(desk: Publishing, base: Published, diversion: Diversion) -> Proposal:
    """The change to this diversion. Raises UnknownRegion, and what `propose` raises."""
    _refuse_unknown(base, diversion.organisation)
    subject = f"{diversion.organisation} {diversion.line} to {diversion.to} until {written(diversion.until)}"
    return desk.propose(base, changes.diverted(base.content, diversion, desk.clock()), "divert", subject)


def end_diversion(desk: Publishing, base: Published, organisation: str, line: str) -> Proposal:
    """The change that ends it. Raises UnknownRegion, ChangeRefused where there is none, and what `propose` raises."""
    _refuse_unknown(base, organisation)
    content = changes.undiverted(base.content, organisation, line, desk.clock())
    return desk.propose(base, content, "end diversion", f"of {organisation} {line}")


def announce(desk: Publishing, base: Published, announcement: Announcement) -> Proposal:
    """The change to this announcement. Raises what `propose` raises."""
    content = changes.announced(base.content, announcement, desk.clock())
    subject = f"for {announcement.organisation} until {written(announcement.until)}"
    return desk.propose(base, content, "announce", subject)


def end_announcement(desk: Publishing, base: Published, organisation: str) -> Proposal:
    """The change that ends it. Raises ChangeRefused where there is none, and what `propose` raises."""
    content = changes.unannounced(base.content, organisation, desk.clock())
    return desk.propose(base, content, "end announcement", f"for {organisation}")


def _refuse_unknown(base: Published, organisation: str) -> None:
    if organisation not in base.content.files:
        raise UnknownRegion(organisation)
