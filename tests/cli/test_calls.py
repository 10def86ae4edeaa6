"""An operator asks how the line is doing, and a researcher gets counts."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest
from click.testing import CliRunner, Result

from helpline.cli.command import helpline
from helpline.errors import DatabaseAway, DatabaseNewer
from helpline.reports.export import Kind
from helpline.reports.folding import ENDINGS
from helpline.settings import Settings
from helpline.storage.counts import By
from helpline.storage.database import Database
from tests.clock import Clock
from tests.conftest import TODAY
from tests.reports.made import HUNG_UP, UNDER_WAY, UNREACHED, Made, keep, keep_texts
from tests.storage.test_upgrade import to_the_first_revision

Run = Callable[..., Result]
WEEK = ("--from", "2026-11-17", "--to", "2026-11-23")
SECOND = Made(endings=("no-answer", "answered"), seconds_to_ring=21)
LONGEST = "noord-en-oost-gelderland"
WARNING = "Nothing is withheld: a small count can point at a person. Keep this among yourselves.\n"


@pytest.fixture
def run() -> Run:
    """The command as it is typed on the day after the calls."""

    def invoked(*arguments: str) -> Result:
        return CliRunner().invoke(helpline, ("calls", *arguments), obj=Clock(TODAY.replace(day=24)))

    return invoked


@pytest.fixture
def database() -> Database:
    """The database that is set, at the newest schema and empty."""
    database = Database(Settings(_env_file=None).database_url)
    database.upgrade()
    return database


@pytest.fixture
def week(database: Database) -> None:
    """Calls of four organisations, of which one had few, and texts."""
    gone = Made(outcome="gone", endings=("gone",))
    keep(database, (300, Made()), (40, SECOND), (8, gone), (3, UNREACHED), (2, Made(outcome="fault", endings=())))
    for organisation, number in ((LONGEST, 90), ("zeeland", 24)):
        unaccepted = UNREACHED._replace(organisation=organisation, line="doctors", endings=("unaccepted", "busy"))
        keep(database, (number, Made(organisation=organisation)), (12, SECOND._replace(organisation=organisation)))
        keep(database, (number // 10, unaccepted), (6, gone._replace(organisation=organisation)))
    keep(database, (3, Made(organisation="drenthe", language="tr")), (30, HUNG_UP), (1, UNDER_WAY))
    keep_texts(database, place=30, help=2, doctor=9, meldcode=12)


BY_REGION = """\
Calls from 2026-11-17 to 2026-11-23, by region

                                   answered at     not      hung up  rings after
                         calls  1st  2nd later reached  rang before median  95 %
drenthe                      x    x    x     x       x     x      x
none                        30   0%   0%    0%       0     0     30
noord-en-oost-gelderland   117  77%  10%    0%       9     6      0   15 s  21 s
utrecht                    353  85%  11%    0%       x     x      0   15 s  21 s
zeeland                      x    x    x     x       x     x      x
total                      547  76%  12%    0%       x    20     30   15 s  21 s

x  withheld: fewer than 5, or a number that would give away such a one
"""
NUMBERS_ROUNDED = """
The numbers that failed most, rounded to 5

                                               un-           no             not
                                    dials answered  busy answer failed accepted
noord-en-oost-gelderland doctors 1     10     100%     0      0      0       10
noord-en-oost-gelderland doctors 2     10     100%    10      0      0        0
utrecht advice 1                      350      13%     0     45      0        0
noord-en-oost-gelderland advice 1     110       9%     0     10      0        0

Texts: 53, doctor x, help x, meldcode 12, place 30.
Calls still under way, and not counted: fewer than 5.
"""
BY_OUTCOME = """\
Calls from 2026-11-17 to 2026-11-23, by outcome

                               rings after
                 calls of all median  95 %
answered first     417    76%   15 s  15 s
answered second     64    12%   21 s  21 s
answered later       0     0%
unreached            x      x
gone                20     4%   15 s  15 s
hung up             30     5%
dropped              0     0%
fault                x      x
unknown              0     0%
total              547   100%   15 s  21 s

x  withheld: fewer than 5, or a number that would give away such a one
"""
ALL_BY_REGION = """\
Calls from 2026-11-17 to 2026-11-23, by region

                                   answered at     not      hung up  rings after
                         calls  1st  2nd later reached  rang before median  95 %
drenthe                      3 100%   0%    0%       0     0      0   15 s  15 s
none                        30   0%   0%    0%       0     0     30
noord-en-oost-gelderland   117  77%  10%    0%       9     6      0   15 s  21 s
utrecht                    353  85%  11%    0%       3     8      0   15 s  21 s
zeeland                     44  55%  27%    0%       2     6      0   15 s  21 s
total                      547  76%  12%    0%      14    20     30   15 s  21 s

The numbers that failed most

                                               un-           no             not
                                    dials answered  busy answer failed accepted
noord-en-oost-gelderland doctors 1      9     100%     0      0      0        9
noord-en-oost-gelderland doctors 2      9     100%     9      0      0        0
zeeland doctors 1                       2     100%     0      0      0        2
zeeland doctors 2                       2     100%     2      0      0        0
zeeland advice 1                       42      29%     0     12      0        0
utrecht advice 1                      351      12%     0     43      0        0
noord-en-oost-gelderland advice 1     108      11%     0     12      0        0
utrecht advice 2                       43       7%     3      0      0        0

Texts: 53, doctor 9, help 2, meldcode 12, place 30.
Calls still under way, and not counted: 1.
"""
CSV_BY_REGION = """\
region,calls,answered_first,answered_second,answered_later,unreached,gone,hung_up,dropped,fault,unknown,\
median_seconds_to_ring,p95_seconds_to_ring
drenthe,x,x,x,x,x,x,x,x,x,x,,
none,30,0,0,0,0,0,30,0,0,0,,
noord-en-oost-gelderland,117,90,12,0,9,6,0,0,0,0,15,21
utrecht,353,300,40,0,x,x,0,0,x,0,15,21
zeeland,x,x,x,x,x,x,x,x,x,x,,
total,547,417,64,0,x,20,30,0,x,0,15,21
"""
CSV_BY_OUTCOME = """\
outcome,calls,median_seconds_to_ring,p95_seconds_to_ring
answered first,417,15,15
answered second,64,21,21
answered later,0,,
unreached,x,,
gone,20,15,15
hung up,30,,
dropped,0,,
fault,x,,
unknown,0,,
total,547,15,21
"""
EXPORTED = """\
day,organisation,line,language,outcome,found,calls
2026-11-23,*,*,*,*,*,5
2026-11-23,none,advice,nl,hung up,none,30
2026-11-23,noord-en-oost-gelderland,advice,nl,answered,keyed,102
2026-11-23,noord-en-oost-gelderland,advice,nl,gone,keyed,6
2026-11-23,noord-en-oost-gelderland,doctors,nl,unreached,keyed,9
2026-11-23,utrecht,advice,nl,*,*,5
2026-11-23,utrecht,advice,nl,answered,keyed,340
2026-11-23,utrecht,advice,nl,gone,keyed,8
2026-11-23,zeeland,advice,nl,answered,keyed,36
2026-11-23,zeeland,advice,nl,gone,keyed,6
"""


@pytest.mark.usefixtures("week")
@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), BY_REGION + NUMBERS_ROUNDED),
        (WEEK, BY_REGION + NUMBERS_ROUNDED),
        (("--from", "2026-11-17"), BY_REGION + NUMBERS_ROUNDED),
        (("--to", "2026-11-23"), BY_REGION + NUMBERS_ROUNDED),
        (("--by", "outcome"), BY_OUTCOME + NUMBERS_ROUNDED),
        (("--csv",), CSV_BY_REGION),
        (("--csv", "--by", "outcome"), CSV_BY_OUTCOME),
    ],
)
def test_what_is_told_by_default_is_this(run: Run, arguments: tuple[str, ...], told: str) -> None:
    """The last week, with small counts withheld, and nothing on stderr."""
    done = run("report", *arguments)
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout_bytes.decode() == (told.replace("\n", "\r\n") if "--csv" in arguments else told)
    assert max(map(len, done.stdout.splitlines())) <= 80 or "--csv" in arguments


@pytest.mark.usefixtures("week")
def test_small_counts_are_told_where_they_are_wanted(run: Run) -> None:
    """Whole, with a word of warning beside it; of today too."""
    done = run("report", "--small-counts")
    assert (done.exit_code, done.stdout, done.stderr) == (0, ALL_BY_REGION, WARNING)
    today = run("report", "--small-counts", "--to", "2026-11-24")
    assert today.stdout == ALL_BY_REGION.replace("from 2026-11-17 to 2026-11-23", "from 2026-11-18 to 2026-11-24")


@pytest.mark.usefixtures("week")
def test_programs_get_all_of_it(run: Run) -> None:
    """As JSON, with null and a word that something is withheld."""
    told = json.loads(run("report", "--json").stdout)
    assert {name: value for name, value in told.items() if not isinstance(value, list | dict)} == {
        "from": "2026-11-17",
        "to": "2026-11-23",
        "by": "region",
        "small_counts": False,
        "calls_under_way": None,
    }
    assert told["texts"] == {"total": 53, "outcomes": {"doctor": None, "help": None, "meldcode": 12, "place": 30}}
    rows = list(csv.DictReader(io.StringIO(CSV_BY_REGION)))
    assert [row["name"] for row in (*told["rows"], told["total"])] == [row["region"] for row in rows]
    assert told["rows"][3] == {
        "name": "utrecht",
        "withheld": True,
        "calls": 353,
        "answered_first": 300,
        "answered_second": 40,
        "answered_later": 0,
        "unreached": None,
        "gone": None,
        "hung_up": 0,
        "dropped": 0,
        "fault": None,
        "unknown": 0,
        "median_seconds_to_ring": 15,
        "p95_seconds_to_ring": 21,
    }
    assert [row["withheld"] for row in told["rows"]] == [True, False, False, True, True]
    assert told["failing_numbers"][2] == {
        "organisation": "utrecht",
        "line": "advice",
        "number": 1,
        "dials": 350,
        "unanswered": 45,
        "busy": 0,
        "no_answer": 45,
        "failed": 0,
        "unaccepted": 0,
    }


@pytest.mark.usefixtures("week")
def test_researchers_get_counts_of_kinds(run: Run) -> None:
    """Of five calls and more, as CSV and nothing beside it; with small counts, of two and more."""
    done = run("export", *WEEK)
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout_bytes.decode() == EXPORTED.replace("\n", "\r\n")
    assert run("export").stdout == done.stdout
    more = run("export", "--small-counts")
    assert more.stderr == WARNING
    assert "2026-11-23,drenthe,advice,tr,answered,keyed,3" in more.stdout.splitlines()


@pytest.mark.usefixtures("database")
def test_where_nothing_was_there_is_a_sentence(run: Run) -> None:
    """And for programs the form without rows."""
    done = run("report")
    assert (done.exit_code, done.stdout) == (0, "No calls and no texts are recorded from 2026-11-17 to 2026-11-23.\n")
    assert run("report", "--csv").stdout.splitlines()[1:] == ["total,0,0,0,0,0,0,0,0,0,0,,"]
    assert json.loads(run("report", "--json").stdout)["rows"] == []
    assert run("export").stdout.splitlines() == ["day,organisation,line,language,outcome,found,calls"]


def test_too_few_calls_are_a_sentence(run: Run, database: Database) -> None:
    """Neither their number nor whose they were; then only texts, and groups that are too small to be told of."""
    keep_texts(database, place=7)
    assert run("report").stdout == "No calls are recorded from 2026-11-17 to 2026-11-23.\n\nTexts: 7, place 7.\n"
    keep(database, (4, Made()))
    few = "Fewer than 5 calls are recorded from 2026-11-17 to 2026-11-23: too few to tell more.\n\nTexts: 7, place 7.\n"
    assert run("report").stdout == few
    keep(database, (1, Made(organisation="zeeland")))
    told = run("report").stdout
    assert "utrecht" not in told
    assert "\nBy region there is too little to tell more.\n" in told


@pytest.mark.parametrize("command", ["report", "export"])
@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--from", "2026-11-24"), "From 2026-11-24 to 2026-11-23 there is no day."),
        (("--to", "2026-11-25"), "2026-11-25 is still to come."),
        (("--from", "2026-11-30"), "Write --from and --to with the earlier day first, 2026-11-24 at the latest.\n"),
        (("--to", "24-11-2026"), '"24-11-2026" is not a day. Write it such as 2026-11-24.'),
        (("--to", "2026-02-30"), '"2026-02-30" is not a day. Write it such as 2026-11-24.'),
        (("--from", "1926-11-24"), '"1926-11-24" is not a day. Write it such as 2026-11-24.'),
    ],
)
def test_days_of_which_nothing_can_be_told_are_refused(
    run: Run, command: str, arguments: tuple[str, ...], told: str
) -> None:
    """With what to write instead, and nothing on stdout."""
    done = run(command, *arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert told in done.stderr


def test_one_form_at_a_time(run: Run) -> None:
    """CSV or JSON."""
    done = run("report", "--csv", "--json")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "Write --csv or --json, not both." in done.stderr


@pytest.mark.parametrize("command", ["report", "export"])
def test_a_database_that_is_not_there_is_told(run: Run, command: str, tmp_path: Path) -> None:
    """It is away, and not merely empty; it is not made either."""
    assert isinstance(run(command).exception, DatabaseAway)
    assert not (tmp_path / "var").exists()


def test_a_database_of_an_older_program_is_brought_up_to_date(run: Run, tmp_path: Path) -> None:
    """As each command that reads it does."""
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "helpline.db").touch()
    with Database(Settings(_env_file=None).database_url).writing() as connection:
        to_the_first_revision(connection)
    assert run("report").stdout == "No calls and no texts are recorded from 2026-11-17 to 2026-11-23.\n"


def test_a_database_of_a_newer_program_is_refused(run: Run, database: Database) -> None:
    """What is in there is not known."""
    with database.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    assert isinstance(run("report").exception, DatabaseNewer)


def test_the_page_shows_what_the_command_prints() -> None:
    """The made-up report of the operators' page is that of the week above."""
    page = (Path(__file__).parents[2] / "docs" / "operators.md").read_text("utf-8")
    assert f"```\n$ helpline calls report\n{BY_REGION}{NUMBERS_ROUNDED}```\n" in page


def test_the_page_on_reports_names_everything() -> None:
    """Each ending, each group, and each key of the JSON."""
    page = (Path(__file__).parents[2] / "docs" / "reports.md").read_text("utf-8")
    keys = ["calls_under_way", "failing_numbers", "median_seconds_to_ring", "p95_seconds_to_ring", "unaccepted"]
    named = [*ENDINGS, *get_args(By), *keys, *Kind._fields]
    assert [name for name in named if f"`{name}`" not in page] == []
