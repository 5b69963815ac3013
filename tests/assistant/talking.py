"""A customer talking with the assistant: keeps the timeline and the memory between turns, as the desk would."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import msgspec

from tandem.assistant.model import Context, Customer, Memory, Page, Reply, memory_from
from tandem.assistant.respond import Assistant
from tandem.timeline.model import Attachment, Author, AuthorKind, Body, Entry, HandedBack, Message, SkillCalled, Verified

NOBODY = UUID(int=0)
PICTURE = Attachment(UUID(int=7), "photo.jpg", "image/jpeg", 1000)


class Talk:
    """`customer` is the shop's id if the host page vouched for it, `product` what the page shows."""

    def __init__(
        self,
        assistant: Assistant,
        *,
        locale: str = "zh-CN",
        customer: str | None = None,
        product: str | None = None,
        tier: str | None = None,
    ) -> None:
        self._assistant = assistant
        self.customer = Customer(NOBODY, "", locale, tier, customer)
        self.page = Page("https://shop.example/p", "", product) if product else None
        self.entries: list[Entry] = []
        self.memory = Memory()
        self.now = datetime(2026, 3, 10, 6, tzinfo=UTC)

    async def says(self, *texts: str, files: tuple[Attachment, ...] = (), on_draft: Callable[[str], None] | None = None) -> Reply:
        """Several texts are several messages sent before the assistant answers."""
        return await self._turn([Message(text, files) for text in texts], on_draft)

    async def presses(self, reply: Reply, label: str) -> Reply:
        choice = next(it for it in message(reply).choices if label in it.label)
        return await self._turn([Message(choice.label, choice=choice.value)], None)

    def hands_back(self) -> None:
        self._append("agent", HandedBack())

    async def _turn(self, messages: list[Message], on_draft: Callable[[str], None] | None) -> Reply:
        history = tuple(self.entries)
        heard = tuple(self._append("customer", it) for it in messages)
        context = Context(NOBODY, self.customer, self.page, history, heard, self.memory, self.now)
        reply = await (self._assistant.respond(context, on_draft) if on_draft else self._assistant.respond(context))
        for body in reply.entries:
            self._append("assistant", body)
        self.memory = memory_from(json.loads(msgspec.json.encode(reply.memory)))
        json.dumps(reply.trace)
        return reply

    def _append(self, who: AuthorKind, body: Body) -> Entry:
        self.now += timedelta(seconds=5)
        seq = len(self.entries) + 1
        entry = Entry(NOBODY, seq, UUID(int=seq), self.now, Author(who), isinstance(body, SkillCalled), None, body)
        self.entries.append(entry)
        return entry


def message(reply: Reply) -> Message:
    last = reply.entries[-1]
    assert isinstance(last, Message)
    return last


def text(reply: Reply) -> str:
    return message(reply).text


def calls(reply: Reply) -> list[SkillCalled]:
    return [it for it in reply.entries if isinstance(it, SkillCalled)]


def proofs(reply: Reply) -> list[Verified]:
    return [it for it in reply.entries if isinstance(it, Verified)]


def choices(reply: Reply) -> list[str]:
    return [it.label for it in message(reply).choices]


def answered_from(reply: Reply) -> list[str]:
    return [it.title for it in message(reply).sources]
