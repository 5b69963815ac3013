"""Is it in stock, in which colour, what does it cost, what is it: answered from the shop's catalogue."""

from zoneinfo import ZoneInfo

from msgspec.structs import replace

from tandem.assistant.model import Frame, KnownProduct, Memory
from tandem.assistant.phrases import Lang, say
from tandem.assistant.phrases.values import day, money
from tandem.assistant.piece import Evidence, Heard, Piece, silent, ways_on
from tandem.assistant.skills.goods import Product, Variant
from tandem.assistant.skills.shop import PRODUCT_DETAILS, Shop
from tandem.assistant.understanding.entities import variants_meant, wanted_in_words
from tandem.assistant.understanding.product_words import meant, product_words
from tandem.timeline.model import Body, Choice, Money, ProductCard, Source

STOCK, PRICE, INFO = "product_stock", "product_price", "product_info"
INTENTS = (STOCK, PRICE, INFO)
CHOICE = "product:"
FEW = 5
_OFFERED = 4
_LISTED = 8


class ProductFlow:
    def __init__(self, shop: Shop, zone: ZoneInfo) -> None:
        self._shop = shop
        self._zone = zone

    async def answer(self, heard: Heard, intent: str) -> Piece:
        words = product_words(heard.text)
        id = self._pointed_at(heard, words)
        if id is not None:
            return await self._of(heard, intent, id)
        so_far = _so_far(heard)
        words = words or product_words(so_far)
        if not words:
            return Piece("clarify", say(heard.lang, "ask_product"), _asking(heard.memory, intent, so_far))
        return await self._named(heard, intent, words)

    def _pointed_at(self, heard: Heard, words: str) -> str | None:
        """The product meant without its name being said: a pressed button, "this one", or the one just spoken of."""
        if heard.choice and heard.choice.startswith(CHOICE):
            return heard.choice.removeprefix(CHOICE)
        page = heard.context.page.product if heard.context.page else None
        frame = heard.memory.frame
        open_question = frame is not None and frame.asked == "product"
        known = heard.memory.product.id if heard.memory.product and not open_question else None
        if heard.named.points and page:
            return page
        if words and not heard.named.points:
            return None
        return known or page

    async def _of(self, heard: Heard, intent: str, id: str) -> Piece:
        called = await self._shop.product(id, heard.lang)
        if called.found:
            return self._told(heard, intent, called.found, (called.entry,))
        if called.outcome == "failed":
            return silent(heard, "shop_silent_goods", _asking(heard.memory, intent, heard.text), (called.entry,))
        return Piece("clarify", say(heard.lang, "ask_product"), _asking(heard.memory, intent, heard.text), (called.entry,))

    async def _named(self, heard: Heard, intent: str, words: str) -> Piece:
        called = await self._shop.find(words, heard.lang)
        if called.found is None:
            return silent(heard, "shop_silent_goods", _asking(heard.memory, intent, heard.text), (called.entry,))
        close = meant(called.found.items, words)
        page = heard.context.page.product if heard.context.page else None
        looked_at = [product for product in close if product.id == page]
        if len(close) == 1 or looked_at:
            return self._told(heard, intent, (looked_at or close)[0], (called.entry,))
        if not close:
            return self._unknown(heard, intent, words, called.entry)
        return self._which(heard, intent, close, called.entry)

    def _unknown(self, heard: Heard, intent: str, words: str, entry: Body) -> Piece:
        text = say(heard.lang, "no_product", words=words[:40])
        memory = _asking(heard.memory, intent, heard.text)
        return Piece("clarify", text, memory, (entry,), choices=ways_on(heard.lang), missed=True)

    def _which(self, heard: Heard, intent: str, close: tuple[Product, ...], entry: Body) -> Piece:
        shown = close[:_OFFERED]
        cards = tuple(self._card(product, product.variants, heard.lang) for product in shown)
        choices = tuple(Choice(product.title.to(heard.lang), CHOICE + product.id) for product in shown)
        source = Source("skill", PRODUCT_DETAILS.name, PRODUCT_DETAILS.title.to(heard.lang))
        memory = _asking(heard.memory, intent, _so_far(heard))
        return Piece("clarify", say(heard.lang, "which_product"), memory, (entry,), cards, choices, (source,))

    def _told(self, heard: Heard, intent: str, product: Product, before: tuple[Body, ...]) -> Piece:
        """The question may have been asked before the product was: then its colour and size stand in the earlier words."""
        chosen, lacking = variants_meant(product, _so_far(heard), heard.named)
        text = self._text(intent, product, chosen, lacking, heard.lang)
        shown = product.variants if lacking else chosen
        known = KnownProduct(
            product.id,
            product.title.to(heard.lang),
            _colours(product),
            _sizes(product),
            chosen[0].sku if len(chosen) == 1 else None,
        )
        memory = replace(heard.memory, product=known, frame=Frame(intent))
        source = Source("skill", PRODUCT_DETAILS.name, PRODUCT_DETAILS.title.to(heard.lang))
        cards = (self._card(product, shown, heard.lang),)
        return Piece("look_up", text, memory, before, cards, sources=(source,), evidence=(Evidence(source, text),))

    def _text(self, intent: str, product: Product, chosen: tuple[Variant, ...], lacking: str | None, lang: Lang) -> str:
        title = product.title.to(lang)
        if lacking:
            return say(
                lang,
                "not_made",
                product=title,
                wanted=wanted_in_words(lacking, lang),
                listing=self._listing(product.variants, lang),
            )
        if intent == PRICE:
            return _price_line(product, chosen, lang)
        stock = self._stock_line(title, product, chosen, lang)
        price = say(lang, "price_only", price=money(_price(product, chosen[0], lang))) if _one_price(chosen) else ""
        lines = [stock + (f" {price}" if lang == "en" else price)]
        if intent == INFO and product.description.to(lang):
            lines.insert(0, say(lang, "about_product", product=title, description=product.description.to(lang)))
        return "\n".join(lines)

    def _stock_line(self, title: str, product: Product, chosen: tuple[Variant, ...], lang: Lang) -> str:
        if len(chosen) != 1:
            return say(lang, "stock_by_variant", product=title, listing=self._listing(chosen, lang))
        only = chosen[0]
        named = _in_brackets(only, lang) if len(product.variants) > 1 else ""
        if only.stock > FEW:
            return say(lang, "stock_yes", product=title, variant=named)
        if only.stock > 0:
            return say(lang, "stock_few", product=title, variant=named, count=only.stock)
        back = say(lang, "restock", day=day(only.restock_on, lang, self._zone)) if only.restock_on else say(lang, "restock_unknown")
        return say(lang, "stock_no", product=title, variant=named) + ("" if lang == "zh" else " ") + back

    def _listing(self, variants: tuple[Variant, ...], lang: Lang) -> str:
        return say(lang, "listing_comma").join(self._variant_line(it, lang) for it in variants[:_LISTED])

    def _variant_line(self, variant: Variant, lang: Lang) -> str:
        name = variant_name(variant, lang) or variant.sku
        if variant.stock > FEW:
            return say(lang, "variant_yes", variant=name)
        if variant.stock > 0:
            return say(lang, "variant_few", variant=name, count=variant.stock)
        if variant.restock_on:
            return say(lang, "variant_back", variant=name, day=day(variant.restock_on, lang, self._zone))
        return say(lang, "variant_no", variant=name)

    def _card(self, product: Product, shown: tuple[Variant, ...], lang: Lang) -> ProductCard:
        only = shown[0] if len(shown) == 1 else None
        picture = self._shop.link(only.picture if only and only.picture else product.picture)
        price = _price(product, only, lang) if only else _price(product, None, lang)
        name = variant_name(only, lang) if only and len(product.variants) > 1 else None
        stock = sum(it.stock for it in shown)
        return ProductCard(product.id, product.title.to(lang), picture, price, stock, name or None, self._shop.link(product.url))


def _so_far(heard: Heard) -> str:
    """What was said, and what was asked before which product is meant was known."""
    frame = heard.memory.frame
    asked = frame.words if frame and frame.asked == "product" and frame.words else ""
    return f"{heard.text}\n{asked}".strip()


def _asking(memory: Memory, intent: str, words: str) -> Memory:
    return replace(memory, frame=Frame(intent, words=words[:200], asked="product"))


def _price_line(product: Product, chosen: tuple[Variant, ...], lang: Lang) -> str:
    title = product.title.to(lang)
    if _one_price(chosen):
        named = _in_brackets(chosen[0], lang) if len(chosen) == 1 and len(product.variants) > 1 else ""
        return say(lang, "price", product=title, variant=named, price=money(_price(product, chosen[0], lang)))
    prices = sorted((it.price for it in chosen), key=lambda it: it.amount)
    return say(lang, "price_range", product=title, low=money(prices[0]), high=money(prices[-1]))


def _one_price(variants: tuple[Variant, ...]) -> bool:
    return len({(it.price.amount, it.price.currency) for it in variants}) == 1


def _price(product: Product, variant: Variant | None, lang: Lang) -> Money:
    """In dollars for readers of English where the shop gives such a price; a dearer variant is told in the shop's own
    currency."""
    if variant is not None and variant.price != product.price:
        return variant.price
    return product.price_usd if lang == "en" and product.price_usd else product.price


def variant_name(variant: Variant, lang: Lang) -> str:
    return " ".join(part for part in (variant.colour.to(lang) if variant.colour else "", variant.size or "") if part)


def _in_brackets(variant: Variant, lang: Lang) -> str:
    name = variant_name(variant, lang)
    if not name:
        return ""
    return f"（{name}）" if lang == "zh" else f" ({name})"


def _colours(product: Product) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for it in product.variants if it.colour for word in (it.colour.zh, it.colour.en)))


def _sizes(product: Product) -> tuple[str, ...]:
    return tuple(dict.fromkeys(it.size for it in product.variants if it.size))
