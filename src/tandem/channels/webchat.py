"""The chat widget on web pages. Its clients read the timeline over the socket, so nothing is ever sent to a platform."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import ClassVar
from uuid import uuid4

from msgspec import Struct

from tandem.channels.model import Channel, Outgoing, Refused
from tandem.kit.crypto import Forged, Keys, read_token
from tandem.kit.text import clean, shortened
from tandem.people.model import Introduction

KIND = "webchat"
_TOKEN_LASTS = timedelta(days=180)
_PURPOSE = "visitor"


class WebChat:
    """Adapter of the port for the widget."""

    kind: ClassVar[str] = KIND
    pulls: ClassVar[bool] = True
    longest_text: ClassVar[int] = 8000

    async def send(self, channel: Channel, secret: str, outgoing: Outgoing) -> str:
        raise Refused(f"{channel.key}: widgets read for themselves")


class Visitor(Struct, frozen=True):
    """Whom a token names: a browser (`verified` False) or a customer of the shop, vouched for by its signature."""

    channel: str
    external: str
    verified: bool
    name: str = ""
    locale: str = ""
    tier: str | None = None
    phone_last4: str | None = None

    @property
    def thread(self) -> str:
        return self.external

    def introduction(self) -> Introduction:
        attributes = {"phone_last4": self.phone_last4} if self.phone_last4 else {}
        return Introduction(self.external, self.verified, self.name, self.locale, self.tier, attributes)


def visitor_of(keys: Keys, token: str, now: datetime) -> Visitor:
    """Raises `Forged`."""
    claims = keys.claims(_PURPOSE, token, now)
    channel, external = claims.get("channel"), claims["sub"]
    if not isinstance(channel, str) or not isinstance(external, str):
        raise Forged
    return Visitor(
        channel, external, claims.get("verified") is True, _text(claims, "name"), _text(claims, "locale"),
        _text(claims, "tier") or None, _text(claims, "phone_last4") or None,
    )  # fmt: skip


def token_for(keys: Keys, visitor: Visitor, now: datetime) -> str:
    claims: dict[str, object] = {"sub": visitor.external, "channel": visitor.channel, "verified": visitor.verified}
    told = {"name": visitor.name, "locale": visitor.locale, "tier": visitor.tier, "phone_last4": visitor.phone_last4}
    return keys.token(_PURPOSE, claims | {key: value for key, value in told.items() if value}, now, _TOKEN_LASTS)


def vouched(channel: Channel, secret: str, identity: str, now: datetime) -> Visitor:
    """The customer whom the host page's signature names. Raises `Forged`."""
    claims = read_token(identity, secret.encode(), now)
    subject = claims["sub"]
    if not isinstance(subject, str) or not 1 <= len(subject) <= 200:
        raise Forged
    digits = _text(claims, "phone_last4")
    return Visitor(
        channel.key, f"customer:{subject}", True, shortened(clean(_text(claims, "name")), 80), _text(claims, "locale")[:20],
        shortened(clean(_text(claims, "tier")), 40) or None, digits if digits.isdigit() and len(digits) == 4 else None,
    )  # fmt: skip


def stranger(channel: Channel, locale: str) -> Visitor:
    """A browser seen for the first time."""
    return Visitor(channel.key, f"visitor:{uuid4()}", False, locale=locale[:20])


def shop_customer(external: str, verified: bool) -> str | None:
    """The shop's own id of a customer, if the shop vouched for it."""
    return external.removeprefix("customer:") if verified and external.startswith("customer:") else None


def _text(claims: Mapping[str, object], key: str) -> str:
    value = claims.get(key)
    return value if isinstance(value, str) else ""
