"""What the tests of changes made in the console share: what is live, and the form of a diversion."""

from __future__ import annotations

from helpline import bootstrap
from helpline.bootstrap import Helpline
from helpline.directory.content import Content
from helpline.publishing.publishing import Publishing

DIVERT = "/console/divert?organisation=zeeland&line=advice"
DIVERSION = {
    "to": "west-brabant",
    "other": "",
    "number": "",
    "answers": "accept",
    "reason": "Neemt niet op",
    "own": "",
    "until": "",
    "chosen": "hour",
}


def desk_of(helpline: Helpline) -> Publishing:
    """The desk of the command line, beside the console."""
    return bootstrap.publishing(helpline.settings, clock=helpline.clock)


def live(helpline: Helpline) -> tuple[int, Content]:
    """The number of the live version, and what is in it now."""
    published = desk_of(helpline).live()
    return published.number, published.content.at(helpline.clock())
