"""The rules of one line: sound numbers, readable hours, a chain of routes that ends in time."""

from __future__ import annotations

from collections.abc import Iterator

from helpline.directory import hours
from helpline.directory.files import RegionFiles
from helpline.directory.numbers import Unsound, is_placeholder, to_dial
from helpline.directory.positions import KeyPath
from helpline.directory.problems import Problem
from helpline.directory.shape import Line
from helpline.flow.call import MOST_DOCTORS, MOST_ROUTES
from helpline.flow.steps import NATIONAL


def line_problems(files: RegionFiles, *, own_numbers: tuple[str, ...], placeholders_allowed: bool) -> Iterator[Problem]:
    """The problems of every line of every file."""
    for name, region in files.regions.items():
        shown = files.shown[name]
        for kind, line in (("advice", region.advice), ("doctors", region.doctors)):
            if line is not None:
                yield from _number_problems(shown, kind, line, own_numbers)
                if not placeholders_allowed:
                    yield from _placeholder_problems(shown, kind, line)
        if region.doctors is not None:
            yield from _hours_problems(shown, region.doctors.hours)
        yield from _chain_problems(name, shown, files)


def _number_problems(shown: str, kind: str, line: Line, own_numbers: tuple[str, ...]) -> Iterator[Problem]:
    seen: set[str] = set()
    for path, written in _written_numbers(kind, line):
        number = to_dial(written)
        if isinstance(number, Unsound):
            yield Problem("number", shown, path, f"{number.what}.", number.help)
        elif number in own_numbers:
            yield Problem(
                "own-number",
                shown,
                path,
                f'"{written}" is the helpline itself.',
                "to ring it would go in a circle",
            )
        elif path[-1] != "public":  # the public number may be one of those that ring
            if number in seen:
                yield Problem("number-twice", shown, path, f'"{written}" stands twice in one line.', "ring it once")
            seen.add(number)


def _placeholder_problems(shown: str, kind: str, line: Line) -> Iterator[Problem]:
    for path, written in _written_numbers(kind, line):
        number = to_dial(written)
        if isinstance(number, str) and is_placeholder(number):
            yield Problem(
                "placeholder",
                shown,
                path,
                f'"{written}" is a placeholder that nobody answers.',
                "write the organisation's own forwarding number",
            )


def _written_numbers(kind: str, line: Line) -> list[tuple[KeyPath, str]]:
    written: list[tuple[KeyPath, str]] = [
        ((kind, "numbers", index), number) for index, number in enumerate(line.numbers)
    ]
    if line.public is not None:
        written.append(((kind, "public"), line.public))
    return written


def _hours_problems(shown: str, lines: list[str]) -> Iterator[Problem]:
    for index, line in enumerate(lines):
        try:
            hours.read([line])
        except hours.UnreadableHours as fault:
            yield Problem(
                "hours",
                shown,
                ("doctors", "hours", index),
                f"{fault}.",
                'write them like "mo-fr 09:00-17:00"',
            )


def _chain_problems(name: str, shown: str, files: RegionFiles) -> Iterator[Problem]:
    region = files.regions[name]
    chain = len(region.advice.numbers)
    if stand_in := files.regions.get(region.stand_in or ""):
        chain += len(stand_in.advice.numbers)
    if name != NATIONAL and (desk := files.regions.get(NATIONAL)):
        chain += len(desk.advice.numbers)
    doctors = len(region.doctors.numbers) if region.doctors else 0
    if chain > MOST_ROUTES:
        what = f"A caller could wait for {chain} numbers in a row: its own, the stand-in's and the desk's."
        help_ = f"keep to {MOST_ROUTES} together, so that waiting stays bounded"
        yield Problem("chain-too-long", shown, ("advice", "numbers"), what, help_)
    if doctors > MOST_DOCTORS:
        what = f"A doctor could wait for {doctors} numbers before the organisation is rung."
        yield Problem("chain-too-long", shown, ("doctors", "numbers"), what, f"keep to {MOST_DOCTORS}")
