"""The only place that wires: from settings to a helpline that can answer."""

from helpline.bootstrap.clock import Clock, now
from helpline.bootstrap.kept import counts, retention
from helpline.bootstrap.service import Helpline, helpline
from helpline.bootstrap.stored import (
    begin,
    database_to_copy,
    erasures,
    operators,
    publishing,
    rules_of,
    seen_first,
    versions_of,
)
from helpline.bootstrap.telephone import fallback_file, ringer, twilio

__all__ = [
    "Clock",
    "Helpline",
    "begin",
    "counts",
    "database_to_copy",
    "erasures",
    "fallback_file",
    "helpline",
    "now",
    "operators",
    "publishing",
    "retention",
    "ringer",
    "rules_of",
    "seen_first",
    "twilio",
    "versions_of",
]
