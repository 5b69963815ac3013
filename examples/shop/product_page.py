"""The page of one product. Choosing a colour or size is a link: the page works without scripts."""

from .layout import Visit, page, say, told
from .markup import Markup, el
from .model import Product, Text, Variant
from .tables import rows
from .window_page import grid
from .words import money

LABELS = {row["code"]: Text(row["zh"], row["en"]) for row in rows("attributes")}


def chosen_variant(product: Product, sku: str) -> Variant:
    """The one asked for; else the first that is there; else the first."""
    asked = next((it for it in product.variants if it.sku == sku), None)
    return asked or next((it for it in product.variants if it.stock), product.variants[0])


def choice(label: str, to: Variant, on: bool, visit: Visit, product: Product) -> Markup:
    names = ["choice", "on" if on else "", "" if to.stock else "gone"]
    return el(
        "a", label, href=f"{product.url}?sku={to.sku}", class_=" ".join(filter(None, names)),
        aria_current="true" if on else None, title=None if to.stock else say(visit, "sold_out"),
    )  # fmt: skip


def choices(product: Product, chosen: Variant, visit: Visit) -> list[Markup]:
    """A row of colours and a row of sizes; a colour keeps the chosen size where it can."""
    colours: dict[Text, Variant] = {}
    for it in product.variants:
        if it.colour and (it.colour not in colours or it.size == chosen.size):
            colours[it.colour] = it
    sizes = [it for it in product.variants if it.size and it.colour == chosen.colour]
    made = []
    if colours:
        links = (choice(told(visit, colour), it, colour == chosen.colour, visit, product) for colour, it in colours.items())
        made.append(el("div", el("h2", say(visit, "colour")), el("div", *links, class_="choices")))
    if sizes:
        links = (choice(it.size or "", it, it.sku == chosen.sku, visit, product) for it in sizes)
        made.append(el("div", el("h2", say(visit, "size")), el("div", *links, class_="choices")))
    return made


def stock_line(variant: Variant, visit: Visit) -> Markup:
    if variant.stock > 5:
        return el("p", say(visit, "in_stock"), class_="stock yes")
    if variant.stock:
        return el("p", say(visit, "left", n=variant.stock), class_="stock few")
    back = variant.restock_on
    if back is None:
        return el("p", say(visit, "sold_out"), class_="stock no")
    when = f"{back.month} 月 {back.day} 日" if visit.lang == "zh" else f"{back.day} {back:%b}"
    return el("p", f"{say(visit, 'sold_out')} · {say(visit, 'restock', d=when)}", class_="stock no")


def details(product: Product, visit: Visit) -> Markup | None:
    if not product.attributes:
        return None
    lines = (
        el("div", el("dt", told(visit, LABELS[key])), el("dd", told(visit, value))) for key, value in product.attributes.items()
    )
    return el("section", el("h2", say(visit, "details")), el("dl", *lines, class_="details"))


def product_page(visit: Visit, product: Product, sku: str) -> str:
    chosen = chosen_variant(product, sku)
    title = told(visit, product.title)
    dollars = f"{say(visit, 'about')} {money(product.price_usd)}" if visit.lang == "en" and chosen.price == product.price else None
    buy = el("a", say(visit, "buy"), href=f"/checkout?sku={chosen.sku}", class_="button wide")
    notify = el("button", say(visit, "notify"), type="button", class_="button wide", disabled=True, title=say(visit, "demo_note"))
    words = el(
        "div",
        el("p", told(visit, product.category), class_="kicker"),
        el("h1", title),
        el("p", told(visit, product.description), class_="lead"),
        el("p", el("b", money(chosen.price)), el("span", dollars, class_="dim") if dollars else None, class_="price big"),
        *choices(product, chosen, visit),
        stock_line(chosen, visit),
        el("p", buy if chosen.stock else notify),
        el("p", say(visit, "demo_note"), class_="dim small"),
        details(product, visit),
        class_="product-words",
    )
    shot = el("div", el("img", src=chosen.picture, alt=title, width=400, height=400), class_="product-shot")
    code = visit.shop.catalogue.category_of[product.id]
    others = [visit.shop.product(id) for id, of in visit.shop.catalogue.category_of.items() if of == code and id != product.id]
    similar = el("section", el("h2", say(visit, "similar")), grid(others[:4], visit), class_="wrap")
    return page(visit, title, el("div", shot, words, class_="wrap product"), similar, product=product.id)
