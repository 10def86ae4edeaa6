"""What a request notes for the record, over real HTTP; and that no caller ever waits or suffers for it."""

from __future__ import annotations

import socket
import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from helpline import bootstrap, log
from helpline.bootstrap import Helpline
from helpline.bootstrap.kept import derived_key
from helpline.metrics import Metrics
from helpline.settings import Settings
from helpline.simulator.player import Telephone
from helpline.simulator.rehearsal import rehearse
from helpline.simulator.transcript import parse
from helpline.storage.batch import Batch, TextRecord
from helpline.storage.calls import Calls
from helpline.storage.database import Database
from helpline.switchboard.story import Dial
from helpline.upkeep.records import Records
from helpline.web.serving import serving
from tests.clock import Clock
from tests.conftest import TODAY
from tests.desk import desk_with_version_1, settings_in
from tests.storage.kept import CallRecord, calls_in, texts_in
from tests.upkeep.at_twilio import call, text
from tests.web.carrier import action
from tests.web.test_erasure import carrier_of

CALLS = Path(__file__).parents[1] / "calls"
# Calls as they are written down, and how each is kept.
PLAYED = {
    "caller_hangs_up_at_the_question": ("", "advice", "nl", "", "hung up"),
    "caller_hangs_up_while_it_rings": ("rotterdam-rijnmond", "advice", "nl", "keyed", "gone"),
    "dropped_talk_is_rung_again": ("rotterdam-rijnmond", "advice", "nl", "keyed", "answered"),
    "doctor_in_english": ("zuid-limburg", "doctors", "en", "keyed", "answered"),
    "spoken_place_that_sounds_like_another": ("noord-holland-noord", "advice", "nl", "asked back", "answered"),
    "doubtful_postcode_is_asked_by_municipality": ("gooi-en-vechtstreek", "advice", "nl", "chosen", "answered"),
    "spoken_place": ("utrecht", "advice", "nl", "spoken", "answered"),
    "whole_chain_fails_twice_and_ends_with_112": ("utrecht", "advice", "nl", "keyed", "unreached"),
}
SEEDS = (None, *range(5))
HOUR = TODAY.astimezone(UTC)
CALLER = "612345601"


class Ticking:
    """A clock that goes on by a second whenever somebody looks at it."""

    def __init__(self) -> None:
        self._moment = TODAY

    def __call__(self) -> datetime:
        """The time."""
        self._moment += timedelta(seconds=1)
        return self._moment


@pytest.fixture
def database(tmp_path: Path) -> Database:
    """Where it is kept."""
    log.configure()
    database = Database(f"sqlite:///{tmp_path}/kept/helpline.db")
    database.upgrade()
    return database


@pytest.fixture
def recorded(helpline: Helpline, database: Database) -> Helpline:
    """The service, which writes down what it answers."""
    records = Records(Calls(database), b"k" * 32, Ticking(), print)
    return replace(helpline, records=records, metrics=Metrics())


@contextmanager
def telephone_of(helpline: Helpline, like: Telephone) -> Iterator[Telephone]:
    """A telephone that rings this service, which ends with the block and has then written all it had to write."""
    with socket.create_server(("127.0.0.1", 0)) as listener, serving(helpline, listener):
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        yield replace(like, twilio=replace(like.twilio, connect_to=address))


def played(name: str, telephone: Telephone, helpline: Helpline, clock: Clock) -> None:
    """The call of this name goes as it is written."""
    transcript = parse((CALLS / f"{name}.call").read_text("utf-8"), name)
    clock.moment = transcript.at or TODAY
    rehearsal = rehearse(transcript, telephone, helpline.directory.current.line_of)
    assert rehearsal.ok, rehearsal.report()


@pytest.mark.parametrize("name", PLAYED)
def test_shuffled_callbacks_make_the_same_row(
    recorded: Helpline, database: Database, telephone: Telephone, clock: Clock, name: str
) -> None:
    """Whether the callback at the end comes before or after what is asked for last, a call has the same one row."""
    with telephone_of(recorded, telephone) as own:
        for seed in SEEDS:
            played(name, replace(own, shuffled=seed), recorded, clock)
    clock.moment = TODAY
    rows = calls_in(database)
    assert rows == [rows[0]] * len(SEEDS)
    assert (rows[0].complete, rows[0].seconds is None) == (True, False)
    told = rows[0].organisation, rows[0].line, rows[0].language, rows[0].found, rows[0].outcome
    assert told == PLAYED[name]


def test_a_call_as_it_is_kept(recorded: Helpline, database: Database) -> None:
    """The hour, whose call, which line rang and how that ended, and seconds."""
    with carrier_of(recorded) as carrier:
        dial = action(carrier.post(action(carrier.post("/voice").text), Digits="3511").text)
        dial = action(carrier.post(dial, DialCallStatus="busy", DialCallSid=call(1)).text)
        carrier.post("/voice/whisper" + dial.removeprefix("/voice/dialled"), CallSid=call(2), ParentCallSid=call(1))
        carrier.post(dial, DialCallStatus="completed", DialBridged="true", DialCallDuration="90")
        carrier.post("/voice/status", CallSid=call(2), ParentCallSid="CA" + "1" * 32, CallStatus="completed")
        carrier.post("/voice/status", CallStatus="ringing")
        for _ in range(2):
            carrier.post("/voice/status", CallStatus="completed", CallDuration="123", Duration="3")
    busy, answered = Dial("utrecht", "advice", 1, "busy"), Dial("utrecht", "advice", 2, "answered")
    whole = CallRecord(HOUR, "utrecht", "advice", "nl", "keyed", "answered", 1, 123, True, (busy, answered))
    assert calls_in(database) == [whole]


@pytest.mark.parametrize("duration", ["", "x", "-5", "١٢", "9" * 30])
def test_an_end_that_does_not_say_how_long_it_took(recorded: Helpline, database: Database, duration: str) -> None:
    """It is over all the same; so it is with any word for an end."""
    with carrier_of(recorded) as carrier:
        carrier.post("/voice/status", CallStatus="no-answer", CallDuration=duration)
    [row] = calls_in(database)
    assert (row.outcome, row.seconds) == ("unknown", None)


def test_a_fault_of_ours_is_kept_as_one(
    recorded: Helpline, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a call; one in a whisper or in a test call, which are other legs, tells nothing of the caller's."""
    with carrier_of(recorded) as carrier:
        carrier.post("/voice")
        for path in ("/voice/whisper", "/voice/accepted", "/voice/test-call"):
            carrier.post(f"{path}?trail=~", CallSid=call(2))
        carrier.post("/voice/keyed?trail=~", Digits="3511")
        carrier.post("/voise", CallSid=call(3))
        carrier.post("/smss", MessageSid=text(4), Body="3511")
    assert [(row.outcome, row.organisation) for row in calls_in(database)] == [("fault", ""), ("fault", "")]
    assert texts_in(database) == [TextRecord(HOUR, "", "", "fault")]


@pytest.mark.parametrize(
    ("body", "more", "row"),
    [
        ("3511", {}, ("utrecht", "nl", "place")),
        ("arts 3511", {}, ("utrecht", "nl", "doctor")),
        ("Bergen", {}, ("", "nl", "asked back")),
        ("hallo", {}, ("", "nl", "asked for a place")),
        ("yardım", {}, ("", "tr", "help")),
        ("112", {}, ("", "nl", "112")),
        ("meldcode", {}, ("", "nl", "meldcode")),
        ("stop", {}, ("", "", "stopped")),
        ("genoeg", {"OptOutType": "STOP"}, ("", "", "stopped")),
        ("3511", {"From": "+31700002000"}, ("", "", "no answer")),
    ],
)
def test_a_text_as_it_is_kept(
    recorded: Helpline, database: Database, body: str, more: Mapping[str, str], row: tuple[str, str, str]
) -> None:
    """Whom it asked about, its language and what kind of answer it got; once, though it is asked for again."""
    with carrier_of(recorded) as carrier:
        for _ in range(2):
            carrier.post("/sms", {"MessageSid": text(1), "Body": body, **more})
        carrier.post("/sms/status", MessageSid=text(2), MessageStatus="delivered")
    assert texts_in(database) == [TextRecord(HOUR, *row)]


def test_nothing_of_a_caller_gets_into_the_database(recorded: Helpline, database: Database, tmp_path: Path) -> None:
    """Not by a whole call with keys and words, nor by a text: neither the files nor the log beside them hold any."""
    file = tmp_path / "kept" / "helpline.db"
    with closing(sqlite3.connect(file)) as held_open:
        held_open.execute("SELECT count(*) FROM calls").fetchall()  # keeps the log beside the database
        with carrier_of(recorded) as carrier:
            asked = action(carrier.post("/voice", CallSid=call(0xABCDEF)).text)
            asked = action(carrier.post(asked, CallSid=call(0xABCDEF), Digits="").text)
            asked = action(carrier.post(asked, CallSid=call(0xABCDEF), SpeechResult="Hoorn").text)
            dial = action(carrier.post(asked, CallSid=call(0xABCDEF), Digits="1").text)
            carrier.post(dial, CallSid=call(0xABCDEF), DialCallStatus="completed", DialBridged="true")
            asked = action(carrier.post("/voice", CallSid=call(2)).text)
            asked = action(carrier.post(asked, CallSid=call(2), Digits="1382").text)
            carrier.post(asked, CallSid=call(2), Digits="2")
            carrier.post("/voice/status", CallSid=call(0xABCDEF), CallStatus="completed", CallDuration="66")
            carrier.post("/sms", MessageSid=text(0xABCDEF), Body="ik woon in Oudewater 3421")
        held = b"".join(path.read_bytes() for path in file.parent.iterdir())
    assert len(calls_in(database)) == 2
    assert b"noord-holland-noord" in held
    private = (CALLER, "Hoorn", "hoorn", "1382", "3421", "Oudewater", "Muiden", "abcdef", "doubt", "maybe", "70000200")
    assert [word for word in private if word.encode() in held] == []


def test_a_caller_is_answered_whatever_goes_wrong_here(
    recorded: Helpline, helpline: Helpline, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """The documents are the same as ever, and the log says that there was a fault, without its words."""

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError(f"+31{CALLER}")

    for name in ("turned", "faulted", "over", "texted"):
        monkeypatch.setattr(recorded.records, name, broken)
    with carrier_of(recorded) as carrier, carrier_of(helpline) as without:
        assert carrier.post("/voice").text == without.post("/voice").text
        assert carrier.post("/voice/keyed?trail=~").text == without.post("/voice/keyed?trail=~").text
        assert carrier.post("/voice/status", CallStatus="completed").status_code == 204
        assert carrier.post("/sms", MessageSid=text(1), Body="3011").status_code == 200
    told = capfd.readouterr().err
    assert told.count("beside_the_call") == 4
    assert CALLER not in told


def test_a_caller_does_not_wait_for_a_database_that_hangs(
    recorded: Helpline, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A whole call is answered while the first batch is still being written; then all of it is written."""
    lets_go, begun = threading.Event(), threading.Event()
    write: Callable[[Calls, Batch], None] = Calls.write

    def hanging(calls: Calls, batch: Batch) -> None:
        begun.set()
        lets_go.wait()
        write(calls, batch)

    monkeypatch.setattr(Calls, "write", hanging)
    with carrier_of(recorded) as carrier:
        first = carrier.post("/voice").text
        assert begun.wait(10)
        dial = action(carrier.post(action(first), Digits="3511").text)
        carrier.post(dial, DialCallStatus="completed", DialBridged="true", DialCallDuration="60")
        carrier.post("/voice/status", CallStatus="completed", CallDuration="66")
        assert not lets_go.is_set()
        lets_go.set()
    [row] = calls_in(database)
    assert (row.outcome, row.seconds) == ("answered", 66)


def test_the_service_writes_down_where_calls_are_real(tmp_path: Path, settings: Settings, regions: Path) -> None:
    """The real line does, and so does a demonstration that serves; a rehearsal leaves nothing."""
    own = settings_in(tmp_path, settings, regions)
    desk_with_version_1(own, Clock(TODAY))
    served = bootstrap.helpline(own, published=True, placeholders_allowed=True)
    rehearsed = bootstrap.helpline(own, placeholders_allowed=True)
    assert (served.records is None, served.forgetting is None) == (False, False)
    assert (rehearsed.records, rehearsed.forgetting) == (None, None)
    with carrier_of(replace(served, signatures=rehearsed.signatures)) as carrier:
        carrier.post("/voice")
        carrier.post("/voice/status", CallStatus="completed", CallDuration="9")
    [row] = calls_in(Database(own.database_url))
    assert (row.outcome, row.seconds) == ("hung up", 9)


def test_every_machine_makes_the_same_hash(settings: Settings) -> None:
    """With the same secret key, whatever the token; and without one, with the same token."""
    keyed = settings.model_copy(update={"helpline_secret_key": settings.twilio_auth_token})
    assert derived_key(keyed, "records") == derived_key(settings, "records")
    assert derived_key(settings, "records") != derived_key(settings, "another")
    rotated = keyed.model_copy(update={"twilio_auth_token": None})
    assert derived_key(rotated, "records") == derived_key(keyed, "records")
