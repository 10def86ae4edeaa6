"""The templates of a package's pages: whatever stands in one is escaped, and a word that is missing is a fault."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined


@cache
def templates(package: str) -> Environment:
    """The templates in the folder `pages` of a package."""
    return Environment(loader=PackageLoader(package, "pages"), autoescape=True, undefined=StrictUndefined)
