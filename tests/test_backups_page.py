"""What the page on deploying says of backups is one session: each command prints what is shown under it."""

from __future__ import annotations

import re
import subprocess
from datetime import datetime
from pathlib import Path

import pytest

from helpline import bootstrap
from helpline.directory.hours import AMSTERDAM
from helpline.settings import Settings
from helpline.storage.batch import Batch, TextRecord
from helpline.storage.calls import Calls
from helpline.storage.operators import Operator, Operators
from helpline.storage.progress import Progress, whole_hour
from helpline.storage.restore import look
from tests.cli.test_command import BIN
from tests.clock import Clock
from tests.desk import desk_with_version_1
from tests.storage.filled import WHOLE
from tests.test_docs import BLOCK, DEPLOY, examples, fits, told

NOW = datetime(2026, 11, 24, 16, 30, tzinfo=AMSTERDAM)
SAFE, SERVER = "/safe/place", "postgresql://helpline:…@db.example.nl/helpline"
SET = re.compile(r"([A-Z_]+)=(\S+) ")


@pytest.fixture
def page() -> list[tuple[str, str]]:
    """The blocks of the part on backups, those within a list too."""
    text = DEPLOY.read_text("utf-8")
    part = text[text.index("\n### Backups\n") : text.index("\n### PostgreSQL\n")]
    return BLOCK.findall(re.sub(r"^ {3}", "", part, flags=re.MULTILINE))


@pytest.fixture
def safe(regions: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The safe place; and a desk, at which anna sits, with a database as a service leaves it."""
    monkeypatch.chdir(regions.parent)
    monkeypatch.setenv("LOGNAME", "anna")
    monkeypatch.setenv("DATABASE_URL", "sqlite:///var/helpline.db")
    clock = Clock(NOW)
    monkeypatch.setattr(bootstrap, "now", clock)
    desk = desk_with_version_1(Settings(_env_file=None), clock)
    told = {"author": "anna", "action": "rollback", "subject": "to version 1", "reason": "Once more"}
    desk.versions.publish(desk.versions.get(1).content, on=1, at=NOW, **told)
    Operators(desk.versions.database).add(Operator("bo", "operator", "", None), at=NOW, by="anna")
    hour = whole_hour(NOW)
    calls = {f"{number:064x}": Progress(hour, 8, WHOLE, over=True) for number in range(3)}
    Calls(desk.versions.database).write(Batch(calls, {"7" * 64: TextRecord(hour, "", "", "help")}))
    (tmp_path / "safe").mkdir()
    return tmp_path / "safe"


def test_the_page_is_one_session(
    page: list[tuple[str, str]], safe: Path, postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Made, looked at, restored into a new file, operators let in again; then moved to a server."""
    wrong, commands = [], 0
    for _, what, shown in examples(page):
        typed, shown = (text.replace(SAFE, str(safe)) for text in (what, shown))
        with monkeypatch.context() as patch:
            for name, value in SET.findall(typed):
                patch.setenv(name, value.replace(SERVER, postgresql_url))
            is_told = told(SET.sub("", typed).removeprefix(".venv/bin/"), "", patch)
        commands += 1
        if not fits(shown, is_told):
            wrong.append(f"$ {what}\n{is_told[-2000:]}")
    assert not wrong, "\n".join(wrong)
    assert commands == 8
    assert bootstrap.versions_of(Settings(database_url=postgresql_url)).verify() == []


@pytest.mark.slow
def test_the_line_for_cron_does_what_is_said(page: list[tuple[str, str]], safe: Path) -> None:
    """It makes one, looks at it, and deletes those of more than a month ago, where all went well."""
    [line] = [block.splitlines()[1] for kind, block in page if kind == "cron"]
    when, _, rest = line.partition(" helpline cd /srv/helpline && ")
    assert re.fullmatch(r"[\d*]+( [\d*]+){4}", when)
    command = rest.replace("\\%", "%").replace(SAFE, str(safe)).replace(".venv/bin/helpline", str(BIN))
    for name, days in (("helpline-2026-01-01.db", 40), ("helpline-2026-11-01.db", 10), ("other", 40)):
        (safe / name).touch()
        subprocess.run(["touch", "-d", f"{days} days ago", str(safe / name)], check=True)  # noqa: S603, S607
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=True)  # noqa: S603, S607
    assert [text.split(" ", 1)[1] for text in done.stdout.splitlines()[::2]] == [
        "is written: 2 versions, 3 entries, 3 calls, 1 text.",
        "can be restored: 2 versions, 3 entries, 3 calls, 1 text.",
    ]
    made, *others = sorted(path.name for path in safe.iterdir() if path.name != "helpline-2026-11-01.db")
    assert others == ["other"]
    assert look(safe / made).calls == 3
    again = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)  # noqa: S603, S607
    assert (again.returncode, again.stdout) == (1, "")
