"""How Twilio signs a request: HMAC-SHA1 over the URL and every POST field, in base64.

Written apart from the service's own check, so that an error in one shows against the other.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Sequence
from urllib.parse import urlsplit, urlunsplit


def sign(url: str, fields: Sequence[tuple[str, str]], token: str) -> str:
    """The X-Twilio-Signature for these POST fields; a GET has none, its query is part of the URL."""
    # Repeated fields: Twilio's own library signs the set of values, sorted by name and then by value.
    pairs = sorted(set(fields))
    text = url + "".join(name + value for name, value in pairs)
    digest = hmac.new(token.encode(), text.encode(), hashlib.sha1).digest()
    return base64.b64encode(digest).decode()


def signed_url(url: str, *, keeps_port: bool = False) -> str:
    """The URL as it is signed: without fragment and password, and for a call over HTTPS without the port."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    if parts.scheme == "https" and not keeps_port:  # voice: Twilio drops the port; over HTTP, or for SMS, it stays
        host = re.sub(r":\d+$", "", host)
    return urlunsplit(parts._replace(netloc=host, fragment=""))
