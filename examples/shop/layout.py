"""What all pages share: head, header, footer, and the one tag that brings the chat."""

from urllib.parse import urlencode

from msgspec import Struct

from .markup import Child, Markup, el, join
from .model import Customer, Lang, Text
from .shop import BRAND, Shop
from .words import word


class Visit(Struct, frozen=True):
    """One request for a page. `token` tells the chat who the shopper is; None for a guest."""

    shop: Shop
    lang: Lang
    path: str
    query: tuple[tuple[str, str], ...]
    shopper: Customer | None
    token: str | None
    tandem: str
    channel: str


def say(visit: Visit, name: str, **values: str | int) -> str:
    return word(name, visit.lang, **values)


def told(visit: Visit, text: Text) -> str:
    return text.to(visit.lang)


def lang_switch(visit: Visit) -> Markup:
    other = "en" if visit.lang == "zh" else "zh"
    kept = [(key, value) for key, value in visit.query if key != "lang"]
    href = f"{visit.path}?{urlencode([*kept, ('lang', other)])}"
    return el("a", say(visit, "other_lang"), href=href, class_="quiet", lang="en" if other == "en" else "zh-CN", rel="nofollow")


def search_form(visit: Visit) -> Markup:
    asked = dict(visit.query).get("q", "")
    field = el(
        "input",
        type="search",
        name="q",
        value=asked,
        placeholder=say(visit, "search"),
        aria_label=say(visit, "search"),
        maxlength=200,
    )
    return el(
        "form", field, el("button", say(visit, "find"), type="submit"), action="/", method="get", role="search", class_="search"
    )


def header(visit: Visit) -> Markup:
    shopper = visit.shopper
    account = el("a", shopper.name if shopper else say(visit, "sign_in"), href="/sign-in", class_="account")
    logo = el("a", el("span", BRAND.en, class_="logo-en"), el("span", BRAND.zh, class_="logo-zh"), href="/", class_="logo")
    orders = el("a", say(visit, "orders"), href="/orders")
    nav = el("nav", orders, account, lang_switch(visit), aria_label="main")
    return join(
        el("p", say(visit, "bar"), class_="bar"),
        el("header", el("div", logo, search_form(visit), nav, class_="wrap top")),
    )


def footer(visit: Visit) -> Markup:
    return el("footer", el("div", el("p", say(visit, "help")), el("p", say(visit, "foot"), class_="dim"), class_="wrap"))


def chat(visit: Visit) -> Markup:
    return el("script", src=f"{visit.tandem}/widget.js", data_channel=visit.channel, data_identity=visit.token, **{"async": True})


def page(visit: Visit, title: str, *content: Child, product: str | None = None) -> str:
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("title", f"{title} · {BRAND.to(visit.lang)}"),
        el("meta", name="viewport", content="width=device-width, initial-scale=1, viewport-fit=cover"),
        el("meta", name="tandem:product", content=product) if product else None,
        el("link", rel="icon", href="/assets/icon.svg", type="image/svg+xml"),
        el("link", rel="stylesheet", href="/assets/shop.css"),
    )
    body = el("body", header(visit), el("main", *content), footer(visit), chat(visit))
    return "<!doctype html>\n" + el("html", head, body, lang="zh-CN" if visit.lang == "zh" else "en")


def content_policy(tandem: str) -> str:
    """Nothing but this site's own things, and the chat's script with what it talks to."""
    socket = tandem.replace("http", "ws", 1)
    chat_origin = f"{tandem} " if tandem else ""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {tandem or chr(39) + 'self' + chr(39)}",
            "style-src 'self'",
            f"img-src 'self' {chat_origin}data: blob:",
            f"media-src 'self' {chat_origin}data: blob:",
            f"connect-src 'self' {chat_origin}{socket}".rstrip(),
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )
