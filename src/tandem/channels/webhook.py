"""A channel of one's own over signed HTTP, both ways: for a platform that Tandem does not speak yet.

Every call carries `Tandem-Signature: t=<unix seconds>,v1=<hex HMAC-SHA256 of "t.body">` under the channel's secret, and outgoing
ones an `Idempotency-Key` that stays the same over all attempts.
"""

import hashlib
import hmac
from datetime import datetime
from typing import ClassVar

import httpx
import msgspec
from msgspec import Struct

from tandem.channels.model import Channel, Incoming, Outgoing, Refused, Uncertain, Unreachable
from tandem.infra.outside import Outside, OutsideRefused
from tandem.kit.crypto import Forged, same
from tandem.kit.errors import InvalidInput
from tandem.kit.text import clean, shortened
from tandem.people.model import Introduction

KIND = "webhook"
SIGNATURE = "Tandem-Signature"
_SIGNATURE_LASTS = 300  # seconds; a replay after that is refused even if its event id is new
_AGAIN = {408, 425, 429, 502, 503, 504}


class Received(Struct, frozen=True):
    """The body of an incoming call."""

    event: str
    thread: str
    sender: str
    text: str
    name: str = ""
    locale: str = ""


def sign(secret: str, body: bytes, at: datetime) -> str:
    stamp = int(at.timestamp())
    mac = hmac.new(secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={stamp},v1={mac}"


def verify(secret: str, body: bytes, signature: str, now: datetime) -> None:
    """Raises `Forged`."""
    parts = dict(part.partition("=")[::2] for part in signature.split(","))
    stamp = parts.get("t", "")
    if not stamp.isascii() or not stamp.isdigit() or abs(now.timestamp() - int(stamp)) > _SIGNATURE_LASTS:
        raise Forged
    if not same(sign(secret, body, datetime.fromtimestamp(int(stamp), now.tzinfo)), signature):
        raise Forged


def parse(body: bytes) -> Incoming:
    """Raises `InvalidInput`."""
    try:
        said = msgspec.json.decode(body, type=Received)
    except (msgspec.DecodeError, UnicodeError) as error:
        raise InvalidInput.field("body", str(error)) from None
    if not (1 <= len(said.event) <= 200 and 1 <= len(said.thread) <= 200 and 1 <= len(said.sender) <= 200):
        raise InvalidInput.field("event, thread, sender", "1–200")
    who = Introduction(f"sender:{said.sender}", name=shortened(clean(said.name), 80), locale=clean(said.locale)[:20])
    return Incoming(said.event, said.thread, who, said.text, raw=msgspec.to_builtins(said))


class Webhook:
    """Adapter of the port: posts each message to the channel's `url`."""

    kind: ClassVar[str] = KIND
    pulls: ClassVar[bool] = False
    longest_text: ClassVar[int] = 8000

    def __init__(self, outside: Outside) -> None:
        self._outside = outside

    async def send(self, channel: Channel, secret: str, outgoing: Outgoing) -> str:
        body = msgspec.json.encode({"id": outgoing.id, "thread": outgoing.thread, "at": outgoing.at, "message": outgoing.message})
        headers = {
            "Content-Type": "application/json",
            "Idempotency-Key": str(outgoing.id),
            SIGNATURE: sign(secret, body, outgoing.attempt_at),
        }
        try:
            answer = await self._outside.post(str(channel.config.get("url", "")), body, headers)
        except OutsideRefused as error:
            raise Refused(str(error)) from None
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            raise Unreachable(type(error).__name__) from None
        except httpx.HTTPError as error:
            # The request was on its way: the other side may have acted on it.
            raise Uncertain(type(error).__name__) from None
        if answer.status_code in _AGAIN:
            raise Unreachable(f"HTTP {answer.status_code}")
        if answer.is_error:
            raise Refused(f"HTTP {answer.status_code}")
        return str(answer.headers.get("Message-Id", outgoing.id))[:200]
