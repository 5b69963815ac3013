"""What routes work with. Made once in `app.py`; each request brings them, and a route asks for a piece by the name of its argument."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.di import Provide

from tandem.access.model import Session, User
from tandem.assistant.evaluate.runs.act import Evaluating
from tandem.assistant.promise.act import Promises
from tandem.assistant.rules.act import TriageRules
from tandem.assistant.skills.manage import Skills
from tandem.channels.intake import Intake
from tandem.channels.webchat import Visitor
from tandem.chat.act import Chat
from tandem.desk.act import Desk
from tandem.desk.contacts.act import Contacts
from tandem.desk.copilot.act import Companion
from tandem.desk.exceptions.act import Exceptions
from tandem.desk.exceptions.remedies import Remedies
from tandem.desk.model import CustomerOrders, Online
from tandem.desk.order.act import Order
from tandem.desk.supervision.act import Supervision
from tandem.desk.supervision.board import Boards
from tandem.desk.translation.routes import Translator
from tandem.desk.writing.act import Macros
from tandem.handoff.act import Handoff
from tandem.infra.blobs import Blobs
from tandem.infra.bus import Bus
from tandem.infra.db import Database
from tandem.infra.numbers import Numbers
from tandem.infra.settings import Settings
from tandem.kit.clock import Clock
from tandem.kit.crypto import Keys
from tandem.kit.errors import Language, language_of
from tandem.knowledge.act import Knowledge
from tandem.knowledge.importing.act import Importing
from tandem.routing.engine.book import Book
from tandem.timeline.act import Timeline


@dataclass(frozen=True)
class Services:
    """Field names are the names that routes ask by."""

    settings: Settings
    db: Database
    bus: Bus
    clock: Clock
    keys: Keys
    numbers: Numbers
    blobs: Blobs
    timeline: Timeline
    intake: Intake
    chat: Chat
    handoff: Handoff
    desk: Desk
    order: Order
    contacts: Contacts
    companion: Companion
    macros: Macros
    exceptions: Exceptions
    remedies: Remedies
    supervision: Supervision
    translator: Translator
    boards: Boards
    knowledge: Knowledge
    skills: Skills
    importing: Importing
    evaluating: Evaluating
    promises: Promises
    triage_rules: TriageRules
    online: Online
    customer_orders: CustomerOrders | None
    book: Book


def services_of(connection: ASGIConnection[Any, Any, Any, Any]) -> Services:
    return cast(Services, connection.scope["state"]["services"])


def _session(request: Request[Any, Any, Any]) -> Session:
    return cast(Session, request.scope["state"]["session"])


def _session_key(request: Request[Any, Any, Any]) -> bytes:
    return cast(bytes, request.scope["state"]["session_key"])


def _who(request: Request[Any, Any, Any]) -> User:
    return _session(request).user


def _visitor(request: Request[Any, Any, Any]) -> Visitor:
    return cast(Visitor, request.scope["state"]["visitor"])


def _language(request: Request[Any, Any, Any]) -> Language:
    return language_of(request.headers.get("Accept-Language"))


def dependencies() -> dict[str, Provide]:
    """By name: the services, and who is calling (`who`, `session`, `session_key`, `visitor`, `language`)."""

    def given(name: str) -> Callable[[Request[Any, Any, Any]], object]:
        def give(request: Request[Any, Any, Any]) -> object:
            return getattr(services_of(request), name)

        return give

    fixed = {name: given(name) for name in Services.__dataclass_fields__}
    asked = {"session": _session, "session_key": _session_key, "who": _who, "visitor": _visitor, "language": _language}
    return {name: Provide(ask, sync_to_thread=False) for name, ask in (fixed | asked).items()}
