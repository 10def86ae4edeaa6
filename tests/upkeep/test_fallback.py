"""The fallback document as a file for another host."""

from __future__ import annotations

import dataclasses
import os
import socket
import stat
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from helpline import bootstrap, log
from helpline.bootstrap import Helpline
from helpline.carrier.twiml import number
from helpline.directory.table import Table
from helpline.errors import SettingsFault
from helpline.flow.steps import NATIONAL
from helpline.settings import Settings
from helpline.upkeep.fallback import FallbackFile, document_of
from helpline.web.serving import serving
from tests.conftest import OWN_NUMBER
from tests.desk import edit


def within_seconds(true: Callable[[], bool]) -> bool:
    """True as soon as it is; False after ten seconds."""
    for _ in range(100):
        if true():
            return True
        time.sleep(0.1)
    return False


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the document is to be."""
    return tmp_path / "static" / "fallback.xml"


def test_the_document_needs_none_of_us(table: Table, helpline: Helpline) -> None:
    """112 first, then the national desk with an explicit caller ID; no action, no Redirect, no address at all."""
    document = document_of(table, (OWN_NUMBER,))
    desk = table.routes("advice", NATIONAL)[0].number
    assert document == helpline.documents.fault(table)
    assert document.index("1 1 2") < document.index(f'callerId="{OWN_NUMBER}"') < document.index(number(desk))
    assert not [word for word in ("action", "<Redirect", "url=", "://", "/voice") if word in document]


def test_without_a_number_of_our_own_there_is_none(table: Table) -> None:
    """Twilio takes a number of the account as caller ID only."""
    with pytest.raises(SettingsFault, match="HELPLINE_NUMBERS is not set"):
        document_of(table, ())


def test_it_is_written_for_a_web_server_to_read(path: Path, table: Table) -> None:
    """Whole, readable for everybody whatever the umask is, and with nothing left beside it."""
    before = os.umask(0o077)
    try:
        assert FallbackFile(path, (OWN_NUMBER,)).write(table)
    finally:
        os.umask(before)
    assert path.read_text("utf-8") == document_of(table, (OWN_NUMBER,))
    assert stat.S_IMODE(path.stat().st_mode) == 0o644
    assert list(path.parent.iterdir()) == [path]


def test_what_is_there_already_is_left_alone(path: Path, table: Table) -> None:
    """A host that looks at the time of a file sees a new one only where something has changed."""
    file = FallbackFile(path, (OWN_NUMBER,))
    file.write(table)
    written = path.stat()
    assert not file.write(table)
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (written.st_ino, written.st_mtime_ns)
    assert FallbackFile(path, ("+31700002001",)).write(table)


def test_a_write_that_fails_leaves_the_old_one(path: Path, table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk costs the new document, not the one that is there."""
    FallbackFile(path, (OWN_NUMBER,)).write(table)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        FallbackFile(path, ("+31700002001",)).write(table)
    assert path.read_text("utf-8") == document_of(table, (OWN_NUMBER,))
    assert list(path.parent.iterdir()) == [path]


def serve(settings: Settings, path: Path) -> tuple[Helpline, socket.socket]:
    """A service that writes the document to `path`, and its socket."""
    made = bootstrap.helpline(settings, placeholders_allowed=True)
    with_file = dataclasses.replace(made, fallback=FallbackFile(path, settings.helpline_numbers))
    return with_file, socket.create_server(("127.0.0.1", 0))


def test_it_follows_the_table_in_use(settings: Settings, regions: Path, path: Path) -> None:
    """It is there once the service has started, and has the new desk soon after that is published."""
    helpline, listener = serve(settings.model_copy(update={"helpline_regions": regions}), path)
    with listener, serving(helpline, listener):
        assert within_seconds(path.exists)
        old = path.read_text("utf-8")
        edit(regions / "landelijk.toml", "+31 70 000 0900", "+31 70 000 0977")
        assert within_seconds(lambda: path.read_text("utf-8") != old)
        assert number("+31700000977") in path.read_text("utf-8")


def test_a_file_that_cannot_be_written_is_logged(
    settings: Settings, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """The service starts and answers all the same."""
    log.configure()
    (tmp_path / "static").write_text("not a folder", "utf-8")
    helpline, listener = serve(settings, tmp_path / "static" / "fallback.xml")
    with listener, serving(helpline, listener):
        told: list[str] = []

        def logged() -> bool:
            told.append(capfd.readouterr().err)
            return "fallback_not_written" in "".join(told)

        assert within_seconds(logged)


def test_only_the_real_line_writes_it(settings: Settings, path: Path) -> None:
    """A demonstration with its placeholder numbers never takes the place of the real document."""
    wanted = settings.model_copy(update={"helpline_fallback_file": path})
    assert bootstrap.fallback_file(settings) is None
    assert bootstrap.fallback_file(wanted) == FallbackFile(path, (OWN_NUMBER,))
    assert bootstrap.helpline(wanted, placeholders_allowed=True).fallback is None
