"""What a number must be set to, and what of it is not."""

from __future__ import annotations

from helpline.carrier.account import Change, changes, wanted
from helpline.carrier.addresses import CONNECTION
from tests.carrier.account import own_number

PUBLIC = "https://helpline.example"
STATIC = "https://static.example/fallback.xml"
RIGHT = {
    "voice_url": f"{PUBLIC}/voice{CONNECTION}",
    "voice_fallback_url": STATIC,
    "voice_fallback_method": "GET",
    "status_callback": f"{PUBLIC}/voice/status{CONNECTION}",
    "sms_url": f"{PUBLIC}/sms{CONNECTION}",
    "sms_fallback_method": "GET",
}


def test_a_number_is_wanted_with_every_address_and_method() -> None:
    """All that a call or a text needs; nothing that takes the addresses' place."""
    assert wanted(PUBLIC, STATIC, sms=True) == {
        "VoiceUrl": f"https://helpline.example/voice{CONNECTION}",
        "VoiceMethod": "POST",
        "VoiceFallbackUrl": "https://static.example/fallback.xml",
        "VoiceFallbackMethod": "GET",
        "StatusCallback": f"https://helpline.example/voice/status{CONNECTION}",
        "StatusCallbackMethod": "POST",
        "VoiceApplicationSid": "",
        "TrunkSid": "",
        "SmsUrl": f"https://helpline.example/sms{CONNECTION}",
        "SmsMethod": "POST",
        "SmsFallbackUrl": "",
        "SmsFallbackMethod": "GET",
        "SmsApplicationSid": "",
    }


def test_a_number_without_texts_gets_no_settings_for_them() -> None:
    """Twilio would refuse them."""
    assert not [setting for setting in wanted(PUBLIC, STATIC, sms=False) if setting.startswith("Sms")]


def test_without_an_address_for_the_fallback_nothing_is_wanted_of_it() -> None:
    """That it is missing is told apart."""
    assert not [setting for setting in wanted(PUBLIC, None, sms=True) if "VoiceFallback" in setting]


def test_only_what_is_not_as_wanted_changes() -> None:
    """Each change tells what is and what will be."""
    number = own_number(**{**RIGHT, "voice_method": "GET", "trunk_sid": "TK1"})
    assert changes(number, wanted(PUBLIC, STATIC, sms=True)) == [
        Change("VoiceMethod", "GET", "POST"),
        Change("TrunkSid", "TK1", ""),
    ]
    assert changes(own_number(**RIGHT), wanted(PUBLIC, STATIC, sms=True)) == []


def test_a_change_is_told_in_one_line() -> None:
    """Empty is said, not shown as nothing."""
    assert str(Change("VoiceUrl", "", "https://a/voice")) == "VoiceUrl: (empty) → https://a/voice"
    assert str(Change("TrunkSid", "TK1", "")) == "TrunkSid: TK1 → (empty)"
