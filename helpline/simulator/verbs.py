"""What a TwiML document can tell Twilio to do: one record per verb, with Twilio's names and defaults."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Say:
    """Words, spoken; `seconds` is how long saying them once takes, pauses inside included."""

    text: str
    seconds: float
    language: str = "en-US"
    voice: str = "man"
    loop: int = 1


@dataclass(frozen=True)
class Play:
    """A recorded sound, or keys sent as tones; one that `is_here` has come already and is not asked for."""

    url: str
    loop: int = 1
    digits: str = ""
    is_here: bool = False


@dataclass(frozen=True)
class Pause:
    """Silence of so many seconds."""

    length: int = 1


@dataclass(frozen=True)
class Gather:
    """A question: the prompt plays, then keys or speech are awaited."""

    prompt: tuple[Say | Play | Pause, ...] = ()
    action: str | None = None  # absent means: the current document is asked again
    method: str = "POST"
    input: str = "dtmf"
    timeout: int = 5
    finish_on_key: str = "#"
    num_digits: int | None = None
    action_on_empty_result: bool = False
    speech_timeout: str = ""  # empty means: as timeout
    language: str = "en-US"
    barge_in: bool = True
    profanity_filter: bool = True
    partial_result_callback: str | None = None
    partial_result_callback_method: str = "POST"

    @property
    def takes_keys(self) -> bool:
        """Whether keys are an answer."""
        return "dtmf" in self.input.split()

    @property
    def takes_speech(self) -> bool:
        """Whether speech is an answer."""
        return "speech" in self.input.split()


@dataclass(frozen=True)
class Number:
    """A telephone to ring; whoever answers first hears the document at `url`, if there is one."""

    number: str
    url: str | None = None
    method: str = "POST"
    send_digits: str = ""
    status_callback: str | None = None
    status_callback_method: str = "POST"
    status_callback_event: str = "completed"
    machine_detection: str = ""
    machine_detection_timeout: int = 30


@dataclass(frozen=True)
class Dial:
    """One or more telephones are rung, and the caller is put through to whoever answers."""

    numbers: tuple[Number, ...] = ()
    action: str | None = None  # absent means: the next verb follows after the call
    method: str = "POST"
    timeout: int = 30
    time_limit: int = 14400
    caller_id: str | None = None  # absent means: From of the caller
    sequential: bool = False
    answer_on_bridge: bool = False
    hangup_on_star: bool = False
    record: str = "do-not-record"


@dataclass(frozen=True)
class Redirect:
    """The call goes on with another document."""

    url: str
    method: str = "POST"


@dataclass(frozen=True)
class Hangup:
    """The call ends."""


@dataclass(frozen=True)
class Reject:
    """The call is not answered, if nothing came before."""

    reason: str = "rejected"


@dataclass(frozen=True)
class Unplayed:
    """What Twilio would play here and this player does not."""

    name: str


Verb = Say | Play | Pause | Gather | Dial | Redirect | Hangup | Reject | Unplayed
