"""What a request queues for deletion at Twilio, over real HTTP; and that no caller ever waits or suffers for it."""

from __future__ import annotations

import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr

from helpline import bootstrap, log
from helpline.bootstrap import Helpline
from helpline.errors import SettingsFault
from helpline.settings import Settings, refuse_unset
from helpline.storage.database import Database
from helpline.storage.erasures import Erasures
from helpline.upkeep.erasing import Eraser
from helpline.web import erasure
from helpline.web.serving import serving
from tests.clock import Clock
from tests.conftest import TODAY
from tests.desk import desk_with_version_1, settings_in
from tests.upkeep.at_twilio import AtTwilio, call, text
from tests.web.carrier import Carrier, action

ACCOUNT = "AC" + "0" * 32
CALLER = "612345601"
MINUTE, FIVE_HOURS = timedelta(minutes=1), timedelta(hours=5)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the queue is."""
    return tmp_path / "var" / "helpline.db"


@pytest.fixture
def eraser(file: Path) -> Eraser:
    """With a queue of its own, and a Twilio that has nothing; its clock stands still."""
    database = Database(f"sqlite:///{file}")
    database.upgrade()
    return Eraser(Erasures(database), AtTwilio(), Clock(TODAY), [], print)


@contextmanager
def carrier_of(helpline: Helpline) -> Iterator[Carrier]:
    """Twilio's side of a service that ends with the block, and has then written all it had to write."""
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        serving(helpline, listener),
        httpx.Client(base_url=f"http://127.0.0.1:{listener.getsockname()[1]}") as client,
    ):
        yield Carrier(client)


def queued(file: Path) -> dict[str, timedelta]:
    """How long from now each SID waits."""
    with closing(sqlite3.connect(file)) as connection:
        rows = connection.execute("SELECT sid, due FROM erasures").fetchall()
    return {sid: type(TODAY).fromisoformat(due) - TODAY for sid, due in rows}


def test_each_request_that_tells_of_a_call_or_text_queues_it(helpline: Helpline, eraser: Eraser, file: Path) -> None:
    """A call that comes in for later, one that is over and a text for soon; and nothing for what is not over."""
    with carrier_of(replace(helpline, eraser=eraser)) as carrier:
        carrier.post("/voice", CallSid=call(1))
        carrier.get("/voice", CallSid=call(2))
        for number, status in enumerate(("completed", "busy", "failed", "no-answer", "canceled", "in-progress"), 10):
            assert carrier.post("/voice/status", CallSid=call(number), CallStatus=status).status_code == 204
        carrier.post("/voice/status", CallSid=call(20), ParentCallSid=call(1), CallStatus="completed")
        carrier.post("/sms", MessageSid=text(1), Body="3011")
        for number, status in enumerate(("sent", "delivered", "undelivered", "failed", "queued", "sending"), 10):
            assert carrier.post("/sms/status", MessageSid=text(number), MessageStatus=status).status_code == 204
    assert queued(file) == {
        call(1): FIVE_HOURS,
        call(2): FIVE_HOURS,
        **{call(number): MINUTE for number in (10, 11, 12, 13, 14, 20)},
        **{text(number): MINUTE for number in (1, 10, 11, 12, 13)},
    }


def test_the_end_of_a_call_brings_it_forward(helpline: Helpline, eraser: Eraser, file: Path) -> None:
    """Also where Twilio asks for the beginning once more after that."""
    with carrier_of(replace(helpline, eraser=eraser)) as carrier:
        carrier.post("/voice", CallSid=call(1))
        carrier.post("/voice/status", CallSid=call(1), CallStatus="completed")
        carrier.post("/voice", CallSid=call(1))
    assert queued(file) == {call(1): MINUTE}


def test_a_request_that_is_not_the_carriers_queues_nothing(helpline: Helpline, eraser: Eraser, file: Path) -> None:
    """Nobody but Twilio can have anything deleted; nor does Twilio queue what is no SID."""
    with carrier_of(replace(helpline, eraser=eraser)) as carrier:
        forged = carrier.client.post("/voice/status", data={"CallSid": call(1), "CallStatus": "completed"})
        assert forged.status_code == 403
        carrier.post("/voice/status", CallSid=f"+31{CALLER}", CallStatus="completed")
    assert queued(file) == {}


def test_nothing_of_a_caller_gets_into_the_database(helpline: Helpline, eraser: Eraser, file: Path) -> None:
    """Not by a whole call with keys, nor by a text with words."""
    with closing(sqlite3.connect(file)) as held_open:
        held_open.execute("SELECT count(*) FROM erasures").fetchall()  # keeps the log beside the database
        with carrier_of(replace(helpline, eraser=eraser)) as carrier:
            asked = action(carrier.post("/voice").text)
            dial = action(carrier.post(asked, Digits="3512").text)
            carrier.post(dial, DialCallStatus="completed", DialBridged="true")
            carrier.post("/voice/status", CallStatus="completed")
            carrier.post("/sms", MessageSid=text(1), Body="ik woon in Oudewater 3512")
        held = b"".join(path.read_bytes() for path in file.parent.iterdir())
    assert text(1).encode() in held
    assert [word for word in (CALLER, "3512", "Oudewater", "70000200") if word.encode() in held] == []


def test_a_caller_is_answered_whatever_goes_wrong_here(
    helpline: Helpline, eraser: Eraser, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """The documents are the same as ever, and the log says that there was a fault, without its words."""
    log.configure()

    def broken(*_: object) -> None:
        raise RuntimeError(f"+31{CALLER}")

    for name in ("call_begun", "call_over", "text_over"):
        monkeypatch.setattr(eraser, name, broken)
    with carrier_of(replace(helpline, eraser=eraser)) as carrier, carrier_of(helpline) as without:
        assert carrier.post("/voice").text == without.post("/voice").text
        assert carrier.post("/voice/status", CallStatus="completed").status_code == 204
        assert carrier.post("/sms", MessageSid=text(1), Body="3011").status_code == 200
    told = capfd.readouterr().err
    assert told.count("beside_the_call") == 3
    assert CALLER not in told


def test_a_caller_does_not_wait_for_a_database_that_is_away(helpline: Helpline, eraser: Eraser, file: Path) -> None:
    """While another process holds it, answers come as ever; what was queued is written as soon as it lets go."""
    with carrier_of(replace(helpline, eraser=eraser)) as carrier, closing(sqlite3.connect(file)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert carrier.post("/voice", CallSid=call(1)).elapsed < timedelta(seconds=1)
        other.rollback()
    assert queued(file) == {call(1): FIVE_HOURS}


def test_nothing_is_queued_where_it_is_not_set(helpline: Helpline) -> None:
    """Then there is no queue to put anything into."""
    assert helpline.eraser is None
    erasure.noted(None, "/voice", {"CallSid": call(1)})


def test_the_service_deletes_where_it_is_set(tmp_path: Path, settings: Settings, regions: Path) -> None:
    """The real line does; a demonstration, whose calls Twilio never saw, does not."""
    for path in regions.glob("*.toml"):  # a subscriber part that begins with another digit is no placeholder
        path.write_text(path.read_text("utf-8").replace(" 000 0", " 200 0"), "utf-8")
    own = settings_in(tmp_path, settings, regions).model_copy(
        update={"helpline_erase_at_twilio": True, "twilio_account_sid": ACCOUNT}
    )
    desk_with_version_1(own, Clock(TODAY))
    assert bootstrap.helpline(own, published=True, placeholders_allowed=True).eraser is None
    unset = own.model_copy(update={"helpline_erase_at_twilio": False})
    assert bootstrap.helpline(unset, published=True).eraser is None
    assert isinstance(bootstrap.helpline(own, published=True).eraser, Eraser)
    with pytest.raises(SettingsFault, match="TWILIO_ACCOUNT_SID"):
        bootstrap.helpline(own.model_copy(update={"twilio_account_sid": None}), published=True)


def test_a_start_without_the_account_is_refused(settings: Settings) -> None:
    """Whoever wants calls deleted hears at the start what is missing, and where it stands."""
    refuse_unset(settings)
    erasing = settings.model_copy(update={"helpline_erase_at_twilio": True})
    with pytest.raises(SettingsFault, match=r"TWILIO_ACCOUNT_SID is not set\. HELPLINE_ERASE_AT_TWILIO needs it"):
        refuse_unset(erasing)
    refuse_unset(erasing.model_copy(update={"twilio_account_sid": ACCOUNT, "twilio_auth_token": SecretStr("x")}))
