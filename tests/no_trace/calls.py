"""Calls and texts of these callers, on every path a call can take, each turn with something that is theirs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from typing import TypeAlias
from urllib.parse import urlencode

from tests.no_trace.private import ARABIC, NAME, Caller, Private, call_sid, text_sid
from tests.no_trace.wire import ALWAYS, Answer, Asked, Wire

LEG = 1 << 32  # legs of calls have numbers from here on, so that no call has the same
TEST_CALL = 1 << 33
ADDRESSES = re.compile(r'(?:action|url|statusCallback|src)="([^"]*)"|<(?:Redirect|Play)[^>]*>([^<]*)<')

Act: TypeAlias = tuple[str, str]  # what the caller does, or how a dial ends, and with what


@dataclass
class Played:
    """What was asked, and all that came back."""

    asked: list[Asked] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)

    def urls(self) -> list[str]:
        """Every address that was handed out."""
        return [url or other for document in self.documents for url, other in ADDRESSES.findall(document)]


@dataclass
class Telephones:
    """Whoever rings and texts, over one wire; `leak` names the leak that is to show itself."""

    wire: Wire
    played: Played
    leak: str = ""

    def call(self, caller: Caller, number: int, acts: Sequence[Act], *, by_get: bool = False) -> None:
        """One call, as far as it goes, and its end."""
        sid = call_sid(number)
        about = {"CallSid": sid, "From": caller.number, "CallerName": f"{NAME}-{number}"}
        asked_from = {"Caller": caller.number, "FromCity": NAME, "FromZip": "", "ForwardedFrom": caller.number}
        document = self._ask("/voice", {**ALWAYS, **about, **asked_from, "CallStatus": "ringing"}, about, get=by_get)
        for kind, what in acts:
            address = _next(document, kind)
            if address is None:
                break
            if whisper := re.search(r'<Number[^>]* url="([^"#]+)', document):
                self._whisper(whisper[1].replace("&amp;", "&"), number, about, what)
            theirs = _theirs(kind, what, number)
            document = self._ask(address, {**ALWAYS, **about, **theirs, "CallStatus": "in-progress"}, about | theirs)
        over = {"CallStatus": "completed", "CallDuration": str(number % 900), "Caller": caller.number}
        self._ask("/voice/status", {**ALWAYS, **about, **over}, about)

    def text(self, caller: Caller, number: int, body: str, **more: str) -> None:
        """One text, and that its answer arrived."""
        about = {"MessageSid": text_sid(number), "From": caller.number, "Body": body, "ProfileName": NAME, **more}
        self._ask("/sms", {**ALWAYS, **about, "NumSegments": "1"}, about)
        arrived = {"MessageSid": text_sid(number + LEG), "To": caller.number, "MessageStatus": "delivered"}
        self._ask("/sms/status", {**ALWAYS, **arrived}, arrived)

    def test_call(self, version: str, caller: Caller, number: int) -> None:
        """Somebody presses a key in a test call."""
        query = f"organisation=utrecht&line=advice&place=1&version={version}&last=no"
        for digits in ("5", "1"):
            about = {"CallSid": call_sid(TEST_CALL + number), "Digits": digits, "To": caller.number}
            self._ask(f"/voice/test-call?{query}", {**ALWAYS, **about}, about)

    def ask(self, asked: Asked, *, armed: str = "") -> Answer:
        """A request, and what came back is kept."""
        answer = self.wire.send(asked, armed=armed)
        self.played.documents.append(answer.document)
        return answer

    def _ask(self, target: str, fields: Mapping[str, str], about: Mapping[str, str], *, get: bool = False) -> str:
        private = {name: value for name, value in about.items() if value}
        if self.leak:
            private["Leak"] = self.leak
        asked = Asked(_with_query(target, fields), None, private) if get else Asked(target, fields, private)
        self.played.asked.append(asked)
        return self.ask(asked).document

    def _whisper(self, address: str, number: int, about: Mapping[str, str], dial: str) -> None:
        """Whoever picks up hears the whisper, and on an accept line presses 1, or does not."""
        leg = {"CallSid": call_sid(LEG + number), "ParentCallSid": about["CallSid"], "From": about["From"]}
        document = self._ask(address, {**ALWAYS, **leg}, leg)
        if accepted := _next(document, "keys"):
            keyed = leg | {"Digits": "1" if dial == "completed" else "7"}
            self._ask(accepted, {**ALWAYS, **keyed}, keyed)
        over = {**ALWAYS, **leg, "CallStatus": "completed", "CallDuration": "30"}
        self._ask("/voice/status", over, leg)


def ways(private: Private) -> Iterator[Sequence[Act]]:
    """Every kind of call, over and over, with other keys, postcodes and places each time."""
    postcodes, doubtful = cycle(private.keyed), cycle(private.doubtful)
    places, wrong = cycle(private.places), cycle(private.keys)
    answered, busy, nobody = ("dial", "completed"), ("dial", "busy"), ("dial", "no-answer")
    while True:
        yield ("keys", next(postcodes)), answered
        yield ("silence", ""), ("silence", ""), busy, answered
        yield ("keys", next(wrong)), ("keys", next(postcodes)), nobody, ("dial", next(wrong)), answered
        yield ("keys", next(wrong)), ("words", next(places)), ("keys", "1"), answered
        yield ("silence", ""), ("words", f"ik zit bij {NAME} in {next(places)}"), ("keys", "1"), answered
        yield ("keys", next(doubtful)), ("keys", "2"), ("dial", "failed"), answered
        yield ("keys", "01"), ("keys", next(postcodes)), nobody, nobody, answered
        yield ("keys", "02"), ("keys", next(postcodes)), answered
        yield ("keys", "03"), busy, busy, busy, busy, answered
        yield ("keys", "09"), ("keys", "1"), ("keys", next(wrong)), ("words", next(places)), ("keys", "2"), answered
        yield ("keys", "0"), ("keys", next(postcodes)), ("dial", "dropped"), answered
        yield ("words", ARABIC), ("words", f"{NAME} slaat mij"), answered
        yield ("keys", next(postcodes)), *([busy] * 12)
        yield ("keys", "9"), ("words", " ".join(next(postcodes))), ("keys", "1"), ("dial", "canceled"), answered
        yield ("keys", f"#{next(wrong)}"), ("words", f"{next(postcodes)} QZ"), answered
        yield ("keys", "112"), answered
        yield ()


def bodies(private: Private) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Every kind of text, over and over."""
    postcodes, places = cycle(private.keyed), cycle(private.places)
    whole, keys = cycle(private.whole_postcodes()), cycle(private.keys)
    while True:
        yield next(postcodes), {}
        yield f"ik woon in {next(places)}, {next(whole)}", {}
        yield next(places), {}
        yield f"arts {next(postcodes)}", {}
        yield f"{NAME} slaat mij, help", {}
        yield ARABIC, {}
        yield next(places)[:-1] + "x", {}
        yield "STOP", {}
        yield f"stop {next(keys)}", {"OptOutType": "STOP"}
        yield next(keys), {"NumMedia": "1", "MediaUrl0": f"https://api.twilio.com/{next(keys)}"}
        yield f"1 1 2 {NAME}", {}
        yield f"\ud83d{NAME}\x00".encode("utf-8", "replace").decode(), {}


def _next(document: str, kind: str) -> str | None:
    """Where the carrier asks next after this; None where the call is over."""
    if kind == "silence" and (redirect := re.search(r"<Redirect>([^<#]+)", document)):
        return redirect[1].replace("&amp;", "&")
    found = re.search(r'<(?:Gather|Dial) action="([^"#]+)', document)
    return found[1].replace("&amp;", "&") if found else None


def _theirs(kind: str, what: str, number: int) -> dict[str, str]:
    """The fields that tell of it."""
    match kind:
        case "keys":
            return {"Digits": what}
        case "words":
            return {"SpeechResult": what, "Confidence": "0.91", "Language": "nl-NL"}
        case "dial":
            bridged = what in ("completed", "dropped")
            seconds = "10" if what == "dropped" else "300"
            status = "completed" if what == "dropped" else what
            leg = {"DialCallSid": call_sid(LEG + number), "DialCallStatus": status}
            return leg | {"DialBridged": str(bridged).lower(), "DialCallDuration": seconds if bridged else "0"}
        case _:
            return {}


def _with_query(target: str, fields: Mapping[str, str]) -> str:
    return f"{target}?{urlencode(fields)}"
