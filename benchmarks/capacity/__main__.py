"""`python -m benchmarks.capacity`: an evening on which a broadcast shows the number, in tables and a picture.

With --write PAGE the tables take their place between the two marks of that page, and the picture is put beside it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

from benchmarks.capacity.assumed import Assumed
from benchmarks.capacity.counted import after_broadcast, counted, evenings, peak, talking, waiting
from benchmarks.capacity.picture import drawn
from benchmarks.capacity.report import report, rows
from benchmarks.capacity.what_if import worst
from benchmarks.lookups import table_as_shipped

BEGIN, END = "<!-- made by benchmarks.capacity: begin -->", "<!-- made by benchmarks.capacity: end -->"


def simulated(assumed: Assumed) -> tuple[str, str]:
    """The tables, and the picture."""
    table = table_as_shipped()
    played = evenings(table, assumed)
    everybody = [each for evening in played for each in evening]
    by_organisation = {slug: counted(after_broadcast(played, slug), assumed.runs) for slug in table.organisations}
    organisations = rows(table, by_organisation)
    country = counted(after_broadcast(played), assumed.runs)
    found = worst(table, organisations, played, assumed)
    tables = "\n".join(report(table, assumed, country, peak(played), organisations, found)) + "\n"
    return tables, drawn(waiting(everybody, assumed.runs), talking(everybody, assumed.runs), organisations)


def put_between_marks(page: str, tables: str) -> str:
    """The page with these tables in the place of those it had."""
    before, found, rest = page.partition(BEGIN)
    _, closed, after = rest.partition(END)
    if not (found and closed):
        raise SystemExit(f"The page must hold {BEGIN} and, after it, {END}.")
    return f"{before}{BEGIN}\n\n{tables}\n{END}{after}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the tables, or write them into a page with the picture beside it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.capacity", description=__doc__)
    for each in fields(Assumed):
        option = f"--{each.name.replace('_', '-')}"
        parser.add_argument(option, type=type(each.default), default=each.default, help=each.metadata["says"])
    parser.add_argument("--write", type=Path, metavar="PAGE", help="the page that holds the tables")
    asked = vars(parser.parse_args(arguments))
    page: Path | None = asked.pop("write")
    tables, picture = simulated(Assumed(**asked))
    if page:
        page.write_text(put_between_marks(page.read_text("utf-8"), tables), "utf-8")
        page.with_suffix(".svg").write_text(picture, "utf-8")
    else:
        sys.stdout.write(tables)


if __name__ == "__main__":
    main()
