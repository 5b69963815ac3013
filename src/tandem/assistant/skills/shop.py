"""A shop's reading skills, over its HTTP API."""

import logging
from collections.abc import Callable
from typing import TypeVar
from urllib.parse import quote

import httpx
import msgspec

from tandem.assistant.skills.goods import Delivery, Order, Orders, Product, Products
from tandem.assistant.skills.port import Called, Calls, Failed, Lang, NotThere, Refused, Skill, SkillSlot, Title

logging.getLogger("httpx").setLevel(logging.WARNING)  # it logs every address, and ours hold order numbers and phone digits
LARGEST = 2_000_000
"""Bytes of an answer that are read. A shop gone wrong must not fill our memory."""
PRODUCTS_SHOWN = 8

_PRODUCT = SkillSlot("product", Title("商品", "Product"))
_ORDER = SkillSlot("order", Title("订单号", "Order number"))
_PHONE = SkillSlot("phone", Title("手机号后四位", "Last four digits of the phone number"), private=True)
_CUSTOMER = SkillSlot("customer", Title("客户", "Customer"), private=True)
_CITY = SkillSlot("city", Title("城市", "City"))

FIND_PRODUCT = Skill("find_product", Title("商品查询", "Product search"), (_PRODUCT,))
PRODUCT_DETAILS = Skill("product_details", Title("库存与价格", "Stock and price"), (_PRODUCT,))
DELIVERY_ESTIMATE = Skill("delivery_estimate", Title("配送时效", "Delivery estimate"), (_CITY, _PRODUCT))
ORDER_STATUS = Skill("order_status", Title("物流查询", "Order tracking"), (_ORDER, _PHONE, _CUSTOMER), personal=True)
ORDER_LIST = Skill("order_list", Title("我的订单", "Orders"), (_CUSTOMER,), personal=True)

T = TypeVar("T")


class Shop:
    """`url` is the API's base ("https://shop.example/api"), `key` its bearer key. `site` is where customers see the shop's
    pages and pictures, the API's own origin if not given. Close it when done."""

    def __init__(self, url: str, key: str, *, site: str | None = None, calls: Calls | None = None) -> None:
        self._calls = calls or Calls()
        self._site = httpx.URL(site or url)
        self._http = httpx.AsyncClient(
            base_url=url.rstrip("/") + "/",
            headers={"Authorization": f"Bearer {key}", "Accept": "application/json"},
            timeout=5.0,
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
            lambda found: _order_line(found, lang), lang,
        )  # fmt: skip

    async def orders(self, customer: str, lang: Lang) -> Called[Orders]:
        return await self._read(
            ORDER_LIST, {"customer": customer}, f"customers/{_segment(customer)}/orders", {}, Orders,
            lambda found: _line(
                lang, _count(len(found.items), lang), *(f"{it.number} {it.state_label.to(lang)}" for it in found.items[:5])
            ), lang,
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
    ) -> Called[T]:
        return await self._calls.call(skill, shown, lambda: self._get(path, query, shape), told, lang)

    async def _get(self, path: str, query: dict[str, str], shape: type[T]) -> T:
        """Raises `Refused`, `NotThere`, `Failed`."""
        try:
            async with self._http.stream("GET", path, params=query) as response:
                body = await _within_limit(response)
        except httpx.HTTPError as error:
            raise Failed(type(error).__name__) from error
        if response.status_code in (403, 429):
            raise Refused
        if response.status_code == 404:
            raise NotThere
        if response.status_code != 200:
            raise Failed(f"HTTP {response.status_code}")
        try:
            return msgspec.json.decode(body, type=shape)
        except msgspec.DecodeError as error:
            raise Failed("not the shape that was agreed") from error


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
