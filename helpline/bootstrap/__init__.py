"""The only place that wires: from settings to a helpline that can answer."""

from helpline.bootstrap.clock import Clock, now
from helpline.bootstrap.service import Helpline, helpline
from helpline.bootstrap.stored import begin, erasures, publishing, rules_of, versions_of
from helpline.bootstrap.telephone import fallback_file, ringer, twilio

__all__ = [
    "Clock",
    "Helpline",
    "begin",
    "erasures",
    "fallback_file",
    "helpline",
    "now",
    "publishing",
    "ringer",
    "rules_of",
    "twilio",
    "versions_of",
]
