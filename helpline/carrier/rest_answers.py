"""What Twilio's REST answers hold, as far as it is used here; of a call or a text never whose it was.

Sources: https://www.twilio.com/docs/voice/api/call-resource, https://www.twilio.com/docs/messaging/api/message-resource
and https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource
"""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Annotated, Generic, TypeVar

from pydantic import AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from helpline.errors import CarrierAway

Item = TypeVar("Item")
Answer = TypeVar("Answer", bound=BaseModel)


def _or_empty(value: object) -> object:
    """Twilio writes what is not set as null or as an empty text."""
    return "" if value is None else value


def _or_none(value: object) -> object:
    return None if value == "" else value


def _moment(value: object) -> object:
    """RFC 2822, as in "Fri, 18 Oct 2019 17:02:00 +0000"; null where the call has not come so far."""
    if value is None or value == "":
        return None
    moment = parsedate_to_datetime(str(value))
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


Text = Annotated[str, BeforeValidator(_or_empty)]
Moment = Annotated[datetime | None, BeforeValidator(_moment)]
Seconds = Annotated[int | None, BeforeValidator(_or_none)]


class _Answer(BaseModel):
    """Whatever else Twilio sends is dropped at once."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Call(_Answer):
    """One leg of a call; who called and who was called is not kept."""

    sid: str
    status: str
    duration_seconds: Seconds = Field(default=None, validation_alias="duration")
    start_time: Moment = None
    end_time: Moment = None


class Message(_Answer):
    """One text; neither its words nor whose it is are kept."""

    sid: str
    status: str


class Capabilities(_Answer):
    """What a number can do."""

    voice: bool
    sms: bool = Field(validation_alias=AliasChoices("sms", "SMS"))


class OwnNumber(_Answer):
    """A number of the account with its settings; what is not set is empty."""

    sid: str
    phone_number: str
    voice_url: Text
    voice_method: Text
    voice_fallback_url: Text
    voice_fallback_method: Text
    status_callback: Text
    status_callback_method: Text
    sms_url: Text
    sms_method: Text
    sms_fallback_url: Text
    sms_fallback_method: Text
    voice_application_sid: Text
    sms_application_sid: Text
    trunk_sid: Text
    capabilities: Capabilities


class Page(_Answer, Generic[Item]):
    """Some of a list, and where the next of it are; None on the last page."""

    items: list[Item] = Field(validation_alias=AliasChoices("incoming_phone_numbers", "calls", "messages"))
    next_page_uri: str | None


def read(kind: type[Answer], body: bytes) -> Answer:
    """The answer in `body`. Raises CarrierAway for half an answer, a page of HTML, or anything else unexpected."""
    try:
        return kind.model_validate_json(body)
    except ValidationError:
        pass  # raised below, outside: what pydantic tells holds the answer, with numbers in it
    raise not_understood()


def not_understood() -> CarrierAway:
    """Twilio's answer is not what its documentation promises."""
    return CarrierAway("Twilio's answer could not be read.", help="Try again later; see https://status.twilio.com.")
