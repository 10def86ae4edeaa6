"""What Twilio does once a telephone is picked up, before a word is said: keys are sent, a machine is told apart."""

from __future__ import annotations

from helpline.simulator.party import Voicemail
from helpline.simulator.verbs import Number
from helpline.simulator.whispering import Picker

WAITS = {"w": 0.5, "W": 1.0}  # sendDigits: seconds without a tone
TONE_SECONDS = 0.2
JUDGING_SECONDS = 4.0  # until machineDetection can tell a person from a machine
GREETING_SECONDS = 12.0  # what a machine says before its beep


def sending_seconds(number: Number) -> float:
    """How long the keys of sendDigits take."""
    return sum(WAITS.get(key, TONE_SECONDS) for key in number.send_digits)


def answered_by(number: Number, picker: Picker) -> tuple[str, float]:
    """AnsweredBy, and after how many seconds Twilio knows; nothing where it is not asked."""
    if not number.machine_detection:
        return "", 0.0
    machine = isinstance(picker, Voicemail)
    waits_for_beep = machine and number.machine_detection == "DetectMessageEnd"
    seconds = GREETING_SECONDS if waits_for_beep else JUDGING_SECONDS
    if seconds > number.machine_detection_timeout:
        return "unknown", float(number.machine_detection_timeout)
    if not machine:
        return "human", seconds
    return "machine_end_beep" if waits_for_beep else "machine_start", seconds
