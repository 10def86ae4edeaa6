"""Each rule of a routing table, broken once: the right file and line are named, with what to do."""

from __future__ import annotations

import json
import re
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import get_args

import pytest

from helpline.directory import files
from helpline.directory.check import check, days_ahead
from helpline.directory.content import Content
from helpline.directory.country import Country
from helpline.directory.hours import AMSTERDAM
from helpline.directory.problems import Code, Problem, Report
from helpline.directory.version import Version, check_version
from tests.conftest import TODAY, version_of
from tests.directory.faults import (
    DOCTORS,
    FAULTS,
    FIRST,
    HOURS,
    OWN,
    SECOND,
    WIJDEMEREN,
    Fault,
    announced,
    copied,
    diverted,
    swapped,
    taken_out,
)

WARNINGS = {"checked-ahead", "checked-long-ago", "merged-municipality", "unlisted-area-code"}
Told = tuple[str, str, str | None, str]


def told(report: Report) -> list[Told]:
    """Each problem as code, file, the line it names, and its words."""
    found: list[Told] = []
    for problem, position in report.placed:
        lines = report.sources.get(problem.file, "").splitlines()
        line = lines[position.line - 1] if lines and position else None
        found.append((problem.code, problem.file, line, f"{problem.what} {problem.help}"))
    return found


def problems_of(folder: Path, land: Country, day: date | None = None) -> list[Told]:
    """What the check of a folder's files says, today or on another day."""
    return told(check(files.read(folder), land, day or TODAY.date(), own_numbers=OWN))


def test_the_shipped_files_have_no_problem(land: Country) -> None:
    """What is shipped passes its own check."""
    assert problems_of(Path("regions"), land) == []


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.code}: {fault.words[:24]}")
def test_a_fault_is_found_where_it_is(regions: Path, land: Country, fault: Fault) -> None:
    """The problem has its code, names its file and line, says what to do; and stops the table, or is a warning."""
    report = fault.report(regions, land)
    found = [each for each in told(report) if each[:2] == (fault.code, fault.shown) and fault.words in each[3]]
    assert len(found) == 1
    if fault.line is not None:
        assert fault.line in (found[0][2] or "")
    assert report.refused == (fault.code not in WARNINGS)
    assert all(problem.warning == (problem.code in WARNINGS) for problem in report.problems)


def test_every_code_has_a_fault() -> None:
    """No code is without a fault that shows it."""
    assert {fault.code for fault in FAULTS} == set(get_args(Code))


@pytest.mark.parametrize(
    "number",
    ["030-000 00 09", "(030) 0000009", "+31 (0)30 000 0009", "0031300000009", "+31 30 000 0009", "0300000009"],
)
@pytest.mark.parametrize("dated", [False, True])
def test_a_number_may_be_written_as_people_write_it(regions: Path, land: Country, number: str, dated: bool) -> None:
    """However a number is written, the check accepts it and the table has it in E.164."""
    new = f'{{ number = "{number}", from = 2026-01-01 }}' if dated else f'"{number}"'
    swapped("utrecht", (SECOND, new))(regions)
    assert problems_of(regions, land) == []
    table = version_of(regions, land).in_force(TODAY)
    assert table.organisation("utrecht").advice.numbers == ("+31300000001", "+31300000009")


def test_all_problems_come_at_once_in_file_order(regions: Path, land: Country) -> None:
    """Faults in two files are both told, the first file first, and the table is refused whole."""
    for name in ("zeeland", "drenthe"):
        swapped(name, ("mo-fr", "ma-vr"))(regions)
    report = check(files.read(regions), land, TODAY.date())
    assert report.refused
    assert report.counted() == "2 problems"
    assert [problem.file for problem, _ in report.placed] == ["regions/drenthe.toml", "regions/zeeland.toml"]


def test_what_is_wrong_on_several_days_is_told_once(regions: Path, land: Country) -> None:
    """A fault of today is not told again for each day ahead, nor one of a day ahead for those after it."""
    swapped("utrecht", ('    "Houten",\n', ""), (SECOND, '{ number = "030 0000001", from = 2026-12-01 }'))(regions)
    swapped("zeeland", (SECOND.replace("30 000 0002", "118 000 002"), '"0118 000 001"'))(regions)
    assert [(code, words.partition('"')[0]) for code, _, _, words in problems_of(regions, land)] == [
        ("unclaimed-municipality", "The municipality "),
        ("number-twice", "From 2026-12-01: "),
        ("number-twice", ""),
    ]


def test_what_was_wrong_on_days_past_is_not_told(regions: Path, land: Country) -> None:
    """A gap that is over by today does not matter any more."""
    fault = next(each for each in FAULTS if each.code == "no-number" and "2027-02-01" in each.words)
    assert fault.report(regions, land).refused
    assert not check(files.read(regions), land, date(2027, 3, 1)).refused


def test_the_days_ahead_are_those_on_which_something_changes(regions: Path, land: Country) -> None:
    """Today, the day of the merger, and every later day that a file names, each once."""
    swapped("utrecht", (SECOND, '{ number = "030 0000002", from = 2026-11-01, until = 2027-03-01 }'))(regions)
    swapped("utrecht", (HOURS, f"{{ hours = {HOURS}, until = 2027-03-01 }}, {{ hours = {HOURS}, from = 2027-03-01 }}"))(
        regions
    )
    days = days_ahead(files.read(regions), land, TODAY.date())
    assert days == [TODAY.date(), date(2027, 1, 1), date(2027, 3, 1)]


def test_a_municipality_may_move_on_a_day(regions: Path, land: Country) -> None:
    """One organisation's until that is the other's from leaves neither a gap nor two claims."""
    block = '[[municipalities]]\n{} = 2027-03-01\nnames = ["Houten"]\n\n[[municipalities]]'
    swapped("utrecht", ('    "Houten",\n', ""), ("[[municipalities]]", block.format("until")))(regions)
    swapped("zeeland", ("[[municipalities]]", block.format("from")))(regions)
    assert problems_of(regions, land) == []
    assert problems_of(regions, land, date(2027, 3, 1)) == []


def test_a_merged_municipality_is_served_all_the_same(regions: Path, land: Country) -> None:
    """A file that still names a merged municipality is told so, and its people reach the organisation of the other."""
    swapped("gooi-en-vechtstreek", (WIJDEMEREN, ""))(regions)
    assert [found[0] for found in problems_of(regions, land)] == ["merged-municipality"]
    (found,) = problems_of(regions, land, date(2027, 1, 1))
    assert found[3].startswith('"Wijdemeren" is part of "Hilversum" from 2027-01-01 on')
    table = version_of(regions, land).in_force(datetime(2027, 1, 2, tzinfo=AMSTERDAM))
    assert table.of_postcode("1231") == "gooi-en-vechtstreek"


def test_a_file_of_no_organisation_hides_nothing(regions: Path, land: Country) -> None:
    """A 27th file is told, and so is what is wrong in the other files."""
    copied("utrecht", "flevoland-2")(regions)
    swapped("zeeland", ("mo-fr", "ma-vr"))(regions)
    codes = [(code, file) for code, file, _, _ in problems_of(regions, land)]
    assert codes.count(("unknown-organisation", "regions/flevoland-2.toml")) == 1
    assert ("hours", "regions/zeeland.toml") in codes
    assert len(files.read(regions).regions) == 28


def test_a_circle_is_told_only_of_those_in_it(regions: Path, land: Country) -> None:
    """A file whose stand-in leads into a circle further on is not named for it."""
    swapped("gooi-en-vechtstreek", ('"amsterdam-amstelland"', '"utrecht"'))(regions)
    named = {file for code, file, _, _ in problems_of(regions, land) if code == "stand-in-circle"}
    assert named == {"regions/gooi-en-vechtstreek.toml", "regions/utrecht.toml"}
    way = (diverted("drenthe", "zeeland"), diverted("zeeland", "utrecht"), diverted("utrecht", "zeeland"))
    report = Fault("diversion-circle", "", None, "", (), way).report(Path("regions"), land)
    shown = [problem.file for problem in report.problems if problem.code == "diversion-circle"]
    assert shown == ["diversion of zeeland advice", "diversion of utrecht advice"]


def test_a_placeholder_is_never_long_unchecked(regions: Path, land: Country) -> None:
    """A line with placeholders only is not asked to be rung; with one number that is none it is, the 181st day on."""
    swapped("utrecht", ("2026-11-01  # the day", "2020-01-01  # the day"))(regions)
    assert problems_of(regions, land) == []
    swapped("utrecht", (SECOND, '"088 000 0001"'))(regions)
    swapped("utrecht", ("2020-01-01", "2026-05-27"))(regions)
    assert problems_of(regions, land) == []
    assert [found[0] for found in problems_of(regions, land, date(2026, 11, 24))] == ["checked-long-ago"]


def test_a_line_checked_today_is_checked(regions: Path, land: Country) -> None:
    """Today is not ahead."""
    swapped("utrecht", ("2026-11-01  # the day", f"{TODAY:%Y-%m-%d}  # the day"))(regions)
    assert problems_of(regions, land) == []


def test_a_warning_does_not_stop_the_table(regions: Path, land: Country) -> None:
    """A line not rung for long, and an area code that could be listed, are told, and the table is used all the same."""
    swapped("utrecht", (', "0346"', ""), (DOCTORS, '"088 000 0001"'))(regions)
    text = (regions / "utrecht.toml").read_text("utf-8")
    (regions / "utrecht.toml").write_text(text.replace("2026-11-01", "2026-01-01"), "utf-8")
    version = version_of(regions, land)
    report = check_version(version, TODAY)
    assert {problem.code for problem in report.problems} == {"checked-long-ago", "unlisted-area-code"}
    assert not report.refused
    assert version.in_force(TODAY).of_area_code("0346") == "unknown"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\xff\xfe", "encoding"),
        (b"", "missing"),
        (b'name = "x\n', "toml"),
        (b"[advice", "toml"),
        (b"x = " + b"[" * 5000, "toml"),
        (b"x = " + b"9" * 5000, "toml"),
    ],
)
def test_a_broken_file_is_a_problem_not_a_crash(regions: Path, land: Country, content: bytes, code: str) -> None:
    """Wrong encoding, an empty file, half a file: told as problems of that file."""
    (regions / "utrecht.toml").write_bytes(content)
    assert {(found[0], found[1]) for found in problems_of(regions, land)} == {(code, "regions/utrecht.toml")}


@pytest.mark.parametrize(
    "name", ["Utrecht", "utrecht_stad", "utrecht 2", "utrécht", "u" * 61, "silence", "doctor", "doubt-1", "all"]
)
def test_a_file_name_must_fit_an_address(regions: Path, land: Country, name: str) -> None:
    """A file's name stands in the address of every call: what cannot is told, before a call finds out."""
    (regions / "utrecht.toml").rename(regions / f"{name}.toml")
    assert "file-name" in {found[0] for found in problems_of(regions, land)}


@pytest.mark.parametrize("name", ["utrecht", "landelijk"])
def test_a_file_that_cannot_be_read_hides_the_rules_between_files(regions: Path, land: Country, name: str) -> None:
    """With a file unread its municipalities are not told as gaps, nor the national desk as missing."""
    (regions / f"{name}.toml").unlink()
    (regions / f"{name}.toml").mkdir()
    assert [found[:2] for found in problems_of(regions, land)] == [("unreadable", f"regions/{name}.toml")]


def test_a_missing_national_desk_is_the_only_problem(regions: Path, land: Country) -> None:
    """Without the national desk there is no last resort; all else is still sound."""
    taken_out("landelijk")(regions)
    assert [found[:2] for found in problems_of(regions, land)] == [("no-national-desk", "regions/landelijk.toml")]


def test_a_public_number_may_be_one_of_the_lines_own(regions: Path, land: Country) -> None:
    """The number that is read out may be the one that rings."""
    swapped("utrecht", ("[advice]", f"[advice]\npublic = {FIRST}"))(regions)
    assert problems_of(regions, land) == []


def test_a_public_number_may_be_announced(regions: Path, land: Country) -> None:
    """A number that callers may have can be read out to them, and so can one of nobody here."""
    swapped("utrecht", ("[advice]", f"[advice]\npublic = {FIRST}"))(regions)
    sentence = announced("all", nl="Bel 030 000 0001 of 030 000 0099, of 112.", en="Ring 030 000 0001.")
    report = Fault("announcement-number", "", None, "", announcements=(sentence,)).report(regions, land)
    assert report.problems == ()


def test_sound_diversions_have_no_problem(land: Country) -> None:
    """To an organisation, to one that is itself diverted, to a number; of the national desk to a switchboard."""
    way = (
        diverted("zeeland", "utrecht"),
        diverted("utrecht", "drenthe"),
        diverted("drenthe", "+31300000009", accept=True),
        diverted("zeeland", "utrecht", "doctors"),
        diverted("landelijk", "friesland"),
    )
    assert Fault("diversion-circle", "", None, "", (), way).report(Path("regions"), land).problems == ()


def test_a_diversion_that_is_over_is_not_checked(land: Country) -> None:
    """What cannot ring any more is no problem."""
    content = Content(files.read(Path("regions")).texts, (diverted("nobody", "utrecht"),))
    version = Version("1", content, land)
    assert check_version(version, TODAY).refused
    assert not check_version(version, TODAY + timedelta(days=2)).refused


def test_diversions_wait_for_sound_files(regions: Path, land: Country) -> None:
    """While the files have an error nothing is said of diversions: it could be wrong by the same fault."""
    swapped("utrecht", ("mo-fr", "ma-vr"))(regions)
    fault = Fault("diversion-of-nobody", "", None, "", (), (diverted("nobody", "utrecht"),))
    assert [problem.code for problem in fault.report(regions, land).problems] == ["hours"]


def test_placeholders_are_refused_for_the_real_line(land: Country) -> None:
    """`serve` refuses every placeholder number, and names each."""
    found = check(files.read(Path("regions")), land, TODAY.date(), placeholders_allowed=False)
    assert {problem.code for problem in found.problems} == {"placeholder"}
    assert len(found.problems) == 26 * 3 + 1


def test_the_report_shows_the_line_with_a_caret(regions: Path, land: Country) -> None:
    """The report shows the source line, with a caret under the value."""
    swapped("utrecht", ('"Veenendaal"', '"Venendaal"'))(regions)
    shown = check(files.read(regions), land, TODAY.date()).text()
    match = re.search(r"^( +\d+ \| .*Venendaal.*)\n( +\^+)$", shown, re.MULTILINE)
    assert match is not None
    line, caret = match.groups()
    assert line[caret.index("^") : len(caret)] == '"Venendaal"'


def test_a_report_has_a_line_for_each_problem(regions: Path, land: Country) -> None:
    """One line each: where, code, what is wrong, what to do; without a place where there is none."""
    (regions / "zeeland.toml").write_bytes(b"\xff")
    swapped("drenthe", ("mo-fr", "ma-vr"))(regions)
    lines = check(files.read(regions), land, TODAY.date()).one_line_each().splitlines()
    assert [line.partition(": ")[0] for line in lines] == ["regions/drenthe.toml:15:10", "regions/zeeland.toml"]
    assert lines[1] == "regions/zeeland.toml: error encoding: The file is not UTF-8. (save it again as UTF-8)"


def test_a_report_is_json_for_programs(regions: Path, land: Country) -> None:
    """Each problem with its fields; line and column are null where it stands in no file's text."""
    (regions / "zeeland.toml").write_bytes(b"\xff")
    swapped("utrecht", ("mo-fr", "ma-vr"))(regions)
    first, second = json.loads(check(files.read(regions), land, TODAY.date()).as_json())
    assert (first["file"], first["line"], first["column"]) == ("regions/utrecht.toml", 15, 10)
    assert second == {
        "file": "regions/zeeland.toml",
        "line": None,
        "column": None,
        "code": "encoding",
        "warning": False,
        "message": "The file is not UTF-8.",
        "help": "save it again as UTF-8",
    }


def test_an_empty_report_says_nothing() -> None:
    """Without a problem there is nothing to show, and nothing is refused."""
    report = Report((), {})
    assert (report.text(), report.one_line_each(), report.as_json(), report.refused) == ("", "", "[]", False)
    assert report.counted() == "0 problems"
    assert Report((Problem("no-files", "regions", (), "", ""),), {}).counted() == "1 problem"
