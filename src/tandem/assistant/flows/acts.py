"""Having something done to an order: who it is is proven, the details are read back, and nothing is sent before an explicit yes."""

import re
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from tandem.assistant.flows import filling
from tandem.assistant.flows.filling import CONFIRM, EXCEPTION, NO, SLOT, YES
from tandem.assistant.flows.order_proof import CHOICE, OrderProof, Proven
from tandem.assistant.flows.orders import INTENT as ORDER_STATUS
from tandem.assistant.flows.orders import card
from tandem.assistant.model import Frame
from tandem.assistant.phrases import Lang, say
from tandem.assistant.phrases.values import day, money
from tandem.assistant.piece import Heard, Piece, person_choice, silent
from tandem.assistant.skills.goods import Done, Order
from tandem.assistant.skills.port import Called, Parameter
from tandem.assistant.skills.shop import Shop
from tandem.assistant.skills.shop_acts import ACTS, ADDRESS, CANCEL, CITY, REFUND, RETURN, SAME_RECIPIENT, Act
from tandem.assistant.skills.values import NotAValue
from tandem.assistant.understanding.entities import Entities
from tandem.timeline.model import Body, Choice, Source

INSTEAD = "act:"
_CHANGE, _OTHER = "change:", "other-order"
_EXCEPTION = "exception"
_ENDED = ("cancelled", "refunded", "returning")
_CITY_ZH = re.compile(r"^(?:[\u4e00-\u9fff]{2,3}省|[\u4e00-\u9fff]{2,8}自治区)?(北京|上海|天津|重庆|[\u4e00-\u9fff]{2,8}?市)")
_CITY_EN = re.compile(r",\s*([A-Za-z][A-Za-z .'-]{1,40}?)\s*(?:,?\s*[A-Z0-9][A-Z0-9 -]{2,9})?\s*\.?$")


class ActFlow:
    """`zone` is the zone in which times are shown."""

    def __init__(self, shop: Shop, proof: OrderProof, zone: ZoneInfo) -> None:
        self._shop = shop
        self._proof = proof
        self._zone = zone

    def owns(self, intent: str) -> bool:
        return intent in ACTS

    async def answer(self, heard: Heard, intent: str, more: dict[str, str] | None = None) -> Piece:
        """Begin, or go on with the order that was just named or proven. `more`: what was just given besides."""
        act, frame = ACTS[intent], heard.memory.frame
        known = frame.given if frame and frame.intent == intent else {}
        fresh = filling.named_in(act.slots, heard.text) | (more or {})
        if "line" in fresh and "city" not in fresh:
            known = {name: value for name, value in known.items() if name != "city"}  # a new street is in its own city
        asked = frame.asked if frame and frame.intent == intent else None
        order = frame.order if frame else None
        heard = replace(heard, memory=replace(heard.memory, aside=None, frame=Frame(intent, order, asked=asked, given=known)))
        found = await self._proof.order(heard, intent, act.allowed, f"which_order_{intent}")
        if isinstance(found, Piece):
            return _with_given(found, intent, fresh)
        return await self._next(heard, act, found, known | fresh)

    async def go_on(self, heard: Heard) -> Piece | None:
        """The customer was asked for something of this: what he says to that. None if it is about something else."""
        frame = heard.memory.frame
        if frame is None or frame.intent not in ACTS or frame.asked is None:
            return None
        act = ACTS[frame.intent]
        if heard.choice and heard.choice.startswith(CHOICE):
            return await self.answer(heard, frame.intent)
        if frame.asked == _EXCEPTION:
            return self._exception(heard) if filling.said_yes(heard, EXCEPTION + frame.intent) else None
        if frame.asked == CONFIRM:
            return await self._to_read_back(heard, act, frame)
        slot = next((it for it in act.slots if it.name == frame.asked), None)
        return await self._to_slot(heard, act, frame, slot) if slot else None

    async def _to_slot(self, heard: Heard, act: Act, frame: Frame, slot: Parameter) -> Piece | None:
        if heard.choice and not heard.choice.startswith((SLOT, NO)):
            return None
        if filling.said_no(heard):
            return filling.dropped(heard)
        if heard.named.other:
            return await self.answer(heard, frame.intent)
        if heard.choice is None and filling.asks_something(heard):
            return None
        return await self._take(heard, act, frame, slot)

    async def press(self, heard: Heard) -> Piece | None:
        """A button of an older message, or one that begins something."""
        choice = heard.choice or ""
        if choice.startswith(EXCEPTION):
            return self._exception(heard)
        if choice.startswith(INSTEAD):
            intent, _, number = choice.removeprefix(INSTEAD).partition(":")
            if intent in ACTS:
                memory = replace(heard.memory, frame=Frame(intent, order=number))
                return await self.answer(replace(heard, memory=memory, choice=CHOICE + number), intent)
        if choice.startswith(NO):
            return filling.dropped(heard)
        if choice.startswith((YES, SLOT)):
            return Piece("clarify", say(heard.lang, "no_longer_open"), heard.memory, choices=(person_choice(heard.lang),))
        return None

    def reminder(self, lang: Lang, frame: Frame) -> tuple[str, tuple[Choice, ...]]:
        act = ACTS[frame.intent]
        return filling.reminder(act.skill.title.to(lang), act.slots, lang, frame)

    async def _to_read_back(self, heard: Heard, act: Act, frame: Frame) -> Piece | None:
        if filling.said_yes(heard, YES + (frame.key or "")):
            return await self._do(heard, act, frame)
        if filling.said_no(heard):
            return filling.dropped(heard)
        if heard.choice and heard.choice.startswith(_CHANGE):
            return self._ask_anew(heard, act, frame, heard.choice.removeprefix(_CHANGE))
        if heard.named.other or heard.named.orders or heard.choice == _OTHER:
            named = replace(heard.named, other=heard.named.other or heard.choice == _OTHER)
            return await self.answer(replace(heard, named=named), act.skill.name)
        if heard.choice is None and filling.named_in(act.slots, heard.text):
            return await self.answer(heard, act.skill.name)
        return self._what_is_wrong(heard, act) if filling.said_wrong(heard) else None

    def _ask_anew(self, heard: Heard, act: Act, frame: Frame, name: str) -> Piece | None:
        slot = next((it for it in act.slots if it.name == name), None)
        if slot is None:
            return None
        kept = {it: value for it, value in frame.given.items() if it != name}
        return filling.ask_for(heard, heard.memory, replace(frame, given=kept), slot)

    def _what_is_wrong(self, heard: Heard, act: Act) -> Piece:
        slots = tuple(Choice(it.title.to(heard.lang), _CHANGE + it.name) for it in act.slots)
        choices = (*slots, Choice(say(heard.lang, "other_order"), _OTHER), Choice(say(heard.lang, "no_leave_it"), NO))
        return Piece("clarify", say(heard.lang, "what_is_wrong"), heard.memory, choices=choices)

    async def _take(self, heard: Heard, act: Act, frame: Frame, slot: Parameter) -> Piece:
        whole = _city_in(heard.text) if slot is CITY and heard.choice is None else {}
        if whole:  # asked for the city, he says the whole address
            more = {ADDRESS.name: heard.text.strip(), **whole}
            return await self.answer(replace(heard, named=Entities()), act.skill.name, more)
        try:
            value = filling.answer_to(heard, slot)
        except NotAValue:
            value = None
        if value is None:
            return filling.ask_for(heard, heard.memory, frame, slot, again=True)
        return await self.answer(replace(heard, choice=None, named=Entities()), act.skill.name, {slot.name: value})

    async def _next(self, heard: Heard, act: Act, found: Proven, given: dict[str, str]) -> Piece:
        """Refuse what the rules do not allow, ask for what is missing, or read back."""
        order = found.order
        frame = Frame(act.skill.name, order.number, given=given)
        if not act.allowed(order) or _beyond_limit(act, order):
            return self._against_the_rules(heard, act, found)
        if "line" in given and "city" not in given:
            given = given | _city_in(given["line"])
        known = heard.memory.frame.given.get("city") if heard.memory.frame else None
        if given.get("city", known) != known:
            placed = await self._known_city(heard, replace(frame, given=given), found)
            if isinstance(placed, Piece):
                return placed
            found, given = placed
        frame = replace(frame, given=given)
        slot = filling.lacking(act.slots, given)
        if slot is not None:
            return filling.ask_for(heard, found.memory, frame, slot, found.before)
        return filling.read_back(
            heard, found.memory, frame, act.skill.title.to(heard.lang), self._details(act, order, given, heard.lang), found.before
        )

    async def _known_city(self, heard: Heard, frame: Frame, found: Proven) -> tuple[Proven, dict[str, str]] | Piece:
        """The shop must deliver there; its own name of the place is what is read back. What is kept of a city was checked so."""
        called = await self._shop.delivery(frame.given["city"], None, heard.lang)
        before = (*found.before, called.entry)
        if called.found:
            return replace(found, before=before), frame.given | {"city": called.found.city.to(heard.lang)}
        without = replace(frame, given={name: value for name, value in frame.given.items() if name != "city"})
        if called.outcome == "failed":
            memory = replace(found.memory, frame=replace(without, asked=CITY.name))
            return silent(heard, "shop_silent_order", memory, before)
        piece = filling.ask_for(heard, found.memory, without, CITY, before)
        return replace(piece, text=say(heard.lang, "unknown_place", place=frame.given["city"]))

    def _details(self, act: Act, order: Order, given: dict[str, str], lang: Lang) -> list[tuple[str, str]]:
        comma = say(lang, "listing_comma")
        goods = comma.join(f"{it.title.to(lang)} × {it.quantity}" for it in order.items)
        lines = [(say(lang, "detail_order"), f"{order.number}（{goods}）" if lang == "zh" else f"{order.number} ({goods})")]
        lines += filling.lines_of(act.skill, given, lang)
        if act in (CANCEL, REFUND) and order.state != "placed":
            lines.append((say(lang, "detail_refund"), money(order.total)))
        return lines

    def _against_the_rules(self, heard: Heard, act: Act, found: Proven) -> Piece:
        """What the rule is, what can be done instead, and that a person may make an exception. Nothing is promised."""
        order, lang = found.order, heard.lang
        memory = replace(found.memory, frame=Frame(act.skill.name, order.number))
        source = Source("skill", "order_status", say(lang, "detail_order"))
        if order.state in _ENDED:
            text = say(lang, "act_already", order=order.number, state=order.state_label.to(lang))
            memory = replace(memory, frame=Frame(ORDER_STATUS, order=order.number))
            cards = (card(order, lang, self._shop),)
            return Piece("look_up", text, memory, found.before, cards, (person_choice(lang),), (source,))
        text = self._rule(act, order, lang)
        instead = tuple(
            Choice(other.skill.title.to(lang), f"{INSTEAD}{other.skill.name}:{order.number}")
            for other in (CANCEL, RETURN)
            if other is not act and other.allowed(order)
        )
        if instead:
            text += say(lang, "rule_instead", what=say(lang, "listing_or").join(it.label for it in instead))
        text = f"{text}\n\n{say(lang, 'rule_exception')}"
        asked = Choice(say(lang, "ask_exception"), EXCEPTION + act.skill.name)
        memory = replace(memory, frame=Frame(act.skill.name, order.number, asked=_EXCEPTION))
        return Piece("look_up", text, memory, found.before, choices=(*instead, asked), sources=(source,))

    def _rule(self, act: Act, order: Order, lang: Lang) -> str:
        if _beyond_limit(act, order) and order.refund_limit:
            return say(lang, "rule_refund_limit", order=order.number, total=money(order.total), limit=money(order.refund_limit))
        told = {"order": order.number, "state": order.state_label.to(lang)}
        if act is RETURN and order.return_until:
            return say(lang, "rule_return_late", **told, until=day(order.return_until, lang, self._zone))
        return say(lang, f"rule_{act.skill.name}", **told)

    def _exception(self, heard: Heard) -> Piece:
        memory = replace(heard.memory, frame=None)
        return Piece("hand_off", say(heard.lang, "hand_off_exception"), memory, reason="special_request")

    async def _do(self, heard: Heard, act: Act, frame: Frame) -> Piece:
        """Whose order it is comes from what was proven, never from what was said or remembered of the details."""
        number, key = frame.order or "", frame.key or ""
        customer = heard.context.customer.external or heard.memory.proven.get(number)
        if customer is None:
            return await self.answer(heard, act.skill.name)
        given = {name: value for name, value in frame.given.items() if value != SAME_RECIPIENT}
        called = await self._shop.change(act.skill, act.verb, number, given, heard.lang, customer=customer, key=key)
        if called.found:
            return self._done(heard, act, called.found, (called.entry,))
        if called.outcome == "failed":
            return self._uncertain(heard, frame, called)
        text = called.detail or say(heard.lang, "act_refused")
        text = (
            f"{say(heard.lang, 'act_not_done', title=act.skill.title.to(heard.lang))}{text}\n\n{say(heard.lang, 'rule_exception')}"
        )
        asked = Choice(say(heard.lang, "ask_exception"), EXCEPTION + act.skill.name)
        memory = replace(heard.memory, frame=Frame(act.skill.name, number, asked=_EXCEPTION))
        return Piece("look_up", text, memory, (called.entry,), choices=(asked,), sources=(_source(act, heard.lang),))

    def _done(self, heard: Heard, act: Act, done: Done, before: tuple[Body, ...]) -> Piece:
        lang = heard.lang
        text = done.done.to(lang)
        if done.refund and done.refund_by:
            text = f"{text}\n{say(lang, 'act_refund', amount=money(done.refund), day=day(done.refund_by, lang, self._zone))}"
        memory = replace(heard.memory, frame=Frame(ORDER_STATUS, order=done.order.number), aside=None, misses=0)
        cards = (card(done.order, lang, self._shop),)
        return Piece("look_up", text, memory, before, cards, sources=(_source(act, lang),))

    def _uncertain(self, heard: Heard, frame: Frame, called: Called[Done]) -> Piece:
        """Whether it was done is not known. Trying again is safe: the key is the same, and the shop does it once."""
        choices = (Choice(say(heard.lang, "try_again"), YES + (frame.key or "")), person_choice(heard.lang))
        return Piece("look_up", say(heard.lang, "act_uncertain"), heard.memory, (called.entry,), choices=choices)


def _beyond_limit(act: Act, order: Order) -> bool:
    return act is REFUND and order.refund_limit is not None and order.total.amount > order.refund_limit.amount


def _source(act: Act, lang: Lang) -> Source:
    return Source("skill", act.skill.name, act.skill.title.to(lang))


def _city_in(line: str) -> dict[str, str]:
    """The city that an address names, where it can be told."""
    match = _CITY_ZH.search(line.strip()) or _CITY_EN.search(line.strip())
    return {"city": match.group(1).strip()} if match else {}


def _with_given(piece: Piece, intent: str, given: dict[str, str]) -> Piece:
    """What the customer already said of it is not asked for again once he has said which order."""
    frame = piece.memory.frame
    if not given or frame is None or frame.intent != intent:
        return piece
    return replace(piece, memory=replace(piece.memory, frame=replace(frame, given=frame.given | given)))
