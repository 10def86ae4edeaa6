"""Each rule of the region files, broken once: the right file and line are named, with what to do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from helpline.directory import files
from helpline.directory.build import build
from helpline.directory.check import check
from helpline.directory.country import Country
from helpline.directory.problems import placed, report
from helpline.errors import RegionsRefused

FOUR_NUMBERS = '"0300000002", "0300000004", "0300000005", "0300000006"'
# file, text to replace, replacement, code, the text of the line that must be named, a word of the message or help
FAULTS = [
    ("utrecht", 'name = "Veilig Thuis Utrecht"', 'name = "..."', "name", 'name = "..."', "letters"),
    ("utrecht", 'name = "Veilig', 'name = "\\u0001Veilig', "name", 'name = "', "control"),
    ("utrecht", 'name = "Veilig', 'nmae = "Veilig', "unknown-key", "nmae =", "did you mean name?"),
    ("utrecht", 'answers = "switchboard"', 'answers = "anybody"', "unknown-word", 'answers = "anybody"', "switchboard"),
    ("utrecht", "checked = 2026-11-01  # the day these", "# checked", "missing", "[advice]", "checked"),
    ("utrecht", '"+31 30 000 0002"', "31300000002", "wrong-kind", "numbers = [", "string"),
    ("utrecht", '"+31 30 000 0002"', '"+31 30 OOO 0002"', "number", "numbers = [", '"+31 30 000 0002"'),
    ("utrecht", '"+31 30 000 0002"', '"112"', "number", "numbers = [", "Dutch plan"),
    ("utrecht", '"+31 30 000 0002"', '"0800-2000"', "number", "numbers = [", "helpline itself"),
    ("utrecht", '"+31 30 000 0002"', '"+31 70 000 2000"', "own-number", "numbers = [", "circle"),
    ("utrecht", '"+31 30 000 0002"', '"030 0000001"', "number-twice", "numbers = [", "twice"),
    ("utrecht", '"+31 30 000 0002"', FOUR_NUMBERS, "chain-too-long", "numbers = [", "waiting"),
    ("utrecht", '"+31 30 000 0003"', '"0300000003", ' + FOUR_NUMBERS, "chain-too-long", "numbers = [", "doctor"),
    ("utrecht", "mo-fr 09:00-17:00", "ma-vr 09:00-17:00", "hours", "hours = [", "mo-fr"),
    ("utrecht", '"Veenendaal"', '"Venendaal"', "unknown-municipality", '"Venendaal"', 'did you mean "Veenendaal"?'),
    ("zeeland", '    "Goes",\n', '    "Goes",\n    "Houten",\n', "claimed-twice", '"Houten"', "utrecht.toml:27"),
    ("zeeland", '"0118"', '"0118", "030"', "claimed-twice", '"030"', "regions/utrecht.toml:5"),
    ("utrecht", '"0346"', '"033"', "area-code-share", '"033"', "80.5 %"),
    ("utrecht", ', "0346"', "", "unlisted-area-code", "area_codes =", "100 %"),
    ("utrecht", '"0346"', '"0346", "0340"', "unknown-area-code", '"0340"', 'did you mean "040"?'),
    ("utrecht", '"gooi-en-vechtstreek"', '"gooi"', "unknown-stand-in", "stand_in", "gooi"),
    ("amsterdam-amstelland", "area_codes =", 'stand_in = "utrecht"\narea_codes =', "stand-in-circle", "stand_in", "→"),
    ("landelijk", '"switchboard"', '"accept"', "national-desk-accepts", "answers =", "last resort"),
    ("landelijk", 'say = "', 'area_codes = ["033"]\nsay = "', "national-desk-region", "area_codes", "no region"),
    ("utrecht", 'stand_in = "', 'stand_in = ', "toml", "stand_in", "mend"),
]  # fmt: skip
OWN = ("+31700002000",)


def problems_of(folder: Path, land: Country) -> list[tuple[str, str, str | None, str]]:
    """Each problem as code, file, the line it names, and its words."""
    read = files.read(folder)
    found = []
    for problem in check(read, land.geography, own_numbers=OWN):
        lines = read.sources.get(problem.file, "").splitlines()
        line = lines[placed(problem, read.sources).line - 1] if lines else None
        found.append((problem.code, problem.file, line, f"{problem.what} {problem.help}"))
    return found


def test_the_shipped_files_have_no_problem(land: Country) -> None:
    """What is shipped passes its own check."""
    assert problems_of(Path("regions"), land) == []


@pytest.mark.parametrize(("name", "old", "new", "code", "line", "word"), FAULTS, ids=lambda value: str(value)[:24])
def test_a_fault_is_found_where_it_is(
    regions: Path, land: Country, name: str, old: str, new: str, code: str, line: str, word: str
) -> None:
    """The problem has its code, names its file and line, and says what to do."""
    path = regions / f"{name}.toml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    found = [problem for problem in problems_of(regions, land) if problem[:2] == (code, f"regions/{name}.toml")]
    assert len(found) == 1
    _, _, named, words = found[0]
    assert line in (named or "")
    assert word in words


def test_a_municipality_of_nobody_is_found(regions: Path, land: Country) -> None:
    """A municipality that no file names is a gap, and is named."""
    path = regions / "utrecht.toml"
    path.write_text(path.read_text("utf-8").replace('    "Houten",\n', ""), "utf-8")
    (found,) = problems_of(regions, land)
    assert found[0] == "unclaimed-municipality"
    assert '"Houten"' in found[3]


def test_all_problems_come_at_once_in_file_order(regions: Path, land: Country) -> None:
    """Faults in two files are both told, the first file first, and the table is refused whole."""
    for name in ("zeeland", "drenthe"):
        path = regions / f"{name}.toml"
        path.write_text(path.read_text("utf-8").replace("mo-fr", "ma-vr"), "utf-8")
    with pytest.raises(RegionsRefused) as refused:
        build(regions, land)
    told = str(refused.value)
    assert told.startswith("The region files have 2 problems:")
    assert told.index("regions/drenthe.toml:") < told.index("regions/zeeland.toml:")


def test_the_report_shows_the_line_with_a_caret(regions: Path, land: Country) -> None:
    """The report shows the source line, with a caret under the value."""
    path = regions / "utrecht.toml"
    path.write_text(path.read_text("utf-8").replace('"Veenendaal"', '"Venendaal"'), "utf-8")
    read = files.read(regions)
    shown = report(check(read, land.geography), read.sources)
    line, caret = re.search(r"^( +\d+ \| .*Venendaal.*)\n( +\^+)$", shown, re.MULTILINE).groups()  # type: ignore[union-attr]
    assert line[caret.index("^") : len(caret)] == '"Venendaal"'


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
    "name", ["Utrecht", "utrecht_stad", "utrecht 2", "utrécht", "u" * 61, "silence", "doctor", "doubt-1"]
)
def test_a_file_name_must_fit_an_address(regions: Path, land: Country, name: str) -> None:
    """A file's name stands in the address of every call: what cannot is told, before a call finds out."""
    (regions / "utrecht.toml").rename(regions / f"{name}.toml")
    assert "file-name" in {found[0] for found in problems_of(regions, land)}


def test_a_warning_does_not_stop_the_table(regions: Path, land: Country) -> None:
    """An area code that could be listed is told, and the table is used all the same."""
    path = regions / "utrecht.toml"
    path.write_text(path.read_text("utf-8").replace(', "0346"', ""), "utf-8")
    assert build(regions, land).of_area_code("0346") == "unknown"


def test_an_unreadable_file_is_a_problem(regions: Path, land: Country) -> None:
    """Something that is no file is told, and nothing else is lost."""
    (regions / "utrecht.toml").unlink()
    (regions / "utrecht.toml").mkdir()
    assert [found[:2] for found in problems_of(regions, land)] == [("unreadable", "regions/utrecht.toml")]


def test_an_empty_folder_is_a_problem(tmp_path: Path, land: Country) -> None:
    """No file at all is no table."""
    assert [found[0] for found in problems_of(tmp_path, land)] == ["no-files"]


def test_a_missing_national_desk_is_a_problem(regions: Path, land: Country) -> None:
    """Without the national desk there is no last resort."""
    (regions / "landelijk.toml").unlink()
    assert [found[:2] for found in problems_of(regions, land)] == [("no-national-desk", "regions/landelijk.toml")]


def test_a_public_number_may_be_one_of_the_lines_own(regions: Path, land: Country) -> None:
    """The number that is read out is checked as the others are, and may be the one that rings."""
    path = regions / "utrecht.toml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("[advice]", '[advice]\npublic = "+31 30 000 0009"', 1), "utf-8")
    assert problems_of(regions, land) == []
    path.write_text(text.replace("[advice]", '[advice]\npublic = "112"', 1), "utf-8")
    assert [found[0] for found in problems_of(regions, land)] == ["number"]


def test_placeholders_are_refused_for_the_real_line(land: Country) -> None:
    """`serve` refuses every placeholder number, and names each."""
    found = check(files.read(Path("regions")), land.geography, placeholders_allowed=False)
    assert {problem.code for problem in found} == {"placeholder"}
    assert len(found) == 26 * 3 + 1
