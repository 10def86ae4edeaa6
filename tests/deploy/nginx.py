"""A real nginx with deploy/nginx.conf as it is, but for who it runs as, what it listens on and where it writes."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.test_command import ROOT, free_port

CONFIGURATION = ROOT / "deploy" / "nginx.conf"
CERTIFICATES = "/etc/letsencrypt/live/helpline.example.nl/"
MACHINES = ("10.0.0.5:8000", "10.0.0.6:8000")
START_SECONDS = 20
WRITTEN = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")  # to folders that only root's nginx has


@dataclass(frozen=True)
class Nginx:
    """One that runs: where it listens with and without TLS, and its folder."""

    secure: str
    plain: str
    certificate: Path
    folder: Path

    @property
    def log(self) -> str:
        """What it has told of requests."""
        return (self.folder / "helpline.log").read_text("utf-8")

    @property
    def faults(self) -> str:
        """What it has told of its own troubles."""
        return (self.folder / "error.log").read_text("utf-8")


@contextlib.contextmanager
def before(ports: Sequence[int], folder: Path) -> Iterator[Nginx]:
    """It runs before the machines at these two ports, while the block does; skips where nginx is not installed."""
    program, secure, plain = _program("nginx"), free_port(), free_port()
    folder.mkdir()
    _certify(folder)
    own = folder / "nginx.conf"
    own.write_text(_changed(CONFIGURATION.read_text("utf-8"), ports, folder, secure, plain), "utf-8")
    subprocess.run([program, "-t", "-c", own], capture_output=True, text=True, check=True)  # noqa: S603
    with subprocess.Popen([program, "-c", own, "-g", "daemon off;"], stderr=subprocess.DEVNULL) as process:  # noqa: S603
        try:
            _until_there(plain)
            address = f"127.0.0.1:{secure}", f"127.0.0.1:{plain}"
            yield Nginx(f"https://{address[0]}", f"http://{address[1]}", folder / "fullchain.pem", folder)
        finally:
            process.send_signal(signal.SIGTERM)


def _changed(text: str, ports: Sequence[int], folder: Path, secure: int, plain: int) -> str:
    """The configuration for this folder and these ports; what is to be changed must be there."""
    temporary = "".join(f"    {name}_temp_path {folder}/{name};\n" for name in WRITTEN)
    # The crowd comes without TLS: it costs more than all that is tried here, on a machine of two cores.
    listens = f"listen 127.0.0.1:{secure} ssl;\n        listen 127.0.0.1:{plain};"
    for old, new in (
        ("user www-data;", "user root;" if os.geteuid() == 0 else ""),
        ("pid /run/nginx.pid;", f"pid {folder}/pid;"),
        ("/var/log/nginx/", f"{folder}/"),
        ("worker_rlimit_nofile 65536;", ""),  # which a container may not allow
        ("worker_connections 16384;", "worker_connections 1024;"),
        ("http {\n", f"http {{\n{temporary}"),
        (MACHINES[0], f"127.0.0.1:{ports[0]}"),
        (MACHINES[1], f"127.0.0.1:{ports[1]}"),
        ("listen 80;", f"listen 127.0.0.1:{free_port()};"),
        ("listen [::]:80;", ""),
        ("listen 443 ssl;", listens),
        ("listen [::]:443 ssl;", ""),
        (CERTIFICATES, f"{folder}/"),
    ):
        assert old in text, old
        text = text.replace(old, new)
    return text


def _certify(folder: Path) -> None:
    """A certificate for the address on this machine."""
    how = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=helpline.example.nl"
    name = ["-addext", "subjectAltName=IP:127.0.0.1"]
    files = ["-keyout", f"{folder}/privkey.pem", "-out", f"{folder}/fullchain.pem"]
    subprocess.run([_program("openssl"), *how.split(), *name, *files], capture_output=True, check=True)  # noqa: S603


def _program(name: str) -> str:
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/local/sbin")
    if found is None:
        pytest.skip(f"{name} is not installed here")
    return found


def _until_there(port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert time.monotonic() < deadline, "nginx did not start"
        time.sleep(0.02)
