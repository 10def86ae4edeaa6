"""Every byte that a service wrote but into its database: its output, its pages, its files, what it answered."""

from __future__ import annotations

from pathlib import Path

from tests.no_trace.calls import Played
from tests.no_trace.service import Service

FILES, TEMPORARY = "files", "temporary"


def while_it_runs(service: Service) -> dict[str, bytes]:
    """What it tells whoever may ask, and the files of its processes."""
    pages = {path: service.page(path) for path in ("/metrics", "/ready", "/live")}
    found = {folder: _all_in(service.folder / folder) for folder in (FILES, TEMPORARY)}
    names = [str(path.relative_to(service.folder)) for path in sorted(service.folder.rglob("*"))]
    return {**pages, **found, "names of files": "\n".join(names).encode()}


def when_it_is_over(service: Service, played: Played) -> dict[str, bytes]:
    """What it printed, what it told the carrier and the operators, and what its own errors say."""
    return {
        **{name: (service.folder / "output" / name).read_bytes() for name in ("stdout", "stderr")},
        "URLs": "\n".join(played.urls()).encode(),
        "documents": "\n".join(played.documents).encode(),
        "webhook": b"\n".join(service.webhook.got),
        "our errors": "\n".join(what for kind, what in service.told if kind == "ours").encode(),
    }


def elsewhere(service: Service) -> list[str]:
    """Files that its processes opened to write, and that are in none of the folders that are searched."""
    searched = [str(service.folder / name) for name in (FILES, TEMPORARY, "output", "database")]
    wrote = {what.removeprefix("file:").partition("?")[0] for kind, what in service.told if kind == "wrote"}
    return sorted(path for path in wrote if not path.startswith((*searched, "/dev/null")))


def _all_in(folder: Path) -> bytes:
    return b"\n".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())
