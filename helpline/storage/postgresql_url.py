"""The DATABASE_URL of a PostgreSQL, read as libpq reads it, so that every program's address of a server fits here."""

from __future__ import annotations

import re
from dataclasses import dataclass

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from helpline.errors import SettingsFault

Server = tuple[str, str]  # host and port, each as written; empty where it is libpq's own

_PORTS = re.compile("[0-9]*")


@dataclass(frozen=True)
class Address:
    """What a URL names: its parameters by libpq's names, a password among them, and each server."""

    parameters: dict[str, str]
    servers: tuple[Server, ...]


def read(url: str) -> Address:
    """Raises SettingsFault, which shows nothing of the URL, where it is none or leaves open which database is meant."""
    try:
        named = {name: str(value) for name, value in conninfo_to_dict(url).items()}
        named.get("host", "").encode("idna")  # as it will be looked up
    except (ProgrammingError, ValueError):
        raise _unreadable() from None
    hosts, ports = named.pop("host", "").split(","), named.pop("port", "").split(",")
    ports = ports * len(hosts) if len(ports) == 1 else ports
    database = named.get("dbname", "")
    if not database or len(hosts) != len(ports) or not _PORTS.fullmatch("".join(ports)):
        raise _unreadable()
    if "@" in "".join((database, *hosts)):  # of a password that was not escaped: its rest must not be shown as a host
        raise _unreadable()
    return Address(named, tuple(zip(hosts, ports, strict=True)))


def _unreadable() -> SettingsFault:
    return SettingsFault(
        "DATABASE_URL cannot be used: it cannot be read as postgresql://user:password@host:port/database.",
        help="In a password write every sign but letters and digits as % and its number: @ as %40, / as %2F.",
    )
