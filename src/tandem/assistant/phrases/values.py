"""Money and times as customers read them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from tandem.assistant.phrases import Lang
from tandem.timeline.model import Money

_SIGNS = {"CNY": "¥", "USD": "US$", "EUR": "€", "GBP": "£"}
_WHOLE_ONLY = {"JPY", "KRW"}
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def money(amount: Money) -> str:
    """129900 CNY → "¥1,299"; pence and fen only when there are any."""
    whole, rest = (amount.amount, 0) if amount.currency in _WHOLE_ONLY else divmod(amount.amount, 100)
    sign = _SIGNS.get(amount.currency, f"{amount.currency} ")
    return f"{sign}{whole:,}.{rest:02d}" if rest else f"{sign}{whole:,}"


def day(when: date | datetime, lang: Lang, zone: ZoneInfo) -> str:
    local = when.astimezone(zone).date() if isinstance(when, datetime) else when
    return f"{local.month} 月 {local.day} 日" if lang == "zh" else f"{local.day} {_MONTHS[local.month - 1]}"


def moment(when: datetime, lang: Lang, zone: ZoneInfo) -> str:
    local = when.astimezone(zone)
    return f"{day(local, lang, zone)} {local:%H:%M}" if lang == "zh" else f"{day(local, lang, zone)}, {local:%H:%M}"
