"""What a DATABASE_URL may be; one that cannot be used is never shown."""

from __future__ import annotations

import pytest

from helpline.errors import SettingsFault
from helpline.storage.database import Database
from helpline.storage.postgresql_url import read


@pytest.mark.parametrize(
    "url",
    ["secret.db", "sqlite://secret", "mysql://helpline:secret@host/db", "postgresql+psycopg://u:secret@host/db", ""],
)
def test_another_kind_of_database_is_refused(url: str) -> None:
    """It says how the two kinds begin."""
    with pytest.raises(SettingsFault, match=r"begin with sqlite:/// or with postgresql://") as told:
        Database(url)
    assert "secret" not in str(told.value) + told.value.help


@pytest.mark.parametrize("path", ["", ":memory:", "file:secret", "secret?mode=memory"])
def test_a_path_that_is_no_file_is_refused(path: str) -> None:
    """SQLite must be a file, whatever else it could be."""
    with pytest.raises(SettingsFault, match="the path of a file") as told:
        Database(f"sqlite:///{path}")
    assert "secret" not in str(told.value) + told.value.help


@pytest.mark.parametrize(
    "rest",
    [
        "helpline:secret@host",
        "helpline:secret@host/",
        "helpline:sec@ret@host/db",
        "helpline:sec/ret@host/db",
        "helpline:sec%ret@host/db",
        "helpline:sec%00ret@host/db",
        "helpline:secret@host:port/db",
        "helpline:secret@host:5432:5433/db",
        "helpline:secret@one,two,three/db?port=1,2",
        "helpline:secret@host/db?sslmod=require",
        "helpline:secret@host/db%ff",
        f"helpline:secret@{'h' * 64}/db",
        "helpline:secret@[::1/db",
    ],
)
@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_an_address_that_cannot_be_read_is_refused(scheme: str, rest: str) -> None:
    """A sign that was not escaped, a parameter misspelt, no database named: and no part of it is shown."""
    with pytest.raises(SettingsFault, match="cannot be read as postgresql://") as told:
        Database(f"{scheme}://{rest}")
    shown = str(told.value) + told.value.help
    assert not any(part in shown for part in ("sec", "ret", "one", "5433", "hhh"))


def test_a_password_may_have_any_sign_once_escaped() -> None:
    """As libpq reads it."""
    address = read("postgres://u%3A:a%40%2F%25%20b@host/a%20b?sslmode=verify-full&application_name=desk")
    named = {"user": "u:", "password": "a@/% b", "dbname": "a b", "sslmode": "verify-full", "application_name": "desk"}
    assert (address.parameters, address.servers) == (named, (("host", ""),))


@pytest.mark.parametrize(
    ("rest", "servers"),
    [
        ("/db", [("", "")]),
        ("one,two/db", [("one", ""), ("two", "")]),
        ("one:1,two/db", [("one", "1"), ("two", "")]),
        ("one,two/db?port=7", [("one", "7"), ("two", "7")]),
        ("u@[::1]:5,[fe80::1]:6/db", [("::1", "5"), ("fe80::1", "6")]),
        ("u@/db?host=/run/postgresql", [("/run/postgresql", "")]),
        ("%2Frun%2Fpostgresql/db", [("/run/postgresql", "")]),
    ],
)
def test_servers_are_named_in_every_way_of_libpq(rest: str, servers: list[tuple[str, str]]) -> None:
    """One or several, by name, by address or by the folder of a socket, with and without a port."""
    assert read(f"postgresql://{rest}").servers == tuple(servers)
