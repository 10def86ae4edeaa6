"""What many tests share: the region files as shipped, a copy to edit, a clock, and the service over real HTTP."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import hypothesis
import pytest
from pydantic import SecretStr

from helpline import bootstrap
from helpline.bootstrap import Helpline
from helpline.directory import country, files
from helpline.directory.content import Content
from helpline.directory.country import Country
from helpline.directory.hours import AMSTERDAM
from helpline.directory.table import Table
from helpline.directory.version import Version
from helpline.settings import Settings
from helpline.simulator.account import Twilio, TwilioNumber
from helpline.simulator.player import Telephone
from helpline.simulator.texting import Messenger
from helpline.web.serving import serving
from tests.clock import Clock

pytest_plugins = ["tests.postgresql", "tests.failures.figures"]

REGIONS = Path(__file__).parents[1] / "regions"
TOKEN = "a-token-for-tests"
PUBLIC_URL = "https://helpline.example"
OWN_NUMBER = "+31700002000"
hypothesis.settings.register_profile("untimed", deadline=None)  # a busy machine is no fault of the code
hypothesis.settings.load_profile("untimed")
TODAY = datetime(2026, 11, 23, 11, 0, tzinfo=AMSTERDAM)


@pytest.fixture(autouse=True)
def _database_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the database of whoever runs the tests."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/var/helpline.db")
    monkeypatch.setenv("HELPLINE_LAST_GOOD", f"{tmp_path}/var/last-good.json")


@pytest.fixture(scope="session")
def land() -> Country:
    """The geography as shipped."""
    return country.load(REGIONS / "geography")


@pytest.fixture(scope="session")
def table(land: Country) -> Table:
    """The routing table as shipped."""
    return version_of(REGIONS, land).in_force(TODAY)


def version_of(folder: Path, land: Country) -> Version:
    """The files of a folder as a version, unchecked."""
    return Version("files", Content(files.read(folder).texts), land)


@pytest.fixture
def regions(tmp_path: Path) -> Path:
    """A copy of the region files, to edit."""
    return Path(shutil.copytree(REGIONS, tmp_path / "regions"))


@pytest.fixture(scope="session")
def clock() -> Clock:
    """The service's clock; a Monday at eleven until a test sets it."""
    return Clock(TODAY)


@pytest.fixture(scope="session")
def settings() -> Settings:
    """Settings as an operator could have them, with made-up secrets."""
    return Settings(
        _env_file=None,
        twilio_auth_token=SecretStr(TOKEN),
        helpline_public_url=PUBLIC_URL,
        helpline_numbers=(OWN_NUMBER,),
        helpline_regions=REGIONS,
    )


@pytest.fixture(scope="session")
def helpline(settings: Settings, clock: Clock) -> Helpline:
    """The helpline, wired as the service wires it."""
    return bootstrap.helpline(settings, placeholders_allowed=True, unread_languages=True, clock=clock)


@pytest.fixture(scope="session")
def address(helpline: Helpline) -> Iterator[str]:
    """The running service, over real HTTP; where to connect."""
    with socket.create_server(("127.0.0.1", 0)) as listener, serving(helpline, listener):
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


@pytest.fixture(scope="session")
def telephone(address: str) -> Telephone:
    """A telephone that calls the running service, signing as Twilio does for its public address."""
    twilio = Twilio(public_url=PUBLIC_URL, connect_to=address, auth_token=TOKEN, owned=(OWN_NUMBER,))
    return Telephone(twilio, TwilioNumber(OWN_NUMBER, status_callback="/voice/status"))


@pytest.fixture(scope="session")
def messenger(telephone: Telephone) -> Messenger:
    """What texts the running service, at the same number."""
    return Messenger(telephone.twilio, telephone.number)
