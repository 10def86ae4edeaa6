"""What a person probably meant by a name that is not known, by the number of slips between the two."""

from __future__ import annotations

from collections.abc import Iterable

LETTERS_PER_SLIP = 4  # "gooi" is not "goes": a short name allows one slip, a name of eight letters two


def did_you_mean(written: str, known: Iterable[str]) -> str:
    """A question with the nearest known name, or empty where none is near; two letters swapped are one slip."""
    from rapidfuzz import process  # only here: nothing is suggested where all is well
    from rapidfuzz.distance import OSA

    most = max(1, len(written) // LETTERS_PER_SLIP)
    near = process.extractOne(
        written.casefold(), {name: name.casefold() for name in known}, scorer=OSA.distance, score_cutoff=most
    )
    return f'did you mean "{near[2]}"?' if near else ""
