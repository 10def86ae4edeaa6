"""What all tests of failures share: whom callers mean, and machines, which are started once and end with the folder."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from helpline.cli.crowd_atlas import atlas_of
from helpline.directory.country import Country as Land
from helpline.directory.table import Table
from helpline.settings import Settings
from helpline.simulator.twiml import Document, read
from helpline.simulator.verbs import Say
from helpline.upkeep.fallback import document_of
from tests.cli.test_command import made_up
from tests.conftest import OWN_NUMBER, REGIONS, version_of
from tests.failures.books import Books
from tests.failures.callers import Country
from tests.failures.figures import Tell
from tests.failures.machine import Machine
from tests.failures.trial import Trial
from tests.postgresql import Server
from tests.simulator.service import Reply, serving

FALLBACK = "/fallback.xml"
WORKERS = 2  # of each machine that tests share
NewMachine = Callable[..., Machine]


@pytest.fixture(scope="package")
def served_regions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The region files with numbers that are nobody's and no placeholders."""
    folder = Path(shutil.copytree(REGIONS, tmp_path_factory.mktemp("served") / "regions"))
    for path in folder.glob("*.toml"):
        path.write_text(made_up(path.read_text("utf-8")), "utf-8")
    return folder


@pytest.fixture(scope="package")
def served_table(served_regions: Path, land: Land) -> Table:
    """The routing table of those files, today."""
    return version_of(served_regions, land).in_force(datetime.now(UTC))


@pytest.fixture(scope="package")
def country(served_table: Table) -> Iterator[Country]:
    """Whom callers mean; the fallback document is on another host, which runs whatever becomes of ours."""
    document = document_of(served_table, (OWN_NUMBER,)).encode()
    with serving() as host:
        host.on(FALLBACK, Reply(document))
        yield Country(atlas_of(served_table, None), f"{host.address}{FALLBACK}", last_words(document))


def last_words(document: bytes) -> str:
    """What a document says last."""
    read_as = read(document, "text/xml")
    assert isinstance(read_as, Document)
    return [verb for verb in read_as.verbs if isinstance(verb, Say)][-1].text


@pytest.fixture(scope="package")
def new_machine(tmp_path_factory: pytest.TempPathFactory, served_regions: Path) -> Iterator[NewMachine]:
    """Makes a machine, not started yet, on the database at a URL; what still runs of it at the end is ended."""
    made: list[Machine] = []

    def new(database_url: str, **more: str) -> Machine:
        folder = tmp_path_factory.mktemp("machine") / f"machine-{len(made) + 1}"
        made.append(Machine(folder, served_regions, database_url, **more))
        return made[-1]

    yield new
    for machine in made:
        machine.kill()


@pytest.fixture(scope="package")
def file_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The DATABASE_URL of `machine`."""
    return f"sqlite:///{tmp_path_factory.mktemp('database')}/helpline.db"


@pytest.fixture(scope="package")
def machine(new_machine: NewMachine, file_url: str) -> Machine:
    """The only machine, on a file; not started yet."""
    return new_machine(file_url, WEB_CONCURRENCY=str(WORKERS))


@pytest.fixture
def trial(machine: Machine, file_url: str, settings: Settings, country: Country, tell: Tell) -> Trial:
    """A trial of the only machine, which runs."""
    machine.start()
    return Trial([machine], country, Books(file_url, settings), tell)


@pytest.fixture(scope="package")
def server_url(postgresql: Server) -> Iterator[str]:
    """The DATABASE_URL of `machines`."""
    with postgresql.database() as name:
        yield postgresql.url(name)


@pytest.fixture(scope="package")
def machines(new_machine: NewMachine, server_url: str) -> Iterator[Sequence[Machine]]:
    """Two machines on one server; not started yet. They end before it does: other tests count its connections."""
    machines = [new_machine(server_url, WEB_CONCURRENCY=str(WORKERS)) for _ in range(2)]
    yield machines
    for machine in machines:
        machine.kill()


@pytest.fixture
def trial_of_two(
    machines: Sequence[Machine],
    server_url: str,
    settings: Settings,
    country: Country,
    tell: Tell,
) -> Trial:
    """A trial of both, which run."""
    for machine in machines:
        machine.launch()
    for machine in machines:
        machine.start()
    return Trial(machines, country, Books(server_url, settings), tell)
