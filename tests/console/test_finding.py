"""Who serves this, in the console: the organisation and the line that decided; what was asked is nowhere."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from helpline import bootstrap
from helpline.bootstrap import Helpline
from tests.console.changing import DIVERSION, DIVERT
from tests.console.visiting import Browser


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("3511", ["/console/organisations/utrecht", "regions/utrecht.toml:"]),
        ("3511 AB", ["/console/organisations/utrecht"]),
        ("1382", ["amsterdam-amstelland", "gooi-en-vechtstreek", "De beller wordt gevraagd welke"]),
        ("Zeist", ["/console/organisations/utrecht", "Zeist"]),
        ("030", ["/console/organisations/utrecht", "regions/utrecht.toml:5"]),
        ("030-0000001", ["/console/organisations/utrecht", "advice 1"]),
        ("0348", ["hollands-midden", "94.2 %"]),
        ("Zest", ["Niets gevonden voor Zest.", "did you mean"]),
        ("9999999", ["Niets gevonden"]),
        ("<b>", ["Niets gevonden voor &lt;b&gt;."]),
    ],
)
def test_it_is_found(anna: Browser, what: str, words: list[str]) -> None:
    """A postcode, a place, an area code, a number of ours; or nothing is called that."""
    found = anna.submit(anna.get("/console/find"), {"what": what})
    assert found.status_code == 200
    assert [word for word in words if word not in found.text] == []


def test_readers_find_too(new_browser: Callable[[], Browser]) -> None:
    """It changes nothing."""
    rob = new_browser()
    rob.sign_in("rob")
    assert "utrecht" in rob.submit(rob.get("/console/find"), {"what": "3511"}).text


def test_what_is_in_force_for_it_is_shown(anna: Browser) -> None:
    """Whoever looks somebody up at night sees where the call will go."""
    anna.submit(anna.submit(anna.get(DIVERT), DIVERSION), {})
    assert "Gaat over bij Veilig Thuis West-Brabant" in anna.submit(anna.get("/console/find"), {"what": "Goes"}).text


def test_what_was_asked_is_nowhere(
    anna: Browser, console_helpline: Helpline, capfd: pytest.CaptureFixture[str]
) -> None:
    """It may be a caller's postcode: in no address, no cookie, no log and no record."""
    found = anna.submit(anna.get("/console/find"), {"what": "3511"})
    assert "3511" not in f"{found.url} {found.headers}"
    assert "utrecht.toml" not in anna.get("/console/find?what=3511").text
    assert "3511" not in "".join(str(each) for each in bootstrap.versions_of(console_helpline.settings).log())
    told = capfd.readouterr()
    assert "3511" not in told.out + told.err
