"""What a worker hears before being joined."""

from __future__ import annotations

import pytest

from helpline.flow.steps import Caller, Ring
from helpline.flow.whisper import whisper


@pytest.mark.parametrize(
    ("caller", "organisation", "accept", "words"),
    [
        (Caller(), "utrecht", False, []),
        (Caller(), "utrecht", True, ["whisper_start", "whisper_accept"]),
        (Caller(doctor=True), "utrecht", False, ["whisper_start", "whisper_doctor"]),
        (Caller(language="en"), "utrecht", False, ["whisper_start", "whisper_language"]),
        (Caller(), "landelijk", False, ["whisper_start", "whisper_for"]),
        (
            Caller("en", doctor=True, mute=True),
            "landelijk",
            True,
            ["whisper_start", "whisper_for", "whisper_doctor", "whisper_mute", "whisper_language", "whisper_accept"],
        ),
    ],
)
def test_only_what_the_worker_must_know(caller: Caller, organisation: str, accept: bool, words: list[str]) -> None:
    """Each row is a call and the words for the one who picks up; an ordinary call has none, so that nobody waits."""
    says = whisper(Ring("advice", "utrecht", 0, caller), organisation=organisation, accept=accept)
    assert [say.prompt for say in says] == words
    assert {say.language for say in says} <= {"nl"}
