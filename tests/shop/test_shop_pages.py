"""What a visitor of the shop's pages gets to see, and what the chat is told about him."""

import re
from html import escape
from urllib.parse import quote
from xml.etree import ElementTree

import jwt
import pytest

from shop.conftest import SECRET, RunningShop


@pytest.mark.parametrize(
    "path", ["/", "/?q=耳机", "/?category=coffee", "/?all=1&page=3", "/products/breeze-3", "/orders", "/sign-in"]
)
async def test_every_page_speaks_the_visitors_language(running: RunningShop, path: str) -> None:
    zh, en = await running.open(path, "zh-CN,zh;q=0.9"), await running.open(path, "en-GB")

    assert (zh.status_code, en.status_code) == (200, 200)
    assert '<html lang="zh-CN">' in zh.text
    assert "我的订单" in zh.text
    assert '<html lang="en">' in en.text
    assert "My orders" in en.text


async def test_the_language_chosen_by_hand_beats_that_of_the_browser(running: RunningShop) -> None:
    page = await running.open("/?lang=en", "zh-CN")

    assert '<html lang="en">' in page.text
    assert "islet_lang=en" in page.headers["set-cookie"]


@pytest.mark.parametrize("words", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "' onmouseover='alert(1)"])
async def test_what_is_searched_for_never_becomes_markup(running: RunningShop, words: str) -> None:
    page = await running.open(f"/?q={quote(words)}")

    assert page.status_code == 200
    assert words not in page.text
    assert f'value="{escape(words)}"' in page.text


async def test_pages_allow_no_script_but_the_chats(running: RunningShop) -> None:
    policy = (await running.open("/")).headers["content-security-policy"]

    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy


async def test_a_guest_is_not_introduced_to_the_chat(running: RunningShop) -> None:
    page = await running.open("/products/breeze-3")

    assert '<script src="/widget.js" data-channel="demo" async></script>' in page.text
    assert '<meta name="tandem:product" content="breeze-3">' in page.text


async def test_a_signed_in_shopper_is_introduced_by_a_signed_token(running: RunningShop) -> None:
    page = await running.open("/orders", shopper="C1001")
    found = re.search(r'data-identity="([^"]+)"', page.text)

    assert found
    claims = jwt.decode(found[1], SECRET, algorithms=["HS256"], options={"verify_exp": False, "verify_iat": False})
    assert claims == {
        "sub": "C1001", "name": "林晚秋", "locale": "zh", "tier": "黑金会员", "phone_last4": "8866",
        "iat": int(running.time.timestamp()), "exp": int(running.time.timestamp()) + 3600,
    }  # fmt: skip


async def test_my_orders_shows_mine(running: RunningShop) -> None:
    mine = {order.number for order in running.shop.orders_of("C1004")}

    page = await running.open("/orders", "en", shopper="C1004")

    assert set(re.findall(r"TD\d{8}", page.text)) == mine


async def test_only_the_shoppers_on_the_page_can_be_picked(running: RunningShop) -> None:
    assert "data-identity" not in (await running.open("/", shopper="C1105")).text
    assert "data-identity" in (await running.open("/", shopper="C1002")).text


async def test_a_cookie_we_did_not_make_is_a_guest(running: RunningShop) -> None:
    running.key = {"Cookie": "islet_shopper=C1001." + "0" * 64}

    assert "data-identity" not in (await running.get("/orders")).text


async def test_every_variant_has_a_picture(running: RunningShop) -> None:
    pictures = {variant.picture for product in running.shop.find_products("") for variant in product.variants}
    drawings = {look.drawing: sku for sku, look in running.shop.catalogue.looks.items()}

    assert pictures == {f"/pictures/{sku}.svg" for sku in running.shop.catalogue.looks}
    for sku in drawings.values():
        picture = await running.get(f"/pictures/{sku}.svg")
        assert picture.headers["content-type"].startswith("image/svg+xml")
        assert ElementTree.fromstring(picture.text).tag.endswith("svg")


@pytest.mark.parametrize("path", ["/products/none-such", "/pictures/none-such.svg", "/pictures/..%2Fapp.py", "/nowhere"])
async def test_what_is_not_there_is_said_not_to_be_there(running: RunningShop, path: str) -> None:
    assert (await running.get(path)).status_code == 404
