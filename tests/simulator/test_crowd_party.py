"""A caller of a crowd goes by what she hears: she finds her key among what is offered, at her own pace."""

from __future__ import annotations

from dataclasses import replace

import pytest

from helpline.simulator.crowd_errands import Errand
from helpline.simulator.crowd_party import CrowdParty, Offer, offers
from helpline.simulator.crowd_rings import HANGS_UP, kind_of
from helpline.simulator.events import Asked
from helpline.simulator.party import Answered, CallerHangsUp, GatherReply, Keys, PickedUpTooLate, Silent, Spoken
from helpline.simulator.verbs import Gather, Pause, Say
from tests.simulator.small_country import ATLAS, DOCTORS, FIRST, IN_AMSTERDAM, IN_UTRECHT, KEYS_3511, caller

PLACE = Gather((Say("Welke postcode?", 2.0), Say("Of wacht.", 1.0), Say("Artsen: nul één.", 2.0)), num_digits=4)


def said(*words: str, language: str = "nl-NL") -> tuple[Say, ...]:
    """Each of these by one voice."""
    return tuple(Say(each, 2.0, language=language) for each in words)


TOWNS = said("Kies de gemeente.", "Voor Amsterdam, toets 1.", "Voor Utrecht, toets 2.")
MENU = (
    *said("For English, press 1.", language="en-GB"),
    *said("العربية: الرقم 2.", language="ar-AE"),
    *said("Po polsku: klawisz 3.", language="pl-PL"),
)
BACK = said("Bedoelt u Nes in Utrecht? Toets 1.", "Bedoelt u Nes in Noord-Holland? Toets 2.", "Of wacht.")


def chooses(prompt: tuple[Say, ...], errand: Errand, *, right: frozenset[str] | None = None) -> GatherReply:
    """What she does at these choices; and who is right then, if that is asked."""
    party = CrowdParty(caller(errand), ATLAS)
    reply = party.at_gather(Gather(prompt, num_digits=1))
    assert right is None or party.right == right
    return reply


def test_a_choice_is_what_is_said_up_to_its_key() -> None:
    """Its name may be said by another voice; the language is that of the words with the key."""
    before, after = said("For", language="en-GB"), said("press 1.", language="en-GB")
    assert offers([*before, Pause(), *said("Den Haag"), *after]) == [
        Offer("1", ("for", "den", "haag", "press", "1"), "en-GB")
    ]
    assert [offer.key for offer in offers(MENU)] == ["1", "2", "3"]
    assert offers(said("Bel 1 1 2.", "Of wacht.")) == []


def test_the_town_she_means() -> None:
    """Whichever it is, she presses its key."""
    in_utrecht, in_amsterdam = KEYS_3511, replace(KEYS_3511, name="Amsterdam", town=IN_AMSTERDAM)
    assert (chooses(TOWNS, in_utrecht), chooses(TOWNS, in_amsterdam)) == (Keys("2"), Keys("1"))


@pytest.mark.parametrize(("language", "key"), [("en", "1"), ("ar", "2"), ("pl", "3")])
def test_the_language_she_speaks(language: str, key: str) -> None:
    """She knows her own when she hears it."""
    assert chooses(MENU, replace(KEYS_3511, language=language)) == Keys(key)


def test_a_language_that_is_not_offered() -> None:
    """She lets the question pass, and who is right stays as it was."""
    assert chooses(MENU, replace(KEYS_3511, language="tr"), right=frozenset({"utrecht"})) == Silent()


def test_the_language_is_chosen_once() -> None:
    """After that a choice in it is one between places."""
    party = CrowdParty(caller(replace(KEYS_3511, language="en")), ATLAS)
    towns = said("For Amsterdam, press 1.", "For Utrecht, press 2.", language="en-GB")
    replies = [party.at_gather(Gather(prompt, num_digits=1)) for prompt in (MENU, towns)]
    assert replies == [Keys("1"), Keys("2")]


SPOKEN = Errand(
    (Spoken("Nes"),),
    frozenset({"utrecht"}),
    name="Nes",
    town=replace(IN_UTRECHT, municipality="Zeist"),
    unconfirmed=frozenset({"landelijk"}),
    alike=frozenset({"utrecht", "amsterdam"}),
)


def test_a_spoken_place_is_confirmed_where_it_is() -> None:
    """Two of the same name are told apart by the province or the municipality."""
    elsewhere = replace(SPOKEN, town=IN_AMSTERDAM)
    assert chooses(BACK, SPOKEN, right=frozenset({"utrecht"})) == Keys("1")
    assert chooses(BACK, elsewhere, right=frozenset({"utrecht"})) == Keys("2")


def test_a_name_said_plainly_may_be_another_of_that_name() -> None:
    """Then any organisation that has one is right."""
    plain = said("Bedoelt u Nes? Toets 1.", "Bedoelt u Mes? Toets 2.")
    assert chooses(plain, SPOKEN, right=frozenset({"utrecht", "amsterdam"})) == Keys("1")


@pytest.mark.parametrize(
    ("choice", "prompt", "reply"),
    [
        ("the right key", said("Bedoelt u Mes? Toets 1."), Silent()),
        ("no key", BACK, Silent()),
        ("a key that means nothing", BACK, Keys("0")),
    ],
)
def test_what_is_not_confirmed_does_not_count(choice: str, prompt: tuple[Say, ...], reply: GatherReply) -> None:
    """Hers is not offered, or she does not press it: then the landline's organisation or the desk is right."""
    assert chooses(prompt, replace(SPOKEN, choice=choice), right=frozenset({"landelijk"})) == reply


def test_what_she_does_at_questions_for_the_place() -> None:
    """Her acts in turn, and the last again for whoever asks more often."""
    party = CrowdParty(caller(replace(KEYS_3511, acts=(Silent(), Keys("3511")))), ATLAS)
    assert [party.at_gather(PLACE) for _ in range(3)] == [Silent(), Keys("3511"), Keys("3511")]


def hurried(errand: Errand = KEYS_3511) -> CrowdParty:
    """One who presses over the question as soon as it begins."""
    for seed in range(100):
        party = CrowdParty(replace(caller(errand, pace="over the prompt"), seed=seed), ATLAS)
        if party.hears_parts == 0:
            return party
    raise AssertionError("There is one among a hundred.")


def test_in_a_hurry() -> None:
    """Who is in a hurry presses over the question; at a choice, as soon as hers was heard; others wait."""
    party, towns = hurried(), Gather(TOWNS, num_digits=1)
    assert party.interrupts(PLACE) == Keys("3511")
    party.note(Asked("dtmf", 0.0))
    assert [party.interrupts(towns) for _ in range(3)] == [None, None, None]
    assert party.at_gather(towns) == Keys("2")
    party.note(Asked("dtmf", 0.0))
    longer = Gather((*TOWNS, *said("Of wacht.")), num_digits=1)
    assert [party.interrupts(longer) for _ in range(4)] == [None, None, None, Keys("2")]
    assert CrowdParty(caller(), ATLAS).interrupts(PLACE) is None


@pytest.mark.parametrize(
    ("acts", "gather"),
    [
        ((Silent(),), PLACE),
        ((Keys("3511", after=7.0),), PLACE),
        ((Keys("3511"),), replace(PLACE, barge_in=False)),
        ((Keys("3511"),), replace(PLACE, input="speech")),
    ],
)
def test_nothing_to_press_over_the_words(acts: tuple[GatherReply, ...], gather: Gather) -> None:
    """Who has no keys, or takes her time with them, does not; nor where no key is taken then."""
    assert hurried(replace(KEYS_3511, acts=acts)).interrupts(gather) is None


def test_slowly_and_in_time() -> None:
    """Each key comes after some seconds; who is late already is not made later."""
    slow = caller(pace="slowly")
    assert CrowdParty(slow, ATLAS).at_gather(PLACE) == Keys("3511", after=2.5, between=2.5)
    late = replace(slow, errand=replace(KEYS_3511, acts=(Keys("3511", after=7.0),)))
    assert CrowdParty(late, ATLAS).at_gather(PLACE) == Keys("3511", after=7.0)


def test_she_hangs_up_while_it_rings() -> None:
    """At the ring at which her patience ends: before somebody picks up, or just after, by chance."""
    parties = [CrowdParty(replace(caller(), seed=seed, hangs_up_at=2, reached=False), ATLAS) for seed in range(20)]
    rings = [[party.at_ring(FIRST) for _ in range(3)] for party in parties]
    assert {second for _, second, _ in rings} == {CallerHangsUp(), PickedUpTooLate()}
    assert not [ring for first, _, third in rings for ring in (first, third) if kind_of(ring) == HANGS_UP]


@pytest.mark.parametrize("number", [FIRST, DOCTORS])
def test_nobody_answers_the_unlucky(number: str) -> None:
    """Whichever line rings, nobody talks with her."""
    party = CrowdParty(replace(caller(), reached=False), ATLAS)
    replies = [party.at_ring(number) for _ in range(300)]
    assert not [reply for reply in replies if isinstance(reply, Answered) and reply.key == "1"]
