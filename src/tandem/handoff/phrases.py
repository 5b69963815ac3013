"""The packet's words in the agent's languages."""

from tandem.kit.errors import Language

LABELS: dict[Language, dict[str, str]] = {
    "zh": {
        "name": "姓名", "verified": "身份", "order": "订单号", "order_state": "订单状态", "carrier": "承运商", "tracking": "运单号",
        "eta": "预计送达", "product": "商品", "city": "城市", "colour": "颜色", "size": "尺码", "deadline": "期望时间", "page": "正在浏览",
    },
    "en": {
        "name": "Name", "verified": "Identity", "order": "Order", "order_state": "Order state", "carrier": "Carrier",
        "tracking": "Tracking number", "eta": "Expected", "product": "Product", "city": "City", "colour": "Colour", "size": "Size",
        "deadline": "Wanted by", "page": "Looking at",
    },
}  # fmt: skip

REASONS: dict[Language, dict[str, str]] = {
    "zh": {
        "asks_human": "客户要求人工", "complaint": "投诉", "anger": "客户不满", "distress": "客户情绪低落",
        "legal_medical_finance_advice": "需要专业意见（法律、医疗或理财）", "safety": "人身安全", "special_request": "特殊请求",
        "fraud_or_security": "账户或交易安全", "bot_failed_repeatedly": "助手多次未能解决", "complex_multi_issue": "多个问题相互牵连",
        "vip_or_high_value": "重要客户或大额事项", "assistant_unavailable": "助手暂时无法作答",
    },
    "en": {
        "asks_human": "asked for a person", "complaint": "complaint", "anger": "upset customer", "distress": "customer in distress",
        "legal_medical_finance_advice": "professional advice (legal, medical, financial)", "safety": "safety",
        "special_request": "special request", "fraud_or_security": "account or payment security",
        "bot_failed_repeatedly": "the assistant failed more than once", "complex_multi_issue": "several issues that hang together",
        "vip_or_high_value": "key customer or high value", "assistant_unavailable": "the assistant could not answer",
    },
}  # fmt: skip

EMOTIONS: dict[Language, dict[str, str]] = {
    "zh": {
        "neutral": "平静", "happy": "满意", "confused": "困惑", "anxious": "焦急", "disappointed": "失望", "angry": "愤怒", "sad": "难过",
    },
    "en": {
        "neutral": "calm", "happy": "happy", "confused": "confused", "anxious": "anxious", "disappointed": "disappointed",
        "angry": "angry", "sad": "sad",
    },
}  # fmt: skip

QUESTIONS: dict[Language, dict[str, str]] = {
    "zh": {"need": "具体遇到了什么问题", "order": "相关的订单号", "expectation": "希望怎样解决", "identity": "核实身份（订单号与手机后四位）"},
    "en": {
        "need": "What exactly is the matter", "order": "Which order this is about", "expectation": "How it should be settled",
        "identity": "Who they are (order number and last four phone digits)",
    },
}  # fmt: skip

VERIFIED: dict[Language, dict[str, str]] = {
    "zh": {"host": "已登录商城", "order_phone": "已核对订单与手机号"},
    "en": {"host": "Signed in at the shop", "order_phone": "Order and phone digits checked"},
}
