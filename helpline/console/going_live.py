"""A change of the night on its way: shown in its effect, asked for, made live once, and told where it is refused.

1. What was shown is what goes live: the form holds the number of the version on which it was worked out. Where another
   change came between, it is shown again on what is live then, with what was typed.
2. The same form sent twice makes one version.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from helpline.console.visit import Visit
from helpline.directory import effect_told
from helpline.directory.content import Content
from helpline.directory.table import Table
from helpline.errors import HelplineError, PublishedMeanwhile, RegionsRefused
from helpline.publishing.publishing import Proposal
from helpline.storage.record import Entry
from helpline.storage.versions import Published

ON = "on"  # the field with the number of the version on which it was worked out

Change = Callable[[Published], Proposal]


@dataclass(frozen=True)
class Refusal:
    """Why something cannot be done: `code`, `sentence` and `help` as the command line has them.

    `word` is that of [refused] which says it in the language of the page; where it is empty, the code is.
    """

    code: str
    sentence: str
    help: str
    word: str = ""


@dataclass(frozen=True)
class Asked:
    """What would go live, with the table that callers would have; `meanwhile` is the change that came between."""

    on: int
    proposal: Proposal
    after: Table
    meanwhile: Entry | None

    @property
    def told(self) -> str:
        """What it does, word for word as the command line tells it."""
        return effect_told.told(self.proposal.effects)


def ask(visit: Visit, change: Change) -> Asked:
    """What the change would do now. Raises what makes it impossible."""
    desk = visit.office.publishing
    base = desk.live()
    proposal = change(base)
    after = desk.proposed(str(base.number + 1), proposal.content).in_force(visit.now)
    between = visit.fields.get(ON, "") not in ("", str(base.number))
    return Asked(base.number, proposal, after, base.entry if between else None)


def make(visit: Visit, change: Change, reason: str, is_there: Callable[[Content], bool]) -> int | Asked:
    """The number of the version in which it is live; or what to ask once more. Raises what makes it impossible."""
    asked_on = visit.fields.get(ON, "")
    live = visit.office.publishing.live()
    if asked_on and is_there(live.content):
        return live.number
    asked = ask(visit, change)
    if asked_on != str(asked.on):
        return asked
    try:
        return visit.office.publishing.publish(asked.proposal, visit.by, reason).number
    except PublishedMeanwhile:  # now it is not the version that was asked for, so this ends
        return make(visit, change, reason, is_there)


def end(visit: Visit, change: Change, reason: str, is_there: Callable[[Content], bool]) -> int | None:
    """Makes live without a question what ends something; None where that is not there any more, or is another."""
    live = visit.office.publishing.live()
    if not is_there(live.content.at(visit.now)):
        return None
    try:
        return visit.office.publishing.publish(change(live), visit.by, reason).number
    except PublishedMeanwhile:
        return end(visit, change, reason, is_there)


def refusals(fault: HelplineError) -> list[Refusal]:
    """Each reason why it cannot be done."""
    if isinstance(fault, RegionsRefused) and fault.problems:
        return [Refusal(each.code, each.what, each.help) for each in fault.problems if not each.warning]
    return [Refusal("", str(fault), fault.help)]
