"""Small counts, and which others are withheld with them where only their sum is told besides.

1. A count from 1 to FEWEST - 1 is small: it can be somebody. A 0 is nobody.
2. Withheld is withheld: nothing tells a small count from one that is withheld to cover for it.
3. A small count is covered so that for whoever has all that is told, it can still be any of 1 to FEWEST - 1.

The reasons are in docs/decisions/025-small-counts.md.
"""

from __future__ import annotations

from collections.abc import Mapping

FEWEST = 5


def is_small(count: int) -> bool:
    """Whether so few can be somebody."""
    return 0 < count < FEWEST


def withheld(counts: Mapping[str, int]) -> frozenset[str]:
    """What is withheld of counts whose sum is told: the small ones, and the next smallest until they are covered.

    Of several that are withheld, each known to be 1 at least, one can be what the others leave of their sum. It can be
    FEWEST - 1 when that sum is FEWEST - 1 and 1 for each of the others. Where all that is not 0 does not suffice,
    everything is withheld, zeros too.
    """
    hidden = {name for name, count in counts.items() if is_small(count)}
    rest = sorted((count, name) for name, count in counts.items() if count and name not in hidden)
    while hidden and (len(hidden) < 2 or sum(counts[name] for name in hidden) < FEWEST + len(hidden) - 2):
        if not rest:
            return frozenset(counts)
        hidden.add(rest.pop(0)[1])
    return frozenset(hidden)
