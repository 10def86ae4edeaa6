"""A browser at the pages of drafts: what a form holds, and what a page says, as text."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import httpx

from helpline import bootstrap
from helpline.bootstrap import Helpline
from helpline.bootstrap.office import office as office_of
from helpline.storage.drafts import Draft
from tests.console.visiting import Browser
from tests.desk import edit

DRAFTS = "/console/drafts"
NAME = "Nieuw nummer"
DRAFT = f"{DRAFTS}/Nieuw%20nummer"
UTRECHT = f"{DRAFT}/utrecht"
OLD, NEW = "+31 30 000 0002", "+31 30 000 0009"


def begin(browser: Browser, name: str = NAME) -> httpx.Response:
    """Begins a draft."""
    return browser.submit(browser.get(DRAFTS), {"name": name})


def typed(page: httpx.Response) -> str:
    """What stands in the last text of a form."""
    return unescape(re.findall(r"<textarea[^>]*>\n(.*?)</textarea>", page.text, re.DOTALL)[-1])


def save(browser: Browser, old: str = OLD, new: str = NEW, path: str = UTRECHT) -> httpx.Response:
    """One change in a file of a draft."""
    page = browser.get(path)
    assert old in typed(page)
    return browser.submit(page, {"text": typed(page).replace(old, new, 1)})


def said(page: httpx.Response) -> str:
    """What the page says between its heading and its end, without its marks."""
    main = page.text.partition("<main")[2].partition(">")[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def draft_of(helpline: Helpline, name: str = NAME) -> Draft:
    """The draft as it is kept."""
    draft = office_of(helpline).drafts.get(name)
    assert draft is not None
    return draft


def publish_elsewhere(helpline: Helpline, regions: Path, name: str, old: str, new: str) -> None:
    """Somebody at a terminal publishes one change of a file of what is live."""
    desk = bootstrap.publishing(helpline.settings, clock=helpline.clock)
    live = desk.live()
    (regions / f"{name}.toml").write_text(live.content.files[name], "utf-8")
    edit(regions / f"{name}.toml", old, new)
    texts = {**live.content.files, name: (regions / f"{name}.toml").read_text("utf-8")}
    proposal = desk.propose(live, type(live.content)(texts), "publish", "regions")
    desk.publish(proposal, "bert", "Elsewhere")
