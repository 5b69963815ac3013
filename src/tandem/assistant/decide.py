"""One question: which way it is answered. A slot that was asked for comes first, then skill against knowledge, then "I
don't know"."""

import re

from msgspec import Struct
from msgspec.structs import replace

from tandem.assistant.flows import delivery, filling, orders, products
from tandem.assistant.flows.acts import ActFlow
from tandem.assistant.flows.connected import ConnectedFlow
from tandem.assistant.flows.delivery import DeliveryFlow
from tandem.assistant.flows.knowledge import EXACT, Found, KnowledgeFlow, asker_of, just_answered
from tandem.assistant.flows.order_proof import CHOICE as ORDER_CHOICE
from tandem.assistant.flows.orders import OrderFlow
from tandem.assistant.flows.products import ProductFlow
from tandem.assistant.model import Frame
from tandem.assistant.phrases import say
from tandem.assistant.piece import Heard, Piece, person_choice
from tandem.assistant.skills.connected import INTENT
from tandem.assistant.understanding.entities import lone_word
from tandem.assistant.understanding.listen import ACTS, SKILLS, SMALL_TALK, intents
from tandem.assistant.understanding.product_words import little_else, product_words
from tandem.knowledge.model import ARTICLE
from tandem.knowledge.words import fold, terms
from tandem.timeline.model import Message

SURE = 1.0
PERHAPS = 0.6
"""How strongly a message must point to a skill to be sure, or to try it when knowledge has no answer."""
_SHORT = 16
"""Terms in a message short enough to be a mere name or a follow-up."""
_NAME = 3
"""Words that may be the name of something that is not sold here; more are a question that was not understood."""
_ORDER_NUMBER = re.compile(r"订单号|单号|order (?:number|no\b|id\b)")
_WHAT_IT_COSTS = re.compile(
    r"^(?:那么?|这个?)?(?:[运邮]费|快递费)(?:是|要|得)?(?:多少钱?|呢|怎么算)?\W*$"
    r"|^(?:and |what about |how about |how much (?:is|for) )(?:the )?(?:cost|postage|fee|price|shipping|delivery)\W*$"
)
"""Right after an estimate it is the cost to that place."""


class Plan(Struct, frozen=True):
    """The way a question goes: a skill's intent, "knowledge", a kind of small talk, or "unknown"."""

    way: str
    wants: dict[str, float]
    found: Found


Flows = tuple[OrderFlow, ProductFlow, DeliveryFlow, ActFlow]


class Decide:
    """Without a shop (`flows` None) only knowledge answers."""

    def __init__(self, knowledge: KnowledgeFlow, flows: Flows | None, connected: ConnectedFlow | None = None) -> None:
        self._knowledge = knowledge
        self._flows = flows
        self._connected = connected
        acting: tuple[ActFlow | None, ConnectedFlow | None] = (flows[3] if flows else None, connected)
        self._acting = tuple(flow for flow in acting if flow is not None)

    def plan(self, heard: Heard) -> Plan:
        wants = _with_entities(intents(heard.text), heard)
        if self._flows is None:
            wants = {name: score for name, score in wants.items() if name not in ACTS}
        before = just_answered(heard)
        found = self._knowledge.find(heard.text, heard.lang, asker_of(heard), _asked_before(heard))
        if before is not None:
            found = self._knowledge.after(before, heard.text, found, asker_of(heard))
        way = _way(heard, wants, found)
        return Plan(self._connected_way(heard, way, wants, found) or way, wants, found)

    def _connected_way(self, heard: Heard, way: str, wants: dict[str, float], found: Found) -> str | None:
        """A connected skill is meant where its own ways of asking fit, and neither a skill of ours nor an article fits better."""
        meant = self._connected.meant(heard) if self._connected and way in ("knowledge", "unknown", *SKILLS) else None
        ours = self._flows is not None and wants.get(way, 0.0) >= SURE
        if meant is None or ours or (way == "knowledge" and found.sure > meant.fit):
            return None
        return meant.skill.intent

    async def go_on(self, heard: Heard) -> Piece | None:
        """What the customer says to what he was asked for, when something is to be done for him; None if it is something else."""
        for flow in self._acting:
            piece = await flow.go_on(heard)
            if piece is not None:
                return piece
        return None

    async def answer(self, heard: Heard, plan: Plan) -> Piece:
        piece = await self._by_way(heard, plan)
        return self._resumed(heard, piece) or _reminded(heard, piece)

    def _resumed(self, heard: Heard, piece: Piece) -> Piece | None:
        """Something was to be done when the customer asked for something else. Once that is answered he is brought back to it;
        while it needs an answer of its own, it comes first. None if nothing was to be done."""
        before, after = heard.memory.frame, piece.memory.frame
        flow = next((it for it in self._acting if before and before.asked and it.owns(before.intent)), None)
        put_off = before if flow else heard.memory.aside
        flow = flow or next((it for it in self._acting if put_off and it.owns(put_off.intent)), None)
        if flow is None or put_off is None:
            return None
        if piece.decision == "hand_off" or self._moved_on(put_off, after) or (after is None and before is not None):
            return piece
        if after == put_off and put_off.asked == "digits" and heard.named.digits:
            return piece  # they did not fit, and were just asked for again
        if after is not None and after.asked and after != put_off:
            return replace(piece, memory=replace(piece.memory, aside=put_off))
        line, choices = flow.reminder(heard.lang, put_off)
        text = f"{piece.text}\n\n{line}" if line else piece.text
        memory = replace(piece.memory, frame=put_off, aside=None)
        return replace(piece, text=text, choices=piece.choices or choices, memory=memory)

    def _moved_on(self, put_off: Frame, after: Frame | None) -> bool:
        """Whether what was said took the matter itself further, or began another one to be done."""
        return after is not None and after != put_off and any(it.owns(after.intent) for it in self._acting)

    async def _by_way(self, heard: Heard, plan: Plan) -> Piece:
        if plan.way in SMALL_TALK:
            return Piece("answer", say(heard.lang, plan.way), heard.memory)
        if plan.way in ("drop", "without_number"):
            return _dropped(heard) if plan.way == "drop" else _where_to_find(heard)
        if self._connected and self._connected.owns(plan.way):
            return await self._connected.answer(heard, plan.way)
        if plan.way in SKILLS:
            return await self._by_skill(heard, plan)
        if plan.way == "knowledge" and plan.found.verdict == "answer":
            return self._knowledge.answer(heard, plan.found)
        return await self._as_a_name(heard, plan)

    async def _by_skill(self, heard: Heard, plan: Plan) -> Piece:
        if self._flows is None:
            return Piece("clarify", say(heard.lang, "no_shop"), heard.memory, choices=(person_choice(heard.lang),), missed=True)
        order_flow, product_flow, delivery_flow, act_flow = self._flows
        if plan.way in ACTS:
            return await act_flow.answer(heard, plan.way)
        if plan.way == orders.INTENT:
            return await order_flow.answer(heard)
        if plan.way == delivery.INTENT:
            return await delivery_flow.answer(_with_lone_place(heard))
        return await self._of_products(heard, plan, product_flow)

    async def _of_products(self, heard: Heard, plan: Plan, product_flow: ProductFlow) -> Piece:
        piece = await product_flow.answer(heard, plan.way)
        sure = plan.wants.get(plan.way, 0.0) >= SURE and len(product_words(heard.text).split()) <= _NAME
        if piece.missed and (plan.found.verdict == "answer" or (plan.found.verdict == "clarify" and not sure)):
            return _also(piece, self._knowledge.answer(heard, plan.found))
        if piece.missed and not sure:
            return _also(piece, self._knowledge.unknown(heard, plan.found))
        return piece

    async def _as_a_name(self, heard: Heard, plan: Plan) -> Piece:
        """Nothing known fits well. A few words may still be just the name of a product."""
        unknown = self._unknown(heard, plan)
        words = product_words(heard.text)
        if (
            self._flows is None
            or not any(it.isalpha() for it in words)
            or len(terms(words)) > _SHORT
            or not little_else(heard.text, words)
        ):
            return unknown
        piece = await self._flows[1].answer(heard, products.INFO)
        return _also(piece, unknown) if piece.missed or not (piece.cards or piece.choices) else piece

    def _unknown(self, heard: Heard, plan: Plan) -> Piece:
        if plan.way == "knowledge":
            return self._knowledge.answer(heard, plan.found)
        if plan.found.elsewhere:
            return self._knowledge.beyond(heard, plan.found, shop=self._flows is not None)
        return self._knowledge.unknown(heard, plan.found)

    def in_another_language(self, heard: Heard) -> Piece | None:
        """The article that answers a question in a language that the assistant itself does not speak."""
        return self._knowledge.in_another_language(heard)

    async def press(self, heard: Heard) -> Piece | None:
        """What a pressed button stands for; None if it no longer stands for anything."""
        choice = heard.choice or ""
        if choice.startswith(ARTICLE):
            return self._knowledge.pressed(heard, choice.removeprefix(ARTICLE))
        if self._flows and choice.startswith(ORDER_CHOICE):
            return await self._flows[0].answer(heard)
        if self._flows and choice.startswith(products.CHOICE):
            frame = heard.memory.frame
            intent = frame.intent if frame and frame.intent in products.INTENTS else products.STOCK
            return await self._flows[1].answer(heard, intent)
        return await self._acting[0].press(heard) if self._acting else None


def _asked_before(heard: Heard) -> str:
    """The customer's message before this turn; "" if there is none."""
    said = (entry.body for entry in reversed(heard.context.history) if entry.by.kind == "customer")
    return next((body.text for body in said if isinstance(body, Message)), "")


def _with_entities(wants: dict[str, float], heard: Heard) -> dict[str, float]:
    """What is named makes the skill that needs it likelier."""
    named, more = heard.named, dict(wants)
    if named.orders or named.broken_order:
        more |= {name: more.get(name, 0.0) + PERHAPS for name in (orders.INTENT, *(it for it in ACTS if more.get(it, 0.0) > 0))}
    if named.place and more.get(delivery.INTENT, 0.0) > 0:
        more[delivery.INTENT] += 0.4
    if named.points:
        more |= {name: more[name] + 0.2 for name in products.INTENTS if more.get(name, 0.0) > 0}
    return {name: round(score, 2) for name, score in more.items()}


def _way(heard: Heard, wants: dict[str, float], found: Found) -> str:
    """What was asked for and what goes on come first; then the surer of skill and knowledge."""
    skill = max(SKILLS, key=lambda name: wants.get(name, 0.0))
    strength = wants.get(skill, 0.0)
    small = next((name for name in SMALL_TALK if wants.get(name, 0.0) >= SURE), None)
    begun = _pending(heard, wants) or small or _lost_number(heard, wants) or _follow_up(heard, wants, strength, found)
    return begun or _surer(heard, skill, strength, found)


def _surer(heard: Heard, skill: str, strength: float, found: Found) -> str:
    lacks_place = skill == delivery.INTENT and not heard.named.place
    asked_exactly = found.best >= EXACT and skill not in (orders.INTENT, *ACTS) and not _speaks_of_one(heard, skill, strength)
    if strength >= SURE and not asked_exactly and not (lacks_place and found.verdict == "answer"):
        return skill
    if found.verdict == "answer":
        return "knowledge"
    if strength >= PERHAPS:
        return skill
    return "knowledge" if found.verdict == "clarify" else "unknown"


def _pending(heard: Heard, wants: dict[str, float]) -> str | None:
    """The customer was asked for something: is this it?"""
    frame, named = heard.memory.frame, heard.named
    if frame is None or frame.asked is None:
        return None
    if wants.get("drop", 0.0) >= SURE:
        return "drop"
    if frame.asked in ("order", "digits") and wants.get("without_number", 0.0) >= SURE:
        return "without_number"
    given = {
        "order": named.orders or named.other,
        "digits": named.digits or named.orders or named.other,
        "city": named.place,
        "product": None,
        "variant": None,
    }
    if given.get(frame.asked):
        return frame.intent
    return frame.intent if frame.asked == "product" and _narrows(heard, wants) else None


def _lost_number(heard: Heard, wants: dict[str, float]) -> str | None:
    """Said before it was asked for: 「我不知道订单号」."""
    lost = wants.get("without_number", 0.0) >= SURE and _ORDER_NUMBER.search(fold(heard.text))
    return "without_number" if lost and not heard.named.orders else None


def _narrows(heard: Heard, wants: dict[str, float]) -> bool:
    """Asked which product is meant, the customer says its name, or how it should be: 「白色」, "and in 42?"."""
    strongest = max((wants.get(name, 0.0) for name in (*SKILLS, *SMALL_TALK)), default=0.0)
    if len(terms(heard.text)) > _SHORT or heard.named.orders or heard.named.broken_order:
        return False
    if product_words(heard.text):
        return strongest < SURE
    named = heard.named
    return bool(named.colour or named.size or named.follows) and all(wants.get(name, 0.0) < SURE for name in SMALL_TALK)


def _follow_up(heard: Heard, wants: dict[str, float], strength: float, found: Found) -> str | None:
    """ "And the white one?", 「那到上海要几天」, "no, the other order": the matter stays, one thing in it changes."""
    if len(terms(heard.text)) > 2 * _SHORT:
        return None
    if _of_order(heard, wants):
        return orders.INTENT
    if found.best >= EXACT:
        return None
    if _of_delivery(heard, strength):
        return delivery.INTENT
    frame, named = heard.memory.frame, heard.named
    shown = heard.context.page.product if heard.context.page else None
    varied = (heard.memory.product or (shown and named.follows)) and strength < SURE and (named.colour or named.size)
    if varied and (named.follows or found.verdict != "answer"):
        return products.INFO if frame and frame.intent == products.INFO else products.STOCK
    return None


def _of_order(heard: Heard, wants: dict[str, float]) -> bool:
    """A number alone is enough, unless something else is wanted of that order, such as cancelling it."""
    frame, named = heard.memory.frame, heard.named
    if frame and frame.intent == orders.INTENT and (named.other or (frame.order and named.again)):
        return True
    wants_it_changed = any(wants.get(it, 0.0) >= SURE for it in ACTS)
    return bool(named.orders) and wants.get(orders.INTENT, 0.0) >= PERHAPS and not wants_it_changed


def _of_delivery(heard: Heard, strength: float) -> bool:
    frame, named = heard.memory.frame, heard.named
    under_way = frame is not None and frame.intent == delivery.INTENT
    if heard.memory.product and named.place and (named.follows or under_way):
        return True
    if under_way and frame and frame.city and _WHAT_IT_COSTS.match(fold(heard.text)):
        return True
    return under_way and named.follows and strength < SURE and lone_word(fold(heard.text)) is not None


def _speaks_of_one(heard: Heard, skill: str, strength: float) -> bool:
    """A particular order, place or thing is meant, which no article can know: by its name, by "this one", or because it was
    just spoken of."""
    named = heard.named
    spoken_of = skill in products.INTENTS and strength >= SURE and heard.memory.product is not None
    return bool(named.orders or named.place or named.points or spoken_of)


def _with_lone_place(heard: Heard) -> Heard:
    if heard.named.place:
        return heard
    frame = heard.memory.frame
    word = lone_word(fold(heard.text)) if frame and frame.intent == delivery.INTENT and heard.named.follows else None
    return replace(heard, named=replace(heard.named, place=word)) if word else heard


def _dropped(heard: Heard) -> Piece:
    frame = heard.memory.frame
    if frame and (frame.intent in ACTS or frame.intent.startswith(INTENT)):
        return filling.dropped(heard)
    return Piece("answer", say(heard.lang, "dropped"), replace(heard.memory, frame=None))


def _where_to_find(heard: Heard) -> Piece:
    asked = heard.memory.frame.asked if heard.memory.frame else "order"
    key = "where_digits" if asked == "digits" else "where_order_number"
    return Piece("clarify", say(heard.lang, key), heard.memory, choices=(person_choice(heard.lang),))


def _reminded(heard: Heard, piece: Piece) -> Piece:
    """After a question in between, the customer is told how to go on with what he was asked for."""
    before, after = heard.memory.frame, piece.memory.frame
    interrupted = before is not None and before.asked is not None and before == after and piece.decision == "answer"
    if before is None or not interrupted or before.asked == "variant":
        return piece
    line = say(heard.lang, f"resume_{before.asked}", order=before.order or "")
    return replace(piece, text=f"{piece.text}\n\n{line}")


def _also(tried: Piece, piece: Piece) -> Piece:
    """The second way's answer, with what was looked up on the first still on the record."""
    return replace(piece, before=(*tried.before, *piece.before))
