"""Who is measured: this service as it serves, the limit of its server, and the same job by the tutorials of others."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import metadata, util
from pathlib import Path

from benchmarks import jobs
from benchmarks.jobs import Pool
from benchmarks.places import Place, places_of, regions_in, write_for_rivals
from benchmarks.process import Server, server
from benchmarks.wire import OWN_NUMBER, PUBLIC_URL, TOKEN

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
RIVALS = Path(__file__).parent / "rivals"
NODE_MODULES = ROOT / ".bench" / "node_modules"
OURS, RAW = "helpline", "raw ASGI constant"


@dataclass(frozen=True)
class Candidate:
    """One of those who are measured: how it is started, and what must be installed for it."""

    name: str
    command: Sequence[str]
    python: Sequence[str] = ()
    node: Sequence[str] = ()
    environment: Mapping[str, str] = field(default_factory=dict)

    def missing(self) -> str:
        """Why it cannot be measured here; empty where it can."""
        if self.node and not shutil.which("node"):
            return "node is not installed"
        packages = [each for each in self.python if util.find_spec(each) is None]
        packages += [each for each in self.node if not (NODE_MODULES / each / "package.json").exists()]
        return f"not installed: {', '.join(packages)}" if packages else ""

    def versions(self) -> Iterator[str]:
        """Its packages with their versions."""
        yield from (f"{each.replace('_', '-')} {metadata.version(each.replace('_', '-'))}" for each in self.python)
        for each in self.node:
            yield f"{each} {_node_version(NODE_MODULES / each / 'package.json')}"


def _constant(name: str, application: str) -> Candidate:
    return Candidate(name, (sys.executable, "-m", "benchmarks.rivals.constant", application))


def _node(name: str, program: str, *packages: str) -> Candidate:
    return Candidate(name, ("node", str(RIVALS / program)), (), packages, {"NODE_ENV": "production"})


CANDIDATES = (
    Candidate(OURS, (str(BIN / "helpline"), "serve")),
    _constant(RAW, "raw"),
    _constant("Starlette constant", "routed"),
    Candidate(
        "FastAPI + twilio",
        (
            *(sys.executable, "-m", "uvicorn", "benchmarks.rivals.fastapi_twilio:app"),
            *("--port", "{port}", "--log-level", "warning", "--no-access-log"),
        ),
        ("fastapi", "twilio", "uvloop", "httptools"),
    ),
    Candidate(
        "Flask + twilio",
        # One worker; with threads a connection is kept, which is cheaper than one for each request.
        (
            *(sys.executable, "-m", "gunicorn", "benchmarks.rivals.flask_twilio:app", "--bind", "127.0.0.1:{port}"),
            *("--workers", "1", "--threads", "8", "--log-level", "warning"),
        ),
        ("flask", "gunicorn", "twilio"),
    ),
    _node("Express + twilio", "express_twilio.js", "express", "twilio"),
    _node("Fastify + twilio", "fastify_twilio.js", "fastify", "@fastify/formbody", "twilio"),
)


@dataclass(frozen=True)
class Stage:
    """What all who are measured share: a folder, the region files, and the postcodes that are keyed."""

    folder: Path
    regions: Path
    places: Sequence[Place]

    @contextmanager
    def running(
        self, candidate: Candidate, name: str = "", allowed: set[int] | None = None, **more: str
    ) -> Iterator[Server]:
        """The candidate, served as in production, with everything of it in a folder of its own."""
        folder = self.folder / (name or candidate.name.replace(" ", "-"))
        environment = {
            "HELPLINE_LAST_GOOD": str(folder / "last-good.json"),
            "DATABASE_URL": f"sqlite:///{folder}/helpline.db",
            "HELPLINE_NUMBERS": OWN_NUMBER,
            "HELPLINE_PUBLIC_URL": PUBLIC_URL,
            "HELPLINE_REGIONS": str(self.regions),
            "NODE_MODULES": str(NODE_MODULES / "x"),
            "PLACES": str(self.folder / "places.json"),
            "PYTHONPATH": str(ROOT),
            "TWILIO_AUTH_TOKEN": TOKEN,
            **candidate.environment,
            **more,
        }
        with server(candidate.command, folder, environment, allowed=allowed) as running:
            yield running

    def pool(self, candidate: Candidate, running: Server, size: int = jobs.POOL) -> Pool:
        """The requests that this candidate is sent."""
        if candidate.name == OURS:
            return jobs.pool_for_ours(running.port, self.places, size)
        pool = jobs.pool_for_rivals(self.places, size)
        return jobs.for_a_constant(pool) if candidate.name.endswith("constant") else pool


def stage(folder: Path) -> Stage:
    """Prepares a folder to measure in."""
    regions = regions_in(folder)
    places = places_of(regions)
    write_for_rivals(places, folder / "places.json")
    return Stage(folder, regions, places)


def ours() -> Candidate:
    """This service."""
    return CANDIDATES[0]


def told_missing(tell: Callable[[str], None]) -> list[Candidate]:
    """Those who can be measured here; of the others it is told why not."""
    for each in CANDIDATES:
        if reason := each.missing():
            tell(f"{each.name} is left out: {reason}.")
    return [each for each in CANDIDATES if not each.missing()]


def _node_version(package: Path) -> str:
    return str(json.loads(package.read_text("utf-8"))["version"])


def node_version() -> str:
    """Of node itself."""
    return subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout.strip()  # noqa: S607
