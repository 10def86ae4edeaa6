"""How an account differs from what calls need."""

from __future__ import annotations

from dataclasses import replace

import pytest

from helpline.carrier.drift import Deployment, Drift, drifts, host_of
from helpline.carrier.rest_answers import OwnNumber
from tests.carrier.account import own_number
from tests.carrier.test_account import PUBLIC, RIGHT, STATIC

OWN, SECOND, OTHER = "+31700002000", "+31700002001", "+31700002009"
OURS = Deployment((OWN, SECOND), PUBLIC, STATIC, keywords_changed=True)
DEAF = {"voice": False, "sms": True}
MUTE = {"voice": True, "sms": False}


def number(phone_number: str = OWN, **changed: object) -> OwnNumber:
    """A number of ours, set as it must be but for what is given."""
    return own_number(**{**RIGHT, "sid": f"PN{phone_number}", "phone_number": phone_number, **changed})


def told(*account: OwnNumber, ours: Deployment = OURS, dialled: str = "") -> list[Drift]:
    """The differences of an account that otherwise is as it must be; one number may be dialled by the table."""
    numbers = {each.phone_number: each for each in (number(OWN), number(SECOND), *account)}
    return drifts(list(numbers.values()), ours, lambda e164: "utrecht advice 1" if e164 == dialled else e164)


def test_an_account_as_it_must_be_has_no_drift() -> None:
    """Numbers of others in the same account are left alone."""
    assert told() == []
    assert told(number(OTHER, **dict.fromkeys(RIGHT, "https://else.example/x"))) == []


def test_without_its_caller_id_nobody_is_put_through() -> None:
    """Twilio: error 13214, "Dial: Invalid callerId value"."""
    found = drifts([number(SECOND)], OURS, str)
    assert "13214" in found[0].what
    assert "HELPLINE_NUMBERS" in found[0].help
    assert len(found) == 1


def test_a_further_number_that_is_not_there_is_told() -> None:
    """Nobody can call it."""
    [found] = drifts([number(OWN)], OURS, str)
    assert found.what == f"{SECOND} is not in this account."


@pytest.mark.parametrize(
    ("changed", "what"),
    [
        ({"voice_url": ""}, "It has no voice address (VoiceUrl)"),
        ({"voice_url": "https://else.example/voice"}, "VoiceUrl is https://else.example/voice and should be"),
        ({"voice_method": "GET"}, "VoiceMethod is GET and should be POST"),
        ({"voice_fallback_url": None}, "It has no fallback address (VoiceFallbackUrl)"),
        ({"voice_fallback_url": "https://old.example"}, "VoiceFallbackUrl is https://old.example"),
        ({"voice_fallback_method": "POST"}, "VoiceFallbackMethod is POST and should be GET"),
        ({"status_callback": ""}, "StatusCallback is empty and should be"),
        ({"status_callback_method": "GET"}, "StatusCallbackMethod is GET"),
        ({"voice_application_sid": "AP1"}, "VoiceApplicationSid is AP1, so Twilio does not look at"),
        ({"trunk_sid": "TK1"}, "TrunkSid is TK1, so Twilio does not look at"),
        ({"sms_url": ""}, "SmsUrl is empty and should be"),
        ({"sms_method": "GET"}, "SmsMethod is GET"),
        ({"sms_fallback_url": "https://demo.example/reply"}, "should be empty"),
        ({"sms_fallback_method": "POST"}, "SmsFallbackMethod is POST"),
        ({"sms_application_sid": "AP1"}, "SmsApplicationSid is AP1, so Twilio"),
    ],
    ids=str,
)
def test_each_setting_of_a_number_is_told(changed: dict[str, object], what: str) -> None:
    """With its name, what it is, and the command that sets it."""
    [found] = told(number(SECOND, **changed))
    assert found.what.startswith(f"{SECOND}: ")
    assert what in found.what
    assert found.help == "Run: helpline twilio setup"
    assert not found.warning


def test_a_number_without_calls_or_texts() -> None:
    """One of ours must take calls; texts it need not take."""
    assert [found.what for found in told(number(capabilities=DEAF))] == [f"{OWN} cannot take calls."]
    assert told(number(capabilities=MUTE, sms_url="")) == []


@pytest.mark.parametrize("field", ["voice_url", "voice_fallback_url", "status_callback", "sms_url"])
def test_a_number_that_points_here_unknown_to_us_is_told(field: str) -> None:
    """Upper case in a host, and a user named before it, do not hide it."""
    elsewhere = {**dict.fromkeys(RIGHT, "https://else.example/x"), field: "https://x@HELPLINE.example/voice"}
    [found] = told(number(OTHER, **elsewhere))
    assert found.what == f"{OTHER} points at this service and is not in HELPLINE_NUMBERS."


def test_a_number_of_the_account_that_answers_nothing_is_told() -> None:
    """Twilio says nothing of it anywhere; an application, a trunk or a number for texts only is another matter."""
    [found] = told(own_number(phone_number=OTHER))
    assert "hears nothing of use" in found.what
    assert told(own_number(phone_number=OTHER, voice_application_sid="AP1")) == []
    assert told(own_number(phone_number=OTHER, trunk_sid="TK1")) == []
    assert told(own_number(phone_number=OTHER, capabilities=DEAF)) == []


def test_a_number_of_the_account_that_the_table_dials_is_told() -> None:
    """The call could come back here, and go round."""
    [found] = told(number(OTHER, **dict.fromkeys(RIGHT, "https://else.example/x")), dialled=OTHER)
    assert "utrecht advice 1 rings it" in found.what


def test_a_fallback_on_the_same_host_or_none_is_told() -> None:
    """It must be there when this service is not."""
    [found] = told(ours=replace(OURS, fallback_url=None))
    assert "HELPLINE_FALLBACK_URL is not set" in found.what
    same = f"{PUBLIC}/fallback.xml"
    both = [number(each, voice_fallback_url=same) for each in (OWN, SECOND)]
    [found] = told(*both, ours=replace(OURS, fallback_url=same))
    assert "own host" in found.what


def test_words_that_twilio_takes_for_itself_are_a_warning() -> None:
    """HELP, END and QUIT are cries for help; a number without texts has no such words."""
    ours = replace(OURS, keywords_changed=False)
    [found] = told(ours=ours)
    assert found.warning
    assert "END or QUIT" in found.what
    mute = [number(each, capabilities=MUTE) for each in (OWN, SECOND)]
    assert told(*mute, ours=ours) == []


def test_an_address_that_is_none_is_on_no_host() -> None:
    """What somebody typed into Twilio's Console need not be an address at all."""
    assert host_of("https://[half") == ""
    assert host_of("https://Helpline.example:8443/voice") == "helpline.example:8443"
