"""The telephone in the browser for operators who are signed in: it rings what is live, or a draft, apart from callers.

1. What it rings is a helpline made for that call (see `rehearsing`): no record, no alert and no telephone comes of it.
2. Its calls are in the memory of one process. So it is there only where the service is one process.
"""

from __future__ import annotations

from helpline.bootstrap.office import Office
from helpline.console.console import Console
from helpline.console.line_to import LineTo
from helpline.errors import HelplineError
from helpline.publishing import changes
from helpline.simulator.rehearsal_line import RehearsalLine
from helpline.web.phone import Phone


def phone_inside(office: Office, console: Console, line_to: LineTo) -> Phone | None:
    """The telephone behind the console's sign-in; None where the service is more than one process."""
    if office.helpline.settings.web_concurrency > 1:
        return None

    def line(draft: str) -> RehearsalLine | None:
        helpline = office.helpline
        now = helpline.clock()
        try:
            content = helpline.directory.version.content.at(now)
            if draft:
                found = office.drafts.get(draft)
                if found is None:
                    return None
                content = changes.with_files(content, found.content.files, now)
            return line_to(content, helpline.clock)
        except HelplineError:  # the draft is not sound, or the database is away
            return None

    return Phone(line, console.only_signed_in, console.picture)
