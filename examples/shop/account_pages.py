"""The shopper's own pages: his orders, and the sign-in where a demo shopper is picked."""

from .layout import Visit, page, say, told
from .markup import Markup, el
from .model import Coupon, Customer, Order, OrderItem, Parcel, ParcelEvent
from .words import day, moment, money


def item_row(item: OrderItem, visit: Visit) -> Markup:
    kind = told(visit, item.variant) if item.variant else ""
    return el(
        "li",
        el("img", src=item.picture, alt="", width=400, height=400, loading="lazy"),
        el(
            "div",
            el("a", told(visit, item.title), href=f"/products/{item.product}"),
            el("p", f"{kind} × {item.quantity}" if kind else f"× {item.quantity}", class_="dim small"),
        ),
        el("b", money(item.price)),
    )


def step(event: ParcelEvent, visit: Visit) -> Markup:
    return el(
        "li",
        el("time", moment(event.at, visit.lang), datetime=event.at.isoformat()),
        el("span", told(visit, event.text)),
        class_=f"step {event.code}",
    )


def parcel_box(parcel: Parcel, visit: Visit) -> Markup:
    when = say(visit, "came" if parcel.state == "delivered" else "eta", d=day(parcel.eta, visit.lang))
    late = el("span", say(visit, "delayed"), class_="badge-inline") if parcel.delayed and parcel.state != "delivered" else None
    older = parcel.events[2:]
    return el(
        "div",
        el("p", el("b", told(visit, parcel.carrier)), " ", el("code", parcel.tracking), class_="carrier"),
        el("p", when, " ", late, class_="when"),
        el("ol", *(step(it, visit) for it in parcel.events[:2]), class_="steps"),
        el("details", el("summary", say(visit, "earlier")), el("ol", *(step(it, visit) for it in older), class_="steps"))
        if older
        else None,
        class_="parcel",
    )


def order_box(order: Order, visit: Visit) -> Markup:
    paid = el("span", say(visit, "discount", m=money(order.discount)), class_="dim small") if order.discount.amount else None
    can = say(visit, "returnable", d=day(order.return_until, visit.lang)) if order.can_return and order.return_until else None
    return el(
        "article",
        el(
            "div",
            el("h2", order.number),
            el("span", told(visit, order.state_label), class_=f"state {order.state}"),
            el("time", moment(order.placed_at, visit.lang), class_="dim small", datetime=order.placed_at.isoformat()),
            class_="order-head",
        ),
        el("ul", *(item_row(it, visit) for it in order.items), class_="items"),
        *(parcel_box(it, visit) for it in order.parcels),
        el(
            "p",
            paid,
            el("span", can, class_="dim small") if can else None,
            el("span", f"{say(visit, 'total')} ", el("b", money(order.total)), class_="sum"),
            class_="order-foot",
        ),
        class_="order",
    )


def coupons_box(coupons: list[Coupon], visit: Visit) -> Markup | None:
    if not coupons:
        return None
    rows = (
        el(
            "li",
            el("b", money(it.amount)),
            " ",
            el("code", it.code),
            " ",
            el("span", say(visit, "coupon_until", d=day(it.until, visit.lang)), class_="dim small"),
        )
        for it in coupons
    )
    where = el(
        "p", say(visit, "coupon_where"), " ", el("a", say(visit, "coupon_shop"), href="/?all=1", class_="go"), class_="small"
    )
    return el("article", el("h2", say(visit, "coupons")), el("ul", *rows), where, class_="order")


def orders_page(visit: Visit) -> str:
    shopper = visit.shopper
    if shopper is None:
        go = el("p", el("a", say(visit, "sign_in"), href="/sign-in", class_="button"))
        content = el("div", el("p", say(visit, "guest_orders"), class_="lead"), go)
    else:
        orders = visit.shop.orders_of(shopper.id)
        coupons = coupons_box(visit.shop.coupons_of(shopper.id), visit)
        content = el("div", coupons, *(order_box(it, visit) for it in orders), class_="orders")
        if not orders:
            content = el("p", say(visit, "no_orders"), class_="empty")
    return page(visit, say(visit, "orders"), el("section", el("h1", say(visit, "orders")), content, class_="wrap narrow"))


def person(customer: Customer, visit: Visit) -> Markup:
    current = visit.shopper is not None and visit.shopper.id == customer.id
    tier = told(visit, customer.tier) if customer.tier else say(visit, "member")
    level = customer.tier.en.lower() if customer.tier else "plain"
    return el(
        "button",
        el("span", customer.name[:1], class_=f"face face-{level}", aria_hidden="true"),
        el(
            "span",
            el("b", customer.name),
            el("span", f"{tier} · {told(visit, customer.city)}", class_="dim small"),
            el("span", f"{say(visit, 'phone_end')} {customer.phone_last4}", class_="dim small"),
            class_="who",
        ),
        type="submit",
        name="customer",
        value=customer.id,
        class_="person on" if current else "person",
    )


def sign_in_page(visit: Visit) -> str:
    people = (person(it.customer, visit) for it in visit.shop.demo_buyers())
    out = None
    if visit.shopper:
        label = say(visit, "signed_in_as", n=visit.shopper.name)
        button = el("button", say(visit, "sign_out"), type="submit", class_="button ghost")
        out = el("form", el("p", label), button, action="/sign-out", method="post", class_="sign-out")
    content = el(
        "section",
        el("h1", say(visit, "who")),
        el("p", say(visit, "who_text"), class_="lead"),
        out,
        el("form", *people, action="/sign-in", method="post", class_="people"),
        class_="wrap narrow",
    )
    return page(visit, say(visit, "sign_in"), content)


def gone_page(visit: Visit) -> str:
    back = el("p", el("a", say(visit, "home"), href="/", class_="button"))
    return page(visit, say(visit, "gone"), el("section", el("h1", say(visit, "gone")), back, class_="wrap narrow"))
