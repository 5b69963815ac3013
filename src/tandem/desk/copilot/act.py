"""Putting together what the copilot offers. Asked for by an open console, never by a customer's turn."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from tandem.access.model import User
from tandem.assistant.compose import LanguageModel
from tandem.assistant.flows.knowledge import KnowledgeFlow
from tandem.assistant.model import Context, Customer, Memory
from tandem.assistant.piece import Evidence
from tandem.assistant.understanding.listen import listen
from tandem.desk.copilot import cases, store
from tandem.desk.copilot.model import Copilot, FoundAnswer, Ground, Outcome, SimilarCase, SuggestedReply
from tandem.desk.copilot.since import since
from tandem.desk.copilot.tone import in_tone, tone_for
from tandem.desk.model_share import allow_asking
from tandem.handoff import store as packets
from tandem.handoff.packet import episode_of
from tandem.infra.db import Connection, Database, Tx
from tandem.kit.clock import Clock
from tandem.kit.distance import edits
from tandem.kit.errors import Language, NotFound
from tandem.kit.ids import new_id
from tandem.knowledge.meaning.semantic import SemanticIndex
from tandem.knowledge.model import GUEST, SIGNED_IN, Asker
from tandem.knowledge.search import Index
from tandem.people import store as people
from tandem.timeline import store as timelines
from tandem.timeline.act import recent
from tandem.timeline.model import Entry, Held, Message, Source

_READ = 200
_HEARD = 3
_LONGEST_NEED = 500
_ANSWERS, _CLOSE = 4, 0.5  # so many answers to an agent's question, each at least so good as the best one times this
GOOD_CASE = 0.5
"""How alike a solved case must be for its answer to be suggested."""


class Offer(Struct, frozen=True):
    """What a suggestion could be made of."""

    text: str
    ground: Ground
    sure: float


class Companion:
    """`model` is optional: with one, a suggestion can be asked for in its words; they are kept to the same ground."""

    def __init__(self, index: Index | SemanticIndex, model: LanguageModel | None = None) -> None:
        self._knowledge = KnowledgeFlow(index)
        self._model = model

    async def look(self, db: Database, user: User, conversation: UUID, seen: int, *, worded: bool, clock: Clock) -> Copilot:
        """`seen`: the last entry that the reader saw before. `worded`: by the model, if there is one. Raises `NotFound`, `TooMany`."""
        async with db.read() as connection:
            held = await timelines.look(connection, conversation)
            if held is None:
                raise NotFound
            entries = await recent(connection, conversation, _READ)
            heard = _unanswered(entries)
            need = "\n".join(_text(it) for it in heard)[:_LONGEST_NEED]
            language = cases.language_in(need, held.language)
            alike = await cases.similar(connection, need, language, conversation)
            packet = await packets.newest(connection, conversation)
            emotion = await timelines.emotion(connection, conversation)
            asker = await _asker(connection, held, clock.now())
            if worded and self._model:
                await allow_asking(connection, user.id, clock.now())
        tone = tone_for(emotion)
        offer = self._offer([need, *(_text(it) for it in reversed(heard))], language, alike, asker, _told(entries))
        suggestion = None
        if offer:
            words = await self._in_the_models_words(user, held, entries, heard, offer, clock.now()) if worded else None
            text = words or in_tone(offer.text, tone, language)
            suggestion = await self._shown(db, user, held, text, offer, model=words is not None, now=clock.now())
        return Copilot(
            suggestion,
            packet.next_step if packet else "answer",
            tone,
            emotion,
            alike,
            since(entries, seen),
            self._model is not None,
        )

    async def find(self, db: Database, conversation: UUID, question: str, now: datetime) -> list[FoundAnswer]:
        """What reviewed knowledge says to an agent's own question, for this customer; the best first. Raises `NotFound`."""
        async with db.read() as connection:
            held = await timelines.look(connection, conversation)
            if held is None:
                raise NotFound
            asker = await _asker(connection, held, now)
        text = question[:_LONGEST_NEED]
        hits = self._knowledge.find(text, cases.language_in(text, ""), asker).hits[:_ANSWERS]
        articles = [it.article for it in hits if it.score >= _CLOSE * hits[0].score]
        return [FoundAnswer(it.id, it.question, it.answer, it.version) for it in articles]

    def _offer(
        self, needs: Sequence[str], language: Language, alike: Sequence[SimilarCase], asker: Asker, told: Collection[str]
    ) -> Offer | None:
        """`needs`: all that is unanswered together, then each by itself. Reviewed knowledge before what a colleague once said;
        with neither, nothing: a guess would cost more than it saves. What the customer was `told` already did not help him."""
        for need in dict.fromkeys(it for it in needs if it.strip()):
            found = self._knowledge.find(need, language, asker)
            if found.verdict == "answer" and found.hits[0].article.lang == language and str(found.hits[0].article.id) not in told:
                article = found.hits[0].article
                return Offer(
                    article.answer, Ground("knowledge", article.id, article.question, article.version), round(found.sure, 3)
                )
        if alike and alike[0].score >= GOOD_CASE:
            best = alike[0]
            return Offer(best.answer, Ground("case", best.conversation, best.question), best.score)
        return None

    async def _in_the_models_words(
        self, user: User, held: Held, entries: Sequence[Entry], heard: Sequence[Entry], offer: Offer, now: datetime
    ) -> str | None:
        """None without a model, and when nothing usable came of it: the ready words stand."""
        if self._model is None:
            return None
        history = tuple(it for it in entries if it.seq < heard[0].seq)
        context = Context(held.id, Customer(held.contact, "", held.language), None, history, tuple(heard), Memory(), now)
        source = Source("knowledge", str(offer.ground.id), offer.ground.title, offer.ground.version)
        evidence = (Evidence(source, offer.text),)
        composed = await self._model.compose(listen(context), evidence, lambda _: None, colleague=user.id)
        return composed.text if composed.decision == "answer" else None

    async def _shown(
        self, db: Database, user: User, held: Held, text: str, offer: Offer, *, model: bool, now: datetime
    ) -> SuggestedReply | None:
        """Kept once for each place, however often the console asks; what was dismissed does not come again."""
        async with db.write() as tx:
            known = await store.shown(tx.db, held.id, user.id, held.customer_seq, text)
            if known and known.outcome is not None:
                return None
            made = known.id if known else new_id(now)
            if known is None:
                await store.show(tx.db, made, held.id, user.id, held.customer_seq, text, offer.ground, now)
        return SuggestedReply(made, text, offer.ground, offer.sure, "model" if model else "ready")


async def used(tx: Tx, user: User, conversation: UUID, suggestion: UUID, sent: str, now: datetime) -> None:
    """A reply was made of it: as it was, or changed by so many edits. Somebody else's suggestion is passed over."""
    known = await store.suggestion(tx.db, suggestion)
    if known is None or known.agent != user.id or known.conversation != conversation:
        return
    distance = edits(known.text.strip(), sent.strip())
    outcome: Outcome = "edited" if distance else "accepted"
    await store.settle(tx.db, suggestion, outcome, distance, now)


def _text(entry: Entry) -> str:
    return entry.body.text if isinstance(entry.body, Message) else ""


async def _asker(db: Connection, held: Held, now: datetime) -> Asker:
    """The customer, as far as it decides which articles hold for him."""
    contact = await people.contact(db, held.contact)
    signed_in = await people.vouched_id(db, held.contact) is not None
    groups = {SIGNED_IN if signed_in else GUEST, *([contact.tier.lower()] if contact and contact.tier else [])}
    return Asker(held.channel, frozenset(groups), now)


def _told(entries: Sequence[Entry]) -> set[str]:
    """The articles that the assistant answered with since the conversation was opened."""
    said = (it.body for it in episode_of(entries) if isinstance(it.body, Message) and it.by.kind == "assistant")
    return {source.id for body in said for source in body.sources if source.kind == "knowledge"}


def _unanswered(entries: Sequence[Entry]) -> list[Entry]:
    """The customer's words since a voice last answered; when all is answered, his last."""
    said = [it for it in entries if it.by.kind == "customer" and _text(it)]
    answered = max((it.seq for it in entries if it.by.kind == "agent" and isinstance(it.body, Message)), default=0)
    return [it for it in said if it.seq > answered][-_HEARD:] or said[-1:]
