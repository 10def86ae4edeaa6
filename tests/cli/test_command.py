"""The command as people type it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent / "helpline"


def run(*arguments: str, cwd: Path = ROOT, text: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, with nothing set but what is given."""
    kept = {name: value for name, value in os.environ.items() if name == "PATH" or name.startswith("COV")}
    clean = {**kept, "HELPLINE_REGIONS": str(ROOT / "regions"), **environment}
    return subprocess.run(  # noqa: S603
        [BIN, *arguments], cwd=cwd, env=clean, input=text, capture_output=True, text=True, timeout=60, check=False
    )


def test_check_is_clean(tmp_path: Path) -> None:
    """The shipped files have no problem: exit 0."""
    done = run("regions", "check", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "27 files, no problems.\n")


def test_check_tells_problems(regions: Path, tmp_path: Path) -> None:
    """A fault is told with file, line and what to do; exit 1; as JSON too."""
    path = regions / "utrecht.toml"
    path.write_text(path.read_text("utf-8").replace("mo-fr", "ma-vr"), "utf-8")
    done = run("regions", "check", cwd=tmp_path, HELPLINE_REGIONS=str(regions))
    assert done.returncode == 1
    assert "regions/utrecht.toml:15:10: error hours:" in done.stdout
    told = json.loads(run("regions", "check", "--json", cwd=tmp_path, HELPLINE_REGIONS=str(regions)).stdout)
    assert [(problem["code"], problem["line"]) for problem in told] == [("hours", 15)]


@pytest.mark.parametrize(
    ("what", "status", "words"),
    [
        ("3011", 0, ["Rotterdam Rijnmond", "regions/rotterdam-rijnmond.toml:"]),
        ("1382", 0, ["Amsterdam", "Gooise Meren", "asked"]),
        ("3511 AB", 0, ["Veilig Thuis Utrecht"]),
        ("030", 0, ["Veilig Thuis Utrecht", "regions/utrecht.toml:5"]),
        ("030 012 3456", 0, ["Veilig Thuis Utrecht"]),
        ("033", 0, ["asked", "80.5 %"]),
        ("0999", 1, ["no area code"]),
        ("zeist", 0, ["Veilig Thuis Utrecht", "regions/utrecht.toml:"]),
        ("Zeisd", 1, ['did you mean "Zeist"?']),
        ("5955", 1, ["no postcode"]),
    ],
)
def test_find_says_who_and_which_line_decided(tmp_path: Path, what: str, status: int, words: list[str]) -> None:
    """A postcode, an area code or number, a place: the organisation, and the file and line that decided."""
    done = run("regions", "find", what, cwd=tmp_path)
    assert done.returncode == status
    for word in words:
        assert word in done.stdout


def test_show_prints_the_chain(tmp_path: Path) -> None:
    """An organisation's page shows what is rung, in order."""
    assert "utrecht" in run("regions", "show", cwd=tmp_path).stdout
    shown = run("regions", "show", "utrecht", cwd=tmp_path).stdout
    assert shown.index("+31300000001") < shown.index("gooi-en-vechtstreek") < shown.index("+31700000900")
    unknown = run("regions", "show", "utrech", cwd=tmp_path)
    assert (unknown.returncode, unknown.stdout) == (2, "")
    assert "no organisation called 'utrech'" in unknown.stderr


def test_serve_refuses_to_start_bare(tmp_path: Path) -> None:
    """Without its settings `serve` says what to set and where to find it; exit 2, no traceback."""
    done = run("serve", cwd=tmp_path)
    assert done.returncode == 2
    assert "TWILIO_AUTH_TOKEN is not set." in done.stderr
    assert "Traceback" not in done.stderr


SET = {
    "TWILIO_AUTH_TOKEN": "a-token",
    "HELPLINE_PUBLIC_URL": "https://helpline.example",
    "HELPLINE_NUMBERS": "+31700002000",
}


def test_serve_refuses_placeholders(tmp_path: Path) -> None:
    """With placeholder numbers `serve` does not start, and names each by file and line; exit 1."""
    done = run("serve", cwd=tmp_path, **SET)
    assert done.returncode == 1
    assert "regions/utrecht.toml:8:12: error placeholder:" in done.stderr


def test_serve_refuses_a_broken_table(regions: Path, tmp_path: Path) -> None:
    """With a broken file `serve` says so, file and line, and does not start."""
    (regions / "utrecht.toml").write_text('name = "x', "utf-8")
    done = run("serve", cwd=tmp_path, **{**SET, "HELPLINE_REGIONS": str(regions)})
    assert done.returncode == 1
    assert "regions/utrecht.toml:1:" in done.stderr


def test_settings_that_cannot_be_used_are_told_without_their_value(tmp_path: Path) -> None:
    """A wrong setting is named; its value, which may be a secret, is not shown."""
    done = run("serve", cwd=tmp_path, **{**SET, "HELPLINE_PUBLIC_URL": "https://user:hush@h.example/path", "PORT": "x"})
    assert done.returncode == 2
    assert "HELPLINE_PUBLIC_URL" in done.stderr
    assert "PORT" in done.stderr
    assert "hush" not in done.stderr


@pytest.mark.parametrize("workers", ["1", "2"])
def test_serve_answers_with_real_numbers(regions: Path, tmp_path: Path, workers: str) -> None:
    """With its settings and without placeholders `serve` starts, answers and stops when told, in one process or two."""
    for path in regions.glob("*.toml"):  # a subscriber part that begins with another digit is no placeholder
        path.write_text(made_up(path.read_text("utf-8")), "utf-8")
    environment = {
        **os.environ,
        **SET,
        "HELPLINE_REGIONS": str(regions),
        "PORT": str(free_port()),
        "WEB_CONCURRENCY": workers,
    }
    with subprocess.Popen([BIN, "serve"], cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True) as serving:  # noqa: S603
        address = f"http://127.0.0.1:{environment['PORT']}"
        try:
            told = httpx.get(f"{address}/ready", timeout=20) if wait_for(address) else None
            refused = httpx.post(f"{address}/voice", data={"From": "+31612345601"}).status_code
            query = httpx.get(f"{address}/voice", params={"From": "+31612345601"}).status_code
        finally:
            serving.send_signal(signal.SIGTERM)
        _, log = serving.communicate(timeout=20)
    assert told is not None
    assert told.json()["organisations"] == 27
    assert (refused, query) == (403, 403)
    assert serving.returncode in (0, -signal.SIGTERM)  # uvicorn ends by the signal it was told with
    assert "612345601" not in log


def test_call_by_hand(tmp_path: Path) -> None:
    """A person at the terminal keys a postcode, lets it be answered, and gets the call as a transcript."""
    done = run("call", "--from", "+31612345601", cwd=tmp_path, text="3011\nanswered\n")
    assert done.returncode == 0
    assert "rings rotterdam-rijnmond advice 1" in done.stdout
    assert "presses       3011" in done.stdout


def test_call_plays_a_transcript_and_tells_a_difference(tmp_path: Path) -> None:
    """A written-down call that goes otherwise is told line by line; exit 1; --update writes it as it now goes."""
    path = tmp_path / "a.call"
    path.write_text("# About.\nfrom +31 6 1234 5601\npresses 3011\nrings utrecht advice\nanswered\n")
    done = run("call", str(path), cwd=tmp_path)
    assert done.returncode == 1
    assert "rings utrecht advice" in done.stdout
    run("call", "--update", str(path), cwd=tmp_path)
    assert path.read_text().startswith("# About.\n")
    assert run("call", str(path), cwd=tmp_path).returncode == 0


def test_call_needs_a_token_for_another_service(tmp_path: Path) -> None:
    """Calling a service elsewhere without its token is refused with what to give."""
    done = run("call", "--url", "http://127.0.0.1:1", cwd=tmp_path)
    assert done.returncode == 2
    assert "--token" in done.stderr


def test_demo_prints_three_calls(tmp_path: Path) -> None:
    """The demonstration: a mobile phone that keys 3011, a landline that presses nothing, a doctor."""
    done = run("demo", "--calls-only", cwd=tmp_path)
    assert done.returncode == 0
    for line in ("rotterdam-rijnmond advice 1", "utrecht advice 1", "zeeland doctors 1"):
        assert f"rings         {line}" in done.stdout


def test_a_port_in_use_is_told(tmp_path: Path, address: str) -> None:
    """A port that somebody else has is named, with what to do."""
    port = address.rpartition(":")[2]
    done = run("demo", cwd=tmp_path, PORT=port)
    assert done.returncode == 2
    assert f"Port {port}" in done.stderr


def test_an_unknown_command_is_told(tmp_path: Path) -> None:
    """A slip of the finger is answered with how to use the command."""
    assert run("regoins", cwd=tmp_path).returncode == 2


def made_up(text: str) -> str:
    """The text with numbers that the check takes for real ones."""
    return text.replace(" 000 0", " 200 0").replace(" 000 00", " 200 00")


def free_port() -> int:
    """A port that nobody uses at this moment."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def wait_for(address: str) -> bool:
    """True once something answers there."""
    for _ in range(200):
        try:
            return httpx.get(f"{address}/live").status_code == 200
        except httpx.TransportError:
            time.sleep(0.1)
    return False


def test_demo_serves_and_is_called_from_outside(tmp_path: Path) -> None:
    """After its calls the demonstration serves; the command it prints rings it; Ctrl-C stops it."""
    port = str(free_port())
    environment = {
        **os.environ,
        "PORT": port,
        "HELPLINE_REGIONS": str(ROOT / "regions"),
        "TWILIO_AUTH_TOKEN": "a-token",
    }
    path = tmp_path / "a.call"
    path.write_text("from nothing\npresses 3011\nrings rotterdam-rijnmond advice\nanswered\nends\n")
    with subprocess.Popen([BIN, "demo"], cwd=tmp_path, env=environment, stdout=subprocess.PIPE, text=True) as demo:  # noqa: S603
        address = f"http://127.0.0.1:{port}"
        try:
            assert wait_for(address)
            page = httpx.get(f"{address}/phone")
            right = run("call", "--url", address, str(path), cwd=tmp_path, TWILIO_AUTH_TOKEN="a-token")
            wrong = run("call", "--url", address, "--token", "another-token", str(path), cwd=tmp_path)
        finally:
            demo.send_signal(signal.SIGINT)
        told, _ = demo.communicate(timeout=20)
    assert right.returncode == 0
    assert wrong.returncode == 1
    assert "403" in wrong.stdout
    assert f"helpline call --url {address}\n" in told
    assert (page.status_code, f"Or in the browser: {address}/phone\n" in told) == (200, True)
    assert demo.returncode == 0
