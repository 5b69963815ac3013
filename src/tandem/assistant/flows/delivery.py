"""How long and how much to a place."""

from zoneinfo import ZoneInfo

from msgspec.structs import replace

from tandem.assistant.model import Frame, Memory
from tandem.assistant.phrases import Lang, say
from tandem.assistant.phrases.values import day, money
from tandem.assistant.piece import Evidence, Heard, Piece, silent
from tandem.assistant.skills.goods import Delivery
from tandem.assistant.skills.shop import DELIVERY_ESTIMATE, Shop
from tandem.timeline.model import Source

INTENT = "delivery_estimate"


class DeliveryFlow:
    def __init__(self, shop: Shop, zone: ZoneInfo) -> None:
        self._shop = shop
        self._zone = zone

    async def answer(self, heard: Heard) -> Piece:
        frame = heard.memory.frame
        place = heard.named.place or (frame.city if frame and frame.intent == INTENT else None)
        if place is None:
            return Piece("clarify", say(heard.lang, "ask_city"), _asking(heard.memory))
        called = await self._shop.delivery(place, _product(heard), heard.lang)
        if called.outcome == "failed":
            return silent(heard, "shop_silent_delivery", replace(heard.memory, frame=Frame(INTENT, city=place)), (called.entry,))
        if called.found is None:
            return Piece(
                "clarify",
                say(heard.lang, "unknown_place", place=place[:30]),
                _asking(heard.memory),
                (called.entry,),
                missed=True,
            )
        text = self._text(called.found, heard.lang)
        source = Source("skill", DELIVERY_ESTIMATE.name, DELIVERY_ESTIMATE.title.to(heard.lang))
        memory = replace(heard.memory, frame=Frame(INTENT, city=place))
        return Piece("look_up", text, memory, (called.entry,), sources=(source,), evidence=(Evidence(source, text),))

    def _text(self, found: Delivery, lang: Lang) -> str:
        days = str(found.days_low) if found.days_low == found.days_high else f"{found.days_low}–{found.days_high}"
        told = {"city": found.city.to(lang), "carrier": found.carrier.to(lang), "days": days}
        costs = found.cost.amount > 0
        lines = [say(lang, "delivery", **told, cost=money(found.cost)) if costs else say(lang, "delivery_free", **told)]
        if costs and found.free_from:
            lines.append(say(lang, "delivery_free_from", amount=money(found.free_from)))
        if found.starts_on:
            lines.append(say(lang, "delivery_starts", day=day(found.starts_on, lang, self._zone)))
        else:
            lines.append(say(lang, "delivery_cut_off", time=found.cut_off))
        return ("" if lang == "zh" else " ").join(lines)


def _product(heard: Heard) -> str | None:
    """The variant or product the question is about: the one just spoken of, else the one on the page."""
    known = heard.memory.product
    if known:
        return known.sku or known.id
    return heard.context.page.product if heard.context.page else None


def _asking(memory: Memory) -> Memory:
    return replace(memory, frame=Frame(INTENT, asked="city"))
