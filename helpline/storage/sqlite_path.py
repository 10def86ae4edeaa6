"""The file that a DATABASE_URL names, where it names one."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from helpline.errors import SettingsFault

SCHEME = "sqlite:///"


def path_in(url: str) -> Path:
    """The path in `sqlite:///` and a path. Raises SettingsFault for what is no path of a file."""
    path = url.removeprefix(SCHEME)
    if not path or path.startswith((":", "file:")) or "?" in path:
        raise SettingsFault(
            "DATABASE_URL cannot be used: after sqlite:/// it must have the path of a file, and nothing else.",
            help="Write a path such as sqlite:///var/helpline.db",
        )
    return Path(path)


def as_uri(path: Path) -> str:
    """The file as SQLite's URI names it, whatever signs its path has."""
    return f"file:{quote(str(path.absolute()))}"
