"""A test call to a line: what whoever answers hears, and the address that their key goes to.

Nobody but a person who presses 1 counts: a voicemail hears the words and is hung up on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from helpline.carrier import twiml
from helpline.carrier.addresses import CONNECTION, TEST_CALL
from helpline.carrier.documents import Words
from helpline.directory.table import Table
from helpline.errors import Diverged
from helpline.flow.call import ACCEPT_SECONDS
from helpline.flow.steps import Say


@dataclass(frozen=True)
class RungNumber:
    """Number `place`, from 1, of a line of an organisation in this version of the table; `last` once asked twice."""

    organisation: str
    line: str
    place: int
    version: str
    last: bool = False


class DocumentsOfTestCalls:
    """Renders them; addresses are absolute, since a document that is handed to REST has no address of its own."""

    def __init__(self, words: Words, public_url: str) -> None:
        self._words = words
        self._public_url = public_url

    def asked(self, number: RungNumber, table: Table) -> str:
        """The call: asked twice at most."""
        once, last = self._asked(number, table), self._asked(_lastly(number), table)
        return twiml.response(once, last, twiml.hangup())

    def asked_again(self, number: RungNumber, table: Table) -> str:
        """After a wrong key: asked once more, where that was not the last time."""
        return twiml.response(*([] if number.last else [self._asked(_lastly(number), table)]), twiml.hangup())

    def thanked(self, table: Table) -> str:
        """After the right key."""
        return twiml.response(self._said("test_call_thanks", table), twiml.hangup())

    def broken_off(self) -> str:
        """After a fault of ours: nobody is put through to anybody."""
        return twiml.response(twiml.hangup())

    def _asked(self, number: RungNumber, table: Table) -> str:
        action = f"{self._public_url}{TEST_CALL}?{urlencode(_written(number))}{CONNECTION}"
        return twiml.gather(self._said("test_call", table), action=action, timeout=ACCEPT_SECONDS, digits=1)

    def _said(self, prompt: str, table: Table) -> str:
        return "".join(twiml.say(speech) for speech in self._words.speech(Say(prompt, "nl"), table))


def number_in(query: Mapping[str, str]) -> RungNumber:
    """The number that our own address names. Raises Diverged where it is none of ours."""
    try:
        place = int(query["place"])
        return RungNumber(query["organisation"], query["line"], place, query["version"], query["last"] == "yes")
    except (KeyError, ValueError):
        raise Diverged("The address of a test call does not name a number.") from None


def _lastly(number: RungNumber) -> RungNumber:
    return RungNumber(number.organisation, number.line, number.place, number.version, last=True)


def _written(number: RungNumber) -> dict[str, str]:
    return {
        "organisation": number.organisation,
        "line": number.line,
        "place": str(number.place),
        "version": number.version,
        "last": "yes" if number.last else "no",
    }
