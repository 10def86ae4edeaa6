"""A report as CSV and as JSON, for programs."""

from __future__ import annotations

import csv
import io
import json

from helpline.reports.failing_numbers import FAILING, FailingNumber
from helpline.reports.folding import ENDINGS
from helpline.reports.report import Report
from helpline.reports.rows import Row

WITHHELD = "x"  # in CSV, where an empty field is seconds that there are none of
KEYS = {ending: ending.replace(" ", "_") for ending in ENDINGS}


def as_csv(report: Report) -> str:
    """The rows and the total as RFC 4180 has them, under a line of heads."""
    text = io.StringIO()
    endings = () if report.by == "outcome" else ENDINGS
    writing = csv.writer(text, lineterminator="\r\n")
    heads = [KEYS[ending] for ending in endings]
    writing.writerow([report.by, "calls", *heads, "median_seconds_to_ring", "p95_seconds_to_ring"])
    for row in (*report.rows, report.total):
        counts = [row.calls, *(row.endings[ending] for ending in endings)]
        seconds = [row.median_seconds, row.most_seconds]
        writing.writerow([row.name, *(WITHHELD if count is None else count for count in counts), *seconds])
    return text.getvalue()


def as_json(report: Report) -> str:
    """Everything, with null for what is withheld."""
    fields = {
        "from": str(report.days.first),
        "to": str(report.days.last),
        "by": report.by,
        "small_counts": report.small_counts,
        "total": _row(report.total),
        "rows": [_row(row) for row in report.rows],
        "failing_numbers": [_number(number) for number in report.failing],
        "texts": {"total": report.texts, "outcomes": report.text_outcomes},
        "calls_under_way": report.under_way,
    }
    return json.dumps(fields, ensure_ascii=False, indent=2) + "\n"


def _row(row: Row) -> dict[str, object]:
    endings = {KEYS[ending]: count for ending, count in row.endings.items()}
    return {
        "name": row.name,
        "withheld": row.calls is None or None in endings.values(),
        "calls": row.calls,
        **endings,
        "median_seconds_to_ring": row.median_seconds,
        "p95_seconds_to_ring": row.most_seconds,
    }


def _number(number: FailingNumber) -> dict[str, object]:
    return {
        "organisation": number.organisation,
        "line": number.line,
        "number": number.number,
        "dials": number.dials,
        "unanswered": number.unanswered,
        **{word.replace("-", "_"): number.failed[word] for word in FAILING},
    }
