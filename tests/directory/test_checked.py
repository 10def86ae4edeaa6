"""The day of the last check, written into a region file."""

from __future__ import annotations

import tomllib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpline.directory.checked import with_checked
from helpline.errors import ChangeRefused
from tests.conftest import REGIONS

FILES = {path.stem: path.read_bytes().decode() for path in sorted(REGIONS.glob("*.toml"))}
LINES = [(name, line) for name, text in FILES.items() for line in ("advice", "doctors") if f"[{line}]" in text]


@given(
    where=st.sampled_from(LINES),
    day=st.dates(min_value=date(1000, 1, 1)),
    comment=st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), max_size=30),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_only_that_value_changes(where: tuple[str, str], day: date, comment: str, end: str) -> None:
    """Whatever stands around it, one line differs, and in it the day; what comes before and after it is kept."""
    name, line = where
    text = FILES[name].replace("checked = ", f"checked = 2026-01-31  # {comment}\n#").replace("\n", end)
    changed = with_checked(text, line, day)
    [(old, new)] = [
        (old, new) for old, new in zip(text.split("\n"), changed.split("\n"), strict=True) if old != new
    ] or [("2026-01-31", day.isoformat())]
    assert new == old.replace("2026-01-31", day.isoformat(), 1)
    assert tomllib.loads(changed)[line]["checked"] == day


@pytest.mark.parametrize(
    "text",
    [
        'advice = { numbers = ["x"], checked = 2026-11-01, answers = "accept" }\n',
        "advice.checked = 2026-11-01  # as é dotted key\n",
        '["advice"]\n"checked" = 2026-11-01',
    ],
)
def test_a_value_is_found_however_it_is_written(text: str) -> None:
    """Inline tables, dotted and quoted keys are TOML too."""
    assert with_checked(text, "advice", date(2026, 11, 23)) == text.replace("2026-11-01", "2026-11-23")


@pytest.mark.parametrize(
    "text",
    [
        '[advice]\n"ch\\u0065cked" = 2026-11-01\nanswers = "accept"\n',
        'advice = { answers = "accept", "ch\\u0065cked" = 2026-11-01 }\n',
        '"\\u0061dvice" = { checked = 2026-11-01 }\n',
    ],
)
def test_a_key_that_is_not_found_is_refused(text: str) -> None:
    """Nothing else is overwritten in place of a key in an unusual writing."""
    with pytest.raises(ChangeRefused, match="was not found") as refused:
        with_checked(text, "advice", date(2026, 11, 23))
    assert "checked = 2026-11-23" in refused.value.help
