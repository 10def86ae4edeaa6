"""What a version holds, written and read back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpline.directory.content import Announcement, Content, Diversion, read

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
DIVERSION = Diversion("zeeland", "advice", "utrecht", False, NOON, "anna", "a fault in the lines")
ANNOUNCEMENT = Announcement("all", {"nl": "Er is een storing.", "en": "There is a fault."}, NOON, "anna", "a fault")
CONTENT = Content({"utrecht": "name = 1\n", "zeeland": ""}, (DIVERSION,), (ANNOUNCEMENT,))

TEXTS = st.text(max_size=12)
MOMENTS = st.datetimes(
    min_value=datetime(2020, 1, 1),
    max_value=datetime(2040, 1, 1),
    timezones=st.integers(-12, 12).map(lambda hours: timezone(timedelta(hours=hours))),
)
DIVERSIONS = st.builds(Diversion, TEXTS, TEXTS, TEXTS, st.booleans(), MOMENTS, TEXTS, TEXTS)
ANNOUNCEMENTS = st.builds(Announcement, TEXTS, st.dictionaries(TEXTS, TEXTS, max_size=3), MOMENTS, TEXTS, TEXTS)
CONTENTS = st.builds(
    Content,
    st.dictionaries(TEXTS, TEXTS, max_size=3),
    st.lists(DIVERSIONS, max_size=3).map(tuple),
    st.lists(ANNOUNCEMENTS, max_size=3).map(tuple),
)


@given(CONTENTS)
def test_what_is_written_is_read_back(content: Content) -> None:
    """Any content comes back as it was, and has the same digest."""
    again = read(content.written())
    assert again == content
    assert again.digest == content.digest


@given(CONTENTS, CONTENTS)
def test_a_digest_names_one_content(one: Content, other: Content) -> None:
    """Two contents have the same digest when they are the same, and only then."""
    assert (one.digest == other.digest) == (one == other)


@pytest.mark.parametrize(
    "changed",
    [
        replace(CONTENT, files={**CONTENT.files, "utrecht": "name = 1\n\n"}),
        replace(CONTENT, files={"utrecht": "name = 1\n"}),
        replace(CONTENT, diversions=()),
        replace(CONTENT, announcements=()),
        replace(CONTENT, diversions=(replace(DIVERSION, organisation="drenthe"),)),
        replace(CONTENT, diversions=(replace(DIVERSION, line="doctors"),)),
        replace(CONTENT, diversions=(replace(DIVERSION, to="+31300000009"),)),
        replace(CONTENT, diversions=(replace(DIVERSION, accept=True),)),
        replace(CONTENT, diversions=(replace(DIVERSION, until=NOON + timedelta(microseconds=1)),)),
        replace(CONTENT, diversions=(replace(DIVERSION, author="bert"),)),
        replace(CONTENT, diversions=(replace(DIVERSION, reason="another"),)),
        replace(CONTENT, announcements=(replace(ANNOUNCEMENT, organisation="utrecht"),)),
        replace(CONTENT, announcements=(replace(ANNOUNCEMENT, words={"nl": "Er is een storing."}),)),
        replace(CONTENT, announcements=(replace(ANNOUNCEMENT, until=NOON + timedelta(hours=1)),)),
        replace(CONTENT, announcements=(replace(ANNOUNCEMENT, author="bert"),)),
        replace(CONTENT, announcements=(replace(ANNOUNCEMENT, reason="another"),)),
    ],
)
def test_any_change_changes_the_digest(changed: Content) -> None:
    """A blank line, a file, and each field of a diversion and an announcement count."""
    assert changed.digest != CONTENT.digest


def test_the_order_of_files_and_the_zone_of_a_moment_do_not_count() -> None:
    """The digest is of what is meant: files in any order, the same moment on any clock."""
    moment = NOON.astimezone(timezone(timedelta(hours=9)))
    same = Content(
        {name: CONTENT.files[name] for name in ("zeeland", "utrecht")},
        (replace(DIVERSION, until=moment),),
        CONTENT.announcements,
    )
    assert same.digest == CONTENT.digest


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"files": {}, "diversions": [{}], "announcements": []}',
        '{"files": {}, "diversions": [{"until": "soon"}], "announcements": []}',
        '{"files": {}, "diversions": [], "announcements": [{"until": "2026-11-23T12:00:00+00:00"}]}',
    ],
)
def test_any_other_text_is_refused(text: str) -> None:
    """What was never written is an error, not an empty content."""
    with pytest.raises((ValueError, KeyError, TypeError)):
        read(text)


@given(CONTENTS, MOMENTS)
def test_what_is_over_is_left_out(content: Content, moment: datetime) -> None:
    """At a moment only what ends later is there, in its order; the files stay."""
    then = content.at(moment)
    assert then.files == content.files
    assert list(then.diversions) == [each for each in content.diversions if each.until > moment]
    assert list(then.announcements) == [each for each in content.announcements if each.until > moment]


def test_a_diversion_is_over_at_its_end() -> None:
    """At the very moment of its end it is no more; just before it still is."""
    assert CONTENT.at(NOON) == Content(CONTENT.files)
    assert CONTENT.at(NOON - timedelta(microseconds=1)) == CONTENT


def test_a_number_is_told_by_its_plus() -> None:
    """Only what begins with + is a number; all else names an organisation."""
    assert replace(DIVERSION, to="+31300000009").to_number
    assert not DIVERSION.to_number
