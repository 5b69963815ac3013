"""What the widget says before anybody has said anything; each channel may set its own."""

from tandem.channels.model import Channel
from tandem.chat.model import ChatConfig
from tandem.chat.palette import palette
from tandem.kit.errors import Language, language_of

_BRAND: dict[Language, str] = {"zh": "在线客服", "en": "Support"}
_ASSISTANT: dict[Language, str] = {"zh": "AI 助手", "en": "AI assistant"}
_GREETING: dict[Language, str] = {
    "zh": "您好！我是 AI 助手，可以马上帮您查库存、订单和售后规则；需要时随时点「转人工」。",
    "en": "Hello! I'm the AI assistant. I can check stock, orders and our policies right away, and you can ask for a person at any time.",
}


def config_for(channel: Channel, locale: str, colour: str, upload_limit: int) -> ChatConfig:
    """In the page's language, and in its `colour` where it names one. Settings are `brand`, `assistant_name` and `greeting` by
    language, `suggestions` lists by language, `colour`."""
    language = language_of(locale)
    return ChatConfig(
        brand=_said(channel, "brand", language) or _BRAND[language],
        assistant_name=_said(channel, "assistant_name", language) or _ASSISTANT[language],
        palette=palette(colour or str(channel.config.get("colour"))),
        greeting=_said(channel, "greeting", language) or _GREETING[language],
        suggestions=_suggested(channel, language),
        upload_limit=upload_limit,
    )


def _said(channel: Channel, key: str, language: Language) -> str:
    by_language = channel.config.get(key)
    said = by_language.get(language, "") if isinstance(by_language, dict) else ""
    return said if isinstance(said, str) else ""


def _suggested(channel: Channel, language: Language) -> list[str]:
    by_language = channel.config.get("suggestions")
    lines = by_language.get(language, []) if isinstance(by_language, dict) else []
    return [line for line in lines if isinstance(line, str)][:6] if isinstance(lines, list) else []
