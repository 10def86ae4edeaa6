"""The search of what a service wrote: however something is written it is found, and chance is not taken for a trace."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from random import Random
from urllib.parse import quote

import pytest

from helpline.directory.table import Table
from tests.no_trace.private import ARABIC, Private, call_sid, private_of
from tests.no_trace.search import at_most, postcodes_alone, postcodes_in_all, traces

NOISE = 60_000  # bytes of each kind

WAYS: dict[str, Callable[[str], bytes]] = {
    "E.164": lambda number: number.encode(),
    "without +": lambda number: number[1:].encode(),
    "national": lambda number: number.replace("+31", "0").encode(),
    "with blanks": lambda number: " ".join((number[:3], number[3:4], number[4:8], number[8:])).encode(),
    "with dashes": lambda number: f"({number[:3]}) {number[3:5]}-{number[5:7]}.{number[7:]}".encode(),
    "in a URL": lambda number: quote(f"From={number}", safe="").encode(),
    "in a URL, each sign": lambda number: "".join(f"%{ord(sign):02X}" for sign in number).encode(),
    "in JSON": lambda number: json.dumps({"from": number}).encode(),
    "in JSON, each sign": lambda number: "".join(f"\\u{ord(sign):04x}" for sign in number).encode(),
    "as bytes are printed": lambda number: "".join(f"\\x{ord(sign):02x}" for sign in number).encode(),
    "UTF-16": lambda number: number.encode("utf-16"),
    "UTF-16, the other way": lambda number: number.encode("utf-16-be"),
    "UTF-32": lambda number: number.encode("utf-32"),
    "base64": lambda number: base64.b64encode(number.encode()),
    "base64 within base64's signs": lambda number: b"ab" + base64.b64encode(b"x" + number.encode()),
    "base64 for URLs": lambda number: base64.urlsafe_b64encode(f"?>{number}".encode()).rstrip(b"="),
    "base64 of UTF-16": lambda number: base64.b64encode(number.encode("utf-16")),
    "hexadecimal": lambda number: number.encode().hex().encode(),
    "hexadecimal, in capitals": lambda number: b"A" + number.encode().hex().upper().encode(),
}


@pytest.fixture(scope="module")
def private(table: Table) -> Private:
    """What is looked for."""
    return private_of(table, seed=11)


def noise(seed: int) -> bytes:
    """What stands in logs and databases: bytes, hashes, moments, figures of numbers, places in the code."""
    random = Random(seed)
    hashes = "".join(f"{random.getrandbits(256):064x}\n" for _ in range(NOISE // 65))
    moments = "".join(
        f"2026-11-24T{random.randrange(24):02}:10:00.{random.randrange(10**6):06}+00:00" for _ in range(999)
    )
    told = "".join(f'"ms": {random.uniform(0, 9999):.2f}, "at": "a.py:{random.randrange(9999)} f"' for _ in range(999))
    return random.randbytes(NOISE) + f"{hashes}{moments}{told}".encode()


@pytest.mark.parametrize("way", WAYS)
def test_a_number_is_found_however_it_is_written(private: Private, way: str) -> None:
    """Among other bytes, and nothing else is."""
    number = private.callers[0].number
    found = {trace.what for trace in traces(private, "x", noise(1) + b"\n" + WAYS[way](number) + b"\n" + noise(2))}
    assert found == {f"number {number}"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "json", "url", "python"])
def test_a_sentence_in_another_script_is_found(private: Private, encoding: str) -> None:
    """In each way in which it could be written."""
    ways = {"json": json.dumps(ARABIC), "url": quote(ARABIC), "python": repr(ARABIC.encode())}
    data = ways[encoding].encode() if encoding in ways else ARABIC.encode(encoding)
    assert [trace.what for trace in traces(private, "x", data)] == ["a sentence"]


@pytest.mark.parametrize("told", ["in {place}!", "{digits} qz", "x{digits}QZ"])
def test_words_and_whole_postcodes_are_found(private: Private, told: str) -> None:
    """In capitals or not, with a blank or without."""
    place, digits = private.places[0], private.keyed[0]
    found = [trace.what for trace in traces(private, "x", told.format(place=place, digits=digits).encode())]
    assert found == [f"place {place}" if "{place}" in told else f"postcode {digits} QZ"]


def test_a_sid_is_found_as_it_is_and_as_bytes_in_hexadecimal(private: Private) -> None:
    """With other signs directly beside it."""
    sid = call_sid(5)
    for data in (f"x{sid}0", sid.lower(), sid.encode().hex()):
        assert {trace.what for trace in traces(private, "x", data.encode())} == {"a SID"}


@pytest.mark.parametrize("told", ["keyed {}", '"step": "place_{}"', "'keyed{}'", "?pc={}&", "({},)", "pc%3D{}"])
def test_a_postcode_in_text_is_found(private: Private, told: str) -> None:
    """Wherever its figures have no other beside them."""
    code = private.keyed[0]
    assert [trace.what for trace in postcodes_alone(private, "x", told.format(code).encode())] == [f"postcode {code}"]


@pytest.mark.parametrize("seed", range(10))
def test_chance_is_no_trace(private: Private, seed: int) -> None:
    """Neither as a number nor as a postcode more frequent than others."""
    data = noise(seed)
    assert [*traces(private, "x", data), *postcodes_in_all(private, "x", data)] == []
    assert [*postcodes_alone(private, "x", data[NOISE:])] == []


def test_postcodes_among_other_signs_are_found_by_counting(private: Private) -> None:
    """Each keyed one stands there once, directly beside figures and letters, in a database as noisy as any."""
    data = noise(3) + b"".join(b"7" + digits.encode() + b"0utrecht" for digits in private.keyed)
    assert [trace.what for trace in postcodes_in_all(private, "x", data)] == ["postcodes"]


@pytest.mark.parametrize(("others", "most"), [(0, 7), (100, 35), (1000, 165)])
def test_how_often_they_may_be_there_by_chance(others: int, most: int) -> None:
    """A tenth of ten times as many, and some more."""
    assert at_most(others, 0.1) < most
