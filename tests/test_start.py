"""What a process that answers calls has loaded by its first answer, and what it has not."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from helpline.settings import Settings
from tests.clock import Clock
from tests.conftest import REGIONS, TODAY
from tests.desk import desk_with_version_1, settings_in

# As `helpline serve` does it, from its command to the first words of a call; then what is loaded.
FIRST_ANSWER = """
import sys
from helpline.cli.command import helpline
assert helpline.commands["serve"].name == "serve"
from helpline import bootstrap
from helpline.settings import Settings
from helpline.cli.made_up import remove_made_up
from helpline.web.app import app
from helpline.web.console_at import with_console
settings = Settings()
bootstrap.begin(settings, placeholders_allowed=True)
remove_made_up(settings)
service = bootstrap.helpline(settings, published=True, placeholders_allowed=True)
with_console(service)
assert "<Gather" in service.documents.turn(service.switchboard.incoming("+31300000001"))
print("\\n".join(name for name, module in sys.modules.items() if module))
"""
LATER_OR_NEVER = {
    "alembic": "migrations are run once",
    "argon2": "nobody signs in",
    "helpline.cli.demo": "of the commands only the one that was asked for",
    "helpline.console.console": "nobody asks for the console",
    "helpline.directory.gazetteer": "nobody has said a place",
    "helpline.publishing.publishing": "nothing is published",
    "helpline.simulator.player": "nobody plays the carrier",
    "holidays": "the oracle of our tests",
    "httpx": "nothing is asked of anybody",
    "jinja2": "there is no page to draw",
    "num2words": "nobody has said a postcode",
    "psycopg": "the database is a file",
    "rapidfuzz": "nobody has said a place",
    "rich": "there is no terminal",
    "sqlalchemy": "the library of the database is loaded by who writes into it",
    "tree_sitter": "there is no problem to point at",
}


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> list[str]:
    """The modules of a process at its first answer, on a database where all is in order."""
    folder = tmp_path_factory.mktemp("start")
    own = settings_in(folder, settings, REGIONS)
    desk_with_version_1(own, Clock(TODAY))
    environment = {
        **os.environ,
        "DATABASE_URL": own.database_url,
        "HELPLINE_LAST_GOOD": str(own.helpline_last_good),
        "HELPLINE_NUMBERS": "+31700002000",
        "HELPLINE_PUBLIC_URL": "https://helpline.example",
        "HELPLINE_REGIONS": str(REGIONS),
        "TWILIO_AUTH_TOKEN": "a-token",
    }
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", FIRST_ANSWER], cwd=folder, env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout.splitlines()


@pytest.mark.parametrize("module", LATER_OR_NEVER)
def test_the_first_answer_needs_none_of_it(loaded: list[str], module: str) -> None:
    """What others need, or a later answer, is not loaded before the first."""
    assert "helpline.switchboard.switchboard" in loaded
    assert module not in loaded
