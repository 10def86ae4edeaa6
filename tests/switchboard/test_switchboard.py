"""Turns worked out from trails and answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpline.bootstrap import Helpline
from helpline.directory.content import Announcement
from helpline.directory.table import Table
from helpline.errors import Diverged, HelplineError
from helpline.flow import trail as trails
from helpline.flow.dialled import Dialled
from helpline.flow.replay import stands
from helpline.flow.steps import RING_ENDINGS, Lookup, Say, Script
from helpline.flow.trail import Trail
from helpline.switchboard.switchboard import Switchboard
from helpline.switchboard.turn import Keyed, PutThrough, Question, Spoken, Turn

BUSY = Dialled("busy", None, None, caller_there=True)
ANSWERED = Dialled("picked-up", bridged=True, seconds=300, caller_there=True)
LOOKED_UP = (("announcement", "none"), ("region_of_caller", "unknown"), ("languages", "nl-en"))  # before the question


def after(helpline: Helpline, *answers: Keyed | Spoken | Dialled, caller: str = "+31612345601") -> Turn:
    """The turn after these answers, the trail written and read again between every two."""
    turn = helpline.switchboard.incoming(caller)
    for answer in answers:
        turn = helpline.switchboard.proceed(trails.read(str(turn.trail)), caller, answer)
    return turn


def test_the_first_turn_asks_for_four_digits(helpline: Helpline) -> None:
    """A call begins with a question of four digits."""
    turn = after(helpline)
    assert isinstance(turn.then, Question)
    assert turn.then.digits == 4


@pytest.mark.parametrize(
    ("digits", "ending"),
    [
        ("3011", "rotterdam-rijnmond"),
        ("01", "doctor"),
        ("03", "national"),
        ("09", "language"),
        ("02", "mute"),
        ("0", "codes"),
        ("112", "emergency"),
        ("", "silence"),
    ]
    + [(keys, "unclear") for keys in ("2", "25", "251", "00", "0101", "5955", "*", "#", "25*1", "30111", "A")],
)
def test_keys_become_an_ending(helpline: Helpline, digits: str, ending: str) -> None:
    """What was keyed becomes a region, a code's word, silence or unclear, and only that stays in the trail."""
    assert ("place", ending) in after(helpline, Keyed(digits)).trail.entries


def test_a_doubt_reads_out_its_choices(helpline: Helpline) -> None:
    """A doubtful postcode is asked with one key for each municipality."""
    turn = after(helpline, Keyed("1382"))
    assert isinstance(turn.then, Question)
    assert [(say.place, say.key) for say in turn.then.says[1:]] == [("Amsterdam", "1"), ("Gooise Meren", "2")]
    assert turn.then.digits == 1


@pytest.mark.parametrize(
    ("key", "region"),
    [
        ("1", "amsterdam-amstelland"),
        ("2", "gooi-en-vechtstreek"),
        ("3", "amsterdam-amstelland"),
        ("*", "amsterdam-amstelland"),
    ],
)
def test_a_choice_decides(helpline: Helpline, key: str, region: str) -> None:
    """The key of a municipality decides; any other key leaves it to the main one."""
    turn = after(helpline, Keyed("1382"), Keyed(key))
    assert isinstance(turn.then, PutThrough)
    assert turn.then.ring.region == region


def test_a_ring_has_its_number(helpline: Helpline) -> None:
    """A put-through names the number, whose it is, and whether a key must accept."""
    turn = after(helpline, Keyed("3511"), BUSY)
    assert isinstance(turn.then, PutThrough)
    assert turn.then.route.number == "+31300000002"
    assert not turn.then.route.accept


def test_the_worker_hears_the_turn_in_which_it_rings(helpline: Helpline) -> None:
    """The whisper of a ring is found from the same trail as the ring."""
    turn = after(helpline, Keyed("01"), Keyed("3511"))
    ringing = helpline.switchboard.ringing(turn.trail)
    assert isinstance(ringing.then, PutThrough)
    assert [say.prompt for say in ringing.then.whisper] == ["whisper_start", "whisper_doctor", "whisper_accept"]


def test_a_question_is_no_ringing(helpline: Helpline) -> None:
    """Where nobody is being rung, there is no whisper."""
    with pytest.raises(Diverged):
        helpline.switchboard.ringing(after(helpline).trail)


@pytest.mark.parametrize("answers", [(BUSY,), (Keyed("3511"), Keyed("3511")), (Keyed("3511"), ANSWERED, ANSWERED)])
def test_an_answer_to_another_step_diverges(helpline: Helpline, answers: tuple[Keyed | Dialled, ...]) -> None:
    """A dial result at a question, keys while it rings, anything after the end: told, not guessed."""
    with pytest.raises(Diverged):
        after(helpline, *answers)


def test_a_question_nobody_can_look_up_diverges(helpline: Helpline, monkeypatch: pytest.MonkeyPatch) -> None:
    """A conversation that asks the house something unheard of is a fault, and so the national desk."""

    def odd_call() -> Script[None]:
        yield Lookup("weather")

    switchboard = Switchboard(helpline.directory, helpline.clock, ["nl"])
    monkeypatch.setattr(switchboard, "_stands", partial(stands, conversation=odd_call))
    with pytest.raises(Diverged, match="weather"):
        switchboard.incoming("")


def test_an_announcement_is_looked_up_by_language(
    helpline: Helpline, table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The trail has the languages it is written in, Dutch first and in the menu's order, and those that are offered."""
    written = {"pl": "Awaria.", "xx": "?", "nl": "Er is een storing."}
    announced = Announcement("all", written, datetime(2030, 1, 1, tzinfo=UTC), "somebody", "a fault")
    faulty = replace(table, version="of-a-fault", announcements={"all": announced})
    monkeypatch.setattr(type(helpline.directory), "at", lambda self, version: faulty)
    turn = after(helpline, Keyed("3511"))
    assert [entry for entry in turn.trail.entries if entry[0] == "announcement"] == [
        ("announcement", "nl-pl"),
        ("announcement", "none"),
    ]
    assert Say("announcement", "nl", "all") in after(helpline).said


def test_a_doubt_of_another_version_diverges(helpline: Helpline) -> None:
    """A trail that names a doubt this table does not have is a fault, and so the national desk."""
    entries = (*LOOKED_UP, ("place", "doubt-99"))
    with pytest.raises(HelplineError):
        helpline.switchboard.resume(Trail(helpline.directory.current.version, entries), "")


@pytest.mark.parametrize("ending", ["doubt-0", "maybe-1"])
def test_choices_are_never_read_in_another_version(helpline: Helpline, ending: str) -> None:
    """Choices counted in a version that is not here would be other places: the national desk instead."""
    entries = (*LOOKED_UP, ("place", "silence"), ("place_again", ending))
    with pytest.raises(Diverged, match="version"):
        helpline.switchboard.resume(Trail("of-another-machine", entries), "")


def spoken(helpline: Helpline, words: str) -> Turn:
    """The turn after silence, and then these words."""
    return after(helpline, Keyed(""), Spoken(words))


def test_a_certain_place_is_taken(helpline: Helpline) -> None:
    """A place that sounds like no other is put through at once."""
    turn = spoken(helpline, "Zeist.")
    assert isinstance(turn.then, PutThrough)
    assert turn.then.ring.region == "utrecht"


def test_a_spoken_postcode_is_taken(helpline: Helpline) -> None:
    """Digits said as words are a postcode."""
    turn = spoken(helpline, "drie vijf een een")
    assert isinstance(turn.then, PutThrough)
    assert turn.then.ring.region == "utrecht"


def test_a_place_that_sounds_like_another_is_asked_back(helpline: Helpline) -> None:
    """Hoorn and Horn are told apart by the caller, with a key each; nothing of what was said is in the trail."""
    turn = spoken(helpline, "Hoorn")
    assert isinstance(turn.then, Question)
    assert turn.then.ask.name == "meant"
    assert {"noord-holland-noord", "noord-en-midden-limburg"} <= set(turn.then.endings)
    assert "hoorn" not in str(turn.trail).lower()
    chosen = helpline.switchboard.proceed(turn.trail, "", Keyed("1"))
    assert isinstance(chosen.then, PutThrough)
    assert chosen.then.ring.region == turn.then.endings[0]


@pytest.mark.parametrize("words", ["", "  ", "ik weet het niet", "***", "🙂", "x" * 2000, "помогите", "ساعدني"])
def test_words_that_are_no_place_lead_to_a_person(helpline: Helpline, words: str) -> None:
    """Silence, a sentence, stars, other scripts, very long: the caller has been asked twice and speaks to a person."""
    turn = spoken(helpline, words)
    assert isinstance(turn.then, PutThrough)
    assert turn.then.ring.region == "landelijk"


def test_words_at_the_first_question_are_not_taken(helpline: Helpline) -> None:
    """Where voice is not offered, a voice is no answer."""
    assert ("place", "unclear") in after(helpline, Spoken("Zeist")).trail.entries


@given(
    st.lists(
        st.sampled_from(
            ["3511", "1382", "1", "0", "01", "02", "03", "09", "112", "", "x", "in Zeist", "Hoorn", *RING_ENDINGS]
        ),
        max_size=18,
    )
)
def test_whatever_callers_and_lines_do_somebody_is_rung_before_it_is_over(helpline: Helpline, acts: list[str]) -> None:
    """Any keys and any dial results, in any order: every call that ends has rung somebody, and every trail is short."""
    turn = helpline.switchboard.incoming("+31612345601")
    rung = False
    for act in acts:
        match turn.then:
            case Question():
                answer: Keyed | Spoken | Dialled = Keyed("" if act in RING_ENDINGS else act)
                if act[-1:].isalpha():
                    answer = Spoken(act)
            case PutThrough():
                rung, answer = True, BUSY
            case None:
                break
        turn = helpline.switchboard.proceed(trails.read(str(turn.trail)), "", answer)
    assert rung or turn.then is not None
    assert len(str(turn.trail)) < trails.LONGEST
