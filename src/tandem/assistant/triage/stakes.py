"""How much is at stake, read from amounts and quantities in the text."""

import re

from tandem.assistant.triage.model import Sign
from tandem.knowledge.words import fold

LARGE_CNY = 10_000
LARGE_USD = 2_000
MANY = 20

_DIGITS = r"(?P<n>\d[\d,]*(?:\.\d+)?)"
_CHINESE = re.compile(rf"{_DIGITS}\s*(?P<unit>万|千|w|k|元|块|人民币|rmb|cny)(?P<more>\s*(?:元|块))?")
_BEFORE = re.compile(rf"(?P<sign>[$£€¥])\s?{_DIGITS}\s?(?P<unit>k|m|grand|million|thousand|万)?")
_AFTER = re.compile(rf"{_DIGITS}\s?(?P<unit>k|m|grand|million|thousand)?\s?(?:usd|dollars|pounds|euros?|gbp|eur|aud|cad)\b")
_HAN_WAN = re.compile(r"[一二两三四五六七八九十百几]+万")
_QUANTITY = re.compile(
    r"(?P<n>\d{2,6})\s*(?:多|来|\+|-)?\s*(?:台|套|件|份|桌|人|个(?:座席|坐席|席位|账号|房间|人)|箱|张|间|盒|units?|seats?|"
    r"licen[cs]es?|laptops?|rooms?|users?|guests?"
    r"|pieces|boxes|computers|tables|people|pallets|employees)"
)
_HAN_QUANTITY = re.compile(
    r"[二三四五六七八九]?十[一二三四五六七八九]?(?:多|来)?(?:台|套|桌|间|人)|[一二三四五六七八九几上两]+百(?:多)?(?:台|套|件|份|人|桌|个|张|箱)"
)
_TIMES = {
    "万": 10_000,
    "w": 10_000,
    "千": 1_000,
    "k": 1_000,
    "grand": 1_000,
    "thousand": 1_000,
    "m": 1_000_000,
    "million": 1_000_000,
}


def stakes(text: str) -> tuple[Sign, ...]:
    """A large amount (≥ ¥10,000 or US$2,000) and a large quantity (≥ 20), each as a sign that still needs another beside it."""
    folded = fold(text)
    found = (("vip_or_high_value", 0.5, _large_amount(folded)), ("vip_or_high_value", 0.5, _large_quantity(folded)))
    return tuple(Sign(points_to, weight, words) for points_to, weight, words in found if words)


def _large_amount(folded: str) -> str | None:
    for match in _CHINESE.finditer(folded):
        if _number(match["n"]) * _TIMES.get(match["unit"], 1) >= LARGE_CNY:
            return match.group()
    for match in _BEFORE.finditer(folded):
        least = LARGE_CNY if match["sign"] == "¥" else LARGE_USD
        if _number(match["n"]) * _TIMES.get(match["unit"] or "", 1) >= least:
            return match.group()
    for match in _AFTER.finditer(folded):
        if _number(match["n"]) * _TIMES.get(match["unit"] or "", 1) >= LARGE_USD:
            return match.group()
    han = _HAN_WAN.search(folded)
    return han.group() if han else None


def _large_quantity(folded: str) -> str | None:
    for match in _QUANTITY.finditer(folded):
        if int(match["n"]) >= MANY:
            return match.group()
    han = _HAN_QUANTITY.search(folded)
    return han.group() if han else None


def _number(digits: str) -> float:
    return float(digits.replace(",", ""))
