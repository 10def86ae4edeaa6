"""FastAPI with Twilio's library, as their tutorials have it: a dependency checks the signature.

https://www.twilio.com/en-us/blog/build-secure-twilio-webhook-python-fastapi
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Annotated

from fastapi import Depends, FastAPI, Form, HTTPException, Request, Response
from twilio.request_validator import RequestValidator
from twilio.twiml.messaging_response import MessagingResponse
from twilio.twiml.voice_response import Gather, VoiceResponse

PLACES = json.loads(Path(os.environ["PLACES"]).read_text("utf-8"))
validator = RequestValidator(os.environ["TWILIO_AUTH_TOKEN"])


async def validate_twilio_request(request: Request) -> None:
    """403 for what is not Twilio's."""
    form = await request.form()
    signature = request.headers.get("X-Twilio-Signature", "")
    if not validator.validate(str(request.url), form, signature):
        raise HTTPException(status_code=403, detail="Error in Twilio Signature")


app = FastAPI(dependencies=[Depends(validate_twilio_request)])


@app.post("/voice")
async def voice() -> Response:
    """The first turn."""
    response = VoiceResponse()
    gather = Gather(num_digits=4, timeout=6, action="/voice/keyed")
    gather.say("Direct gevaar? Bel 1 1 2.", language="nl-NL")
    gather.say("Om welke postcode gaat het? Toets de vier cijfers.", language="nl-NL")
    response.append(gather)
    response.redirect("/voice")
    return twiml(response)


@app.post("/voice/keyed")
async def keyed(digits: Annotated[str, Form(alias="Digits")]) -> Response:
    """The postcode."""
    response = VoiceResponse()
    place = PLACES.get(digits)
    if place is None:
        response.redirect("/voice")
        return twiml(response)
    response.say("U wordt verbonden.", language="nl-NL")
    response.dial(place["numbers"][0], action=f"/voice/dialled?postcode={digits}&tried=1", timeout=20)
    return twiml(response)


@app.post("/voice/dialled")
async def dialled(
    postcode: str, tried: int, dial_call_status: Annotated[str, Form(alias="DialCallStatus")]
) -> Response:
    """How the dial ended."""
    response = VoiceResponse()
    numbers = PLACES[postcode]["numbers"]
    if dial_call_status == "completed" or tried >= len(numbers):
        response.hangup()
        return twiml(response)
    action = f"/voice/dialled?postcode={postcode}&tried={tried + 1}"
    response.dial(numbers[tried], action=action, timeout=20)
    return twiml(response)


@app.post("/sms")
async def sms(body: Annotated[str, Form(alias="Body")]) -> Response:
    """A text."""
    response = MessagingResponse()
    place = PLACES.get(body.strip())
    if place is None:
        response.message("Stuur de vier cijfers van uw postcode. Direct gevaar? Bel 112.")
    else:
        response.message(f"{place['name']}: bel 0800-2000. Direct gevaar? Bel 112.")
    return twiml(response)


def twiml(response: VoiceResponse | MessagingResponse) -> Response:
    """As FastAPI has it for what is not JSON."""
    return Response(content=str(response), media_type="application/xml")
