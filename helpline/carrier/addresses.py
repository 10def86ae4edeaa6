"""The addresses of later turns, as they stand in our documents: a path, the trail, and how Twilio should connect."""

from __future__ import annotations

from helpline.flow.trail import Trail

TURN = "/voice/turn"  # the last step has ended: silence
KEYED = "/voice/keyed"  # a Gather's action
DIALLED = "/voice/dialled"  # a Dial's action
WHISPER = "/voice/whisper"  # played to whoever picks up
ACCEPTED = "/voice/accepted"  # the key pressed in a whisper
TEST_CALL = "/voice/test-call"  # the key pressed in a test call
TEXT_STATUS = "/sms/status"  # how a text of ours was delivered

# Connect in 1 s, read in 3 s, retry once for any failure: a machine that hangs costs the caller seconds, not fifteen.
# https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides
CONNECTION = "#ct=1000&rt=3000&rc=1&rp=all"


def address(path: str, trail: Trail) -> str:
    """`path` for the call that has come along `trail`. Relative, so that it holds under any host."""
    return f"{path}?trail={trail}{CONNECTION}"
