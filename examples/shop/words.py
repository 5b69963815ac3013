"""The words on the shop's pages, and how it writes money and times."""

from datetime import datetime

from .carriers import SHOP_TIME
from .model import Lang, Money, Text

WORDS = {
    "bar": Text("满 ¥99 包邮 · 7 天无理由退货", "Free delivery from ¥99 · 7-day returns"),
    "search": Text("搜索商品", "Search products"),
    "find": Text("搜索", "Search"),
    "orders": Text("我的订单", "My orders"),
    "sign_in": Text("登录", "Sign in"),
    "other_lang": Text("English", "中文"),
    "hero_kicker": Text("秋冬新品", "New this season"),
    "hero_title": Text("把每天，过得轻一点", "Lighter days, at home and away"),
    "hero_text": Text(
        "安静的电器、耐用的行李、贴身的衣物。我们只做会被天天用到的东西。",
        "Quiet appliances, luggage that lasts, clothes you reach for. We make only what gets used every day.",
    ),
    "hero_go": Text("看看热销", "See what's popular"),
    "hero_more": Text("全部商品", "All products"),
    "best": Text("大家都在买", "Popular right now"),
    "shelves": Text("逛逛分类", "Shop by category"),
    "all": Text("全部", "All"),
    "results": Text("“{q}” 找到 {n} 件", "{n} results for “{q}”"),
    "count": Text("共 {n} 件商品", "{n} products"),
    "nothing": Text("没有找到。换个词试试，或者点右下角问问客服。", "Nothing found. Try another word, or ask us in the chat."),
    "from": Text("起", "from"),
    "sold_out": Text("暂时缺货", "Sold out"),
    "left": Text("仅剩 {n} 件", "Only {n} left"),
    "in_stock": Text("有货", "In stock"),
    "restock": Text("预计 {d} 到货", "Expected {d}"),
    "colour": Text("颜色", "Colour"),
    "size": Text("规格", "Size"),
    "buy": Text("立即购买", "Buy now"),
    "notify": Text("到货提醒我", "Tell me when it's back"),
    "demo_note": Text("演示店铺：订单只存在于演示里，不会真的扣款", "A demo shop: the order stays in the demo and nothing is charged"),
    "checkout": Text("结账", "Checkout"),
    "to": Text("寄给", "Deliver to"),
    "goods": Text("商品", "Goods"),
    "delivery": Text("运费", "Delivery"),
    "coupon": Text("优惠券", "Coupon"),
    "coupon_code": Text("输入券码", "Coupon code"),
    "coupon_use": Text("使用", "Apply"),
    "coupon_where": Text("挑好商品，点“立即购买”，结账时选用。", "Pick something, choose Buy now, and use it at checkout."),
    "coupon_shop": Text("去挑商品", "Find something"),
    "discount": Text("优惠券已抵 {m}", "{m} paid by coupon"),
    "place_order": Text("提交订单 {m}", "Place order, {m}"),
    "details": Text("商品参数", "Details"),
    "similar": Text("同类好物", "You may also like"),
    "about": Text("约", "about"),
    "p1": Text("当天发货", "Sent the same day"),
    "p1t": Text("每天 18:00 前付款的订单，当天从嘉兴仓发出。", "Orders paid by 18:00 leave our Jiaxing warehouse that day."),
    "p2": Text("7 天无理由", "7 days to change your mind"),
    "p2t": Text("签收后 7 天内可以退货，快递上门取件。", "Send it back within 7 days of arrival. We collect."),
    "p3": Text("两年保修", "Two-year warranty"),
    "p3t": Text("大家电与灯具保修两年，耳机与充电类一年。", "Two years on appliances and lamps, one on audio and charging."),
    "guest_orders": Text("登录后就能看到您的订单和包裹走到了哪里。", "Sign in to see your orders and where your parcels are."),
    "no_orders": Text("还没有订单。", "No orders yet."),
    "total": Text("合计", "Total"),
    "eta": Text("预计 {d} 送达", "Expected {d}"),
    "came": Text("{d} 已送达", "Delivered {d}"),
    "delayed": Text("有延误", "Delayed"),
    "coupons": Text("我的优惠券", "Your coupons"),
    "coupon_until": Text("{d} 前有效", "good until {d}"),
    "returnable": Text("{d} 前可以退货", "Can be returned until {d}"),
    "earlier": Text("查看全部物流", "All tracking steps"),
    "who": Text("选一位顾客登录", "Pick a shopper"),
    "who_text": Text(
        "这是演示店铺：选谁就是谁。登录后客服会直接认出您，可以查订单。",
        "This is a demo shop: you are whoever you pick. Once signed in, the chat knows you and can look up your orders.",
    ),
    "member": Text("普通会员", "Member"),
    "phone_end": Text("手机尾号", "Phone ends in"),
    "sign_out": Text("退出登录", "Sign out"),
    "signed_in_as": Text("当前登录：{n}", "Signed in as {n}"),
    "prev": Text("上一页", "Previous"),
    "next": Text("下一页", "Next"),
    "gone": Text("这个页面不在了", "This page isn't here"),
    "home": Text("回到首页", "Back to the shop"),
    "foot": Text(
        "屿物 Islet 是一家虚构的店铺，用来演示客服平台。",
        "Islet is a made-up shop that shows a customer-service desk at work.",
    ),
    "help": Text(
        "有问题？点右下角和我们聊聊，AI 助手全天在线，人工客服 9:00–21:00。",
        "Questions? Chat with us: the AI assistant is always here, people from 9:00 to 21:00 (UTC+8).",
    ),
}  # fmt: skip


def word(name: str, lang: Lang, **values: str | int) -> str:
    return WORDS[name].to(lang).format(**values)


def money(it: Money) -> str:
    """¥1,299 or $179: no decimals where there are no cents."""
    sign = {"CNY": "¥", "USD": "$"}[it.currency]
    whole, cents = divmod(it.amount, 100)
    return f"{sign}{whole:,}.{cents:02d}" if cents else f"{sign}{whole:,}"


def day(at: datetime, lang: Lang) -> str:
    local = at.astimezone(SHOP_TIME)
    return f"{local.month} 月 {local.day} 日" if lang == "zh" else f"{local.day} {local:%b}"


def moment(at: datetime, lang: Lang) -> str:
    return f"{day(at, lang)} {at.astimezone(SHOP_TIME):%H:%M}"
