"""The shop's pages over HTTP: languages, the shopper's cookie, headers that keep strangers out."""

from typing import Annotated, Any

from litestar import MediaType, Request, Response, get, post
from litestar.datastructures import Cookie
from litestar.enums import RequestEncodingType
from litestar.params import Body, Parameter
from litestar.response import Redirect
from msgspec import Meta, Struct

from .account_pages import gone_page, orders_page, sign_in_page
from .acts import Done
from .checkout import basket, buy
from .checkout_page import checkout_page
from .identity import COOKIE, Identity
from .layout import Visit, content_policy
from .model import Lang
from .orders import OrderRecord
from .pictures import picture
from .problems import Problem
from .product_page import product_page
from .shop import Shop
from .tables import HERE
from .window_page import shelf_page, window_page

LANG_COOKIE = "islet_lang"
Words = Annotated[str, Parameter(query="q", max_length=200)]
Code = Annotated[str, Parameter(max_length=60)]
PageNumber = Annotated[int, Parameter(query="page", ge=1, le=1000)]


AnyRequest = Request[Any, Any, Any]


class Site(Struct, frozen=True):
    """What a page needs to know of its surroundings."""

    shop: Shop
    identity: Identity
    tandem: str
    channel: str


class Pick(Struct, frozen=True):
    customer: str


class Purchase(Struct, frozen=True):
    """`once` is made with the page: pressed twice, it is still one order."""

    sku: Annotated[str, Meta(max_length=60)]
    once: Annotated[str, Meta(max_length=40)]
    coupon: Annotated[str, Meta(max_length=40)] = ""


def is_lang(value: str | None) -> bool:
    return value in ("zh", "en")


def spoken(request: AnyRequest) -> Lang:
    """The language asked for by ?lang=, else chosen before, else the browser's; Chinese when it speaks neither."""
    asked = request.query_params.get("lang") or request.cookies.get(LANG_COOKIE)
    if is_lang(asked):
        return "en" if asked == "en" else "zh"
    for part in request.headers.get("accept-language", "").lower().split(","):
        if part.strip().startswith(("zh", "en")):
            return "zh" if part.strip().startswith("zh") else "en"
    return "zh"


def visit_of(request: AnyRequest, site: Site) -> Visit:
    id = site.identity.customer_of(request.cookies.get(COOKIE))
    buyer = site.shop.buyers.get(id) if id else None
    shopper = buyer.customer if buyer else None
    token = site.identity.token_for(shopper, site.shop.now()) if shopper else None
    query = tuple(request.query_params.multi_items())
    return Visit(site.shop, spoken(request), request.url.path, query, shopper, token, site.tandem, site.channel)


def html(visit: Visit, content: str, status: int = 200) -> Response[str]:
    headers = {
        "Content-Security-Policy": content_policy(visit.tandem),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        # The page holds the shopper's token: it must not stay in a shared cache.
        "Cache-Control": "private, no-store",
        "Vary": "Accept-Language, Cookie",
    }
    asked = dict(visit.query).get("lang")
    cookies = [Cookie(LANG_COOKIE, value=asked, path="/", samesite="lax", max_age=31_536_000)] if is_lang(asked) else []
    return Response(content, status_code=status, media_type=MediaType.HTML, headers=headers, cookies=cookies)


@get("/", include_in_schema=False)
async def window(
    request: AnyRequest,
    site: Site,
    *,
    words: Words = "",
    category: Code = "",
    everything: Annotated[str, Parameter(query="all", max_length=1)] = "",
    at: PageNumber = 1,
) -> Response[str]:
    visit = visit_of(request, site)
    if words.strip() or category or everything:
        return html(visit, shelf_page(visit, words.strip(), category, at))
    return html(visit, window_page(visit))


@get("/products/{id:str}", include_in_schema=False)
async def product(request: AnyRequest, site: Site, id: str, sku: Code = "") -> Response[str]:
    visit = visit_of(request, site)
    try:
        return html(visit, product_page(visit, site.shop.product(id), sku))
    except Problem as problem:
        return html(visit, gone_page(visit), problem.status)


@get("/orders", include_in_schema=False)
async def orders(request: AnyRequest, site: Site) -> Response[str]:
    visit = visit_of(request, site)
    return html(visit, orders_page(visit))


@get("/checkout", include_in_schema=False)
async def checkout(
    request: AnyRequest, site: Site, sku: Code = "", coupon: Annotated[str, Parameter(max_length=40)] = ""
) -> Response[str] | Redirect:
    visit = visit_of(request, site)
    return _at_checkout(visit, sku, coupon) if visit.shopper else Redirect("/sign-in", status_code=303)


def _at_checkout(visit: Visit, sku: str, code: str, refused: Problem | None = None) -> Response[str]:
    """A coupon that is refused leaves the full price, with the reason beside the code."""
    buyer = visit.shop.buyer(visit.shopper.id if visit.shopper else "")
    try:
        chosen = basket(visit.shop, buyer, sku, "" if refused else code)
    except Problem as problem:
        if problem.name == "coupon-refused":
            return _at_checkout(visit, sku, code, problem)
        return html(visit, gone_page(visit), problem.status)
    once = f"{visit.shop.random.getrandbits(64):x}"
    return html(visit, checkout_page(visit, chosen, code, once, refused), refused.status if refused else 200)


@post("/checkout", include_in_schema=False)
async def place_order(
    request: AnyRequest, site: Site, done: Done, data: Annotated[Purchase, Body(media_type=RequestEncodingType.URL_ENCODED)]
) -> Response[str] | Redirect:
    visit = visit_of(request, site)
    if visit.shopper is None:
        return Redirect("/sign-in", status_code=303)
    key, asked = f"{visit.shopper.id}:checkout:{data.once}", (data.sku, data.coupon)
    try:
        if done.of(key, asked, OrderRecord) is None:
            done.keep(key, asked, buy(visit.shop, visit.shop.buyer(visit.shopper.id), data.sku, data.coupon))
    except Problem as problem:
        return _at_checkout(visit, data.sku, data.coupon, problem)
    return Redirect("/orders", status_code=303)


@get("/sign-in", include_in_schema=False)
async def sign_in(request: AnyRequest, site: Site) -> Response[str]:
    visit = visit_of(request, site)
    return html(visit, sign_in_page(visit))


@post("/sign-in", include_in_schema=False)
async def pick_shopper(
    site: Site, data: Annotated[Pick, Body(media_type=RequestEncodingType.URL_ENCODED)]
) -> Response[None] | Redirect:
    """Only the shoppers on the page can be picked: the other customers' orders stay their own."""
    answer = Redirect("/", status_code=303)
    if data.customer in {it.customer.id for it in site.shop.demo_buyers()}:
        answer.set_cookie(
            Cookie(COOKIE, value=site.identity.cookie_for(data.customer), path="/", httponly=True, samesite="lax", max_age=86_400)
        )
    return answer


@post("/sign-out", include_in_schema=False)
async def sign_out() -> Redirect:
    answer = Redirect("/", status_code=303)
    answer.delete_cookie(COOKIE, path="/")
    return answer


@get("/pictures/{name:str}", include_in_schema=False)
async def read_picture(site: Site, name: str) -> Response[str]:
    headers = {
        "Cache-Control": "public, max-age=86400",
        "Content-Security-Policy": "default-src 'none'",
        "X-Content-Type-Options": "nosniff",
        # Chat cards and the desk show these pictures from another origin.
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
    return Response(picture(site.shop.catalogue, name.removesuffix(".svg")), media_type="image/svg+xml", headers=headers)


def asset(name: str, media_type: str) -> Response[str]:
    content = (HERE / "assets" / name).read_text(encoding="utf-8")
    return Response(
        content, media_type=media_type, headers={"Cache-Control": "public, max-age=300", "X-Content-Type-Options": "nosniff"}
    )


@get("/assets/shop.css", include_in_schema=False, sync_to_thread=False)
def stylesheet() -> Response[str]:
    return asset("shop.css", "text/css")


@get("/assets/icon.svg", include_in_schema=False, sync_to_thread=False)
def icon() -> Response[str]:
    return asset("icon.svg", "image/svg+xml")


PAGES = [window, product, orders, checkout, place_order, sign_in, pick_shopper, sign_out, read_picture, stylesheet, icon]
