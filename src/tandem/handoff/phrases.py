"""The packet's words in the agent's languages."""

from tandem.kit.errors import Language

LABELS: dict[Language, dict[str, str]] = {
    "zh": {
        "name": "姓名", "verified": "身份", "order": "订单号", "order_state": "订单状态", "carrier": "承运商", "tracking": "运单号",
        "eta": "预计送达", "product": "商品", "city": "城市", "colour": "颜色", "size": "尺码", "deadline": "期望时间", "page": "正在浏览",
        "phone": "手机号", "address": "地址", "goal": "诉求", "expectation": "期望", "tried": "已试过",
    },
    "en": {
        "name": "Name", "verified": "Identity", "order": "Order", "order_state": "Order state", "carrier": "Carrier",
        "tracking": "Tracking number", "eta": "Expected", "product": "Product", "city": "City", "colour": "Colour", "size": "Size",
        "deadline": "Wanted by", "page": "Looking at", "phone": "Phone", "address": "Address", "goal": "Goal",
        "expectation": "Expectation", "tried": "Already tried",
    },
}  # fmt: skip

REASONS: dict[Language, dict[str, str]] = {
    "zh": {
        "asks_human": "客户要求人工", "complaint": "投诉", "anger": "客户不满", "distress": "客户情绪低落",
        "legal_medical_finance_advice": "需要专业意见（法律、医疗或理财）", "safety": "人身安全", "special_request": "特殊请求",
        "fraud_or_security": "账户或交易安全", "bot_failed_repeatedly": "助手多次未能解决", "complex_multi_issue": "多个问题相互牵连",
        "vip_or_high_value": "重要客户或大额事项", "assistant_unavailable": "助手暂时无法作答",
        "taken_over": "同事主动接管", "transferred": "同事转接", "handed_back": "交回助手",
    },
    "en": {
        "asks_human": "asked for a person", "complaint": "complaint", "anger": "upset customer", "distress": "customer in distress",
        "legal_medical_finance_advice": "professional advice (legal, medical, financial)", "safety": "safety",
        "special_request": "special request", "fraud_or_security": "account or payment security",
        "bot_failed_repeatedly": "the assistant failed more than once", "complex_multi_issue": "several issues that hang together",
        "vip_or_high_value": "key customer or high value", "assistant_unavailable": "the assistant could not answer",
        "taken_over": "taken over by a colleague", "transferred": "passed on by a colleague", "handed_back": "back to the assistant",
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

NEXT_STEPS: dict[Language, dict[str, str]] = {
    "zh": {
        "safety": "先确认人身安全，必要时请客户联系急救或报警", "comfort": "先听客户说，再办事", "secure": "先保护账户，不要索要密码或验证码",
        "expert": "说明不能代替专业意见，转给专业同事", "settle": "先承认问题，再给出具体的解决办法和时间", "decide": "判断能否特批，需要时走特批",
        "other_way": "换一种办法：之前的答案没有解决", "verify": "先核实身份，再处理订单", "answer": "直接回答，不必再问已知的事",
    },
    "en": {
        "safety": "Make sure everyone is safe first; point to emergency services if needed", "comfort": "Listen first, then act",
        "secure": "Protect the account first; never ask for passwords or codes",
        "expert": "Say that this can't replace professional advice and bring in an expert",
        "settle": "Acknowledge what went wrong, then offer a concrete way out with a time", "decide": "Decide whether an exception is due",
        "other_way": "Try another way: the answers so far did not help", "verify": "Check who it is before handling the order",
        "answer": "Answer right away; nothing known needs asking again",
    },
}  # fmt: skip
