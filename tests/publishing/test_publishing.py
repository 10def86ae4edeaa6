"""A change of the table is checked whole, and live whole or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from helpline import bootstrap
from helpline.directory.content import Announcement, Content, Diversion
from helpline.directory.effect_told import told
from helpline.directory.folder import edition_of
from helpline.errors import ChangeRefused, PathsRefused, PublishedMeanwhile, RegionsRefused
from helpline.prompts.catalogue import Catalogue
from helpline.publishing import changes
from helpline.publishing.publishing import Publishing
from helpline.settings import Settings
from tests.clock import Clock
from tests.conftest import TODAY
from tests.desk import edit

MORNING = TODAY + timedelta(hours=19)


def files_of(desk: Publishing, regions: Path) -> Content:
    """What publishing the files would make live."""
    return changes.with_files(desk.live().content, edition_of(regions).content.files, desk.clock())


def diversion(to: str, *, of: str = "zeeland", line: str = "advice", until: datetime = MORNING) -> Diversion:
    """A diversion until the morning."""
    return Diversion(of, line, to, accept=to.startswith("+"), until=until, author="anna", reason="Fault")


def publish(desk: Publishing, content: Content, action: str = "publish") -> int:
    """Proposed and published; the number it got."""
    return desk.publish(desk.propose(desk.live(), content, action, "x"), "anna", "Why").number


def test_a_changed_number_is_live_as_the_next_version(desk: Publishing, regions: Path) -> None:
    """An edit becomes version 2, with what it does to callers shown before."""
    edit(regions / "utrecht.toml", '"+31 30 000 0002"', '"+31 30 000 0009"')
    proposal = desk.propose(desk.live(), files_of(desk, regions), "publish", "regions")
    assert "utrecht advice numbers: +31300000001, +31300000002 → +31300000001, +31300000009" in told(proposal.effects)
    assert desk.publish(proposal, "anna", "New number").number == 2
    assert desk.version(desk.live()).in_force(TODAY).routes("advice", "utrecht")[1].number == "+31300000009"


def test_what_is_live_already_is_not_published_again(desk: Publishing, regions: Path) -> None:
    """Publishing without a change is refused with words, and makes no version."""
    with pytest.raises(ChangeRefused, match="live already"):
        desk.propose(desk.live(), files_of(desk, regions), "publish", "regions")


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('"+31 30 000 0002"', '"+31 30 OOO 0002"', "number"),
        ('    "Zeist",\n', "", "unclaimed-municipality"),
        ('name = "Veilig', 'name = "Vei\nlig', "toml"),
    ],
)
def test_files_with_a_problem_are_not_published(desk: Publishing, regions: Path, old: str, new: str, code: str) -> None:
    """A fault is told, and the live version stays."""
    edit(regions / "utrecht.toml", old, new)
    with pytest.raises(RegionsRefused, match=code):
        desk.propose(desk.live(), files_of(desk, regions), "publish", "regions")
    assert desk.live().number == 1


def test_a_file_that_cannot_be_read_is_not_published(desk: Publishing, regions: Path) -> None:
    """A file in a wrong encoding is told, and nothing of the folder is published."""
    (regions / "utrecht.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(RegionsRefused, match="encoding"):
        files_of(desk, regions)


def test_of_two_changes_at_once_one_wins_and_the_other_is_told(desk: Publishing, regions: Path) -> None:
    """Whoever comes second is told who was first and why, and has changed nothing."""
    edit(regions / "utrecht.toml", '"+31 30 000 0002"', '"+31 30 000 0009"')
    first = desk.propose(desk.live(), files_of(desk, regions), "publish", "regions")
    second = desk.propose(
        desk.live(), changes.diverted(desk.live().content, diversion("west-brabant"), TODAY), "divert", "zeeland"
    )
    desk.publish(first, "anna", "New number")
    with pytest.raises(PublishedMeanwhile, match="anna"):
        desk.publish(second, "ben", "Fault")
    assert desk.live().number == 2


def test_a_path_without_a_route_is_refused_as_a_call(own_settings: Settings, desk: Publishing, regions: Path) -> None:
    """A table with which a rule of the conversation breaks is refused, told as the call that shows it."""
    rules = bootstrap.rules_of(own_settings)

    class Wordless(Catalogue):
        """A catalogue that has lost a prompt."""

        def has(self, prompt: str, language: str) -> bool:
            """All but one."""
            return prompt != "once_more" and super().has(prompt, language)

    wordless = Publishing(desk.versions, replace(rules, catalogue=Wordless(rules.catalogue.languages)), desk.clock)
    edit(regions / "utrecht.toml", '"+31 30 000 0001", ', "")
    with pytest.raises(PathsRefused, match="every_word_is_there"):
        wordless.propose(desk.live(), files_of(desk, regions), "publish", "regions")


def test_once_there_are_real_numbers_no_placeholder_comes_back(desk: Publishing, regions: Path) -> None:
    """A live table without placeholders is never replaced by one that has one."""
    for path in regions.glob("*.toml"):
        path.write_text(path.read_text("utf-8").replace(" 000 0", " 200 0"), "utf-8")
    real = Content(edition_of(regions).content.files)
    publish(desk, real)
    edit(regions / "utrecht.toml", '"+31 30 200 0002"', '"+31 30 000 0002"')
    with pytest.raises(RegionsRefused, match="placeholder"):
        desk.propose(desk.live(), files_of(desk, regions), "publish", "regions")
    with pytest.raises(RegionsRefused, match="placeholder"):
        desk.propose(desk.live(), changes.diverted(real, diversion("+31300000001"), TODAY), "divert", "zeeland")


def test_a_diversion_rings_the_other_line_until_its_end(desk: Publishing, own_clock: Clock) -> None:
    """Until the morning the other organisation rings, after it the own one again, with nothing to be done."""
    publish(desk, changes.diverted(desk.live().content, diversion("rotterdam-rijnmond"), TODAY), "divert")
    version = desk.version(desk.live())
    routes = version.in_force(TODAY).routes("advice", "zeeland")
    assert (routes[0].organisation, routes[0].number) == ("rotterdam-rijnmond", "+31100000001")
    assert version.in_force(MORNING).routes("advice", "zeeland")[0].organisation == "zeeland"
    own_clock.moment = MORNING
    assert changes.with_files(desk.live().content, desk.live().content.files, MORNING).diversions == ()


@pytest.mark.parametrize(
    ("diversions", "code"),
    [
        ([diversion("zeeland")], "diversion-circle"),
        ([diversion("west-brabant"), diversion("zeeland", of="west-brabant")], "diversion-circle"),
        ([diversion("+31700002000")], "own-number"),
        ([diversion("+318002000")], "diversion-number"),
        ([diversion("zeland", of="utrecht")], "diversion-of-nobody"),
        ([diversion("+31300000009", of="landelijk")], "national-desk-accepts"),
        ([diversion("utrecht", of="landelijk"), diversion("+31300000009", of="utrecht")], "national-desk-accepts"),
        ([diversion("landelijk", line="doctors")], "diversion-of-nobody"),
    ],
)
def test_a_diversion_that_would_lose_a_call_is_refused(
    desk: Publishing, diversions: list[Diversion], code: str
) -> None:
    """A circle, two that divert to each other, our own number, nobody: refused, and nothing is diverted."""
    content = replace(desk.live().content, diversions=tuple(diversions))
    with pytest.raises(RegionsRefused, match=code):
        desk.propose(desk.live(), content, "divert", "x")
    assert desk.live().number == 1


def test_a_diversion_of_a_diverted_line_replaces_the_first(desk: Publishing) -> None:
    """A line has one diversion; ending it brings the own numbers back."""
    publish(desk, changes.diverted(desk.live().content, diversion("west-brabant"), TODAY))
    publish(desk, changes.diverted(desk.live().content, diversion("rotterdam-rijnmond"), TODAY))
    assert [each.to for each in desk.live().content.diversions] == ["rotterdam-rijnmond"]
    publish(desk, changes.undiverted(desk.live().content, "zeeland", "advice", TODAY))
    assert desk.live().content.diversions == ()
    with pytest.raises(ChangeRefused, match="not diverted"):
        changes.undiverted(desk.live().content, "zeeland", "advice", TODAY)


def test_a_rollback_is_the_earlier_version_again(desk: Publishing, regions: Path) -> None:
    """What version 1 held is live again as version 3; the record keeps all three."""
    edit(regions / "utrecht.toml", '"+31 30 000 0002"', '"+31 30 000 0009"')
    publish(desk, files_of(desk, regions))
    publish(desk, desk.versions.get(1).content.at(TODAY), "rollback")
    assert desk.live().content == desk.versions.get(1).content
    assert [entry.version for entry in desk.versions.log()] == [1, 2, 3]
    assert desk.versions.verify() == []


def test_an_announcement_is_heard_until_its_end_and_one_can_end_it(desk: Publishing) -> None:
    """A sentence has an end; ended early it is gone, and ending nothing is refused."""
    announcement = Announcement("all", {"nl": "Door een storing duurt het langer."}, MORNING, "anna", "Fault")
    publish(desk, changes.announced(desk.live().content, announcement, TODAY))
    version = desk.version(desk.live())
    assert version.in_force(TODAY).announcement("all") == announcement.words
    assert version.in_force(MORNING).announcement("all") == {}
    publish(desk, changes.unannounced(desk.live().content, "all", TODAY))
    with pytest.raises(ChangeRefused, match="Nothing is announced"):
        changes.unannounced(desk.live().content, "all", TODAY)


@pytest.mark.parametrize("written", ["06 12 34 56 02", "06.12.34.56.02", "+31 (0)6-12345602"])
def test_no_announcement_reads_out_where_a_line_is_diverted(desk: Publishing, written: str) -> None:
    """The number that rings meanwhile is as secret as the organisation's own, however it is written."""
    announcement = Announcement("all", {"nl": f"Bel {written}."}, MORNING, "anna", "Fault")
    live = desk.live().content
    content = replace(live, diversions=(diversion("+31612345602"),), announcements=(announcement,))
    with pytest.raises(RegionsRefused, match="announcement-number"):
        desk.propose(desk.live(), content, "announce", "x")


def test_nothing_published_is_told(own_settings: Settings, own_clock: Clock) -> None:
    """Before the first publish there is nothing to divert, and that is said with what to do."""
    desk = bootstrap.publishing(own_settings, clock=own_clock)
    desk.versions.database.upgrade()
    with pytest.raises(ChangeRefused, match="Nothing is published yet"):
        desk.live()


def test_a_first_start_publishes_the_files_once(own_settings: Settings, own_clock: Clock) -> None:
    """The first start makes version 1 of the files; the next start changes nothing."""
    for _ in range(2):
        bootstrap.begin(own_settings, placeholders_allowed=True, clock=own_clock)
    desk = bootstrap.publishing(own_settings, clock=own_clock)
    assert [(entry.version, entry.author) for entry in desk.versions.log()] == [(1, "helpline")]


def test_a_first_start_with_placeholders_publishes_nothing(own_settings: Settings, own_clock: Clock) -> None:
    """The real line does not start with numbers that nobody has, and keeps no trace of them."""
    with pytest.raises(RegionsRefused, match="placeholder"):
        bootstrap.begin(own_settings, clock=own_clock)
    assert bootstrap.publishing(own_settings, clock=own_clock).versions.log() == []
