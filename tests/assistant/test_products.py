"""Stock, price and delivery, and the follow-ups that people really ask."""

import pytest

from assistant.talking import Talk, answered_from, calls, choices, message, text
from tandem.assistant.respond import Assistant
from tandem.timeline.model import ProductCard


def card(reply: object) -> ProductCard:
    first = message(reply).cards[0]  # type: ignore[arg-type]
    assert isinstance(first, ProductCard)
    return first


async def test_this_one_is_what_the_page_shows(assistant: Assistant) -> None:
    reply = await Talk(assistant, product="breeze-3").says("这款空气净化器还有货吗")
    assert card(reply).id == "breeze-3"
    assert card(reply).price is not None
    assert "¥1,299" in text(reply)
    assert answered_from(reply) == ["库存与价格"]
    assert (card(reply).url or "").startswith("http")


async def test_and_the_white_one(assistant: Assistant) -> None:
    talk = Talk(assistant, product="breeze-3", locale="en")
    await talk.says("is this in stock?")
    white = await talk.says("and the white one?")
    assert card(white).variant == "White"
    assert "in stock" in text(white)
    black = await talk.says("what about black")
    assert card(black).stock == 0
    assert "out of stock" in text(black)


async def test_two_messages_at_once_about_what_the_page_shows(assistant: Assistant) -> None:
    reply = await Talk(assistant, product="breeze-3", locale="en").says("is this one in stock?", "and the white one?")
    assert card(reply).variant == "White"
    assert "in stock" in text(reply)


async def test_another_colour_is_asked_of_what_the_page_shows(assistant: Assistant) -> None:
    white = await Talk(assistant, product="breeze-3", locale="en").says("and the white one?")
    assert card(white).variant == "White"


async def test_the_same_in_chinese(assistant: Assistant) -> None:
    talk = Talk(assistant, product="breeze-3")
    await talk.says("这个有货吗")
    assert card(await talk.says("那黑色的呢")).variant == "黑色"
    price = await talk.says("多少钱")
    assert "¥1,299" in text(price)


async def test_a_colour_that_is_not_made_is_said_with_those_that_are(assistant: Assistant) -> None:
    talk = Talk(assistant, product="breeze-3", locale="en")
    reply = await talk.says("do you have this in purple?")
    assert "doesn't come in purple" in text(reply)
    assert "White" in text(reply)


async def test_how_long_to_a_city_follows_the_product(assistant: Assistant) -> None:
    talk = Talk(assistant, product="breeze-3")
    await talk.says("这款还有货吗")
    reply = await talk.says("那到上海要几天")
    assert calls(reply)[0].arguments == {"city": "上海", "product": "breeze-3"}
    assert "上海" in text(reply)
    assert "北京" in text(await talk.says("北京呢"))


@pytest.mark.parametrize(
    ("locale", "where", "cost", "told"),
    [("zh-CN", "寄到上海要几天", "运费呢", "上海"), ("en", "how long to London?", "and the cost?", "London")],
)
async def test_what_delivery_costs_is_asked_of_the_place_just_named(
    assistant: Assistant, locale: str, where: str, cost: str, told: str
) -> None:
    talk = Talk(assistant, locale=locale)
    await talk.says(where)
    reply = await talk.says(cost)
    assert calls(reply)[0].arguments["city"].lower() == told.lower()
    assert told in text(reply)


async def test_traditional_characters_are_read_like_simplified_ones(assistant: Assistant) -> None:
    talk = Talk(assistant, locale="zh-TW", product="breeze-3")
    assert card(await talk.says("這款空氣淨化器還有貨嗎")).id == "breeze-3"
    assert "黑色" in text(await talk.says("那黑色的呢"))
    assert calls(await talk.says("寄到臺北要幾天"))[0].arguments["city"] == "台北"
    assert answered_from(await talk.says("七天無理由退貨怎麼退")) == ["七天无理由退货怎么退？"]


async def test_a_name_with_a_number_does_not_hide_the_askers_language(assistant: Assistant) -> None:
    assert "清风" in text(await Talk(assistant, locale="en").says("清风3有货吗"))


async def test_what_one_costs_names_no_product(assistant: Assistant) -> None:
    talk = Talk(assistant)
    await talk.says("滤芯多久换一次")
    assert "「一」" not in text(await talk.says("多少钱一个"))


async def test_a_colour_written_short_is_a_colour(assistant: Assistant) -> None:
    talk = Talk(assistant, locale="en")
    reply = await talk.says("do u have breeze 3 in blk")
    assert card(reply).id == "breeze-3"
    assert "Black" in text(reply)


async def test_delivery_abroad_in_english(assistant: Assistant) -> None:
    talk = Talk(assistant, locale="en")
    assert "London" in text(await talk.says("how long does delivery take to London?"))
    assert "Paris" in text(await talk.says("and to Paris?"))


async def test_a_place_is_asked_for_and_then_taken(assistant: Assistant) -> None:
    talk = Talk(assistant)
    unknown = await talk.says("亚特兰蒂斯能寄吗")
    assert "亚特兰蒂斯" in text(unknown)
    assert "成都" in text(await talk.says("成都"))


async def test_several_products_are_shown_and_one_is_chosen(assistant: Assistant) -> None:
    talk = Talk(assistant)
    which = await talk.says("空气净化器有货吗")
    assert which.decision == "clarify"
    assert len(choices(which)) == len(message(which).cards) >= 3
    chosen = await talk.presses(which, "清风 2")
    assert card(chosen).id == "breeze-2"


async def test_the_size_asked_for_first_is_answered_once_the_product_is_known(assistant: Assistant) -> None:
    talk = Talk(assistant, locale="en")
    which = await talk.says("do you have running shoes in size 42?")
    chosen = await talk.presses(which, "One Running Shoes") if which.decision == "clarify" else which
    assert "42" in text(chosen)
    assert "41" not in text(chosen)


@pytest.mark.parametrize(("lang", "line"), [("zh-CN", "清风 2 空气净化器多少钱"), ("en", "how much is the Breeze 2 Air Purifier?")])
async def test_a_product_is_found_by_its_name(assistant: Assistant, lang: str, line: str) -> None:
    assert card(await Talk(assistant, locale=lang).says(line)).id == "breeze-2"


async def test_a_product_that_is_not_sold_is_not_invented(assistant: Assistant) -> None:
    reply = await Talk(assistant).says("有潜水艇吗")
    assert message(reply).cards == ()
    assert reply.decision == "clarify"
    assert "human" in [it.value for it in message(reply).choices]


async def test_a_phone_number_is_never_searched_for_among_the_products(assistant: Assistant) -> None:
    reply = await Talk(assistant).says("我是林晚秋 13800008866 lin@example.com")
    assert all("8866" not in str(it.arguments) and "@" not in str(it.arguments) for it in calls(reply))


async def test_a_bare_product_name_is_looked_up(assistant: Assistant) -> None:
    assert card(await Talk(assistant).says("清风 2 空气净化器")).id == "breeze-2"


async def test_which_courier_is_no_place(assistant: Assistant) -> None:
    assert answered_from(await Talk(assistant).says("你们发什么快递")) != ["配送时效"]


async def test_a_colour_that_only_shops_call_so_is_one_too(assistant: Assistant) -> None:
    talk = Talk(assistant)
    await talk.says("头戴式降噪耳机多少钱一副")
    sand = await talk.says("沙色有吗")
    assert card(sand).variant == "沙色"
    assert "货" in text(sand), "whether there is one was asked, after the price"


async def test_asked_which_one_a_colour_keeps_the_question_open(assistant: Assistant) -> None:
    talk = Talk(assistant)
    first = await talk.says("跑鞋42码有吗")
    white = await talk.says("白色")
    assert choices(white) == choices(first)
    chosen = await talk.presses(white, "One")
    assert card(chosen).variant == "白色 42"


async def test_the_short_name_means_the_thing_and_not_its_spare_parts(assistant: Assistant) -> None:
    assert card(await Talk(assistant).says("清风3还有没有黑的")).id == "breeze-3"
    assert card(await Talk(assistant, locale="en").says("is the Breeze 3 in stock?")).id == "breeze-3"


async def test_a_kind_of_thing_within_a_budget_shows_what_there_is(assistant: Assistant) -> None:
    for line in (
        "你们家有没有适合小户型的扫地机器人，预算两千以内",
        "最便宜的扫地机器人是哪款",
        "got any robot vacuums under 300 bucks",
    ):
        shown = message(await Talk(assistant, locale="en" if line.isascii() else "zh-CN").says(line)).cards
        assert len(shown) > 1, line
        assert all(isinstance(it, ProductCard) and it.price for it in shown), line


async def test_what_is_not_sold_is_said_and_not_asked_back(assistant: Assistant) -> None:
    assert "iphones" in text(await Talk(assistant, locale="en").says("do you sell iphones"))


async def test_a_place_is_heard_behind_another_verb(assistant: Assistant) -> None:
    talk = Talk(assistant, locale="en")
    await talk.says("is the Breeze 3 in stock?")
    assert text(await talk.says("how long does it take to get to Berlin")).startswith("To Berlin")
    assert "北京" in text(await Talk(assistant).says("今天下单明天能到北京吗"))
