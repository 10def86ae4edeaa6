"""What a request to Twilio that failed means, as an error of ours; never Twilio's own words, which can hold a number.

Source: https://www.twilio.com/docs/usage/twilios-response#http-status-codes
"""

from __future__ import annotations

import httpx
from pydantic import BaseModel, ValidationError

from helpline.carrier.rest_answers import not_understood
from helpline.errors import CarrierAway, CarrierRefused, HelplineError, NotAtCarrier

LATER = "See that this machine reaches https://api.twilio.com, and https://status.twilio.com; then try again."
CREDENTIALS = (
    "Look at TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN: both must be of the same account, and the token its primary one."
)
FORBIDDEN = "See in the Twilio Console that the account is not suspended and may do this."
ERROR_PAGE = "https://www.twilio.com/docs/api/errors/{}"


class _Refusal(BaseModel):
    """The one thing of a refusal that is safe to show."""

    code: int | None = None


def fault_of(outcome: httpx.Response | httpx.RequestError, *, creates: bool) -> HelplineError:
    """The error for an answer that is no success, or for none at all.

    `creates` says that the request makes something new, so that it may have been carried out all the same.
    """
    if isinstance(outcome, httpx.Response):
        return _refused(outcome, creates=creates)
    if isinstance(outcome, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout):
        return CarrierAway("Twilio could not be reached.", help=LATER)
    what = "did not answer in time" if isinstance(outcome, httpx.TimeoutException) else "broke off"
    return CarrierAway(f"Twilio {what}{_perhaps(creates=creates)}.", help=LATER, perhaps_done=creates)


def _refused(answer: httpx.Response, *, creates: bool) -> HelplineError:
    status, code = answer.status_code, _code(answer)
    if status == 429:
        return CarrierAway("Twilio has had too many requests of this account (429).", help="Try again in a minute.")
    if status >= 500:
        said = f"Twilio cannot answer now ({status}){_perhaps(creates=creates)}."
        return CarrierAway(said, help=LATER, perhaps_done=creates)
    if status == 404:
        return NotAtCarrier("Twilio has nothing under that SID.", help="It was deleted, or is another account's.")
    if status < 400:
        return not_understood()
    page = f"What that means: {ERROR_PAGE.format(code)}" if code else "The Twilio Console's error log may say why."
    number = f", its error {code}" if code else ""
    if status == 401:
        return CarrierRefused(f"Twilio does not know these credentials (401{number}).", code=code, help=CREDENTIALS)
    if status == 403:
        return CarrierRefused(f"Twilio does not allow this (403{number}).", code=code, help=f"{FORBIDDEN} {page}")
    return CarrierRefused(f"Twilio refused what was asked ({status}{number}).", code=code, help=page)


def _perhaps(*, creates: bool) -> str:
    return "; what was asked may have been done all the same" if creates else ""


def _code(answer: httpx.Response) -> int | None:
    try:
        return _Refusal.model_validate_json(answer.content).code
    except ValidationError:
        return None
