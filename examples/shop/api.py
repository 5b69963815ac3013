"""The shop's HTTP API, for other systems. Every call carries the API key."""

import hmac
from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from litestar import Router, get, post
from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler
from litestar.params import Parameter

from . import acts, goodwill
from .model import (
    ActDone,
    Coupon,
    Customer,
    Delivery,
    Demo,
    Granted,
    LateReturn,
    NewAddress,
    NewCoupon,
    Order,
    OrderAct,
    OrderList,
    PartRefund,
    Product,
    ProductList,
    ProductStock,
    Replacement,
    Text,
)
from .orders import OrderRecord
from .problems import invalid_input, not_signed_in
from .shop import Shop
from .trial import Worlds

Query = Annotated[
    str,
    Parameter(
        query="q", max_length=200, description="Words in Chinese or English: title, other name, category, colour. Empty: all."
    ),
]
Limit = Annotated[int, Parameter(ge=1, le=500, description="At most this many")]
City = Annotated[str, Parameter(min_length=1, max_length=80, description="City, province or country, in Chinese or English")]
Sku = Annotated[str | None, Parameter(max_length=60, description="A variant's sku or a product id: its price decides the fee")]
Language = Annotated[str, Parameter(query="lang", pattern="^(zh|en)$", description="Language of problem texts")]
CustomerId = Annotated[str | None, Parameter(max_length=32, description="Proves ownership: the id of the buyer")]
Phone = Annotated[str | None, Parameter(pattern="^[0-9]{4}$", description="Proves ownership: last four digits of the phone number")]
IdempotencyKey = Annotated[
    str | None,
    Parameter(
        header="Idempotency-Key",
        max_length=128,
        description="Needed. The same key again gives the same result and changes nothing.",
    ),
]
AnyConnection = ASGIConnection[Any, Any, Any, Any]
Request = TypeVar("Request", OrderAct, NewAddress)
Grant = TypeVar("Grant", PartRefund, LateReturn, Replacement)


def needs_key(api_key: str, worlds: Worlds) -> Callable[[AnyConnection, BaseRouteHandler], None]:
    wanted = f"Bearer {api_key}".encode()

    def guard(connection: AnyConnection, _: BaseRouteHandler) -> None:
        if not hmac.compare_digest(connection.headers.get("authorization", "").encode(), wanted) and not worlds.tries(connection):
            raise not_signed_in()

    return guard


@get("/products", summary="Find products", operation_id="find_products")
async def find_products(shop: Shop, words: Query = "", limit: Limit = 20) -> ProductList:
    """Products that match the words, best first, each with price, pictures, and stock by variant."""
    found = shop.find_products(words)
    return ProductList(tuple(found[:limit]), len(found))


@get("/products/{id:str}", summary="Read one product", operation_id="get_product")
async def get_product(shop: Shop, id: str) -> Product:
    """A product with its description, attributes and variants."""
    return shop.product(id)


@get("/products/{id:str}/stock", summary="Is it in stock?", operation_id="get_stock")
async def get_stock(shop: Shop, id: str) -> ProductStock:
    """How many pieces of each colour and size are in the warehouse now, and when sold-out ones are expected back."""
    product = shop.product(id)
    return ProductStock(product.id, product.title, sum(it.stock for it in product.variants), product.variants)


@get("/delivery", summary="How long and how much to a place", operation_id="get_delivery")
async def get_delivery(shop: Shop, city: City, sku: Sku = None, language: Language = "zh") -> Delivery:
    """Days, fee and carrier to a city, province or country. Unknown places are a `not-found` problem."""
    del language  # read where problems are written
    return shop.delivery(city, sku)


@get("/orders/{number:str}", summary="Where is an order?", operation_id="get_order")
async def get_order(shop: Shop, number: str, customer: CustomerId = None, phone: Phone = None) -> Order:
    """State, goods, masked address and parcels with every carrier event so far. Only for its buyer:
    give `customer` or `phone`."""
    return shop.view(shop.access_order(number, customer, phone))


@get("/customers/{id:str}", summary="Read one customer", operation_id="get_customer")
async def get_customer(shop: Shop, id: str) -> Customer:
    """Name, language, membership tier and city of a customer."""
    return shop.buyer(id).customer


@get("/customers/{id:str}/orders", summary="All orders of a customer", operation_id="get_customer_orders")
async def get_customer_orders(shop: Shop, id: str) -> OrderList:
    """The customer's orders, newest first."""
    return OrderList(shop.orders_of(id))


def once(
    shop: Shop,
    done: acts.Done,
    number: str,
    data: Request,
    *,
    key: str | None,
    act: Callable[[Shop, OrderRecord, Request], ActDone],
) -> ActDone:
    """Ownership is proved again on a replay: a key alone must not open an order."""
    sure = needed(key)
    record = shop.access_order(number, data.customer, data.phone)
    kept, request = f"{record.number}:{sure}", (act.__name__, data)
    return done.of(kept, request, ActDone) or done.keep(kept, request, act(shop, record, data))


def granted_once(
    shop: Shop, done: acts.Done, number: str, data: Grant, *, key: str | None, act: Callable[[Shop, OrderRecord, Grant], Granted]
) -> Granted:
    sure = needed(key)
    record = shop.access_order(number, data.customer, None)
    kept, request = f"{record.number}:{sure}", (act.__name__, data)
    return done.of(kept, request, Granted) or done.keep(kept, request, act(shop, record, data))


def needed(key: str | None) -> str:
    if not key:
        raise invalid_input(Text("缺少 Idempotency-Key 请求头。", "The Idempotency-Key header is missing."))
    return key


@post("/orders/{number:str}/cancel", summary="Cancel an order", operation_id="cancel_order", status_code=200)
async def cancel_order(shop: Shop, done: acts.Done, number: str, data: OrderAct, key: IdempotencyKey = None) -> ActDone:
    """Before the carrier has collected it. What was paid goes back the way it came. Otherwise: problem `not-allowed-now`."""
    return once(shop, done, number, data, key=key, act=acts.cancel)


@post("/orders/{number:str}/address", summary="Change the delivery address", operation_id="change_order_address", status_code=200)
async def change_order_address(shop: Shop, done: acts.Done, number: str, data: NewAddress, key: IdempotencyKey = None) -> ActDone:
    """Before the carrier has collected it, within the same country. Otherwise: problem `not-allowed-now`."""
    return once(shop, done, number, data, key=key, act=acts.change_address)


@post("/orders/{number:str}/return", summary="Send an order back", operation_id="return_order", status_code=200)
async def return_order(shop: Shop, done: acts.Done, number: str, data: OrderAct, key: IdempotencyKey = None) -> ActDone:
    """Within 7 days of arrival. A courier collects; the refund follows when the goods are checked in."""
    return once(shop, done, number, data, key=key, act=acts.send_back)


@post("/orders/{number:str}/refund", summary="Refund without a return", operation_id="refund_order", status_code=200)
async def refund_order(shop: Shop, done: acts.Done, number: str, data: OrderAct, key: IdempotencyKey = None) -> ActDone:
    """For an order that is paid but not sent, or whose parcel is lost (a week past its promised day).
    Above the refund limit: problem `needs-approval`."""
    return once(shop, done, number, data, key=key, act=acts.refund)


@post("/orders/{number:str}/part-refund", summary="Pay back a part beyond the rules", operation_id="refund_part", status_code=200)
async def refund_part(shop: Shop, done: acts.Done, number: str, data: PartRefund, key: IdempotencyKey = None) -> Granted:
    """For what the shop's people granted. At most what was paid and has not gone back yet; otherwise: problem `not-allowed-now`."""
    return granted_once(shop, done, number, data, key=key, act=goodwill.refund_part)


@post("/orders/{number:str}/late-return", summary="Take an order back after its time", operation_id="return_late", status_code=200)
async def return_late(shop: Shop, done: acts.Done, number: str, data: LateReturn, key: IdempotencyKey = None) -> Granted:
    """For what the shop's people granted: any order that has arrived, however long ago."""
    return granted_once(shop, done, number, data, key=key, act=goodwill.return_late)


@post("/orders/{number:str}/replacement", summary="Send the goods again for nothing", operation_id="send_again", status_code=200)
async def send_again(shop: Shop, done: acts.Done, number: str, data: Replacement, key: IdempotencyKey = None) -> Granted:
    """For what the shop's people granted: an order that has arrived or is lost, once, while its goods are in stock. `reference` is the new
    order's number. Otherwise: problem `not-allowed-now`."""
    return granted_once(shop, done, number, data, key=key, act=goodwill.send_again)


@post("/customers/{id:str}/coupons", summary="Give a coupon", operation_id="give_coupon", status_code=200)
async def give_coupon(shop: Shop, done: acts.Done, id: str, data: NewCoupon, key: IdempotencyKey = None) -> Granted:
    """For what the shop's people granted."""
    customer = shop.buyer(id).customer.id
    kept, request = f"{customer}:{needed(key)}", ("give_coupon", data)
    return done.of(kept, request, Granted) or done.keep(kept, request, goodwill.give_coupon(shop, customer, data.amount))


@get("/customers/{id:str}/coupons", summary="All coupons of a customer", operation_id="get_coupons")
async def get_coupons(shop: Shop, id: str) -> list[Coupon]:
    """With what each is worth and until when."""
    customer = shop.buyer(id).customer.id
    return [it for it in shop.coupons.values() if it.customer == customer]


@get("/demo", summary="Shoppers to try the shop with", operation_id="get_demo")
async def get_demo(shop: Shop) -> Demo:
    """A few made-up shoppers with phone digits and orders worth asking about."""
    return shop.demo()


def api(api_key: str, worlds: Worlds) -> Router:
    return Router(
        "/api",
        guards=[needs_key(api_key, worlds)],
        security=[{"api_key": []}],
        route_handlers=[
            find_products, get_product, get_stock, get_delivery, get_order, get_customer, get_customer_orders,
            cancel_order, change_order_address, return_order, refund_order,
            refund_part, return_late, send_again, give_coupon, get_coupons, get_demo,
        ],
    )  # fmt: skip
