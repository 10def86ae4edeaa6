"""What whoever answers a test call hears."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from helpline.carrier import test_calls
from helpline.carrier.test_calls import DocumentsOfTestCalls, RungNumber
from helpline.directory.table import Table
from helpline.errors import Diverged
from helpline.prompts import language
from helpline.prompts.catalogue import Catalogue
from tests.conftest import PUBLIC_URL

NUMBER = RungNumber("gooi-en-vechtstreek", "doctors", 1, "123-45-434d33907f")
MOST_CHARACTERS = 4000  # of TwiML in a REST request, https://www.twilio.com/docs/voice/api/call-resource


@pytest.fixture
def documents() -> DocumentsOfTestCalls:
    """In our own words."""
    return DocumentsOfTestCalls(Catalogue(language.load()), PUBLIC_URL)


def query_of(action: str) -> dict[str, str]:
    """The query of an address, read as simply as it can be."""
    return dict(pair.split("=") for pair in action.partition("?")[2].partition("#")[0].split("&"))


def test_it_is_said_twice_and_ends(documents: DocumentsOfTestCalls, table: Table) -> None:
    """Who presses nothing hears it once more; then the call ends, and a voicemail has accepted nothing."""
    document = documents.asked(NUMBER, table)
    root = ElementTree.fromstring(document)  # noqa: S314 - our own
    assert [verb.tag for verb in root] == ["Gather", "Gather", "Hangup"]
    words = "".join(root.itertext())
    assert words.count("Dit is een proefoproep van Veilig Thuis, nummer 0 8 0 0 2 0 0 0. Er is geen beller.") == 2
    assert words.count("Toets 1 om te bevestigen dat u bereikbaar bent.") == 2
    assert len(document) < MOST_CHARACTERS


def test_the_key_goes_to_an_address_of_ours(documents: DocumentsOfTestCalls, table: Table) -> None:
    """It is absolute, since REST gives the document no address, and names a number by its place only."""
    actions = re.findall(r'action="([^"]+)"', documents.asked(NUMBER, table).replace("&amp;", "&"))
    assert all(action.startswith(f"{PUBLIC_URL}/voice/test-call?") for action in actions)
    assert all(action.endswith("#ct=1000&rt=3000&rc=1&rp=all") for action in actions)
    found = [test_calls.number_in(query_of(action)) for action in actions]
    assert [(number, number.last) for number in found] == [
        (NUMBER, False),
        (RungNumber("gooi-en-vechtstreek", "doctors", 1, "123-45-434d33907f", last=True), True),
    ]
    assert "%2B31" not in "".join(actions)


def test_a_wrong_key_is_asked_once_more(documents: DocumentsOfTestCalls, table: Table) -> None:
    """After the second wrong key the call ends."""
    again = documents.asked_again(NUMBER, table)
    assert (again.count("<Gather"), "last=yes" in again, again.endswith("<Hangup/></Response>")) == (1, True, True)
    last = RungNumber("utrecht", "advice", 1, "1", last=True)
    assert documents.asked_again(last, table).endswith("<Response><Hangup/></Response>")


def test_who_accepts_is_thanked(documents: DocumentsOfTestCalls, table: Table) -> None:
    """And hung up."""
    assert documents.thanked(table).endswith("Dank u wel.</Say><Hangup/></Response>")
    assert documents.broken_off().endswith("<Response><Hangup/></Response>")


@pytest.mark.parametrize("query", [{}, {"organisation": "x", "line": "advice", "place": "one", "version": "1"}])
def test_an_address_that_names_nothing_is_a_fault(query: dict[str, str]) -> None:
    """Such as one that was cut."""
    with pytest.raises(Diverged):
        test_calls.number_in({**query, "last": "no"})
