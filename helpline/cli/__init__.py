"""The one command: `helpline`."""

from __future__ import annotations

import sys

# structlog loads rich where it is there, as it is beside our tests, to print tracebacks in colour: we print none, and
# it takes an eighth of a start.
sys.modules.setdefault("rich", None)  # type: ignore[arg-type]  # as good as not installed: see `import` in Python's docs

from helpline.cli.command import main  # noqa: E402

__all__ = ["main"]
