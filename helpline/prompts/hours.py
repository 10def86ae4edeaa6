"""Opening hours as a voice says them: "maandag tot en met vrijdag van 9 uur tot 17 uur"."""

from __future__ import annotations

from helpline.directory.hours import DAYS, HOLIDAY, Hours, Span
from helpline.prompts.language import HourWords


def spoken(hours: Hours, words: HourWords) -> str:
    """All spans of these hours in one phrase, in the order in which they are written."""
    said = words.and_.join(_span(span, words) for span in hours.spans)
    return said if any(HOLIDAY in span.days for span in hours.spans) else said + words.except_holidays


def _span(span: Span, words: HourWords) -> str:
    return words.span.format(
        days=_days(span.days, words), opens=_time(span.opens, words), closes=_time(span.closes, words)
    )


def _days(days: tuple[str, ...], words: HourWords) -> str:
    positions = [DAYS.index(day) for day in days if day != HOLIDAY]
    if len(positions) == len(DAYS):
        named = [words.every_day]
    elif len(positions) > 2 and positions == list(range(positions[0], positions[0] + len(positions))):
        named = [words.range.format(first=words.days[positions[0]], last=words.days[positions[-1]])]
    else:
        named = [words.days[position] for position in positions]
    if HOLIDAY in days:
        named.append(words.holidays)
    return words.and_.join(named)


def _time(minutes: int, words: HourWords) -> str:
    hour, past = divmod(minutes, 60)
    return words.hour_and_minutes.format(hour=hour, minutes=past) if past else words.hour.format(hour=hour)
