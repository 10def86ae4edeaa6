"""The fallback document as another host serves it."""

from __future__ import annotations

import anyio
import httpx
import pytest
import respx

from helpline.carrier.served import Served, drifts_of, fetched

STATIC = "https://static.example/fallback.xml"
DOCUMENT = "<Response><Say>112. Één.</Say></Response>"


def test_it_is_fetched_as_twilio_fetches_it(respx_mock: respx.MockRouter) -> None:
    """By GET, over redirects; the content type counts without its charset, the text is UTF-8."""
    respx_mock.get(STATIC).respond(301, headers={"Location": "https://static.example/2.xml"})
    respx_mock.get("https://static.example/2.xml").respond(
        content=DOCUMENT.encode(), headers={"Content-Type": "Text/XML; charset=utf-8"}
    )
    assert anyio.run(fetched, STATIC) == Served(200, "text/xml", DOCUMENT)


@pytest.mark.parametrize("fault", [httpx.ConnectError("down"), httpx.ReadTimeout("slow")], ids=["down", "slow"])
def test_a_host_that_does_not_answer(respx_mock: respx.MockRouter, fault: httpx.RequestError) -> None:
    """Nothing came back."""
    respx_mock.get(STATIC).mock(side_effect=fault)
    assert anyio.run(fetched, STATIC) == Served(0, "", "")


@pytest.mark.parametrize("content_type", ["text/xml", "application/xml"])
def test_the_right_document_is_right(content_type: str) -> None:
    """Twilio takes both as TwiML; a line end more or less is nothing."""
    assert drifts_of(Served(200, content_type, f"{DOCUMENT}\n"), DOCUMENT) == []


@pytest.mark.parametrize(
    ("served", "what"),
    [
        (Served(0, "", ""), "the host cannot be reached"),
        (Served(405, "text/html", ""), "the answer is 405"),
        (Served(200, "text/plain", DOCUMENT), "served as text/plain"),
        (Served(200, "", DOCUMENT), "served as nothing"),
        (Served(200, "text/xml", "<Response/>"), "not the one of the live routing table"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_wrong_document_is_told(served: Served, what: str) -> None:
    """What is wrong, and what to do."""
    [found] = drifts_of(served, DOCUMENT)
    assert what in found.what
    assert found.help
