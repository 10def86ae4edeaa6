"""A caller for the script: plays the conversation with chosen endings and keeps what happened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from helpline.flow import trail as trails
from helpline.flow.replay import play
from helpline.flow.steps import Lookup, Pause, Ring, Say
from helpline.flow.trail import Trail

LOOKUPS = {
    "region_of_caller": "unknown",
    "languages": "nl-en",
    "announcement": "none",
    "routes_advice": "3",
    "routes_doctors": "1",
    "doctors_line": "open",
    "likeliest": "utrecht",
}


@dataclass(frozen=True)
class Walked:
    """One call from its first word to its end, or to where the endings ran out."""

    said: tuple[Say, ...]
    pauses: tuple[Pause, ...]
    over: bool

    @property
    def prompts(self) -> list[str]:
        """The prompts outside questions, in order, in the language they are said in."""
        return [f"{say.prompt}.{say.language}" for say in self.said]

    @property
    def rung(self) -> list[tuple[str, str, int]]:
        """Each ring as (line, region, position in its chain)."""
        return [(step.line, step.region, step.route) for step in self.pauses if isinstance(step, Ring)]


def walk(*endings: str, lookups: Mapping[str, str] | None = None) -> Walked:
    """Plays a call whose steps end as given; the trail is written and read again between every two steps.

    `lookups` are answers of the house by the look-up's name, or by name and what it is about, as "announcement_all".
    """
    answers = {**LOOKUPS, **(lookups or {})}

    def look_up(step: Lookup) -> str:
        return answers.get(f"{step.name}_{step.of}", answers[step.name])

    trail = Trail("v1")
    said: list[Say] = []
    pauses: list[Pause] = []
    left = list(endings)
    while True:
        played = play(trails.read(str(trail)), look_up)
        said += played.said
        if played.pause is None:
            return Walked(tuple(said), tuple(pauses), over=True)
        pauses.append(played.pause)
        if not left:
            return Walked(tuple(said), tuple(pauses), over=False)
        trail = played.trail.then(played.pause.name, left.pop(0))
