"""Who rings in a crowd: the same for the same seed, of every kind, and nobody who could be anybody."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from random import Random

import pytest

from helpline.simulator import crowd_shares
from helpline.simulator.crowd_callers import Caller, draw
from helpline.simulator.crowd_errands import ERRANDS
from helpline.simulator.crowd_rings import HANGS_UP, kind_of, ring_reply
from helpline.simulator.crowd_words import as_digits, as_said, mumbled
from helpline.simulator.party import CallerHangsUp, Keys, Spoken
from tests.simulator.small_country import ATLAS

CALLS = 10_000
FICTION = re.compile(
    r"\+316123456\d\d|\+31300\d{6}|\+312940\d{5}|0300\d{6}|02940\d{5}|sip:\+31(300|2940)\d+@voice\.invalid"
    r"|\+447700900\d{3}|\+442079460\d{3}|\+120255501\d\d|\+493023125\d{3}|\+33639980\d{3}"
)
TABLES = {
    "who": crowd_shares.WHO,
    "about": crowd_shares.ABOUT,
    "pace": crowd_shares.PACE,
    "choice": crowd_shares.CHOICE,
    "languages": crowd_shares.LANGUAGES,
    "patience": crowd_shares.PATIENCE,
    "luck": crowd_shares.LUCK,
    "switchboard": crowd_shares.SWITCHBOARD,
    "accepting": crowd_shares.ACCEPTING,
}


@cache
def crowd() -> list[Caller]:
    """Ten thousand of them."""
    return [draw(seed, ATLAS) for seed in range(CALLS)]


def test_the_same_seed_is_the_same_caller() -> None:
    """Drawn again, alone, in any order."""
    assert [draw(seed, ATLAS) for seed in (77, 3, 9_999)] == [crowd()[seed] for seed in (77, 3, 9_999)]
    assert crowd()[3] != crowd()[4]


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_shares_are_of_a_thousand(table: Mapping[str, int]) -> None:
    """Each table of shares can be read as it stands."""
    assert sum(table.values()) == 1000


def test_every_errand_has_its_share() -> None:
    """Nothing that a caller can be about is left out of the table."""
    assert set(ERRANDS) == set(crowd_shares.ABOUT)


def test_every_kind_rings_many_times() -> None:
    """Among ten thousand there are at least fifty of each kind, and as many as their share says."""
    for table, kinds in (
        (crowd_shares.WHO, Counter(caller.who for caller in crowd())),
        (crowd_shares.ABOUT, Counter(caller.about for caller in crowd())),
        (crowd_shares.PACE, Counter(caller.pace for caller in crowd())),
    ):
        assert set(kinds) == set(table)
        assert min(kinds.values()) >= 50
        assert all(kinds[kind] == pytest.approx(share * CALLS / 1000, rel=0.3) for kind, share in table.items())
    assert {caller.hangs_up_at for caller in crowd()} == {0, 1, 2, 3}
    assert {caller.errand.language for caller in crowd()} == {"", *crowd_shares.LANGUAGES}


def test_no_number_is_anybodys() -> None:
    """Numbers for examples and for fiction, subscribers that begin with 0; what is malformed is too short for one."""
    numbers = {caller.number or "" for caller in crowd()}
    others = {number for number in numbers if not FICTION.fullmatch(number)}
    assert all(len(re.sub(r"\D", "", number)) <= 10 for number in others)
    assert {"anonymous", "", "+464", "+316"} <= others
    assert not [number for number in others if re.fullmatch(r"(\+31|0031|0)[1-9]\d{8}", number)]


def test_what_a_landline_means() -> None:
    """Silence leads to the organisation of the area code where it has one, else to the national desk."""
    silent = [caller for caller in crowd() if caller.about == "stays silent"]
    for caller in silent:
        in_utrecht = re.match(r"(sip:)?(\+31|0)300", caller.number or "")
        assert caller.errand.right == frozenset({"utrecht" if in_utrecht else "landelijk"})
    assert len({caller.errand.right for caller in silent}) == 2


def test_a_doubtful_postcode() -> None:
    """Either town is meant; without her key, the one it mainly lies in is right."""
    doubtful = [each.errand for each in crowd() if each.about == "keys a postcode" and "1382" in str(each.errand.acts)]
    assert {errand.town.organisation for errand in doubtful if errand.town} == {"utrecht", "amsterdam"}
    assert {errand.right for errand in doubtful if errand.choice != "the right key"} == {frozenset({"amsterdam"})}


def test_who_keys_on_has_no_other_question() -> None:
    """The rest of her keys would answer it: only where the postcode means one organisation."""
    acts = {each.errand.acts[0] for each in crowd() if each.about == "keys on after the postcode"}
    assert acts == {Keys("35111"), Keys("351112"), Keys("3511120")}


def test_what_is_said() -> None:
    """A place, a slip of it of one letter, a postcode in words or figures, or nothing of use."""
    chance = Random(1)
    assert {as_said(chance, "Zeist") for _ in range(50)} >= {"Zeist", "in Zeist", "het gaat om Zeist"}
    slips = {mumbled(chance, "Utrecht") for _ in range(300)}
    assert {len(slip) for slip in slips} == {6, 7, 8}
    assert all(slip.startswith("U") for slip in slips)
    assert mumbled(chance, "Nes") == "Nes"
    assert {as_digits(chance, "3511") for _ in range(50)} >= {"3511", "drie vijf een een", "3511 AB"}
    assert all(isinstance(each.errand.acts[1], Spoken) for each in crowd() if each.about.startswith(("says", "mumb")))


@pytest.mark.parametrize(
    ("accepting", "table"), [(False, crowd_shares.SWITCHBOARD), (True, crowd_shares.ACCEPTING)], ids=["staffed", "key"]
)
def test_every_end_of_a_ring(accepting: bool, table: Mapping[str, int]) -> None:
    """Each kind of end comes as often as its share says, and is told as that kind again."""
    chance = Random(1)
    kinds = Counter(kind_of(ring_reply(chance, accepting=accepting, reached=True)) for _ in range(20_000))
    assert set(kinds) == set(table)
    assert all(kinds[kind] == pytest.approx(20 * share, rel=0.3) for kind, share in table.items())
    assert kind_of(CallerHangsUp()) == HANGS_UP
