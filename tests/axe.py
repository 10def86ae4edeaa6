"""axe-core, which finds what keeps people from using a page. It is no part of the project.

It is looked for in the folder that AXE_CORE names, else where `.ci/run` installs it; without it its tests are skipped.
By hand: npm install --no-save --prefix /tmp/axe axe-core, and AXE_CORE=/tmp/axe/node_modules/axe-core
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

INSTALLED = Path(__file__).parents[1] / ".ci" / "node_modules" / "axe-core"
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


def barriers(page: Page) -> list[str]:
    """Each barrier on the page as it stands, with where it is."""
    script = Path(os.environ.get("AXE_CORE") or INSTALLED) / "axe.min.js"
    if not script.is_file():
        pytest.skip(f"axe-core is not installed: no {script}")
    page.evaluate(script.read_text("utf-8"))
    found: dict[str, Any] = page.evaluate(
        "rules => axe.run(document, {runOnly: rules})", {"type": "tag", "values": list(RULES)}
    )
    return [
        f"{each['id']}: {each['help']}: {node['html'][:120]} {[check['message'] for check in node['any']]}"
        for each in found["violations"]
        for node in each["nodes"]
    ]


def barriers_by_day_and_night(page: Page) -> list[str]:
    """The same by light colours and by dark ones."""
    by_day = barriers(page)
    page.emulate_media(color_scheme="dark")
    page.evaluate("document.getAnimations().forEach(each => each.finish())")  # of one colour into the other
    by_night = barriers(page)
    page.emulate_media(color_scheme="light")
    return by_day + by_night
