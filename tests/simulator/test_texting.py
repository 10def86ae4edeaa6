"""Texts over real HTTP: what Twilio asks, how it reads the answer, and what it tells afterwards."""

from __future__ import annotations

import pytest
from twilio.request_validator import RequestValidator

from helpline.simulator.account import Twilio, TwilioNumber
from helpline.simulator.replying import Delivery
from helpline.simulator.texting import Messenger, Texted
from tests.simulator.service import CALLER, HELPLINE, PUBLIC, TOKEN, Asked, Reply, Service

EMPTY = {f"{party}{place}": "" for party in ("From", "To") for place in ("City", "State", "Zip", "Country")}


def _messenger(service: Service, delivery: Delivery = "delivered", public: str = PUBLIC) -> Messenger:
    return Messenger(Twilio(public, service.address, TOKEN), TwilioNumber(HELPLINE), delivery)


def _text(service: Service, *answers: str | Reply, body: str = "3011") -> Texted:
    """A text that is answered so."""
    service.on("/sms", *answers)
    return _messenger(service).text(CALLER, body)


def _codes(texted: Texted) -> list[int]:
    return [each.code for each in texted.notifications]


def _is_valid(asked: Asked, public: str = PUBLIC) -> bool:
    return bool(
        RequestValidator(TOKEN).validate(public + asked.target, asked.fields, asked.headers["X-Twilio-Signature"])
    )


def test_request(service: Service) -> None:
    """A text comes as a signed form with all that Twilio says of it."""
    _text(service, "", body="3011 ab\n😀")
    [asked] = service.asked
    sid = asked.fields["MessageSid"]
    assert (asked.method, asked.target, _is_valid(asked)) == ("POST", "/sms", True)
    assert sid.startswith("SM") and len(sid) == 34
    assert asked.fields == EMPTY | {
        "MessageSid": sid,
        "SmsSid": sid,
        "SmsMessageSid": sid,
        "AccountSid": "AC" + "0" * 32,
        "ApiVersion": "2010-04-01",
        "SmsStatus": "received",
        "From": CALLER,
        "To": HELPLINE,
        "Body": "3011 ab\n😀",
        "NumSegments": "1",
        "NumMedia": "0",
    }


def test_pictures(service: Service) -> None:
    """Each picture comes with its type and its address at Twilio."""
    service.on("/sms", "")
    _messenger(service).text(CALLER, "", media=2)
    fields = service.asked[0].fields
    assert (fields["NumMedia"], fields["MediaContentType1"], fields["Body"]) == ("2", "image/jpeg", "")
    assert fields["MediaUrl0"].startswith("https://api.twilio.com/2010-04-01/Accounts/AC")
    assert fields["MediaUrl0"] != fields["MediaUrl1"]


def test_no_sender(service: Service) -> None:
    """A text without a sender comes without From."""
    service.on("/sms", "")
    _messenger(service).text(None, "3011")
    assert "From" not in service.asked[0].fields


def test_opt_out_type(service: Service) -> None:
    """OptOutType comes with Advanced Opt-Out only."""
    service.on("/sms", "")
    _messenger(service).text(CALLER, "stop", opt_out_type="STOP")
    assert service.asked[0].fields["OptOutType"] == "STOP"


def test_port_is_signed(service: Service) -> None:
    """For a text the port of an https address is part of what is signed."""
    service.on("/sms", "")
    public = "https://helpline.example:8443"
    _messenger(service, public=public).text(CALLER, "3011")
    [asked] = service.asked
    signature = asked.headers["X-Twilio-Signature"]
    assert signature == RequestValidator(TOKEN).compute_signature(f"{public}/sms", asked.fields)


def test_reply(service: Service) -> None:
    """A Message goes back to the sender, from the number that was texted."""
    [reply] = _text(service, "<Message>Veilig Thuis &amp; €</Message>").replies
    assert (reply.text, reply.to, reply.sender) == ("Veilig Thuis & €", CALLER, HELPLINE)
    assert (reply.segments, reply.encoding, len(reply.sid)) == (1, "GSM-7", 34)


def test_body_and_media(service: Service) -> None:
    """A Message may hold its words in a Body, and media."""
    [reply] = _text(service, "<Message><Body>Hoi</Body><Media>/a.png</Media></Message>").replies
    assert (reply.text, reply.media) == ("Hoi", ("/a.png",))


def test_attributes(service: Service) -> None:
    """A Message may go to another number, from another of the account's."""
    service.on("/sms", '<Message to="+31612345602" from="+31700002000">Hoi</Message>')
    twilio = Twilio(PUBLIC, service.address, TOKEN, owned=("+31700002000",))
    [reply] = Messenger(twilio, TwilioNumber(HELPLINE)).text(CALLER, "3011").replies
    assert (reply.to, reply.sender) == ("+31612345602", "+31700002000")


def test_plain_text(service: Service) -> None:
    """text/plain is sent as the message."""
    texted = _text(service, Reply(b"Hoi <allemaal>", content_type="text/plain; charset=utf-8"))
    assert [each.text for each in texted.replies] == ["Hoi <allemaal>"]


def test_no_answer(service: Service) -> None:
    """`<Response/>` sends nothing, and is no fault."""
    assert _text(service, "") == Texted((), ())


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (Reply(b"{}", content_type="application/json"), 12300),
        (Reply(b"RIFF", content_type="audio/wav"), 12300),
        (Reply(b"<Response/>", content_type=None), 11200),
        (Reply(status=204), 11200),
        (Reply(status=500), 11200),
        (Reply(b"x" * 70_000), 11750),
        (Reply(b"<Response><Message>"), 12100),
        (Reply(b"<Message>Hoi</Message>"), 12102),
        ("<Message/>", 14103),
        (f"<Message>{'a' * 1601}</Message>", 21617),
        ('<Message to="">Hoi</Message>', 21211),
        ('<Message to="0612345600">Hoi</Message>', 21211),
        ('<Message from="+31612345699">Hoi</Message>', 14102),
    ],
)
def test_nothing_is_sent(service: Service, answer: str | Reply, code: int) -> None:
    """Each fault of an answer has Twilio's own number, and nothing goes out."""
    texted = _text(service, answer)
    assert (texted.replies, _codes(texted)) == ((), [code])


@pytest.mark.parametrize(
    ("verbs", "code"),
    [
        ('<Message colour="red">Hoi</Message>', 12200),
        ('<message>Hallo</message><Message action="/status">Hoi</Message>', 12200),
        ("<Say>Hallo</Say><Message>Hoi</Message>", 12200),
        ("<Message>Hoi<Redirect>/x</Redirect></Message>", 12200),
        ("<Message><Body><Body>a</Body>Hoi</Body></Message>", 12200),
        ('<Message method="PUT">Hoi</Message>', 12200),
        ('<Message action="ftp://a">Hoi</Message>', 11100),
        ("<Message>Hoi<Media>/a b</Media></Message>", 11100),
    ],
)
def test_warnings(service: Service, verbs: str, code: int) -> None:
    """What Twilio ignores is warned of, and the rest goes out."""
    service.on("/status", Reply(status=204))
    texted = _text(service, verbs)
    assert ([each.text for each in texted.replies], _codes(texted)) == (["Hoi"], [code])


@pytest.mark.parametrize("sender", ["Belasting", "anonymous", None])
def test_reply_to_no_number(service: Service, sender: str | None) -> None:
    """A reply to what is no number is 21211."""
    service.on("/sms", "<Message>Hoi</Message>")
    assert _codes(_messenger(service).text(sender, "3011")) == [21211]


@pytest.mark.parametrize(("body", "codes"), [("STOP", [21610]), (" Quit\n", [21610]), ("stop 3011", []), ("help", [])])
def test_stop_words(service: Service, body: str, codes: list[int]) -> None:
    """After a stop word that is the whole text, a reply to its sender is refused with 21610."""
    texted = _text(service, "<Message>Hoi</Message>", body=body)
    assert (_codes(texted), len(texted.replies)) == (codes, 0 if codes else 1)


def test_until_a_start_word(service: Service) -> None:
    """Whatever the sender texts after a stop word is not answered, until a start word; anybody else is."""
    service.on("/sms", "<Message>Veilig Thuis</Message>")
    messenger = _messenger(service)
    texts = [(CALLER, "stop"), (CALLER, "3011"), ("+31612345602", "3011"), (CALLER, "Start"), (CALLER, "3011")]
    assert [_codes(messenger.text(*each)) for each in texts] == [[21610], [21610], [], [], []]


def test_opted_out(service: Service) -> None:
    """With Advanced Opt-Out any text that Twilio takes for a stop word blocks its sender."""
    service.on("/sms", "<Message>Hoi</Message>")
    assert _codes(_messenger(service).text(CALLER, "houd op", opt_out_type="STOP")) == [21610]


def test_at_most_ten_messages(service: Service) -> None:
    """Of eleven messages ten go out, and the next is 14109."""
    texted = _text(service, "<Message>Hoi</Message>" * 12)
    assert (len(texted.replies), _codes(texted)) == (10, [14109])


def test_redirect(service: Service) -> None:
    """A Redirect asks for another document with the same form; what stands after it is ignored."""
    service.on("/other/a", "<Message>Twee</Message><Redirect method='GET'>b?x=1</Redirect>")
    service.on("/other/b", "<Message>Drie</Message>")
    texted = _text(
        service, "<Message>Een</Message><Redirect>/other/a</Redirect><Message>Nooit</Message>", body="3011 ab"
    )
    assert [each.text for each in texted.replies] == ["Een", "Twee", "Drie"]
    assert [each.method for each in service.asked] == ["POST", "POST", "GET"]
    assert service.asked[1].fields == service.asked[0].fields
    assert service.at("/other/b")[0].query["Body"] == "3011 ab"


def test_endless(service: Service) -> None:
    """A chain of more than 50 documents is 14106."""
    assert _codes(_text(service, "<Redirect/>")) == [14106]
    assert len(service.asked) == 50


@pytest.mark.parametrize(
    ("delivery", "statuses", "error"),
    [
        ("delivered", ["sent", "delivered"], None),
        ("undelivered", ["sent", "undelivered"], "30005"),
        ("failed", ["failed"], "30008"),
    ],
)
def test_status_callbacks(service: Service, delivery: Delivery, statuses: list[str], error: str | None) -> None:
    """How a message went is told to its `action`, read against the document, in a signed form."""
    service.on("/sms", '<Message action="status">Hoi</Message>')
    service.on("/status", Reply(status=204, content_type=None))
    texted = _messenger(service, delivery).text(CALLER, "3011")
    told = service.at("/status")
    assert texted.notifications == ()
    assert [each.fields["MessageStatus"] for each in told] == statuses
    assert all(_is_valid(each) for each in told)
    assert {each.fields["MessageSid"] for each in told} == {texted.replies[0].sid}
    assert told[-1].fields.get("ErrorCode") == error


def test_status_callback_by_its_older_name(service: Service) -> None:
    """`statusCallback` is the older name of `action`, and `method` says how it is asked."""
    service.on("/status", Reply(status=204))
    _text(service, '<Message statusCallback="/status" method="GET">Hoi</Message>')
    assert [each.query["MessageStatus"] for each in service.at("/status")] == ["sent", "delivered"]


def test_status_callback_fails(service: Service) -> None:
    """A failing status callback is 15003; the message is sent all the same."""
    texted = _text(service, '<Message action="/nowhere">Hoi</Message>')
    assert (len(texted.replies), _codes(texted)) == (1, [15003, 15003])


def test_http_redirect_loses_the_form(service: Service) -> None:
    """An HTTP redirect turns the POST into a GET without its form, as for calls."""
    service.on("/elsewhere", "<Message>Hoi</Message>")
    texted = _text(service, Reply(status=302, headers=(("Location", "/elsewhere"),)))
    assert (len(texted.replies), service.at("/elsewhere")[0].query) == (1, {})
