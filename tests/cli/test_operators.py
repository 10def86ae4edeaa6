"""`helpline operators`: who may sign in at the console."""

from __future__ import annotations

import os
import re
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import httpx
import pyotp
import pytest
from click.testing import CliRunner, Result

from helpline import bootstrap
from helpline.cli.command import helpline, main
from helpline.cli.made_up import MADE_UP, made_up_operator
from helpline.console import passwords
from helpline.errors import OperatorRefused
from helpline.settings import Settings
from helpline.storage.operators import Operator
from tests.cli.test_command import BIN, ROOT, free_port
from tests.clock import Clock
from tests.conftest import TODAY

Run = Callable[..., Result]
TYPED = "correct horse battery\n" * 2


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command as it is typed, in an empty folder, by somebody whom the machine knows as root."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LOGNAME", "root")

    def invoked(*arguments: str, typed: str = "") -> Result:
        return CliRunner().invoke(helpline, ("operators", *arguments), obj=Clock(TODAY), input=typed)

    return invoked


def kept(name: str) -> Operator | None:
    """The operator of that name."""
    return bootstrap.operators(Settings()).get(name)


def test_a_password_is_asked_twice_and_not_shown(run: Run) -> None:
    """It is kept as a hash; the name as sign-ins have it."""
    done = run("add", "Anna", "--role", "operator", typed=TYPED)
    assert (done.exit_code, done.output.splitlines()[-1]) == (0, "anna may sign in, as operator.")
    assert "correct horse battery" not in done.output
    anna = kept("anna")
    assert anna is not None
    assert (anna.role, anna.second_factor) == ("operator", None)
    assert passwords.fits("correct horse battery", anna.password)


def test_a_short_password_is_asked_again(run: Run) -> None:
    """So are two that differ."""
    done = run("add", "anna", "--role", "reader", typed="short\ncorrect horse battery\nanother horse\n" + TYPED)
    assert "12 signs at least" in done.output
    assert "do not match" in done.output
    assert done.exit_code == 0


def test_a_made_password_and_a_second_factor_are_shown_once(run: Run) -> None:
    """The password signs in, and the app takes the secret."""
    done = run("add", "eva", "--role", "operator", "--totp", "--generate")
    eva = kept("eva")
    assert eva is not None and eva.second_factor is not None
    [shown] = re.findall(r"^Password: (\S+)$", done.output, re.MULTILINE)
    assert passwords.fits(shown, eva.password)
    assert f"secret={eva.second_factor}" in done.output
    assert pyotp.TOTP(eva.second_factor).now().isdigit()
    assert "It is shown this once." in done.output
    assert shown not in run("list").output


def test_who_may_sign_in(run: Run) -> None:
    """By name, with the role and how; and what to do where nobody may."""
    assert "helpline operators add" in run("list").output
    run("add", "rob", "--role", "reader", "--generate")
    run("add", "anna", "--role", "operator", "--totp", "--generate")
    assert run("list").output == "anna  operator  with a second factor\nrob   reader    by password alone\n"


def test_another_password(run: Run) -> None:
    """The second factor stays, is made anew, or goes."""
    run("add", "anna", "--role", "operator", "--totp", "--generate")
    first = kept("anna")
    assert run("password", "ANNA", typed=TYPED).exit_code == 0
    second = kept("anna")
    assert "otpauth://" in run("password", "anna", "--totp", "--generate").output
    third = kept("anna")
    run("password", "anna", "--no-totp", "--generate")
    fourth = kept("anna")
    assert first and second and third and fourth
    assert first.second_factor == second.second_factor != third.second_factor
    assert fourth.second_factor is None
    assert len({each.password for each in (first, second, third, fourth)}) == 4


def test_removing(run: Run) -> None:
    """It is told, and in the record with who did it."""
    run("add", "anna", "--role", "operator", "--generate")
    assert run("remove", "anna", "--by", "rob").output == "anna may not sign in any more.\n"
    assert kept("anna") is None
    entries = bootstrap.versions_of(Settings()).log()
    told = [(each.author, each.action, each.subject, each.reason) for each in entries]
    assert told == [("root", "add", "operator anna", "As operator"), ("rob", "remove", "operator anna", "")]


@pytest.mark.parametrize(
    "arguments",
    [
        ("add", "anna", "--role", "reader", "--generate"),
        ("add", MADE_UP, "--role", "operator", "--generate"),
        ("add", " ", "--role", "operator", "--generate"),
        ("add", "x" * 61, "--role", "operator", "--generate"),
        ("add", "anna;", "--role", "operator", "--generate"),
        ("password", "nobody", "--generate"),
        ("remove", "nobody"),
    ],
)
def test_what_cannot_be_done(run: Run, arguments: tuple[str, ...]) -> None:
    """Is told, and changes nothing."""
    run("add", "anna", "--role", "operator", "--generate")
    before = kept("anna")
    assert isinstance(run(*arguments).exception, OperatorRefused)
    assert kept("anna") == before
    assert len(bootstrap.operators(Settings()).all()) == 1


def test_a_refusal_ends_with_1(run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """In a sentence, with what to do."""
    monkeypatch.setattr("sys.argv", ["helpline", "operators", "remove", "nobody"])
    with pytest.raises(SystemExit, match="1"):
        main()
    assert capsys.readouterr().err == ("There is no operator called nobody.\nhelp: See all: helpline operators list\n")


def test_the_operator_of_the_demonstration_is_gone_at_its_end(run: Run) -> None:
    """Each time with another password; one that was left over by a demonstration that was cut off is replaced."""
    run("list")
    settings = Settings()
    with made_up_operator(settings) as first, made_up_operator(settings) as second:
        demo = kept(MADE_UP)
        assert first and second and demo
        assert passwords.fits(second, demo.password)
        assert not passwords.fits(first, demo.password)
    assert kept(MADE_UP) is None


def test_without_a_database_the_demonstration_has_no_operator(run: Run) -> None:
    """It goes on without."""
    with made_up_operator(Settings()) as password:
        assert password is None


def test_the_demonstration_prints_how_to_sign_in(tmp_path: Path) -> None:
    """The console is there, the password that is printed signs in, and at the end nobody may."""
    port = str(free_port())
    environment = {**os.environ, "PORT": port, "HELPLINE_REGIONS": str(ROOT / "regions")}
    with subprocess.Popen([BIN, "demo"], cwd=tmp_path, env=environment, stdout=subprocess.PIPE, text=True) as demo:  # noqa: S603
        assert demo.stdout is not None
        lines = iter(demo.stdout.readline, "")
        password = next(line.split()[-1] for line in lines if "/console, as demo" in line)
        own = {"Origin": f"http://127.0.0.1:{port}"}
        form = {"sign-in": "1", "name": MADE_UP, "password": password, "code": ""}
        answer = httpx.post(f"http://127.0.0.1:{port}/console", data=form, headers=own, timeout=20)
        demo.send_signal(signal.SIGINT)
        demo.communicate(timeout=20)
    assert (answer.status_code, answer.headers["location"]) == (303, "/console")
    assert kept(MADE_UP) is None
