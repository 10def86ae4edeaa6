"""The check on documents over the wire finds what Twilio would warn of; whispers and texts have their own rules."""

from __future__ import annotations

import httpx
import pytest

from helpline.carrier.documents import Documents
from helpline.directory.table import Table
from helpline.prompts import language
from helpline.prompts.catalogue import Catalogue
from helpline.upkeep.fallback import document_of
from tests.conftest import OWN_NUMBER
from tests.web.documents import hold_against_the_schema, warnings_of

XML = "text/xml; charset=utf-8"


def _response(path: str, verbs: str, status: int = 200) -> httpx.Response:
    request = httpx.Request("POST", f"http://127.0.0.1{path}")
    text = f"<Response>{verbs}</Response>"
    return httpx.Response(status, text=text, headers={"content-type": XML}, request=request)


@pytest.mark.parametrize(
    ("path", "verbs"),
    [
        ("/voice", '<Say colour="red">a</Say>'),
        ("/voice", "<Message>a</Message>"),
        ("/voice/keyed?trail=a", "<Gather><Dial>+31300000001</Dial></Gather>"),
        ("/voice/whisper?trail=a", "<Dial>+31300000001</Dial>"),
        ("/voice/accepted", "<Reject/>"),
        ("/sms", "<Say>a</Say>"),
        ("/voice", "<Say>a & b</Say>"),
    ],
)
def test_a_fault_fails_the_test_that_saw_it(path: str, verbs: str) -> None:
    """What Twilio would warn of, or could not read, is no document of ours."""
    with pytest.raises(AssertionError, match=path.partition("?")[0]):
        hold_against_the_schema(_response(path, verbs))


@pytest.mark.parametrize(
    ("path", "verbs", "status"),
    [
        ("/voice", "<Dial>+31300000001</Dial>", 200),
        ("/voice/whisper", "<Say>a</Say><Hangup/>", 200),
        ("/sms", "<Message>a</Message>", 200),
        ("/voice", "<Nonsense/>", 403),
    ],
)
def test_what_is_sound_passes(path: str, verbs: str, status: int) -> None:
    """A sound document passes, and so does an answer that Twilio does not play."""
    hold_against_the_schema(_response(path, verbs, status))


def test_the_last_resorts_are_sound(table: Table) -> None:
    """The fallback document, and what is answered when all else has failed, hold nothing that Twilio warns of."""
    documents = Documents(Catalogue(language.load()), OWN_NUMBER)
    assert warnings_of(document_of(table, [OWN_NUMBER]).encode(), XML) == ()
    assert warnings_of(documents.nobody_joined().encode(), XML, "/voice/whisper") == ()
    assert warnings_of(documents.joined().encode(), XML, "/voice/whisper") == ()
    assert warnings_of(documents.text_fault(table).encode(), XML, "/sms") == ()
