"""A caller of a crowd and those who are rung for her: they go by what they hear, and know nothing of the service.

1. A question for one key offers choices: each is what is said up to its key, in the language it is said in.
2. Any other question is one for the place: the next act of her errand, or the last again where none is left.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from random import Random

from helpline.simulator.crowd_atlas import Atlas
from helpline.simulator.crowd_callers import Caller
from helpline.simulator.crowd_rings import ring_reply
from helpline.simulator.events import Asked, Event
from helpline.simulator.hearing import find, tokens
from helpline.simulator.party import CallerHangsUp, GatherReply, Keys, PickedUpTooLate, RingReply, Silent
from helpline.simulator.verbs import Gather, Pause, Play, Say

SLOW_SECONDS = 2.5  # to the first key and between keys, by somebody who takes her time and is still in time
MEANS_NOTHING = "0"  # where choices are offered


@dataclass(frozen=True)
class Offer:
    """A choice as it is heard: the key, the words before it, and the language of the last of them."""

    key: str
    words: tuple[str, ...]
    language: str

    def names(self, name: str) -> bool:
        """Whether this name is among its words."""
        return bool(tokens(name)) and find(name, list(self.words)) is not None


def offers(prompt: Iterable[Say | Play | Pause]) -> list[Offer]:
    """The choices in these parts of a prompt; a name may be said in a part of its own, by another voice."""
    found: list[Offer] = []
    words: list[str] = []
    for part in prompt:
        heard = tokens(part.text) if isinstance(part, Say) else []
        words += heard
        keys = [word for word in heard if len(word) == 1 and word.isdigit()]
        if isinstance(part, Say) and keys:
            found.append(Offer(keys[-1], tuple(words), part.language))
            words = []
    return found


class CrowdParty:
    """Both sides of one call. `right` are those of whom one must ring first, as it has gone so far.

    `hears_parts` is how much of a question she hears before she presses over it, if she does.
    """

    def __init__(self, caller: Caller, atlas: Atlas) -> None:
        self.right = caller.errand.right
        self._caller = caller
        self._atlas = atlas
        self._acts = list(caller.errand.acts)
        self._chance = Random(f"{caller.seed}, once she is under way")  # noqa: S311 - to be had again, not secret
        self.hears_parts = self._chance.choice((0, 0, 1, 2))
        self._parts = 0
        self._rings = 0
        self._speaks_it = False  # that her language was offered

    def note(self, event: Event) -> None:
        """A question begins: nothing of it is heard yet."""
        if isinstance(event, Asked):
            self._parts = 0

    def interrupts(self, gather: Gather) -> Keys | None:
        """Whoever is in a hurry presses as soon as she knows what."""
        heard, self._parts = gather.prompt[: self._parts], self._parts + 1
        if self._caller.pace != "over the prompt" or not (gather.takes_keys and gather.barge_in):
            return None
        if gather.num_digits == 1:
            return self._chosen(heard)
        act = self._acts[0]
        if len(heard) < self.hears_parts or not isinstance(act, Keys) or not _is_ordinary(act):
            return None
        self._next_act()
        return act

    def at_gather(self, gather: Gather) -> GatherReply:
        """What she does once the question has been asked."""
        reply = self._choice(gather.prompt) if gather.num_digits == 1 else self._next_act()
        if self._caller.pace == "slowly" and isinstance(reply, Keys) and _is_ordinary(reply):
            return replace(reply, after=SLOW_SECONDS, between=SLOW_SECONDS)
        return reply

    def at_ring(self, number: str) -> RingReply:
        """How this telephone is answered, if she waits for it."""
        self._rings += 1
        if self._rings == self._caller.hangs_up_at:
            return self._chance.choice((CallerHangsUp(), PickedUpTooLate()))
        accepting = number in self._atlas.accepting
        return ring_reply(self._chance, accepting=accepting, reached=self._caller.reached)

    def _next_act(self) -> GatherReply:
        return self._acts.pop(0) if len(self._acts) > 1 else self._acts[0]

    def _choice(self, prompt: Sequence[Say | Play | Pause]) -> GatherReply:
        """Her key; or, where it is not offered or she does not press it, silence or a key that means nothing."""
        keys = self._chosen(prompt)
        if keys:
            return keys
        if not self._is_asked_for_language(prompt):
            self.right = self._caller.errand.unconfirmed or self.right
        return Keys(MEANS_NOTHING) if self._caller.errand.choice == "a key that means nothing" else Silent()

    def _chosen(self, prompt: Sequence[Say | Play | Pause]) -> Keys | None:
        """The key of what she wants, once she has heard it offered, and if she is one to press it."""
        errand, offered = self._caller.errand, offers(prompt)
        if errand.choice != "the right key":
            return None
        if self._is_asked_for_language(prompt):
            in_hers = [offer for offer in offered if offer.language.startswith(errand.language)]
            self._speaks_it = self._speaks_it or bool(in_hers)
            return Keys(in_hers[0].key) if in_hers else None
        return self._place(offered)

    def _is_asked_for_language(self, prompt: Sequence[Say | Play | Pause]) -> bool:
        """Choices in several languages, and hers not chosen yet."""
        spoken = {offer.language for offer in offers(prompt)}
        return bool(self._caller.errand.language) and not self._speaks_it and len(spoken) > 1

    def _place(self, offered: Sequence[Offer]) -> Keys | None:
        """Of those that are called as hers is: the one said to be in her municipality or province, else the first."""
        errand = self._caller.errand
        named = [offer for offer in offered if offer.names(errand.name)]
        if errand.town is None or not named:
            return None
        where = {errand.town.municipality, errand.town.province} - {errand.name}
        hers = [offer for offer in named if any(map(offer.names, where))]
        if not hers:
            self.right |= errand.alike
        return Keys((hers or named)[0].key)


def _is_ordinary(keys: Keys) -> bool:
    """Pressed neither sooner nor later than most people do."""
    return keys == Keys(keys.keys)
