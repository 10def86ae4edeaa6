"""Flask with Twilio's library, as their tutorial has it: a decorator checks the signature.

https://www.twilio.com/docs/usage/tutorials/how-to-secure-your-flask-app-by-validating-incoming-twilio-requests
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from functools import wraps
from pathlib import Path

from flask import Flask, Response, abort, request
from twilio.request_validator import RequestValidator
from twilio.twiml.messaging_response import MessagingResponse
from twilio.twiml.voice_response import Gather, VoiceResponse
from werkzeug.middleware.proxy_fix import ProxyFix

PLACES = json.loads(Path(os.environ["PLACES"]).read_text("utf-8"))

app = Flask(__name__)
app.wsgi_app = ProxyFix(app.wsgi_app, x_proto=1)  # as Flask's documentation has it


def validate_twilio_request(view: Callable[[], Response]) -> Callable[[], Response]:
    """403 for what is not Twilio's."""

    @wraps(view)
    def decorated() -> Response:
        validator = RequestValidator(os.environ["TWILIO_AUTH_TOKEN"])
        if validator.validate(request.url, request.form, request.headers.get("X-TWILIO-SIGNATURE", "")):
            return view()
        return abort(403)

    return decorated


@app.route("/voice", methods=["POST"])
@validate_twilio_request
def voice() -> Response:
    """The first turn."""
    response = VoiceResponse()
    gather = Gather(num_digits=4, timeout=6, action="/voice/keyed")
    gather.say("Direct gevaar? Bel 1 1 2.", language="nl-NL")
    gather.say("Om welke postcode gaat het? Toets de vier cijfers.", language="nl-NL")
    response.append(gather)
    response.redirect("/voice")
    return twiml(response)


@app.route("/voice/keyed", methods=["POST"])
@validate_twilio_request
def keyed() -> Response:
    """The postcode."""
    response = VoiceResponse()
    digits = request.form["Digits"]
    place = PLACES.get(digits)
    if place is None:
        response.redirect("/voice")
        return twiml(response)
    response.say("U wordt verbonden.", language="nl-NL")
    response.dial(place["numbers"][0], action=f"/voice/dialled?postcode={digits}&tried=1", timeout=20)
    return twiml(response)


@app.route("/voice/dialled", methods=["POST"])
@validate_twilio_request
def dialled() -> Response:
    """How the dial ended."""
    response = VoiceResponse()
    postcode, tried = request.args["postcode"], int(request.args["tried"])
    numbers = PLACES[postcode]["numbers"]
    if request.form["DialCallStatus"] == "completed" or tried >= len(numbers):
        response.hangup()
        return twiml(response)
    action = f"/voice/dialled?postcode={postcode}&tried={tried + 1}"
    response.dial(numbers[tried], action=action, timeout=20)
    return twiml(response)


@app.route("/sms", methods=["POST"])
@validate_twilio_request
def sms() -> Response:
    """A text."""
    response = MessagingResponse()
    place = PLACES.get(request.form["Body"].strip())
    if place is None:
        response.message("Stuur de vier cijfers van uw postcode. Direct gevaar? Bel 112.")
    else:
        response.message(f"{place['name']}: bel 0800-2000. Direct gevaar? Bel 112.")
    return twiml(response)


def twiml(response: VoiceResponse | MessagingResponse) -> Response:
    """What Twilio reads."""
    return Response(str(response), mimetype="text/xml")
