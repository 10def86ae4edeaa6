"""What every caller hears, from the first word to a person.

1. Each `yield` is one step; the value it hands back is how that step ended.
2. Everything a call can branch on is yielded; nothing is remembered outside the local variables.
3. The words themselves are in helpline/prompts/, one file a language.
"""

from __future__ import annotations

from helpline.flow.steps import NATIONAL, SILENCE, UNCLEAR, UNKNOWN, Ask, Caller, Lookup, Ring, Say, Script

CODES = {"01": "doctor", "03": "national", "09": "english"}  # no postcode begins with 0
MOST_MISSES = 2  # unusable answers in a row; then a person
MOST_QUESTIONS = 5  # in all, so that going round the codes ends too
MOST_ROUTES = 6  # numbers in one chain: the table check refuses more
RING_SECONDS = 20  # a phone is rung, 5 more are added by Twilio; a mobile's voicemail picks up at about 30
DROPPED_SECONDS = 30  # a talk shorter than this, with the caller still there, was cut off


def incoming_call() -> Script[None]:
    """A call to the national number."""
    yield Say("emergency", "nl")
    yield Say("emergency", "en")
    guess = yield Lookup("region_of_caller")  # of a landline's area code, or "unknown"
    caller, region = yield from find_region(guess)
    if caller.doctor:
        reached = yield from connect_doctor(region, caller)
        if reached:
            return
    yield from connect(region, caller)


def find_region(guess: str) -> Script[tuple[Caller, str]]:
    """The one question, asked again in other words; silence means the guess, or else the national desk."""
    caller, misses, question = Caller(), 0, "place"
    for _ in range(MOST_QUESTIONS):
        heard = yield ask(question, caller, guess)
        match heard:
            case "english":
                caller = caller._replace(language="en")
                yield Say("emergency", "en")
            case "doctor":
                caller, question = caller._replace(doctor=True), "patient"
            case "national":
                return caller, NATIONAL
            case "silence" if guess != UNKNOWN:
                return caller, guess
            case "silence" | "unclear":
                misses += 1
                if misses == MOST_MISSES:
                    break
                yield Say("not_understood", caller.language)  # outside the question, so that left-over keys end here
                question = "place_again"
            case doubt if doubt.startswith("doubt-"):
                return caller, (yield from choose(doubt, caller))
            case region:
                return caller, region
    return caller, NATIONAL if guess == UNKNOWN else guess


def ask(question: str, caller: Caller, guess: str) -> Ask:
    """The postcode is asked for; other languages are offered once, and what silence does is said where it is known."""
    says = [Say(question, caller.language)]
    if question == "place" and caller.language == "nl":
        says.append(Say("languages", "en"))
    if guess != UNKNOWN:
        says.append(Say("silence_connects", caller.language, guess))
    return Ask(question, tuple(says))


def choose(doubt: str, caller: Caller) -> Script[str]:
    """A postcode that lies in two areas is asked by municipality; without an answer its main one decides."""
    heard = yield Ask("which", (Say("which", caller.language),), doubt)
    if heard in (SILENCE, UNCLEAR):
        heard = yield Lookup("likeliest", doubt)
    return heard


def connect_doctor(region: str, caller: Caller) -> Script[bool]:
    """The vertrouwensarts is rung when there is one on duty; else the doctor hears why not. True when reached."""
    language = caller.language
    match (yield Lookup("doctors_line", region)):
        case "open":
            yield Say("connecting_doctor", language, region)
            reached = yield from ring("doctors", region, caller)
            if reached:
                return True
            yield Say("doctor_unanswered", language)
        case "closed":
            yield Say("doctor_closed", language, region)
        case _:
            yield Say("doctor_none", language)
    return False


def connect(region: str, caller: Caller) -> Script[None]:
    """The organisation, its stand-in, the national desk; once more round; then 112 and when to ring again."""
    yield Say("connecting", caller.language, region)
    for lap in ("first", "second"):
        reached = yield from ring("advice", region, caller)
        if reached:
            return
        if lap == "first":
            yield Say("once_more", caller.language)
    yield Say("nobody_reached", caller.language)


def ring(line: str, region: str, caller: Caller) -> Script[bool]:
    """One route after another, until somebody answers or the caller has gone; False when all were tried."""
    routes = yield Lookup(f"routes_{line}", region)
    for route in range(int(routes)):
        match (yield Ring(line, region, route, caller)):
            case "answered" | "gone":
                return True
            case "dropped":
                yield Say("dropped", caller.language)
            case "unanswered" if route + 1 < int(routes):
                yield Say("next_route", caller.language)
    return False
