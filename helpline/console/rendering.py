"""How a page is filled in: its template, the words, and where its style sheets and scripts are."""

from __future__ import annotations

from functools import cache
from urllib.parse import quote

from jinja2 import Environment
from starlette.datastructures import QueryParams

from helpline.console.words import fill
from helpline.directory.numbers import as_written
from helpline.pages.static import digest_of
from helpline.pages.templates import templates

PACKAGE = "helpline.console"
STATIC = "/console/static"


def rendered(template: str, **values: object) -> str:
    """The page as HTML."""
    return _templates().get_template(template).render(**values)


def address(path: str, query: QueryParams) -> str:
    """An address of ours, from the root on, with every sign escaped that needs to be."""
    return quote(path) + (f"?{query}" if query else "")


def static_address(name: str) -> str:
    """Where a style sheet or a script is; another address for another content, so that a browser may keep it."""
    return f"{STATIC}/{name}?{digest_of(PACKAGE, name)}"


@cache
def _templates() -> Environment:
    found = templates(PACKAGE).overlay(trim_blocks=True, lstrip_blocks=True)
    found.filters["fill"] = fill
    found.filters["number"] = as_written
    found.globals["static"] = static_address
    return found
