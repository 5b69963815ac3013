"""The shop window: hero, shelves and the grid of products."""

from urllib.parse import urlencode

from .layout import Visit, page, say, told
from .markup import Markup, el, join
from .model import Product
from .words import money

PAGE_SIZE = 24
BEST = ("breeze-3", "hush-over", "trail-20", "crema-e5", "rover-x2", "shell-w", "run-one", "arc-l1")
HERO = ("BREEZE-3-WHI", "TRAIL-20-SAG", "CREMA-E5-SAN", "HUSH-OVER-SAN")


def dots(product: Product, visit: Visit) -> Markup:
    seen: dict[str, Markup] = {}
    codes = {colour.name: colour.code for colour in visit.shop.catalogue.colours.values()}
    for variant in product.variants:
        if variant.colour:
            name = told(visit, variant.colour)
            seen[name] = el("span", class_=f"dot dot-{codes[variant.colour]}", title=name)
    return el("span", *seen.values(), class_="dots")


def badge(product: Product, visit: Visit) -> Markup | None:
    left = sum(variant.stock for variant in product.variants)
    if left == 0:
        return el("span", say(visit, "sold_out"), class_="badge out")
    return el("span", say(visit, "left", n=left), class_="badge low") if left <= 5 else None


def price(product: Product, visit: Visit) -> Markup:
    varies = len({variant.price.amount for variant in product.variants}) > 1
    shown = money(product.price)
    if varies:
        shown = f"{shown} {say(visit, 'from')}" if visit.lang == "zh" else f"{say(visit, 'from')} {shown}"
    dollars = el("span", f"{say(visit, 'about')} {money(product.price_usd)}", class_="dim") if visit.lang == "en" else None
    return el("p", el("b", shown), dollars, class_="price")


def card(product: Product, visit: Visit) -> Markup:
    title = told(visit, product.title)
    tag = told(visit, product.description).split("。" if visit.lang == "zh" else ". ")[0]
    return el(
        "li",
        el(
            "a",
            el(
                "span",
                el("img", src=product.picture, alt="", loading="lazy", width=400, height=400),
                badge(product, visit),
                class_="shot",
            ),
            el("span", dots(product, visit), class_="row"),
            el("h3", title),
            el("p", tag, class_="dim tag"),
            price(product, visit),
            href=product.url,
            class_="card",
        ),
    )


def grid(products: list[Product], visit: Visit) -> Markup:
    return el("ul", *(card(product, visit) for product in products), class_="grid")


def hero(visit: Visit) -> Markup:
    words = el(
        "div",
        el("p", say(visit, "hero_kicker"), class_="kicker"),
        el("h1", say(visit, "hero_title")),
        el("p", say(visit, "hero_text"), class_="lead"),
        el(
            "p",
            el("a", say(visit, "hero_go"), href="#best", class_="button"),
            el("a", say(visit, "hero_more"), href="/?all=1", class_="button ghost"),
            class_="buttons",
        ),
        class_="hero-words",
    )
    shots = (el("img", src=f"/pictures/{sku}.svg", alt="", width=400, height=400) for sku in HERO)
    return el("section", el("div", words, el("div", *shots, class_="hero-shots"), class_="wrap hero-in"), class_="hero")


def shelves(visit: Visit) -> Markup:
    catalogue = visit.shop.catalogue
    first: dict[str, Product] = {}
    for id, code in catalogue.category_of.items():
        first.setdefault(code, catalogue.products[id])
    tiles = (
        el(
            "a",
            el("img", src=first[it.code].picture, alt="", width=400, height=400, loading="lazy"),
            el("span", told(visit, it.name)),
            href=f"/?category={it.code}",
        )
        for it in catalogue.categories.values()
    )
    return el("section", el("h2", say(visit, "shelves")), el("div", *tiles, class_="shelves"), class_="wrap")


def promises(visit: Visit) -> Markup:
    cells = (el("div", el("h3", say(visit, name)), el("p", say(visit, name + "t"))) for name in ("p1", "p2", "p3"))
    return el("section", el("div", *cells, class_="promises"), class_="wrap")


def chips(visit: Visit, chosen: str) -> Markup:
    def chip(label: str, href: str, on: bool) -> Markup:
        return el("a", label, href=href, class_="chip on" if on else "chip", aria_current="page" if on else None)

    links = [chip(say(visit, "all"), "/?all=1", not chosen)]
    for it in visit.shop.catalogue.categories.values():
        links.append(chip(told(visit, it.name), f"/?category={it.code}", it.code == chosen))
    return el("nav", *links, class_="chips", aria_label=say(visit, "shelves"))


def pager(visit: Visit, at: int, pages: int) -> Markup | None:
    if pages < 2:
        return None
    kept = [(key, value) for key, value in visit.query if key not in ("page", "lang")]

    def link(name: str, to: int) -> Markup | None:
        return el("a", say(visit, name), href=f"/?{urlencode([*kept, ('page', str(to))])}", class_="button ghost")

    return el(
        "nav",
        link("prev", at - 1) if at > 1 else None,
        el("span", f"{at} / {pages}", class_="dim"),
        link("next", at + 1) if at < pages else None,
        class_="pager",
        aria_label="pages",
    )


def shelf_page(visit: Visit, query: str, category: str, at: int) -> str:
    shop = visit.shop
    found = shop.find_products(query)
    if category in shop.catalogue.categories:
        found = [it for it in found if shop.catalogue.category_of[it.id] == category]
        title = told(visit, shop.catalogue.categories[category].name)
    else:
        category, title = "", say(visit, "hero_more")
    pages = max(1, -(-len(found) // PAGE_SIZE))
    at = min(max(at, 1), pages)
    count = say(visit, "results", q=query, n=len(found)) if query else say(visit, "count", n=len(found))
    shown = grid(found[(at - 1) * PAGE_SIZE : at * PAGE_SIZE], visit) if found else el("p", say(visit, "nothing"), class_="empty")
    content = el(
        "section", el("h1", title), chips(visit, category), el("p", count, class_="dim"), shown, pager(visit, at, pages),
        class_="wrap shelf",
    )  # fmt: skip
    return page(visit, query or title, content)


def window_page(visit: Visit) -> str:
    best = [visit.shop.product(id) for id in BEST]
    popular = el("section", el("h2", say(visit, "best")), grid(best, visit), class_="wrap", id="best")
    return page(visit, say(visit, "hero_title"), join(hero(visit), promises(visit), popular, shelves(visit)))
