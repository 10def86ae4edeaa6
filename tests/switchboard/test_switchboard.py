"""Turns worked out from trails and answers."""

from __future__ import annotations

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpline.bootstrap import Helpline
from helpline.errors import Diverged, HelplineError
from helpline.flow import trail as trails
from helpline.flow.dialled import Dialled
from helpline.flow.replay import play
from helpline.flow.steps import RING_ENDINGS, Lookup, Script
from helpline.flow.trail import Trail
from helpline.switchboard.turn import Keyed, PutThrough, Question, Turn

BUSY = Dialled("busy", None, None, caller_there=True)
ANSWERED = Dialled("picked-up", bridged=True, seconds=300, caller_there=True)


def after(helpline: Helpline, *answers: Keyed | Dialled, caller: str = "+31612345601") -> Turn:
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
    [("3011", "rotterdam-rijnmond"), ("01", "doctor"), ("03", "national"), ("09", "english"), ("", "silence")]
    + [(keys, "unclear") for keys in ("0", "2", "25", "251", "00", "0101", "5955", "*", "#", "25*1", "30111", "A")],
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
    assert [say.prompt for say in ringing.then.whisper] == ["whisper_accept", "whisper_doctor"]


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

    monkeypatch.setattr("helpline.switchboard.switchboard.play", partial(play, conversation=odd_call))
    with pytest.raises(Diverged, match="weather"):
        helpline.switchboard.incoming("")


def test_a_doubt_of_another_version_diverges(helpline: Helpline) -> None:
    """A trail that names a doubt this table does not have is a fault, and so the national desk."""
    trail = Trail("v1", (("region_of_caller", "unknown"), ("place", "doubt-99")))
    with pytest.raises(HelplineError):
        helpline.switchboard.resume(trail, "")


@given(st.lists(st.sampled_from(["3511", "1382", "1", "01", "03", "09", "", "x", *RING_ENDINGS]), max_size=18))
def test_whatever_callers_and_lines_do_somebody_is_rung_before_it_is_over(helpline: Helpline, acts: list[str]) -> None:
    """Any keys and any dial results, in any order: every call that ends has rung somebody, and every trail is short."""
    turn = helpline.switchboard.incoming("+31612345601")
    rung = False
    for act in acts:
        match turn.then:
            case Question():
                answer: Keyed | Dialled = Keyed("" if act in RING_ENDINGS else act)
            case PutThrough():
                rung, answer = True, BUSY
            case None:
                break
        turn = helpline.switchboard.proceed(trails.read(str(turn.trail)), "", answer)
    assert rung or turn.then is not None
    assert len(str(turn.trail)) < trails.LONGEST
