"""On what was measured: figures mean nothing without it."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

from benchmarks.candidates import Candidate, node_version


def machine() -> str:
    """Processor, cores and kernel."""
    told = Path("/proc/cpuinfo").read_text("utf-8")
    model = re.search(r"^model name\s*: (.*)$", told, re.MULTILINE)
    name = model[1] if model else platform.machine()
    return f"{name}, {os.cpu_count()} cores, {platform.system()} {platform.release()}"


def versions(candidates: Iterable[Candidate]) -> str:
    """Of Python and node, and of what each candidate is made of."""
    told = [f"Python {platform.python_version()}", f"uvicorn {metadata.version('uvicorn')}"]
    told.append(f"starlette {metadata.version('starlette')}")
    for each in candidates:
        told += each.versions()
        if each.node:
            told.append(f"node {node_version().lstrip('v')}")
    for library in ("uvloop", "httptools"):
        told.append(f"{library} {metadata.version(library)}")
    return ", ".join(dict.fromkeys(told))
