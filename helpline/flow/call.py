"""What every caller hears, from the first word to a person.

1. Each `yield` is one step; the value it hands back is how that step ended. When the script ends, we hang up.
2. Everything a call can branch on is yielded; nothing is remembered outside the local variables.
3. The words themselves are in helpline/prompts/, one file a language; what a worker hears is in flow/whisper.py.
"""

from __future__ import annotations

from helpline.flow.steps import (
    DOUBT,
    EVERYWHERE,
    MAYBE,
    NATIONAL,
    SILENCE,
    UNCLEAR,
    UNKNOWN,
    Ask,
    Caller,
    Lookup,
    Ring,
    Say,
    Script,
)

# No postcode begins with 0, and 112 is three keys.
CODES = {"0": "codes", "01": "doctor", "02": "mute", "03": "national", "09": "language", "112": "emergency"}
FIRST_LANGUAGES = ("nl", "en")  # before a language can be chosen all is said in both
MOST_UNUSABLE = 2  # answers that lead nowhere; then a person
MOST_QUESTIONS = 5  # in all, so that going round the codes ends too
MOST_ROUTES = 6  # numbers in the chain of an advice line, and
MOST_DOCTORS = 3  # of a doctors' line: the table check refuses more, so that waiting is bounded
KEY_SECONDS = 6  # to the first key, and from one key to the next: some read theirs from an envelope
GUESS_KEY_SECONDS = 4  # where silence connects: whoever cannot press a key waits this long
RING_SECONDS = 20  # a phone is rung, 5 more are added by Twilio; a mobile's voicemail picks up at about 30
ACCEPT_SECONDS = 5  # to press 1 after a whisper; the key is taken during the words too
DROPPED_SECONDS = 30  # a talk shorter than this, with the caller still there, was cut off
WHISPER_SECONDS = 4  # of each sentence of a whisper: the carrier counts it as talk


def incoming_call() -> Script[None]:
    """A call to the national number."""
    yield Say("emergency", "nl")
    yield Say("emergency", "en")
    yield from announce(EVERYWHERE, *FIRST_LANGUAGES)
    caller, region = yield from find_region()
    if region.startswith(DOUBT):
        region = yield from choose(region, caller)
    yield from announce(region, caller.language)
    if caller.doctor:
        over = yield from connect_doctor(region, caller)
        if over:
            return
    else:
        yield Say("connecting", caller.language)
    yield from connect(region, caller)


def announce(whose: str, *languages: str, otherwise: tuple[str, ...] = FIRST_LANGUAGES) -> Script[None]:
    """An operator's sentence, such as of a fault in the lines: in these languages where written, or else the others."""
    written = yield Lookup("announcement", whose)  # the languages it is written in, such as "nl-en", or "none"
    heard = among(languages, written) or among(otherwise, written)
    for place in range(len(heard)):
        yield Say("announcement", heard[place], whose)


def among(languages: tuple[str, ...], written: str) -> tuple[str, ...]:
    """Those of the languages in which something is written."""
    return tuple(language for language in languages if language in written.split("-"))


def find_region() -> Script[tuple[Caller, str]]:  # noqa: C901 - every answer to the one question stands here
    """The one question, and once more in other words; who gives no answer is put through to the guess or the desk."""
    guess = yield Lookup("region_of_caller")  # of a landline's area code, or "unknown"
    languages = yield Lookup("languages")  # those that can be chosen, such as "nl-en-tr"
    otherwise = NATIONAL if guess == UNKNOWN else guess
    caller, unusable, question = Caller(), 0, "place"
    for _ in range(MOST_QUESTIONS):
        match (yield from asked_back(ask(question, caller, guess, languages), waiting(caller, guess))):
            case "doctor":
                caller, question = caller._replace(doctor=True), "patient"
            case "mute":
                caller, question = caller._replace(mute=True), "place_by_key"
                yield Say("cannot_speak", caller.language)
            case "language":
                caller = yield from choose_language(caller, languages)
                if caller.language not in FIRST_LANGUAGES:  # in those it was heard at the start
                    yield from announce(EVERYWHERE, caller.language, otherwise=())
            case "codes":
                question = "codes"
            case "national":
                return caller, NATIONAL
            case "emergency":
                yield Say("ring_112", caller.language)
                return caller, otherwise
            case "silence" if guess != UNKNOWN:
                return caller, guess
            case "silence" | "unclear" as heard:
                unusable += 1
                if unusable == MOST_UNUSABLE:
                    break
                question = "place_by_key" if caller.mute else "place_again"
                if heard == UNCLEAR:  # said before the next question, which would else take the rest of these keys
                    yield Say("not_understood", caller.language)
            case found:  # a postcode or a place: its organisation, or a doubt between two
                return caller, found
    return caller, otherwise


def ask(question: str, caller: Caller, guess: str, languages: str) -> Ask:
    """A question for the place: by key, and at the second asking by voice; with what waiting and the codes do."""
    known, again = guess != UNKNOWN, question in ("place_again", "place_by_key")
    says = [Say(question, caller.language)]
    if known or again:
        says.append(waiting(caller, guess))
    if question == "place":
        says.append(Say("doctors", caller.language))
    if question in ("place", "place_again") and caller.language == "nl":
        says.append(Say("languages" if languages != "nl-en" else "languages_english_only", "en"))
    seconds = GUESS_KEY_SECONDS if known and question == "place" else KEY_SECONDS
    return Ask(question, caller.language, seconds, tuple(says), speech=question == "place_again")


def waiting(caller: Caller, guess: str) -> Say:
    """What comes of waiting: the organisation of the area code, or else somebody at the national desk."""
    if guess == UNKNOWN:
        return Say("wait_connects", caller.language)
    return Say("silence_connects", caller.language, guess)


def asked_back(question: Ask, wait: Say) -> Script[str]:
    """How a question ended; a spoken place that is not certain is asked back, and counts only when it is confirmed."""
    heard = yield question
    if heard.startswith(MAYBE):
        confirmed = yield Ask("meant", question.language, KEY_SECONDS, choices=heard, last=(wait,))
        return UNCLEAR if confirmed == SILENCE else confirmed
    return heard


def choose(doubt: str, caller: Caller) -> Script[str]:
    """A postcode in two areas is asked by municipality; without an answer the one it mainly lies in decides."""
    heard = yield Ask("which", caller.language, KEY_SECONDS, (Say("which", caller.language),), choices=doubt)
    if heard in (SILENCE, UNCLEAR):
        heard = yield Lookup("likeliest", doubt)
    return heard


def choose_language(caller: Caller, languages: str) -> Script[Caller]:
    """Each other language names itself; without an answer it stays as it was. 112 is said again in the one chosen."""
    chosen = others = "-".join(code for code in languages.split("-") if code != caller.language)
    if "-" in others:
        chosen = yield Ask("language", caller.language, KEY_SECONDS, choices=others)
    if chosen in (SILENCE, UNCLEAR):
        return caller
    yield Say("emergency", chosen)
    return caller._replace(language=chosen)


def connect_doctor(region: str, caller: Caller) -> Script[bool]:
    """The vertrouwensarts is rung when one is on duty; else the doctor hears why not. True when the call is over."""
    language = caller.language
    match (yield Lookup("doctors_line", region)):
        case "open":
            yield Say("connecting_doctor", language)
            over = yield from ring("doctors", region, caller)
            if over:
                return True
            yield Say("doctor_unanswered", language)
        case "closed":
            yield Say("doctor_closed", language, region)
        case _:  # none: the national desk has no vertrouwensarts, and some organisations may not
            yield Say("doctor_none", language)
    return False


def connect(region: str, caller: Caller) -> Script[None]:
    """The organisation, its stand-in, the national desk; once more round; then 112 and when to ring again."""
    over = yield from ring("advice", region, caller)
    if over:
        return
    yield Say("once_more", caller.language)
    over = yield from ring("advice", region, caller)
    if over:
        return
    yield Say("nobody_reached", caller.language)


def ring(line: str, region: str, caller: Caller) -> Script[bool]:
    """One route after another. True when the call is over: they talked, or the caller has gone; False: all were tried.

    A call that is picked up and never joined, by a voicemail or by somebody who does not accept it, is unanswered.
    """
    routes = yield Lookup(f"routes_{line}", region)
    for route in range(int(routes)):
        match (yield Ring(line, region, route, caller)):
            case "answered" | "gone":
                return True
            case "dropped":
                yield Say("dropped", caller.language)
            case "unanswered" if route + 1 < int(routes):
                yield Say("next_route", caller.language)
            case _:
                pass  # it was the last: what is said now depends on what comes next
    return False
