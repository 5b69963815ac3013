"""The page on which one thing is bought. Choosing a coupon is a link or a form that asks for the page anew: it works without scripts."""

from urllib.parse import urlencode

from .account_pages import item_row
from .checkout import Basket
from .layout import Visit, page, say, told
from .markup import Markup, el
from .model import Coupon
from .problems import Problem
from .words import day, money


def _choice(coupon: Coupon, chosen: str, visit: Visit, sku: str) -> Markup:
    on = coupon.code == chosen
    href = f"/checkout?{urlencode({'sku': sku} if on else {'sku': sku, 'coupon': coupon.code})}"
    until = say(visit, "coupon_until", d=day(coupon.until, visit.lang))
    label = (el("b", money(coupon.amount)), " ", el("code", coupon.code), " ", el("span", until, class_="dim small"))
    return el("a", *label, href=href, class_="choice on" if on else "choice", aria_current="true" if on else None)


def _coupons(basket: Basket, code: str, refused: Problem | None, visit: Visit) -> Markup:
    mine = visit.shop.coupons_of(visit.shopper.id) if visit.shopper else []
    field = el("input", name="coupon", value=code, maxlength=40, autocomplete="off", aria_label=say(visit, "coupon_code"),
               placeholder=say(visit, "coupon_code"), aria_describedby="refused" if refused else None)  # fmt: skip
    return el(
        "div",
        el("h2", say(visit, "coupon")),
        el(
            "div",
            *(_choice(it, basket.coupon.code if basket.coupon else "", visit, basket.item.sku) for it in mine),
            class_="choices",
        )
        if mine
        else None,
        el(
            "form",
            el("input", type="hidden", name="sku", value=basket.item.sku),
            field,
            el("button", say(visit, "coupon_use"), type="submit", class_="button ghost"),
            action="/checkout",
            method="get",
            class_="coupon-form",
        ),
        el("p", refused.detail.to(visit.lang), class_="refused", id="refused", role="alert") if refused else None,
        class_="coupons",
    )


def _line(words: str, amount: str) -> Markup:
    return el("div", el("dt", words), el("dd", amount))


def checkout_page(visit: Visit, basket: Basket, code: str, once: str, refused: Problem | None) -> str:
    """`code`: what was asked for, also if it was refused. `once`: tells a second press of the button from a second order."""
    sums = [_line(say(visit, "goods"), money(basket.item.price)), _line(say(visit, "delivery"), money(basket.fee))]
    if basket.coupon:
        sums.append(_line(say(visit, "coupon"), f"−{money(basket.discount)}"))
    buyer = visit.shop.buyer(visit.shopper.id) if visit.shopper else None
    to = f"{buyer.customer.name} · {told(visit, buyer.place.name)}" if buyer else ""
    order = el(
        "form",
        el("input", type="hidden", name="sku", value=basket.item.sku),
        el("input", type="hidden", name="coupon", value=basket.coupon.code if basket.coupon else ""),
        el("input", type="hidden", name="once", value=once),
        el("button", say(visit, "place_order", m=money(basket.total)), type="submit", class_="button wide"),
        action="/checkout",
        method="post",
    )
    content = el(
        "article",
        el("ul", item_row(basket.item, visit), class_="items"),
        el("p", say(visit, "to"), " ", el("b", to), class_="small"),
        _coupons(basket, code, refused, visit),
        el("dl", *sums, class_="sums"),
        el("p", el("span", f"{say(visit, 'total')} ", el("b", money(basket.total)), class_="sum"), class_="order-foot"),
        order,
        el("p", say(visit, "demo_note"), class_="dim small"),
        class_="order",
    )
    return page(visit, say(visit, "checkout"), el("section", el("h1", say(visit, "checkout")), content, class_="wrap narrow"))
