"""The whole way of a customer in Firefox and in WebKit, the engine of Safari. Opt-in: `make test-browsers`."""

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from browser.demo import Demo
from browser.others import Browser, Name, Window, missing, start
from world.waiting import eventually

pytestmark = pytest.mark.skipif(not os.environ.get("TANDEM_OTHER_BROWSERS"), reason="opt-in: make test-browsers")
PICTURES = os.environ.get("TANDEM_PICTURES")
"""A folder for pictures of each step, to be looked at."""
AGENT = "wang@demo.example"
REPLY = "您好，我是王芳，退货单已为您开好。"


@pytest.fixture(params=["firefox", "webkit"])
async def other(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[tuple[Name, Browser]]:
    name: Name = request.param
    if why := missing(name):
        pytest.skip(why)
    browser = await start(name, tmp_path)
    yield name, browser
    await browser.stop()


async def _picture(window: Window, name: str) -> None:
    if PICTURES:
        (Path(PICTURES) / f"{name}.png").write_bytes(await window.looks())


async def _signs_in(desk: Window, demo: Demo) -> None:
    await desk.goes(f"{demo.url}/console")
    await desk.clicks("button", "中文")  # these browsers speak the language of the machine
    await desk.clicks("textbox", "邮箱")
    await desk.types(AGENT)
    await desk.clicks("textbox", "密码")
    await desk.types(demo.sign_in(AGENT)["password"] + "\ue007")
    await eventually(lambda: desk.runs("!!document.querySelector('.inbox-head')"), seconds=30)


async def test_a_customer_is_answered_taken_over_and_asked_how_it_was(demo: Demo, other: tuple[Name, Browser]) -> None:
    name, browser = other
    customer, desk = await browser.window(), await browser.window()
    await desk.resizes(1440, 900)
    await customer.resizes(1280, 900)

    await customer.goes(f"{demo.url}/products/breeze-3?lang=zh")
    await customer.clicks("button", "打开在线客服")
    await customer.sees("AI 助手 · 通常即时回复")
    await customer.writes("消息", "七天无理由退货怎么退")
    await customer.sees("来源：七天无理由退货怎么退")
    await customer.clicks("button", "没帮助")
    await customer.sees("没帮上您")
    await _picture(customer, f"{name}-answered")

    await _signs_in(desk, demo)
    await customer.clicks("button", "转人工客服")
    await customer.sees("正在转接人工客服")
    await customer.clicks("button", "请给我回电")
    await customer.writes("回电号码", "138 0000 1234")
    await customer.sees("会给您回电")
    await _picture(customer, f"{name}-waiting")

    conversation = await customer.runs("Object.entries(localStorage).find(([key]) => key.endsWith(':conversation'))[1]")
    await desk.goes(f"{demo.url}/console/inbox/unassigned/{conversation}")
    await desk.clicks("button", "接入")
    await desk.sees("138 0000 1234")
    await desk.clicks("textbox", "回复")
    await desk.types(REPLY)
    await _picture(desk, f"{name}-desk")
    await desk.clicks("button", "发送")
    await customer.sees(REPLY)
    await customer.sees("王芳正在为您服务")

    await desk.clicks("button", "解决")
    await desk.clicks("button", "现在结束")
    await customer.sees("本次服务已结束")
    await customer.clicks("button", "满意")
    await customer.sees("您的评价：满意")
    await _picture(customer, f"{name}-rated")
