"""What gives way to a version that is put back, and what does not."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from helpline.errors import DatabaseAway
from helpline.storage.database import Database
from helpline.storage.kept import Kept, kept
from helpline.storage.putting_back import AUTHOR, FIRST_START, is_wanted, put_back
from helpline.storage.versions import Versions
from tests.storage.published import BEGIN, content, publish

HOUR = timedelta(hours=1)
SEVEN = Kept(7, content("seven"))
NINE = Kept(9, content("nine"))


def first_start(versions: Versions) -> None:
    """The files, as the first start of all publishes them."""
    told = {"author": AUTHOR, "action": "publish", "subject": "regions", "reason": FIRST_START}
    versions.publish(content("files"), on=None, at=BEGIN, **told)


def test_an_empty_database_gets_the_version_under_its_number(url: str) -> None:
    """Its tables are made first; the record begins with what happened, and goes on from there."""
    versions = Versions(Database(url))
    assert put_back(versions.database, SEVEN, BEGIN)
    [entry] = versions.log()
    assert (entry.author, entry.action, entry.subject) == ("helpline", "put back", "version 7")
    assert entry.reason == "The database was empty; this is what calls went by"
    assert versions.live() == versions.get(7)
    assert versions.get(7).content == SEVEN.content
    assert publish(versions, "a", 7).number == 8
    assert versions.verify() == []


def test_it_is_put_back_once(versions: Versions) -> None:
    """Whoever comes second finds it there."""
    assert is_wanted(versions.database, SEVEN, BEGIN)
    assert put_back(versions.database, SEVEN, BEGIN)
    assert not is_wanted(versions.database, SEVEN, BEGIN)
    assert not put_back(versions.database, SEVEN, BEGIN)
    assert len(versions.log()) == 1


def test_an_older_one_gives_way_to_a_newer_one(versions: Versions) -> None:
    """And never the other way round."""
    put_back(versions.database, SEVEN, BEGIN)
    assert put_back(versions.database, NINE, BEGIN + HOUR)
    assert not put_back(versions.database, SEVEN, BEGIN + HOUR)
    assert [entry.version for entry in versions.log()] == [7, 9]
    assert versions.head() == (9, NINE.content.digest)
    assert versions.verify() == []


def test_the_files_of_a_first_start_give_way(versions: Versions) -> None:
    """The machine that started first after the loss had no copy."""
    first_start(versions)
    assert put_back(versions.database, SEVEN, BEGIN)
    assert versions.head() == (7, SEVEN.content.digest)


def test_neither_gives_way_for_longer_than_an_hour(versions: Versions) -> None:
    """A machine that turns up later may have its number from somewhere else."""
    first_start(versions)
    assert not put_back(versions.database, SEVEN, BEGIN + HOUR + timedelta(seconds=1))
    assert versions.head() == (1, content("files").digest)


def test_what_somebody_published_gives_way_to_nothing(versions: Versions) -> None:
    """Whatever its number, and whatever was there before."""
    put_back(versions.database, SEVEN, BEGIN)
    publish(versions, "a", 7)
    assert not is_wanted(versions.database, NINE, BEGIN)
    assert not put_back(versions.database, NINE, BEGIN)
    assert versions.head() == (8, content("a").digest)


def test_of_many_machines_at_once_the_newest_version_wins(url: str) -> None:
    """In whatever order they come; the record has each that was live, and no gap."""
    all_of_them = [Kept(number, content(str(number))) for number in (3, 5, 4, 5, 2, 3)]
    with ThreadPoolExecutor(len(all_of_them)) as pool:
        list(pool.map(lambda version: put_back(Database(url), version, BEGIN), all_of_them))
    versions = Versions(Database(url))
    assert versions.head() == (5, content("5").digest)
    numbers = [entry.version or 0 for entry in versions.log()]
    assert sorted(set(numbers)) == numbers
    assert versions.verify() == []


@pytest.mark.parametrize(("name", "number"), [("12", 12), ("3f2a9c0b1d", None), ("", None), ("٣", None), ("-1", None)])
def test_only_what_was_published_has_a_number(name: str, number: int | None) -> None:
    """The files, which are named by their content, were not."""
    found = kept(name, content("a"))
    assert (found.number if found else None) == number


def test_a_database_that_is_away_is_told(postgresql_url: str) -> None:
    """Nothing is put back into what cannot be reached."""
    with pytest.raises(DatabaseAway, match="does not exist"):
        put_back(Database(postgresql_url + "_not"), SEVEN, BEGIN)
