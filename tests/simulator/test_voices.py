"""Voices: which Twilio has, and in which language."""

from __future__ import annotations

import pytest

from helpline.simulator.voices import language_of_voice, speaks


@pytest.mark.parametrize(
    ("voice", "language"),
    [
        ("Polly.Laura-Neural", "nl-NL"),
        ("Google.uk-UA-Wavenet-A", "uk-UA"),
        ("Google.tr-TR-Chirp3-HD-Kore", "tr-TR"),
        ("Google.es-ES-Neural2-H", "es-ES"),
        ("Google.en-US-Neural2-D", "en-US"),
        ("woman", ""),
        ("Polly.Laura-Generative", None),
        ("Google.uk-UA-Wavenet-B", None),
        ("Google.ti-ET-Standard-A", None),
        ("nobody", None),
    ],
)
def test_language_of_voice(voice: str, language: str | None) -> None:
    """A voice speaks its language, any language, or does not exist."""
    assert language_of_voice(voice) == language


@pytest.mark.parametrize(
    ("voice", "language", "fits"),
    [
        ("Polly.Lotte", "nl-NL", True),
        ("Polly.Lotte", "nl-BE", False),
        ("woman", "nl-NL", True),
        ("Google.ar-XA-Wavenet-A", "ar-SA", True),
    ],
)
def test_speaks(voice: str, language: str, *, fits: bool) -> None:
    """A voice fits its own language; Arabic is one language under several tags."""
    assert speaks(voice, language) is fits
