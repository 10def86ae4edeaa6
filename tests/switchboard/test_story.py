"""What may be kept of a call, folded from its trail."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpline.bootstrap import Helpline
from helpline.directory.content import Diversion
from helpline.directory.table import Table
from helpline.errors import Diverged
from helpline.flow import trail as trails
from helpline.flow.call import incoming_call
from helpline.flow.dialled import Dialled
from helpline.flow.paths import Branching, Move, Walk, walk
from helpline.flow.steps import NATIONAL, RING_ENDINGS, Ring
from helpline.flow.trail import Trail
from helpline.prompts.catalogue import Catalogue
from helpline.publishing.proof import world_of
from helpline.switchboard.story import FOUNDS, LINES, OUTCOMES, Dial, Story, story
from helpline.switchboard.turn import Keyed, PutThrough, Question, Spoken, Turn
from tests.flow.worlds import LANGUAGES
from tests.switchboard.test_switchboard import ANSWERED, BUSY, after

MOBILE, LANDLINE = "+31612345601", "+31300123456"  # 030 is Utrecht's
NO_ANSWER = Dialled("no-answer", None, None, caller_there=True)
CUT_OFF = Dialled("picked-up", bridged=True, seconds=3, caller_there=True)
GONE = Dialled("canceled", None, None, caller_there=False)
OF_A_TRAIL = set(OUTCOMES) - {"hung up", "fault", "unknown"}
RAW = {"unanswered": "busy"}  # the trail keeps why a dial was not answered, the walk does not


@pytest.fixture(scope="module")
def walked(table: Table) -> Walk:
    """Every path of callers of two organisations, or of nobody's area code, with the shipped table."""
    world = world_of(table, Catalogue(LANGUAGES))
    return walk(replace(world, regions=("utrecht", "zeeland"), guesses=("unknown", "utrecht")), incoming_call)


def trail_along(way: list[tuple[Branching, Move]]) -> Trail:
    """The trail of a call that went so."""
    return Trail("v", tuple((step.name, RAW.get(move.ending, move.ending)) for step, move in way))


def test_every_path_folds_into_the_words_there_are(walked: Walk, table: Table) -> None:
    """Wherever a call stands, nothing but organisations, numbers of their lines and the closed lists comes out."""
    known = {"", *table.organisations}
    for state, step in enumerate(walked.steps):
        told = story(table, trail_along(walked.way_to(state)))
        assert told.organisation in known
        assert told.found in FOUNDS
        assert told.line in LINES
        assert told.language in LANGUAGES
        assert told.outcome == ""
        assert all(dial.organisation in known and dial.line in LINES for dial in told.dials)
        assert all(dial.number in range(1, 7) and dial.ending in RING_ENDINGS for dial in told.dials)
        assert bool(told.organisation) == bool(told.found)
        if isinstance(step, Ring):
            caller = step.caller
            assert (told.organisation, told.line) == (step.region, "doctors" if caller.doctor else "advice")
            assert told.language == caller.language == walked.memories[state].language


def test_every_path_that_ends_has_an_outcome(walked: Walk, table: Table) -> None:
    """A call that is over was answered, cut off, left by its caller, or reached nobody; each of them occurs."""
    outcomes = {
        story(table, trail_along([*walked.way_to(state), (walked.steps[state], move)])).outcome
        for state, moves in enumerate(walked.moves)
        for move in moves
        if move.to is None
    }
    assert outcomes == OF_A_TRAIL - {""}


def told(turn: Turn, *, spoken: bool = False) -> Story:
    """The story of a turn, its trail written and read again."""
    return story(turn.table, trails.read(str(turn.trail)), spoken=spoken)


@pytest.mark.parametrize(
    ("caller", "answers", "organisation", "found"),
    [
        (MOBILE, [], "", ""),
        (MOBILE, ["3511"], "utrecht", "keyed"),
        (LANDLINE, ["3011"], "rotterdam-rijnmond", "keyed"),
        (LANDLINE, [""], "utrecht", "area code"),
        (LANDLINE, ["x", "x"], "utrecht", "area code"),
        (MOBILE, ["", ""], NATIONAL, "none"),
        (MOBILE, ["x", "3511"], "utrecht", "asked again"),
        (MOBILE, ["01", "3511"], "utrecht", "keyed"),
        (MOBILE, ["02", "3511"], "utrecht", "keyed"),
        (MOBILE, ["0", "3511"], "utrecht", "keyed"),
        (MOBILE, ["09", "3511"], "", ""),
        (MOBILE, ["09", "", "3511"], "utrecht", "keyed"),
        (MOBILE, ["03"], NATIONAL, "desk"),
        (MOBILE, ["112"], NATIONAL, "112"),
        (LANDLINE, ["112"], "utrecht", "112"),
        (MOBILE, ["1382"], "", ""),
        (MOBILE, ["1382", "2"], "gooi-en-vechtstreek", "chosen"),
        (MOBILE, ["1382", ""], "amsterdam-amstelland", "likeliest"),
        (MOBILE, ["", "Zeist."], "utrecht", "spoken"),
        (MOBILE, ["", "Hoorn"], "", ""),
        (MOBILE, ["", "Hoorn", "1"], "noord-holland-noord", "asked back"),
        (MOBILE, ["", "Hoorn", "x"], NATIONAL, "none"),
        (LANDLINE, ["x", "Hoorn", ""], "utrecht", "area code"),
    ],
)
def test_how_the_place_was_found(
    helpline: Helpline, caller: str, answers: list[str], organisation: str, found: str
) -> None:
    """From what the caller did, in one word; nothing is said to be found before it is clear whose caller it is."""
    given = [Spoken(each) if each[:1] in ("Z", "H") else Keyed(each) for each in answers]
    turn = after(helpline, *given, caller=caller)
    spoken = bool(given) and isinstance(given[-1], Spoken)
    assert told(turn, spoken=spoken)[:4:3] == (organisation, found)


def test_what_was_spoken_is_told_by_the_turn_after_it_only(helpline: Helpline) -> None:
    """The trail does not keep whether a place was keyed or said."""
    assert told(after(helpline, Keyed(""), Spoken("Zeist.")), spoken=False).found == "asked again"


@pytest.mark.parametrize(
    ("ends", "outcome"),
    [
        ([], ""),
        ([BUSY], ""),
        ([ANSWERED], "answered"),
        ([BUSY, ANSWERED], "answered"),
        ([CUT_OFF], ""),
        ([CUT_OFF, ANSWERED], "answered"),
        ([CUT_OFF, GONE], "dropped"),
        ([CUT_OFF] + [BUSY] * 40, "dropped"),
        ([GONE], "gone"),
        ([BUSY, GONE], "gone"),
        ([NO_ANSWER] * 40, "unreached"),
    ],
)
def test_how_a_call_ended(helpline: Helpline, ends: list[Dialled], outcome: str) -> None:
    """An answer counts most, then a talk that was cut off."""
    turn = after(helpline, Keyed("3511"))
    left = list(ends)
    while isinstance(turn.then, PutThrough) and left:
        turn = helpline.switchboard.proceed(turn.trail, MOBILE, left.pop(0))
    assert told(turn).outcome == outcome


def test_a_doctors_call(helpline: Helpline) -> None:
    """The line is what was asked for; each dial says which line rang, of whom, at which of its numbers, and how."""
    turn = after(helpline, Keyed("01"), Keyed("3511"), BUSY, NO_ANSWER, BUSY)
    assert told(turn) == Story(
        "utrecht",
        "doctors",
        "nl",
        "keyed",
        (
            Dial("utrecht", "doctors", 1, "busy"),
            Dial("utrecht", "advice", 1, "no-answer"),
            Dial("utrecht", "advice", 2, "busy"),
        ),
    )


def test_a_call_in_english(helpline: Helpline) -> None:
    """The language is the one that was chosen, also while the next question waits."""
    turn = after(helpline, Keyed("09"))
    assert isinstance(turn.then, Question)
    key = str(turn.then.endings.index("en") + 1)
    assert told(helpline.switchboard.proceed(turn.trail, MOBILE, Keyed(key))).language == "en"
    assert told(after(helpline, Keyed("09"), Keyed("x"))).language == "nl"


def diverted(table: Table, to: str, *, to_number: bool) -> Table:
    """Utrecht's advice line rings elsewhere."""
    until = datetime(2030, 1, 1, tzinfo=UTC)
    diversion = Diversion("utrecht", "advice", to, to_number, until, "an", "a move")
    return replace(table, version="diverted", diversions={("utrecht", "advice"): diversion})


def test_a_diverted_line_is_told_as_the_line_that_rang(helpline: Helpline, table: Table) -> None:
    """Another organisation's number, or a number that is no line's."""
    trail = after(helpline, Keyed("3511"), BUSY).trail
    [dial] = story(diverted(table, "zeeland", to_number=False), trail).dials
    assert dial == Dial("zeeland", "advice", 1, "busy")
    [dial] = story(diverted(table, "+31612345678", to_number=True), trail).dials
    assert dial == Dial("utrecht", "advice", 0, "busy")


def test_a_trail_of_another_version_folds_too(helpline: Helpline, table: Table) -> None:
    """Where the table of the turn does not have the number any more, or the organisation, the dial is told all the
    same.
    """
    trail = after(helpline, Keyed("3511"), BUSY).trail
    line = table.organisation("utrecht")
    bare = replace(line, advice=replace(line.advice, numbers=()), stand_in=None)
    others = {name: each for name, each in table.organisations.items() if name != "utrecht"}
    desk = replace(table.organisation(NATIONAL), advice=bare.advice)
    for organisations in ({**others, "utrecht": bare, NATIONAL: desk}, others):
        [dial] = story(replace(table, version="x", organisations=organisations), trail).dials
        assert dial == Dial("utrecht", "advice", 0, "busy")


@pytest.mark.parametrize(
    "entries", [(("place", "utrecht"),), (("announcement", "none"), ("region_of_caller", "unknown"), ("ring_x", "y"))]
)
def test_a_trail_that_does_not_fit_diverges(table: Table, entries: tuple[tuple[str, str], ...]) -> None:
    """Nothing is made up of a trail of another release."""
    with pytest.raises(Diverged):
        story(table, Trail("v", entries))


def test_a_trail_past_the_end_diverges(helpline: Helpline) -> None:
    """The conversation was over before."""
    turn = after(helpline, Keyed("3511"), ANSWERED)
    with pytest.raises(Diverged, match="after the end"):
        told(replace(turn, trail=turn.trail.then("ring_advice", "busy")))


KEYS = ["3511", "1382", "1", "2", "0", "01", "02", "03", "09", "112", "", "x", "in Zeist", "Hoorn"]


@given(st.lists(st.sampled_from([*KEYS, *RING_ENDINGS]), max_size=18), st.sampled_from([MOBILE, LANDLINE, ""]))
def test_a_call_is_told_the_more_the_longer_it_goes(helpline: Helpline, acts: list[str], caller: str) -> None:
    """Each turn's story goes on from the one before: what was found stays found, dials are only added."""
    turn, before = helpline.switchboard.incoming(caller), Story()
    for act in acts:
        if turn.then is None:
            break
        answer = _answer(act, ringing=isinstance(turn.then, PutThrough))
        turn = helpline.switchboard.proceed(turn.trail, caller, answer)
        now = told(turn)
        assert now.organisation == before.organisation or not before.organisation
        assert now.found == before.found or not before.found
        assert now.dials[: len(before.dials)] == before.dials
        assert bool(now.outcome) == (turn.then is None)
        before = now


def _answer(act: str, *, ringing: bool) -> Keyed | Spoken | Dialled:
    if ringing:
        return {"answered": ANSWERED, "gone": GONE, "dropped": CUT_OFF}.get(act, BUSY)
    return Spoken(act) if act[:1] in ("i", "H") else Keyed(act)
