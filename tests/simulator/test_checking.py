"""The schema: each kind of warning Twilio's debugger would show, as data."""

from __future__ import annotations

import pytest

from helpline.simulator.twiml import Document, read
from helpline.simulator.verbs import Dial
from tests.simulator.facts import fact


def _codes(verbs: str, *, whisper: bool = False) -> list[int]:
    document = read(f"<Response>{verbs}</Response>".encode(), "text/xml", whisper=whisper)
    assert isinstance(document, Document)
    return [each.code for each in document.warnings]


@fact("Answer", "Unknown attribute, wrong nesting or case is 12200, a warning; the rest plays")
@pytest.mark.parametrize(
    ("verbs", "code"),
    [
        ('<Say colour="red">a</Say>', 12200),  # unknown attribute
        ('<Say Language="nl-NL">a</Say>', 12200),  # names are case-sensitive
        ("<say>a</say>", 12200),
        ("<Gather><Dial>+31300000001</Dial></Gather>", 12200),  # nesting: Say, Play, Pause only
        ("<Gather>words</Gather>", 12200),
        ("words", 12200),
        ("<Number>+31300000001</Number>", 12200),
        ("<Dial/>", 12200),
        ('<Dial timeout="4">+31300000001</Dial>', 12200),  # 5 to 600
        ('<Dial timeout="601">+31300000001</Dial>', 12200),
        ('<Gather method="PUT"/>', 12200),
        ('<Gather input="keys"/>', 12200),
        ('<Gather finishOnKey="12"/>', 12200),
        ('<Gather numDigits="0"/>', 12200),
        ('<Reject reason="tired"/>', 12200),
        ("<Sip/>", 12200),
        ("<Say>Bel <break/> nu</Say>", 12200),  # SSML only with Polly and Google
        ('<Say voice="Polly.Lotte">Bel <break time="1 s"/> nu</Say>', 12200),
        ("<Say/>", 13520),
        ("<Say> </Say>", 13520),
        ('<Say voice="Polly.Nobody">a</Say>', 13511),
        ('<Say voice="Google.nl-NL-Wavenet-Z">a</Say>', 13511),
        ('<Say voice="Polly.Lotte" language="fr-FR">a</Say>', 13511),
        ('<Gather language="xx-XX"/>', 13331),
        ('<Gather input="speech" speechTimeout="0"/>', 13327),
        ('<Gather input="speech" speechTimeout="auto" speechModel="phone_call"/>', 13327),
        ('<Gather input="speech" speechModel="mine"/>', 13334),
        ('<Gather actionOnEmptyResult="yes"/>', 13338),
        ('<Gather action="ftp://x"/>', 11100),
        ("<Redirect>/a b</Redirect>", 11100),
        ("<Dial>030 000 0001</Dial>", 13224),
        ("<Dial><Number>112</Number></Dial>", 13224),
        ('<Dial callerId="+312012345678901234">+31300000001</Dial>', 13248),
        ('<Dial><Number statusCallbackEvent="gone">+31300000001</Number></Dial>', 13238),
        (f'<Gather input="speech" hints="{"a" * 101}"/>', 12200),
    ],
)
def test_warnings(verbs: str, code: int) -> None:
    """Each breach of the schema is one warning with Twilio's number."""
    assert _codes(verbs) == [code]


@pytest.mark.parametrize(
    "verbs",
    [
        '<Say voice="Google.nl-NL-Wavenet-A" language="nl-NL">Bel <say-as interpret-as="digits">112</say-as>'
        '<break time="500ms"/><prosody rate="slow"><emphasis level="strong">nu</emphasis></prosody></Say>',
        '<Say voice="Polly.Zeina" language="arb"><p><s>a</s></p><lang xml:lang="en-GB">b</lang></Say>',
        '<Say voice="Google.ar-XA-Chirp3-HD-Kore" language="ar-XA">a</Say>',
        '<Say language="nl-NL">1 1 2</Say>',
        '<Gather input="dtmf speech" speechTimeout="auto" language="nl-NL" hints="Zeist,Bergen"/>',
        '<Gather input="dtmf speech" speechTimeout="3" speechModel="googlev2_telephony" language="nl-BE"/>',
        '<Dial ringTone="nl" record="do-not-record" hangupOnStar="false">+31300000001</Dial>',
        '<Redirect method="GET">../next?a=1#ct=1000&amp;rt=3000</Redirect>',
    ],
)
def test_sound_documents(verbs: str) -> None:
    """What Twilio takes is not warned of."""
    assert _codes(verbs) == []


@pytest.mark.parametrize(
    ("attributes", "codes"),
    [
        pytest.param(
            'ringTone="nl" answerOnBridge="true"',
            [],
            marks=fact("Dial", "ringTone | by country | `nl` in list; only with answerOnBridge"),
        ),
        ('ringTone="Dutch"', [12200]),
        pytest.param(f'callReason="{"a" * 50}"', [], marks=fact("Dial", "callReason | – | ≤ 50")),
        (f'callReason="{"a" * 51}"', [12200]),
        pytest.param('referUrl="/x" referMethod="GET"', [], marks=fact("Dial", "referUrl… | – | ignore")),
        ('record="record-from-answer-dual"', []),
        ('record="always"', [12200]),
        ('timeLimit="14401"', [12200]),
    ],
)
def test_dial(attributes: str, codes: list[int]) -> None:
    """Dial's attributes that change nothing of what is played are held to their values too."""
    assert _codes(f"<Dial {attributes}>+31300000001</Dial>") == codes


@fact("Number", "`action` on Number is invalid; its events belong on it and not on Dial")
@pytest.mark.parametrize(
    "verbs",
    [
        '<Dial><Number action="/x">+31300000001</Number></Dial>',
        '<Dial statusCallbackEvent="answered">+31300000001</Dial>',
    ],
)
def test_number(verbs: str) -> None:
    """What stands on the wrong one of Dial and Number is ignored with a warning."""
    assert _codes(verbs) == [12200]


@pytest.mark.parametrize(("count", "codes"), [(10, []), (11, [12200])])
def test_ten_numbers(count: int, codes: list[int]) -> None:
    """A Dial rings ten numbers at most; the rest is left out."""
    numbers = "<Number>+31300000001</Number>" * count
    document = read(f"<Response><Dial>{numbers}</Dial></Response>".encode(), "text/xml")
    assert isinstance(document, Document)
    [dial] = document.verbs
    assert isinstance(dial, Dial)
    assert ([each.code for each in document.warnings], len(dial.numbers)) == (codes, 10)


@fact("Number", "The whisper at `url` holds Say, Play, Pause, Gather, Hangup and Redirect only")
def test_whisper() -> None:
    """In a whisper only Say, Play, Pause, Gather, Hangup and Redirect are allowed; Dial has its own number."""
    allowed = "<Say>a</Say><Play>/x.mp3</Play><Pause/><Gather/><Redirect>/x</Redirect><Hangup/>"
    assert _codes(allowed, whisper=True) == []
    assert _codes("<Dial>+31300000001</Dial><Reject/>", whisper=True) == [13201, 12200]


def test_line_is_named() -> None:
    """A warning says on which line of the document it stands."""
    document = read(b'<Response>\n<Say\n foo="1">a</Say>\n</Response>', "text/xml")
    assert isinstance(document, Document)
    assert document.warnings[0].text.startswith("line 2: <Say>")
