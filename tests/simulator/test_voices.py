"""Voices: which Twilio has, and in which language."""

from __future__ import annotations

import pytest

from helpline.simulator.voices import language_of_voice, speaks
from tests.simulator.facts import fact


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
    ("language", "has", "has_not"),
    [
        pytest.param(
            "nl-NL",
            "Google.nl-NL-Chirp3-HD-Aoede Google.nl-NL-Standard-G Polly.Lotte Polly.Laura-Neural",
            "Google.nl-NL-Wavenet-H Polly.Laura-Generative Google.nl-NL-Neural2-A",
            marks=fact(
                "Voice",
                "nl-NL | Chirp3-HD-{Aoede,Charon,Fenrir,Kore,Leda,Orus,Puck,Zephyr}, Standard-A…G, Wavenet-A…G | "
                "Lotte, Ruben, Laura-Neural (Laura-Generative not in list)",
            ),
        ),
        pytest.param(
            "nl-BE",
            "Google.nl-BE-Standard-D Google.nl-BE-Wavenet-A Polly.Lisa-Neural",
            "Google.nl-BE-Wavenet-E Google.nl-BE-Chirp3-HD-Kore",
            marks=fact("Voice", "nl-BE | Standard/Wavenet A–D | Lisa-Neural"),
        ),
        pytest.param(
            "en-GB",
            "Google.en-GB-Chirp3-HD-Kore Google.en-GB-Neural2-O Polly.Amy Polly.Brian-Neural Polly.Amy-Generative",
            "Google.en-GB-Neural2-E Polly.Arthur",
            marks=fact(
                "Voice",
                "en-GB | Chirp3-HD ×8, Neural2 A,B,C,D,F,N,O, Standard, Wavenet same | Amy, Emma, Brian "
                "(+-Neural), Arthur-Neural, Amy-Generative",
            ),
        ),
        pytest.param(
            "pl-PL",
            "Google.pl-PL-Chirp3-HD-Puck Google.pl-PL-Wavenet-G Polly.Ewa Polly.Ola-Neural",
            "Google.pl-PL-Wavenet-H Polly.Ola",
            marks=fact("Voice", "pl-PL | Chirp3-HD ×8, Standard/Wavenet A–G | Ewa, Maja, Jacek, Jan, Ola-Neural"),
        ),
        pytest.param(
            "tr-TR",
            "Google.tr-TR-Chirp3-HD-Kore Google.tr-TR-Standard-E Polly.Filiz Polly.Burcu-Neural",
            "Google.tr-TR-Standard-F",
            marks=fact("Voice", "tr-TR | Chirp3-HD ×8, Standard/Wavenet A–E | Filiz, Burcu-Neural"),
        ),
        pytest.param(
            "ar-XA",
            "Google.ar-XA-Chirp3-HD-Kore Google.ar-XA-Wavenet-D Polly.Zeina Polly.Hala-Neural Polly.Zayd-Neural",
            "Google.ar-XA-Wavenet-E Google.ar-SA-Wavenet-A",
            marks=fact(
                "Voice", "ar | ar-XA Chirp3-HD ×8, Standard/Wavenet A–D | Zeina (arb), Hala-Neural, Zayd-Neural (ar-AE)"
            ),
        ),
        pytest.param(
            "uk-UA",
            "Google.uk-UA-Standard-A Google.uk-UA-Wavenet-A",
            "Google.uk-UA-Wavenet-B Google.uk-UA-Chirp3-HD-Kore",
            marks=fact("Voice", "uk-UA | Standard-A, Wavenet-A only | none"),
        ),
        pytest.param(
            "ti-ET",
            "",
            "Google.ti-ET-Standard-A Google.ti-ER-Wavenet-A",
            marks=fact("Voice", "ti | none (Say and Gather) → recorded Play | none"),
        ),
        pytest.param(
            "am-ET",
            "Google.am-ET-Standard-A Google.am-ET-Wavenet-B",
            "Google.am-ET-Wavenet-C",
            marks=fact("Voice", "am-ET | Standard/Wavenet A,B | none"),
        ),
        pytest.param(
            "fr-FR",
            "Google.fr-FR-Chirp3-HD-Leda Google.fr-FR-Neural2-G Polly.Celine Polly.Remi-Neural Polly.Rémi-Generative",
            "Google.fr-FR-Neural2-H",
            marks=fact(
                "Voice",
                "fr-FR | Chirp3-HD ×8, Neural2 A–G, Standard/Wavenet A–G | Celine, Lea, Mathieu, "
                "Lea-/Remi-Neural, Lea-/Rémi-Generative",
            ),
        ),
        pytest.param(
            "de-DE",
            "Google.de-DE-Chirp3-HD-Orus Google.de-DE-Neural2-H Polly.Marlene Polly.Daniel-Generative",
            "Google.de-DE-Neural2-E",
            marks=fact(
                "Voice",
                "de-DE | Chirp3-HD ×8, Neural2 A,B,C,D,F,G,H, Standard/Wavenet A–H | Hans, Marlene, Vicki, "
                "Vicki-/Daniel-Neural, -Generative",
            ),
        ),
        pytest.param(
            "es-ES",
            "Google.es-ES-Chirp3-HD-Kore Google.es-ES-Wavenet-B Polly.Conchita Polly.Sergio-Generative",
            "Google.es-ES-Wavenet-A",
            marks=fact(
                "Voice",
                "es-ES | Chirp3-HD ×8, Neural2 A–H, Standard A–H, Wavenet B–H | Conchita, Enrique, Lucia, "
                "Lucia-/Sergio-Neural, -Generative",
            ),
        ),
    ],
)
def test_voices_of_a_language(language: str, has: str, has_not: str) -> None:
    """Each language has these voices, and none that only sounds like one of them."""
    assert [voice for voice in has.split() if not speaks(voice, language) or language_of_voice(voice) is None] == []
    assert [voice for voice in has_not.split() if language_of_voice(voice) is not None] == []


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
