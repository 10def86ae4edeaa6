"""All that a service wrote, looked through: which traces of callers are where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from tests.no_trace.private import Private
from tests.no_trace.search import Trace, postcodes_alone, postcodes_in_all, traces

# Documents say a place back to the caller who said it, and the SIDs of what is to be erased are kept until it is.
SAID_BACK = ("place",)
TO_BE_ERASED = ("a SID",)


def looked_through(private: Private, written: Mapping[str, bytes], to_be_erased: Iterable[str]) -> Iterator[Trace]:
    """Every trace that ought not to be; SIDs may be in what is named as having those `to_be_erased`."""
    kept = (*to_be_erased,)
    for where, data in written.items():
        but = (*(SAID_BACK if where == "documents" else ()), *(TO_BE_ERASED if where.startswith(kept) else ()))
        yield from traces(private, where, data, but=but)
        if where.startswith(("helpline.db", "PostgreSQL")):
            yield from postcodes_in_all(private, where, data)
        elif where != "documents":
            yield from postcodes_alone(private, where, data)
