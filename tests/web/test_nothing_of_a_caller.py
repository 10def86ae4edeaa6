"""Whatever a caller keys, says or texts, nothing of it is in the log or in the metrics, on no path and in no fault."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import get_args

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as example_settings
from hypothesis import strategies as st
from prometheus_client.parser import text_string_to_metric_families

from helpline import log
from helpline.bootstrap import Helpline
from helpline.flow.call import CODES
from helpline.flow.steps import RING_ENDINGS
from helpline.upkeep.alert_groups import Kind
from tests.web.carrier import Carrier, action

CALLER = "+31612345601"
POSTCODES = ["3511", "1382", "3011", "5955", "0999"]  # in one area, in two, in another, of nobody twice
KEYS = [*POSTCODES, "", "01", "02", "09", "0", "112", "1", "2", "9", "987654"]
WORDS = ["Zeist", "Bergen", "Hoorn", "mijn man slaat mij", "drieduizend elf", "Laan van Meerdervoort 12", "🙂"]
LANGUAGES = ("nl", "en", "ar", "tr", "pl", "uk", "de", "fr", "es")
OPEN = ("doubt", "maybe", "silence", "unclear")
# What each line may hold beside its event, level and time. `version` is checked below.
FIELDS = {
    "turn": {"step", "ending", "region", "version", "ms"},
    "text": {"answered", "ms"},
    "fault": {"kind", "at"},
    "refused": {"count", "help"},
    "alert": {"kind", "subject", "count", "since", "text"},
    "library": {"logger", "at", "kind", "text", "count"},
}


@dataclass(frozen=True)
class Act:
    """What happens next in a call, whatever the call waits for: keys, words, silence, or the end of a dial."""

    keys: str
    words: str
    silent: bool
    dial: str
    answered_here: bool

    @property
    def fields(self) -> dict[str, str]:
        """As the carrier tells of it."""
        dialled = {"DialCallStatus": self.dial, "DialBridged": str(self.answered_here).lower()}
        return {"Digits": self.keys, "SpeechResult": self.words, "Confidence": "0.9", **dialled}


ACTS = st.builds(
    Act,
    keys=st.one_of(st.sampled_from(KEYS), st.text("0123456789*", max_size=6)),
    words=st.one_of(st.just(""), st.sampled_from(WORDS), st.text(max_size=20)),
    silent=st.booleans(),
    dial=st.sampled_from(["completed", "busy", "no-answer", "failed", "canceled", "answered", "a new word"]),
    answered_here=st.booleans(),
)


def next_address(document: str, act: Act) -> str | None:
    """Where the carrier asks next; None where the call is over."""
    redirect = re.search(r"<Redirect>([^<#]+)", document)
    if act.silent and redirect:
        return redirect[1].replace("&amp;", "&")
    return action(document) if re.search(r'<(?:Gather|Dial) action="', document) else None


def call(carrier: Carrier, caller: str, acts: list[Act]) -> None:
    """A call in which this happens, as far as it goes."""
    document = carrier.post("/voice", From=caller, Caller=caller).text
    for act in acts:
        address = next_address(document, act)
        if address is None:
            return
        document = carrier.post(address, act.fields, From=caller, Caller=caller).text


def assert_closed(told: str, helpline: Helpline) -> None:
    """Each line of the log has the fields of its event only, and what can differ in a turn is a known name."""
    table = helpline.directory.current
    known = {*table.organisations, *RING_ENDINGS, *CODES.values(), *LANGUAGES, *OPEN, ""}
    for line in map(json.loads, told.splitlines()):
        assert line.keys() - {"event", "level", "timestamp"} <= FIELDS[line["event"]]
        if line["event"] == "turn":
            assert re.fullmatch("[a-z_]+", line["step"])
            assert line["ending"] in known
            assert line["region"] in {*table.organisations, ""}
            assert line["version"] == table.version


def assert_bounded(page: str, helpline: Helpline) -> None:
    """Every label of a metric has a known name for its value."""
    known = {
        "step": "[a-z_]+",
        "organisation": "|".join(helpline.directory.current.organisations),
        "line": "advice|doctors",
        "ending": "|".join(RING_ENDINGS),
        "answered": "yes|no",
        "kind": "|".join([*get_args(Kind), "Diverged", "other"]),
        "status": "403|408|413",
        "le": r"[0-9.e+-]+|\+Inf",
    }
    for family in text_string_to_metric_families(page):
        for each in family.samples:
            for name, value in each.labels.items():
                assert re.fullmatch(known[name], value), each


@pytest.fixture
def told(capfd: pytest.CaptureFixture[str]) -> pytest.CaptureFixture[str]:
    """The log, as JSON."""
    log.configure()
    capfd.readouterr()
    return capfd


@given(st.lists(ACTS, max_size=12))
@example_settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_call_leaves_nothing_of_the_caller(
    carrier: Carrier, helpline: Helpline, told: pytest.CaptureFixture[str], acts: list[Act]
) -> None:
    """Whatever is keyed, said and answered, in whatever order: the log and the metrics hold known names only."""
    call(carrier, CALLER, acts)
    assert_closed(told.readouterr().err, helpline)
    assert_bounded(carrier.client.get("/metrics").text, helpline)


@given(st.one_of(st.sampled_from([*POSTCODES, *WORDS]), st.text(max_size=40)), st.sampled_from([CALLER, "", "1008"]))
@example_settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_text_leaves_nothing_of_who_sent_it(
    carrier: Carrier, helpline: Helpline, told: pytest.CaptureFixture[str], body: str, sender: str
) -> None:
    """A line says whether it was answered, and nothing of it or its sender."""
    carrier.post("/sms", Body=body, From=sender, MessageSid="SM" + "3" * 32)
    assert_closed(told.readouterr().err, helpline)


@given(st.sampled_from(["turn", "keyed", "dialled", "whisper", "accepted", "3511"]), st.text(max_size=40), ACTS)
@example_settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_an_address_that_we_never_made_leaves_nothing(
    carrier: Carrier, helpline: Helpline, told: pytest.CaptureFixture[str], step: str, trail: str, act: Act
) -> None:
    """Not even what stands in an address is in the log: somebody may have put a number there."""
    carrier.client.post(f"/voice/{step}", params={"trail": trail}, data={"From": CALLER})
    carrier.post(f"/voice/{step}?trail=3511~place.0612345601", act.fields)
    err = told.readouterr().err
    assert_closed(err, helpline)
    assert "612345601" not in err
    assert_bounded(carrier.client.get("/metrics").text, helpline)


@pytest.mark.parametrize(("keys", "ending"), [("1382", "doubt"), ("3511", "utrecht")])
def test_a_doubt_does_not_say_between_whom(
    carrier: Carrier, told: pytest.CaptureFixture[str], keys: str, ending: str
) -> None:
    """Which doubt it is would nearly say the postcode."""
    carrier.post(action(carrier.post("/voice").text), Digits=keys)
    lines = [json.loads(line) for line in told.readouterr().err.splitlines()]
    assert [line["ending"] for line in lines if line["event"] == "turn"] == ["", ending]


def test_a_spoken_place_is_not_told(carrier: Carrier, told: pytest.CaptureFixture[str]) -> None:
    """Nor does a spoken place that is to be asked back say which."""
    again = carrier.post(action(carrier.post("/voice").text), Digits="987").text
    carrier.post(action(again), SpeechResult="Bergen")
    lines = [json.loads(line) for line in told.readouterr().err.splitlines()]
    assert [line["ending"] for line in lines if line["event"] == "turn"] == ["", "unclear", "maybe"]
