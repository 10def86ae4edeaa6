"""A draft rehearsed: the calls that operators keep, each played against it at its own time, and how each went."""

from __future__ import annotations

from dataclasses import dataclass, field

from starlette.responses import Response

from helpline.console.draft_seen import Seen, address, seen
from helpline.console.visit import Visit
from helpline.errors import HelplineError, SettingsFault
from helpline.simulator.acts import Transcript
from helpline.simulator.kept_calls import kept_calls
from helpline.simulator.rehearsal import Rehearsal, rehearse


@dataclass(frozen=True)
class Rehearsed:
    """How the calls went; or a word for why none was played, and in English what the command line would say of it."""

    results: list[Rehearsal] = field(default_factory=list)
    problem: str = ""
    told: str = ""

    @property
    def well(self) -> int:
        """How many went as written."""
        return sum(each.ok for each in self.results)

    @property
    def is_well(self) -> bool:
        """Whether all did, and there were any."""
        return bool(self.results) and self.well == len(self.results)


def shown(visit: Visit) -> Response:
    """Every call, with how it went."""
    found = seen(visit)
    if found is None:
        return visit.message("no_draft", 404)
    href = address(found.draft.name, "publish")
    return visit.page("rehearsal.html", draft=found.draft, rehearsed=rehearsed(found), href=href)


def rehearsed(found: Seen) -> Rehearsed:
    """All calls against the draft, with what is diverted and announced now."""
    if found.visit.line_to is None:
        return Rehearsed(problem="away")
    if found.report.refused:
        return Rehearsed(problem="refused")
    try:
        transcripts = kept_calls(found.visit.office.helpline.settings.helpline_regions)
    except SettingsFault:
        return Rehearsed(problem="none")
    except (HelplineError, OSError, UnicodeDecodeError) as unread:
        return Rehearsed(problem="unreadable", told=_told(unread))
    try:
        return Rehearsed([_played(found, transcript) for transcript in transcripts])
    except HelplineError as fault:  # such as a draft that will not be sound at a call's own time
        return Rehearsed(problem="refused", told=_told(fault))


def _played(found: Seen, transcript: Transcript) -> Rehearsal:
    assert found.visit.line_to is not None
    moment = transcript.at or found.visit.now
    line = found.visit.line_to(found.content, lambda: moment)
    return rehearse(transcript, line.telephone, line.line_of)


def _told(fault: Exception) -> str:
    return f"{fault}\n{fault.help}" if isinstance(fault, HelplineError) else type(fault).__name__
