"""Who may sign in at the console."""

from __future__ import annotations

from datetime import timedelta

import pytest

from helpline.errors import OperatorRefused
from helpline.storage.database import Database
from helpline.storage.operators import Operator, Operators
from helpline.storage.sessions import Sessions
from helpline.storage.versions import Versions
from tests.storage.published import BEGIN

ANNA = Operator("anna", "operator", "$argon2id$1", "JBSWY3DP")
ROB = Operator("rob", "reader", "$argon2id$2")
MINUTE = timedelta(minutes=1)


@pytest.fixture
def operators(database: Database) -> Operators:
    """Anna and Rob, put in in the other order."""
    found = Operators(database)
    found.add(ROB, at=BEGIN, by="root")
    found.add(ANNA, at=BEGIN, by="root")
    return found


def test_operators_are_kept_as_they_were_put_in(operators: Operators) -> None:
    """Each by name, or all in the order of names; nobody else."""
    assert operators.get("anna") == ANNA
    assert operators.all() == [ANNA, ROB]
    assert operators.get("Anna") is operators.get("") is None


def test_a_name_is_taken_once(operators: Operators, versions: Versions) -> None:
    """A second operator of a name is refused, and the first stays as they are."""
    with pytest.raises(OperatorRefused, match="an operator called anna already"):
        operators.add(Operator("anna", "reader", "$other"), at=BEGIN, by="root")
    assert operators.get("anna") == ANNA
    assert len(versions.log()) == 2


def test_a_new_password_ends_the_sessions_of_the_old(operators: Operators, database: Database) -> None:
    """Whoever had the old one is signed out; others are not."""
    sessions = Sessions(database)
    sessions.begin("a" * 43, "anna", at=BEGIN, how="")
    sessions.begin("b" * 43, "rob", at=BEGIN, how="")
    operators.change("anna", {"password": "$new"}, at=BEGIN, by="root")
    assert operators.get("anna") == Operator("anna", "operator", "$new", "JBSWY3DP")
    assert sessions.find("a" * 43) is None
    assert sessions.find("b" * 43) is not None


def test_a_removed_operator_is_out_at_once(operators: Operators, database: Database) -> None:
    """The name is nobody's any more, and its sessions are over."""
    sessions = Sessions(database)
    sessions.begin("a" * 43, "anna", at=BEGIN, how="")
    operators.remove("anna", at=BEGIN, by="root")
    assert operators.all() == [ROB]
    assert sessions.find("a" * 43) is None


def test_nobody_cannot_be_changed_or_removed(operators: Operators, versions: Versions) -> None:
    """A name that nobody has is told, and nothing goes into the record."""
    with pytest.raises(OperatorRefused, match="no operator called eva"):
        operators.remove("eva", at=BEGIN, by="root")
    with pytest.raises(OperatorRefused, match="no operator called eva"):
        operators.change("eva", {"password": "$new"}, at=BEGIN, by="root")
    assert len(versions.log()) == 2


def test_a_code_counts_once_and_never_an_older_one(operators: Operators) -> None:
    """What was taken is not taken again, nor what comes before it; a new secret begins anew."""
    assert [operators.take_code("anna", step) for step in (100, 100, 99, 101)] == [True, False, False, True]
    assert operators.take_code("nobody", 1) is False
    operators.change("anna", {"second_factor": "NEWSECRET"}, at=BEGIN, by="root")
    assert operators.take_code("anna", 100) is True


def test_all_of_it_is_in_the_record(operators: Operators, versions: Versions) -> None:
    """Who added, changed and removed whom, when; and never a password or a secret."""
    operators.change("anna", {"password": "$new", "second_factor": None}, at=BEGIN + MINUTE, by="eva")
    operators.remove("rob", at=BEGIN + 2 * MINUTE, by="eva")
    told = [(each.author, each.action, each.subject, each.reason) for each in versions.log()]
    assert told == [
        ("root", "add", "operator rob", "As reader"),
        ("root", "add", "operator anna", "As operator"),
        ("eva", "change", "operator anna", "New password and second factor"),
        ("eva", "remove", "operator rob", ""),
    ]
    assert versions.verify() == []


def test_secrets_are_not_shown() -> None:
    """An operator that comes into a log line or an error shows neither password nor secret."""
    assert repr(ANNA) == "Operator(name='anna', role='operator')"
