"""A helpline to rehearse with, made of a draft or of what is live, in this process and for one telephone alone.

1. It has no port and nobody else reaches it; the telephone rings it with real requests, signed, to the real routes.
2. It has no records, no alerts, no erasure and no fallback document, counts apart, and runs nothing beside its calls.
   The telephone is the simulator's: no number is ever rung.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from helpline import bootstrap
from helpline.console.line_to import LineTo
from helpline.directory.content import Content
from helpline.directory.live import Edition
from helpline.settings import Settings
from helpline.simulator.account import Twilio, TwilioNumber
from helpline.simulator.in_process import InProcess
from helpline.simulator.player import Telephone
from helpline.simulator.rehearsal_line import RehearsalLine
from helpline.web.app import app

NAME = "rehearsal"  # what the log calls the version in such a call


def rehearsal_line(settings: Settings, *, unread_languages: bool) -> LineTo:
    """What makes such lines, for a helpline that is set so."""

    def line_to(content: Content, clock: Callable[[], datetime]) -> RehearsalLine:
        helpline = bootstrap.helpline(
            settings,
            placeholders_allowed=True,
            unread_languages=unread_languages,
            clock=clock,
            edition=Edition(NAME, content, NAME),
        )
        service = app(helpline)
        assert settings.helpline_public_url and settings.twilio_auth_token, "a helpline has both"
        twilio = Twilio(
            public_url=settings.helpline_public_url,
            connect_to=settings.helpline_public_url,
            auth_token=settings.twilio_auth_token.get_secret_value(),
            owned=settings.helpline_numbers,
        )
        number = TwilioNumber(settings.helpline_numbers[0], status_callback="/voice/status")
        telephone = Telephone(twilio, number, transport=lambda: InProcess(service))
        return RehearsalLine(telephone, helpline.directory.current.line_of)

    return line_to
