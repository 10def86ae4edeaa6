"""The rules of one line: sound numbers, readable hours, someone to ring on every day, a chain that ends in time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from helpline.directory import hours
from helpline.directory.files import RegionFiles
from helpline.directory.numbers import Unsound, is_placeholder, to_dial
from helpline.directory.positions import KeyPath
from helpline.directory.problems import Problem
from helpline.directory.shape import DoctorsLine, Line
from helpline.flow.call import MOST_DOCTORS, MOST_ROUTES
from helpline.flow.steps import NATIONAL

MOST_DAYS_UNCHECKED = 180  # a line that nobody has rung for half a year may have gone dead unnoticed


def line_problems(files: RegionFiles, *, own_numbers: tuple[str, ...], placeholders_allowed: bool) -> Iterator[Problem]:
    """What is wrong with what is written of a line, whatever the day."""
    for name, region in files.regions.items():
        shown = files.shown(name)
        for kind, line in region.lines:
            for path, written in _written_numbers(kind, line):
                yield from _number_problems(shown, path, written, own_numbers)
                if not placeholders_allowed:
                    yield from _placeholder_problems(shown, path, written)
            if isinstance(line, DoctorsLine):
                yield from _hours_problems(shown, line)
        for path, entry in region.dated():
            if entry.from_ and entry.until and entry.until <= entry.from_:
                what = f"It ends on {entry.until}, and begins on {entry.from_}: it never holds."
                yield Problem("dates", shown, (*path, "until"), what, "until is the first day on which it does not")


def line_problems_on(files: RegionFiles, day: date) -> Iterator[Problem]:
    """What is wrong with the lines of a day: nobody to ring, no hours, a number twice, too many in a row."""
    for name, region in files.regions.items():
        shown = files.shown(name)
        for kind, line in region.lines:
            ringing = line.numbers_on(day)
            if not ringing:
                todo = "let one number's from be the day of the other's until"
                yield Problem("no-number", shown, (kind, "numbers"), f"No number of {kind} rings.", todo)
            yield from _twice(shown, kind, ringing)
            if isinstance(line, DoctorsLine) and not line.hours_on(day):
                todo = "let one line's from be the day of the other's until"
                yield Problem("no-hours", shown, (kind, "hours"), "The doctors' line has no hours.", todo)
        yield from _chain_problems(name, files, day)


def checked_problems(files: RegionFiles, today: date) -> Iterator[Problem]:
    """Lines that nobody has rung for long. A placeholder is left aside: nobody can ring it."""
    for name, region in files.regions.items():
        for kind, line in region.lines:
            where = files.shown(name), (kind, "checked")
            if line.checked > today:
                what = f"The day of the last check, {line.checked}, is still to come."
                yield Problem("checked-ahead", *where, what, "write the day on which it was rung", warning=True)
            elif line.checked < today - timedelta(days=MOST_DAYS_UNCHECKED) and not _only_placeholders(line):
                what = f"The line was last rung on {line.checked}, more than {MOST_DAYS_UNCHECKED} days ago."
                yield Problem("checked-long-ago", *where, what, "ring it, then write the day here", warning=True)


def _number_problems(shown: str, path: KeyPath, written: str, own_numbers: tuple[str, ...]) -> Iterator[Problem]:
    number = to_dial(written)
    if isinstance(number, Unsound):
        yield Problem("number", shown, path, f"{number.what}.", number.help)
    elif number in own_numbers:
        yield Problem(
            "own-number", shown, path, f'"{written}" is the helpline itself.', "to ring it would go in a circle"
        )


def _twice(shown: str, kind: str, ringing: list[tuple[KeyPath, str]]) -> Iterator[Problem]:
    seen: set[str] = set()
    for path, written in ringing:
        number = to_dial(written)
        if isinstance(number, str) and number in seen:
            what = f'"{written}" stands twice in one line.'
            yield Problem("number-twice", shown, (kind, *path), what, "ring it once")
        seen.add(str(number))


def _placeholder_problems(shown: str, path: KeyPath, written: str) -> Iterator[Problem]:
    number = to_dial(written)
    if isinstance(number, str) and is_placeholder(number):
        what = f'"{written}" is a placeholder that nobody answers.'
        yield Problem("placeholder", shown, path, what, "write the organisation's own forwarding number")


def _written_numbers(kind: str, line: Line) -> list[tuple[KeyPath, str]]:
    written: list[tuple[KeyPath, str]] = [
        ((kind, "numbers", index), entry.number) for index, entry in enumerate(line.numbers)
    ]
    if line.public is not None:
        written.append(((kind, "public"), line.public))
    return written


def _only_placeholders(line: Line) -> bool:
    numbers = [to_dial(entry.number) for entry in line.numbers]
    return all(isinstance(number, str) and is_placeholder(number) for number in numbers)


def _hours_problems(shown: str, line: DoctorsLine) -> Iterator[Problem]:
    for index, entry in enumerate(line.hours):
        try:
            hours.read([entry.hours])
        except hours.UnreadableHours as fault:
            todo = 'write them like "mo-fr 09:00-17:00"'
            yield Problem("hours", shown, ("doctors", "hours", index), f"{fault}.", todo)


def _chain_problems(name: str, files: RegionFiles, day: date) -> Iterator[Problem]:
    shown, region = files.shown(name), files.regions[name]
    chain = len(region.advice.numbers_on(day))
    if stand_in := files.regions.get(region.stand_in or ""):
        chain += len(stand_in.advice.numbers_on(day))
    if name != NATIONAL and (desk := files.regions.get(NATIONAL)):
        chain += len(desk.advice.numbers_on(day))
    doctors = len(region.doctors.numbers_on(day)) if region.doctors else 0
    if chain > MOST_ROUTES:
        what = f"A caller could wait for {chain} numbers in a row: its own, the stand-in's and the desk's."
        todo = f"keep to {MOST_ROUTES} together, so that waiting stays bounded"
        yield Problem("chain-too-long", shown, ("advice", "numbers"), what, todo)
    if doctors > MOST_DOCTORS:
        what = f"A doctor could wait for {doctors} numbers before the organisation is rung."
        yield Problem("chain-too-long", shown, ("doctors", "numbers"), what, f"keep to {MOST_DOCTORS}")
