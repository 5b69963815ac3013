"""A shop's skills, over its HTTP API: what it tells, and what a buyer may have done to an order."""

import logging
from collections.abc import Callable
from typing import TypeVar
from urllib.parse import quote

import httpx
import msgspec
from msgspec import Struct

from tandem.assistant.skills.executor import NOBODY, Executor
from tandem.assistant.skills.goods import Delivery, Done, Given, Order, Orders, Product, Products
from tandem.assistant.skills.port import Called, Failed, Lang, Leave, NotThere, Parameter, Refused, Skill, Title
from tandem.assistant.skills.shop_acts import ACTS
from tandem.assistant.skills.shop_grants import GRANTS, ShopGrant
from tandem.infra.outside import trusted

logging.getLogger("httpx").setLevel(logging.WARNING)  # it logs every address, and ours hold order numbers and phone digits
LARGEST = 2_000_000
"""Bytes of an answer that are read. A shop gone wrong must not fill our memory."""
PRODUCTS_SHOWN = 8
_REFUSALS = (400, 403, 409, 422, 429)

_PRODUCT = Parameter("product", Title("商品", "Product"))
_ORDER = Parameter("order", Title("订单号", "Order number"))
_PHONE = Parameter("phone", Title("手机号后四位", "Last four digits of the phone number"), private=True)
_CUSTOMER = Parameter("customer", Title("客户", "Customer"), private=True)
_CITY = Parameter("city", Title("城市", "City"))

FIND_PRODUCT = Skill("find_product", Title("商品查询", "Product search"), (_PRODUCT,))
PRODUCT_DETAILS = Skill("product_details", Title("库存与价格", "Stock and price"), (_PRODUCT,))
DELIVERY_ESTIMATE = Skill("delivery_estimate", Title("配送时效", "Delivery estimate"), (_CITY, _PRODUCT))
ORDER_STATUS = Skill("order_status", Title("物流查询", "Order tracking"), (_ORDER, _PHONE, _CUSTOMER), personal=True)
ORDER_LIST = Skill("order_list", Title("我的订单", "Orders"), (_CUSTOMER,), personal=True)

SHOP_SKILLS = (
    FIND_PRODUCT, PRODUCT_DETAILS, DELIVERY_ESTIMATE, ORDER_STATUS, ORDER_LIST, *(it.skill for it in ACTS.values()),
    *(it.skill for it in GRANTS.values()),
)  # fmt: skip
_PROVEN = Leave(proven=True)
"""The shop itself checks the customer's id or the phone digits that such a call carries."""

T = TypeVar("T")


class Shop:
    """`url` is the API's base ("https://shop.example/api"), `key` its bearer key. `site` is where customers see the shop's
    pages and pictures, the API's own origin if not given. Close it when done."""

    def __init__(self, url: str, key: str, *, site: str | None = None, executor: Executor | None = None) -> None:
        self._executor = executor or Executor()
        self._site = httpx.URL(site or url)
        self._http = httpx.AsyncClient(
            base_url=url.rstrip("/") + "/",
            headers={"Authorization": f"Bearer {key}", "Accept": "application/json"},
            timeout=5.0,
            verify=trusted(),
        )

    async def close(self) -> None:
        await self._http.aclose()

    def link(self, path: str | None) -> str | None:
        """A path on the shop's site as an address that a browser elsewhere can open; nothing but http and https."""
        link = self._site.join(path) if path else None
        return str(link) if link is not None and link.scheme in ("http", "https") else None

    async def find(self, words: str, lang: Lang) -> Called[Products]:
        return await self._read(
            FIND_PRODUCT, {"product": words}, "products", {"q": words[:200], "limit": str(PRODUCTS_SHOWN)}, Products,
            lambda found: _line(lang, _count(len(found.items), lang), *(it.title.to(lang) for it in found.items[:3])), lang,
        )  # fmt: skip

    async def product(self, id: str, lang: Lang) -> Called[Product]:
        return await self._read(
            PRODUCT_DETAILS, {"product": id}, f"products/{_segment(id)}", {}, Product,
            lambda found: _line(lang, found.title.to(lang), _stock(sum(it.stock for it in found.variants), lang)), lang,
        )  # fmt: skip

    async def delivery(self, city: str, sku: str | None, lang: Lang) -> Called[Delivery]:
        asked = {"city": city[:80], "lang": lang} | ({"sku": sku} if sku else {})
        shown = {"city": city} | ({"product": sku} if sku else {})
        return await self._read(
            DELIVERY_ESTIMATE, shown, "delivery", asked, Delivery,
            lambda found: _line(lang, found.city.to(lang), _days(found, lang), found.carrier.to(lang)), lang,
        )  # fmt: skip

    async def order(self, number: str, lang: Lang, *, customer: str | None = None, phone: str | None = None) -> Called[Order]:
        """One of `customer` (proven by the host page or earlier) and `phone` (last four digits) is the proof; the shop
        checks it."""
        proof = {"customer": customer} if customer else {"phone": phone or ""}
        return await self._read(
            ORDER_STATUS, {"order": number} | proof, f"orders/{_segment(number)}", proof, Order,
            lambda found: _order_line(found, lang), lang, _PROVEN,
        )  # fmt: skip

    async def orders(self, customer: str, lang: Lang) -> Called[Orders]:
        return await self._read(
            ORDER_LIST, {"customer": customer}, f"customers/{_segment(customer)}/orders", {}, Orders,
            lambda found: _line(
                lang, _count(len(found.items), lang), *(f"{it.number} {it.state_label.to(lang)}" for it in found.items[:5])
            ), lang, _PROVEN,
        )  # fmt: skip

    async def change(
        self, skill: Skill, verb: str, number: str, given: dict[str, str], lang: Lang, *, customer: str, key: str
    ) -> Called[Done]:
        """Have something done to an order of `customer`, who has proven to be it and has said yes to the details that `key`
        stands for. The same key again changes nothing more."""
        headers = {"Idempotency-Key": key, "Accept-Language": lang}
        body = msgspec.json.encode(given | {"customer": customer})
        return await self._executor.call(
            skill, {"order": number, "customer": customer} | given,
            lambda: self._ask("POST", f"orders/{_segment(number)}/{verb}", Done, body=body, headers=headers),
            lambda done: _line(lang, number, done.order.state_label.to(lang), done.done.to(lang)), lang, Leave(proven=True, key=key),
        )  # fmt: skip

    async def give(
        self, grant: ShopGrant, given: dict[str, str], amount: int, lang: Lang, *, customer: str, key: str
    ) -> Called[Given]:
        """Have carried out what was granted to `customer`. The same key again gives nothing more."""
        names = {it.name for it in grant.skill.slots}
        values = {name: value for name, value in given.items() if name in names} | {"customer": customer}
        body: dict[str, str | int] = {"customer": customer} if "{customer}" not in grant.path else {}
        if "amount" in names:
            values["amount"] = str(amount)
            body["amount"] = amount
        path = grant.path.format_map({name: _segment(value) for name, value in values.items()})
        headers = {"Idempotency-Key": key, "Accept-Language": lang}
        return await self._executor.call(
            grant.skill, values, lambda: self._ask("POST", path, Given, body=msgspec.json.encode(body), headers=headers),
            lambda done: _line(lang, done.reference, done.done.to(lang)), lang, Leave("desk", proven=True, key=key),
        )  # fmt: skip

    async def _read(
        self,
        skill: Skill,
        shown: dict[str, str],
        path: str,
        query: dict[str, str],
        shape: type[T],
        told: Callable[[T], str],
        lang: Lang,
        leave: Leave = NOBODY,
    ) -> Called[T]:
        return await self._executor.call(skill, shown, lambda: self._ask("GET", path, shape, query), told, lang, leave)

    async def _ask(
        self, method: str, path: str, shape: type[T], query: dict[str, str] | None = None, *, body: bytes | None = None,
        headers: dict[str, str] | None = None,
    ) -> T:  # fmt: skip
        """Raises `Refused`, `NotThere`, `Failed`."""
        sent = (headers or {}) | ({"Content-Type": "application/json"} if body else {})
        try:
            async with self._http.stream(method, path, params=query, content=body, headers=sent) as response:
                answer = await _within_limit(response)
        except httpx.HTTPError as error:
            raise Failed(type(error).__name__) from error
        if response.status_code in _REFUSALS:
            raise _refusal(answer)
        if response.status_code == 404:
            raise NotThere
        if response.status_code != 200:
            raise Failed(f"HTTP {response.status_code}")
        try:
            return msgspec.json.decode(answer, type=shape)
        except msgspec.DecodeError as error:
            raise Failed("not the shape that was agreed") from error


class _Problem(Struct, frozen=True):
    """What of a problem document (RFC 9457) is told on."""

    type: str = ""
    detail: str = ""


def _refusal(body: bytes) -> Refused:
    try:
        problem = msgspec.json.decode(body, type=_Problem)
    except msgspec.DecodeError:
        return Refused()
    return Refused(problem.detail, problem.type.rpartition("/")[2])


async def _within_limit(response: httpx.Response) -> bytes:
    body = bytearray()
    async for piece in response.aiter_bytes():
        body += piece
        if len(body) > LARGEST:
            raise Failed("answer too large")
    return bytes(body)


def _segment(part: str) -> str:
    """One path segment, whatever the customer typed. ("." and ".." would climb the path: httpx resolves them.)"""
    return quote(part, safe="") if part.strip(".") else "-"


def _line(lang: Lang, about: str, *found: str) -> str:
    """What a person at the desk reads of a look-up."""
    colon, comma = ("：", "，") if lang == "zh" else (": ", ", ")
    return about + colon + comma.join(found) if found else about


def _count(found: int, lang: Lang) -> str:
    return f"查到 {found} 个" if lang == "zh" else f"{found} found"


def _stock(count: int, lang: Lang) -> str:
    return f"库存 {count}" if lang == "zh" else f"{count} in stock"


def _days(delivery: Delivery, lang: Lang) -> str:
    low, high = delivery.days_low, delivery.days_high
    span = f"{low}" if low == high else f"{low}–{high}"
    return f"{span} 天" if lang == "zh" else f"{span} {'day' if high == 1 else 'days'}"


def _order_line(order: Order, lang: Lang) -> str:
    newest = next((parcel.events[0] for parcel in order.parcels if parcel.events), None)
    return _line(lang, order.number, order.state_label.to(lang), *([newest.text.to(lang)] if newest else []))
