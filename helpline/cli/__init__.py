"""The one command: `helpline`."""

from __future__ import annotations

from helpline.cli.command import main

__all__ = ["main"]
