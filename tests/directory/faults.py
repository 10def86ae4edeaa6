"""Faults of a routing table, at least one for each code, each with what a check must say of it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from pathlib import Path

from helpline.directory import files
from helpline.directory.check import check
from helpline.directory.content import Announcement, Content, Diversion
from helpline.directory.country import Country
from helpline.directory.problems import Code, Report
from helpline.directory.version import Version, check_version
from tests.conftest import TODAY

OWN = ("+31700002000",)
LATER = TODAY + timedelta(days=2)
FIRST, SECOND, DOCTORS = '"+31 30 000 0001"', '"+31 30 000 0002"', '"+31 30 000 0003"'
HOURS = '"mo-fr 09:00-17:00"'
HOUTEN, GOES, WIJDEMEREN = '    "Houten",\n', '    "Goes",\n', "until = 2027-01-01\n"
ADVICE = f"numbers = [{FIRST}, {SECOND}]"
THREE_MORE = '"030 0000004", "030 0000005", "030 0000006"'
MUNICIPALITIES = "regions/geography/municipalities.csv"

Edit = Callable[[Path], object]


@dataclass(frozen=True)
class Fault:
    """Edits of the folder as shipped, diversions and announcements, and the one problem that must come of them.

    `shown` is the file that must be named, `line` a piece of the line, `words` a piece of what is wrong or of the help.
    """

    code: Code
    shown: str
    line: str | None
    words: str
    edits: tuple[Edit, ...] = ()
    diversions: tuple[Diversion, ...] = ()
    announcements: tuple[Announcement, ...] = ()
    live: bool = False

    def report(self, folder: Path, land: Country) -> Report:
        """What the check says of it, made in this copy of the region files."""
        for edit in self.edits:
            edit(folder)
        read = files.read(folder)
        if not self.diversions and not self.announcements:
            return check(read, land, TODAY.date(), own_numbers=OWN, placeholders_allowed=not self.live)
        version = Version("1", Content(read.texts, self.diversions, self.announcements), land)
        return check_version(version, TODAY, own_numbers=OWN, placeholders_allowed=not self.live)


def swapped(name: str, *pairs: tuple[str, str]) -> Edit:
    """Each piece of an organisation's file replaced by another, where it first stands."""

    def edit(folder: Path) -> None:
        path = folder / f"{name}.toml"
        text = path.read_text("utf-8")
        for old, new in pairs:
            assert old in text, old
            text = text.replace(old, new, 1)
        path.write_text(text, "utf-8")

    return edit


def written(name: str, content: bytes) -> Edit:
    """A file with this content instead."""
    return lambda folder: (folder / f"{name}.toml").write_bytes(content)


def taken_out(name: str) -> Edit:
    """A file that is not there."""
    return lambda folder: (folder / f"{name}.toml").unlink()


def renamed(name: str, to: str) -> Edit:
    """A file under another name."""
    return lambda folder: (folder / f"{name}.toml").rename(folder / f"{to}.toml")


def copied(name: str, to: str) -> Edit:
    """A file that is there twice."""
    return lambda folder: shutil.copy(folder / f"{name}.toml", folder / f"{to}.toml")


def made_a_folder(folder: Path) -> None:
    """A folder where the file of Utrecht should be."""
    taken_out("utrecht")(folder)
    (folder / "utrecht.toml").mkdir()


def emptied(folder: Path) -> None:
    """No file at all."""
    for path in folder.glob("*.toml"):
        path.unlink()


def numbers_of_service(folder: Path) -> None:
    """Every number one of 088, which are not placeholders by their form."""
    counted = count(1)
    for path in sorted(folder.glob("*.toml")):
        text = path.read_text("utf-8")
        path.write_text(re.sub(r'"\+31 [0-9 ]+"', lambda _: f'"+31 88 000 {next(counted):04}"', text), "utf-8")


def diverted(organisation: str, to: str, line: str = "advice", *, accept: bool = False) -> Diversion:
    """A diversion for two days."""
    return Diversion(organisation, line, to, accept, LATER, "anna", "a fault in the lines")


def announced(organisation: str, **words: str) -> Announcement:
    """An announcement for two days."""
    return Announcement(organisation, words, LATER, "anna", "a fault in the lines")


def fault(code: Code, name: str, line: str, words: str, *pairs: tuple[str, str]) -> Fault:
    """A fault in the file of one organisation, that must be found there."""
    return Fault(code, f"regions/{name}.toml", line, words, (swapped(name, *pairs),))


def of_diversion(code: Code, words: str, *diversions: Diversion, edits: tuple[Edit, ...] = ()) -> Fault:
    """A fault of the first of these diversions."""
    first = diversions[0]
    return Fault(code, f"diversion of {first.organisation} {first.line}", None, words, edits, diversions)


def of_announcement(code: Code, words: str, announcement: Announcement) -> Fault:
    """A fault of an announcement."""
    return Fault(code, f"announcement of {announcement.organisation}", None, words, announcements=(announcement,))


MARCH = "From 2027-03-01: "
MOVES_LATE = f"\n[[municipalities]]\nfrom = 2027-03-01\nnames = [\n{HOUTEN}]\n"
LEAVES_EARLY = ('[[municipalities]]  # each', f"[[municipalities]]\nuntil = 2027-03-01\nnames = [\n{HOUTEN}]\n\n"
                "[[municipalities]]  # each")  # fmt: skip
UNTIL_FEBRUARY = '{ number = "+31 30 000 0001", until = 2027-02-01 }'
FROM_MARCH = '{ number = "+31 30 000 0002", from = 2027-03-01 }'
SEVEN = f"{ADVICE[:-1]}, " + '"+31 30 000 0004", "+31 30 000 0005"]'
NO_SUCH_DIVERSION = "There is no organisation"
UTRECHT = "regions/utrecht.toml"

FAULTS: tuple[Fault, ...] = (
    of_announcement("announcement-number", "leave it out", announced("utrecht", nl="Bel nu 030 - 000 00 01.")),
    of_announcement("announcement-of-nobody", '"utrecht"?', announced("utrech", nl="Er is een storing.")),
    of_announcement("announcement-of-nobody", 'or "all"', announced("nobody", nl="Er is een storing.")),
    of_announcement("announcement-words", "no Dutch words", announced("all", en="The lines are down.")),
    of_announcement("announcement-words", "cannot be spoken", announced("all", nl="...")),
    of_announcement("announcement-words", "cannot be spoken", announced("all", nl="Er is een\u0001 storing.")),
    of_announcement("announcement-words", "201 signs", announced("all", nl="a" * 201)),
    fault("area-code-share", "utrecht", '"033"', "80.5 %", ('"0346", "0347"', '"0346", "033", "0347"')),
    fault("chain-too-long", "utrecht", "numbers = [", "7 numbers", (ADVICE, SEVEN)),
    fault("chain-too-long", "utrecht", "numbers = [", "4 numbers before", (DOCTORS, f"{DOCTORS}, {THREE_MORE}")),
    fault("chain-too-long", "utrecht", "numbers = [", f"{MARCH}A caller could wait for 7", (
        ADVICE, f'{ADVICE[:-1]}, "030 0000004", {FROM_MARCH.replace("0002", "0005")}]'
    )),
    Fault("chain-too-long", "diversions", None, "a caller of utrecht could wait for 7", (
        swapped("utrecht", (SECOND, f'{SECOND}, "+31 30 000 0004"')),
        swapped("drenthe", ("numbers = [", 'numbers = ["+31 30 000 0005", ')),
    ), (diverted("gooi-en-vechtstreek", "drenthe"),)),
    fault("checked-ahead", "utrecht", "checked = 2026-12-01", "still to come", (
        "checked = 2026-11-01  # the day", "checked = 2026-12-01  # the day"
    )),
    fault("checked-long-ago", "utrecht", "checked = 2026-05-26", "180 days", (
        ADVICE, 'numbers = ["+31 88 000 0001"]'
    ), ("checked = 2026-11-01  # the day", "checked = 2026-05-26  # the day")),
    fault("claimed-twice", "zeeland", '"Houten"', "regions/utrecht.toml:27", (GOES, GOES + HOUTEN)),
    fault("claimed-twice", "zeeland", '"030"', "regions/utrecht.toml:5", ('"0118"', '"0118", "030"')),
    fault("claimed-twice", "zeeland", '"Houten"', f"{MARCH}\"Houten\" is claimed here", (
        "[[municipalities]]", f"{MOVES_LATE.lstrip()}\n[[municipalities]]"
    )),
    fault("dates", "utrecht", FIRST, "it never holds", (
        FIRST, '{ number = "+31 30 000 0001", from = 2027-03-01, until = 2027-02-01 }'
    )),
    fault("dates", "utrecht", HOURS, "it never holds", (
        HOURS, f"{HOURS}, {{ hours = {HOURS}, from = 2027-03-01, until = 2027-03-01 }}"
    )),
    fault("dates", "gooi-en-vechtstreek", "until = 2027-01-01", "it never holds", (
        WIJDEMEREN, f"from = 2028-01-01\n{WIJDEMEREN}"
    )),
    of_diversion("diversion-circle", "zeeland → utrecht → zeeland",
                 diverted("zeeland", "utrecht"), diverted("utrecht", "zeeland")),
    of_diversion("diversion-circle", "zeeland → zeeland", diverted("zeeland", "zeeland")),
    of_diversion("diversion-number", "not a number of the Dutch plan", diverted("zeeland", "+31 30 000 001")),
    of_diversion("diversion-of-nobody", f'{NO_SUCH_DIVERSION} "utrech"', diverted("zeeland", "utrech")),
    of_diversion("diversion-of-nobody", f'{NO_SUCH_DIVERSION} "zeelandia"', diverted("zeelandia", "+31300000009")),
    of_diversion("diversion-of-nobody", "another organisation", diverted("zeeland", "landelijk", "doctors")),
    of_diversion("diversion-of-nobody", "its advice line", diverted("landelijk", "+31300000009", "doctors")),
    Fault("encoding", UTRECHT, None, "save it again as UTF-8", (written("utrecht", b"\xff\xfe"),)),
    Fault("file-name", "regions/Utrecht.toml", "# Veilig Thuis Utrecht", "a-z", (renamed("utrecht", "Utrecht"),)),
    fault("hours", "utrecht", "hours = [", "mo-fr", (HOURS, '"ma-vr 09:00-17:00"')),
    fault("hours", "utrecht", "hours = [", "never opens", (
        HOURS, '{ hours = "mo-fr 09:00-09:00", from = 2026-01-01 }'
    )),
    fault("merged-municipality", "gooi-en-vechtstreek", '"Wijdemeren"',
          'From 2027-01-01: "Wijdemeren" is part of "Hilversum"', (WIJDEMEREN, "")),
    fault("missing", "utrecht", "[advice]", "checked", ("checked = 2026-11-01  # the day these", "# checked")),
    fault("missing", "utrecht", "from = 2027-03-01", "number", (SECOND, "{ from = 2027-03-01 }")),
    Fault("missing", UTRECHT, None, "advice is missing", (written("utrecht", b'name = "Veilig Thuis"\n'),)),
    fault("name", "utrecht", 'name = "..."', "letters", ('name = "Veilig Thuis Utrecht"', 'name = "..."')),
    fault("name", "utrecht", 'name = "', "control", ('name = "Veilig', 'name = "\\u0001Veilig')),
    fault("national-desk-accepts", "landelijk", "answers =", "last resort", ('"switchboard"', '"accept"')),
    of_diversion("national-desk-accepts", "divert it to a switchboard",
                 diverted("landelijk", "+31300000009", accept=True)),
    of_diversion("national-desk-accepts", "must press a key", diverted("landelijk", "zeeland"),
                 edits=(swapped("zeeland", ('"switchboard"', '"accept"')),)),
    fault("national-desk-region", "landelijk", "area_codes", "no region", ('say = "', 'area_codes = ["033"]\nsay = "')),
    Fault("no-files", "regions", None, "HELPLINE_REGIONS", (emptied,)),
    fault("no-hours", "utrecht", "hours = [", "From 2027-02-01: The doctors' line has no hours", (
        HOURS, '{ hours = "mo-fr 09:00-17:00", until = 2027-02-01 }, '
               '{ hours = "mo-fr 08:00-17:00", from = 2027-03-01 }'
    )),
    Fault("no-national-desk", "regions/landelijk.toml", None, "put landelijk.toml back", (taken_out("landelijk"),)),
    fault("no-number", "utrecht", "numbers = [", "From 2027-02-01: No number of advice rings", (
        f"{FIRST}, {SECOND}", f"{UNTIL_FEBRUARY}, {FROM_MARCH}"
    )),
    fault("no-number", "utrecht", "numbers = [", "No number of doctors rings", (
        DOCTORS, '{ number = "+31 30 000 0003", from = 2027-03-01 }'
    )),
    fault("number", "utrecht", "numbers = [", "Dutch plan", (SECOND, '"+31 30 000 002"')),
    fault("number", "utrecht", "numbers = [", f"write zeros: {SECOND}", (SECOND, '"+31 30 OOO 0002"')),
    fault("number", "utrecht", "numbers = [", "Dutch plan", (SECOND, '"112"')),
    fault("number", "utrecht", "numbers = [", "helpline itself", (SECOND, '"0800-2000"')),
    fault("number", "utrecht", "numbers = [", "foreign", (SECOND, '"+32 2 000 00 02"')),
    fault("number", "utrecht", "numbers = [", "not a telephone number", (SECOND, '"the desk"')),
    fault("number", "utrecht", "numbers = [", "Dutch plan", (
        SECOND, '{ number = "+31 30 000 002", until = 2027-02-01 }'
    )),
    fault("number", "utrecht", "public =", "Dutch plan", ("[advice]", '[advice]\npublic = "112"')),
    fault("number-twice", "utrecht", "numbers = [", "ring it once", (SECOND, '"030 000 0001"')),
    fault("number-twice", "utrecht", "numbers = [", f"{MARCH}\"030-0000001\" stands twice", (
        SECOND, '{ number = "030-0000001", from = 2027-03-01 }'
    )),
    fault("own-number", "utrecht", "numbers = [", "circle", (SECOND, '"+31 70 000 2000"')),
    of_diversion("own-number", "go in a circle", diverted("zeeland", "+31700002000")),
    Fault("placeholder", "regions/zuidoost-brabant.toml", "0003", "forwarding number", (
        numbers_of_service,
        swapped("zuidoost-brabant", ('"+31 88 000 0079"', '"+31 40 000 0003"')),
    ), live=True),
    Fault("placeholder", "diversion of zeeland advice", None, "that somebody answers", (numbers_of_service,), (
        diverted("zeeland", "+31300000009"),
    ), live=True),
    fault("stand-in-circle", "amsterdam-amstelland", "stand_in", "→ utrecht → ", (
        "area_codes =", 'stand_in = "utrecht"\narea_codes ='
    )),
    Fault("stand-in-circle", "regions/gooi-en-vechtstreek.toml", "stand_in", "leave stand_in out", (
        swapped("gooi-en-vechtstreek", ('"amsterdam-amstelland"', '"utrecht"')),
    )),
    fault("toml", "utrecht", "stand_in", "mend", ('stand_in = "', "stand_in = ")),
    Fault("unclaimed-municipality", MUNICIPALITIES, ",Houten,", "of the organisation that serves it", (
        swapped("utrecht", (HOUTEN, "")),
    )),
    Fault("unclaimed-municipality", MUNICIPALITIES, ",Houten,", f"{MARCH}The municipality \"Houten\" is in no", (
        swapped("utrecht", (HOUTEN, ""), LEAVES_EARLY),
    )),
    fault("unknown-area-code", "utrecht", '"0340"', 'did you mean "030"?', ('"0347"', '"0340", "0347"')),
    fault("unknown-area-code", "utrecht", '"112"', "in no numbering plan", ('"0347"', '"112", "0347"')),
    fault("unknown-key", "utrecht", "nmae =", 'did you mean "name"?', ('name = "Veilig', 'nmae = "Veilig')),
    fault("unknown-key", "utrecht", "ring =", "the keys here are numbers, answers, checked, public", (
        "[advice]", "[advice]\nring = 1"
    )),
    fault("unknown-key", "utrecht", "form =", 'did you mean "from"?', (
        SECOND, '{ number = "+31 30 000 0002", form = 2027-01-01 }'
    )),
    fault("unknown-key", "utrecht", "since =", "the keys here are number, from, until", (
        SECOND, '{ number = "+31 30 000 0002", since = 2027-01-01 }'
    )),
    fault("unknown-key", "utrecht", "since =", "the keys here are names, from, until", (
        "[[municipalities]]", "[[municipalities]]\nsince = 2027-01-01"
    )),
    fault("unknown-municipality", "utrecht", '"Venendaal"', 'did you mean "Veenendaal"?', (
        '"Veenendaal"', '"Venendaal"'
    )),
    fault("unknown-municipality", "utrecht", '"Nergenshuizen"', "names are as in", (
        '"Veenendaal"', '"Veenendaal", "Nergenshuizen"'
    )),
    Fault("unknown-organisation", "regions/flevoland-2.toml", "# Veilig Thuis Utrecht", "the country has 26", (
        copied("utrecht", "flevoland-2"),
    )),
    Fault("unknown-organisation", "regions/utrech.toml", "# Veilig Thuis Utrecht", 'did you mean "utrecht"?', (
        renamed("utrecht", "utrech"),
    )),
    fault("unknown-stand-in", "utrecht", "stand_in", "gooi", ('"gooi-en-vechtstreek"', '"gooi"')),
    fault("unknown-word", "utrecht", 'answers = "anybody"', "switchboard", ('"switchboard"', '"anybody"')),
    fault("unlisted-area-code", "utrecht", "area_codes =", "100 %", (', "0346"', "")),
    Fault("unreadable", UTRECHT, None, "cannot be read", (made_a_folder,)),
    fault("wrong-kind", "utrecht", "numbers = [", "neither text nor a table with dates", (SECOND, "31300000002")),
    fault("wrong-kind", "utrecht", "hours = [", "{ hours =", (HOURS, "9")),
    fault("wrong-kind", "utrecht", "checked =", "without quotes", ("2026-11-01", '"2026-11-01"')),
    fault("wrong-kind", "utrecht", "numbers = [", "at least 1 item", (f"{FIRST}, {SECOND}", "")),
    fault("wrong-kind", "utrecht", "from =", "is not a day", (
        SECOND, '{ number = "+31 30 000 0002", from = "2027-01-01" }'
    )),
)  # fmt: skip
