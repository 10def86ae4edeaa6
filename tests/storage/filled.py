"""A database with something in each table, as a service and its operators leave it."""

from __future__ import annotations

from datetime import UTC, timedelta

from sqlalchemy import insert

from helpline.storage.batch import Batch, TextRecord
from helpline.storage.calls import Calls
from helpline.storage.database import Database
from helpline.storage.drafts import Drafts
from helpline.storage.erasures import Erasures
from helpline.storage.operators import Operator, Operators
from helpline.storage.progress import Progress
from helpline.storage.rung import Rung
from helpline.storage.sessions import Sessions, hash_of
from helpline.storage.tables import FAILURES
from helpline.storage.tested_number import TestedNumber
from helpline.storage.versions import Versions
from helpline.switchboard.story import Dial, Story
from tests.storage.published import BEGIN, content, publish

HOUR = BEGIN.astimezone(UTC)
DIALS = (Dial("utrecht", "advice", 1, "busy"), Dial("utrecht", "advice", 2, "answered"))
WHOLE = Story("utrecht", found="keyed", dials=DIALS, outcome="answered")
RINGING = Story("zeeland", found="spoken", dials=DIALS[:1])
NUMBER = TestedNumber("utrecht", "advice", "+31300000001")

CALL, TEXT, UNDER_WAY, SIGN_IN = "ca11" * 16, "7e87" * 16, "07de" * 16, "fa11" * 16  # keyed hashes
TOKEN, PASSWORD, SECOND_FACTOR = "a-token-of-a-cookie", "$argon2id$v=19$of-a-password", "ABCDEFGHSECONDFACTOR"
CALL_SID, TEXT_SID, TEST_SID = "CA" + "ca" * 16, "SM" + "e1" * 16, "CA" + "7e" * 16
MOMENT = HOUR + timedelta(minutes=17, seconds=23)

NEVER = (  # what must be in no backup
    *(CALL, TEXT, UNDER_WAY, SIGN_IN, hash_of(TOKEN), PASSWORD, SECOND_FACTOR, CALL_SID, TEXT_SID, TEST_SID),
    MOMENT.isoformat(timespec="milliseconds"),
)


def fill(database: Database, *, calls: int = 3) -> None:
    """Two versions, so many calls that are over with two dials each, one under way, and one of all the rest."""
    database.upgrade()
    versions = Versions(database)
    publish(versions, "a", None)
    publish(versions, "b", 1, hour=1)
    over = {f"{CALL[:56]}{number:08x}": Progress(HOUR, 8, WHOLE, over=True, seconds=321) for number in range(calls)}
    kept = Calls(database)
    kept.write(Batch({CALL: Progress(HOUR, 8, WHOLE, began=MOMENT, over=True, seconds=321)}))
    kept.write(Batch({UNDER_WAY: Progress(HOUR, 6, RINGING, began=MOMENT)}))
    kept.write(Batch(dict([*over.items()][1:]), {TEXT: TextRecord(HOUR, "utrecht", "nl", "place")}))
    Erasures(database).add({CALL_SID: BEGIN, TEXT_SID: BEGIN})
    rung = Rung(database)
    rung.press(NUMBER, TEST_SID, BEGIN)
    rung.add(NUMBER, "accepted", BEGIN, TEST_SID)
    rung.claim("2026-11-24")
    Operators(database).add(Operator("anna", "operator", PASSWORD, SECOND_FACTOR), at=BEGIN, by="bo")
    Sessions(database).begin(TOKEN, "anna", at=BEGIN, how="with a second factor")
    with database.writing() as connection:
        connection.execute(insert(FAILURES).values(hash=SIGN_IN, failed=3, last=BEGIN.isoformat()))
    drafts = Drafts(database)
    drafts.begin("winter", content("c"), base=2, author="anna", at=BEGIN)
    drafts.keep_typed("winter", "anna", {"utrecht.say": "Überall, 😀"})
