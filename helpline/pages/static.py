"""Style sheets and scripts of a package's pages, and those that all pages share."""

from __future__ import annotations

import hashlib
from importlib import resources

from starlette.responses import Response

SHARED = "helpline.pages"
MEDIA_TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}

_FOREVER = "private, max-age=31536000, immutable"


def static(package: str, name: str, digest: str | None = None) -> Response:
    """A file of the package's `static`, else of the shared one; 404 where neither has one of that name.

    A browser keeps it where it asks for it by its `digest`: another file then has another address.
    """
    content, media_type = _content(package, name), MEDIA_TYPES.get(name.rpartition(".")[2])
    if content is None or media_type is None:
        return Response(status_code=404)
    kept = {"Cache-Control": _FOREVER} if digest == _digest(content) else None
    return Response(content, media_type=media_type, headers=kept)


def digest_of(package: str, name: str) -> str:
    """The digest of a file that is there."""
    content = _content(package, name)
    assert content is not None, name
    return _digest(content)


def _content(package: str, name: str) -> bytes | None:
    for each in (package, SHARED):
        for file in (resources.files(each) / "static").iterdir():
            if file.name == name and file.is_file():
                return file.read_bytes()
    return None


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]
