"""What an answer says that another may contradict: its numbers with what they count, and whether it grants or refuses."""

import re

from tandem.knowledge.words import fold

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_HAN_NUMBER = "[零一二两三四五六七八九十百千万]"
_UNITS = {
    "day": "天|日|工作日|个工作日|days?|business days?|working days?", "hour": "小时|个小时|钟头|hours?|hrs?|h",
    "minute": "分钟|minutes?|mins?", "week": "周|个星期|星期|weeks?", "month": "个月|月|months?", "year": "年|years?|yrs?",
    "money": "元|块|块钱|yuan|rmb|cny|dollars?|usd|euros?|eur|pounds?|gbp", "percent": "%|percent", "off": "折", "time": "次|times",
    "piece": "件|个|瓶|只|双|包|袋|盒|pieces?|items?|pairs?|bags?", "weight": "公斤|千克|kg|kilos?", "gram": "克|g|grams?",
    "kilometre": "公里|千米|km|kilometres?|kilometers?", "point": "积分|points?",
}  # fmt: skip
_UNIT_OF = {word: unit for unit, words in _UNITS.items() for word in words.replace("?", "").split("|")}
_COUNTED = re.compile(
    rf"([¥$€£])?\s*(\d+(?:[.,]\d+)*|{_HAN_NUMBER}+)\s*-?\s*("
    + "|".join(sorted((word for words in _UNITS.values() for word in words.split("|")), key=len, reverse=True))
    + r")?(?![a-z])"
)
_REFUSES = re.compile(
    r"不(?:能|可以?|支持|会|予|行|提供|接受|退|换|再)|无法|没有|恕不|概不"
    r"|\b(?:cannot|can't|can not|don't|do not|doesn't|does not|no|not|won't|never|unable|isn't|aren't)\b"
)
_GRANTS = re.compile(r"可以|能够|能|支持|提供|没问题|有的|\b(?:can|yes|do|does|sure|may|able|free|accept|offer)\b")
_FIRST = re.compile(r"[。！？!?;；\n]|\.\s")


def counted(text: str) -> dict[str, dict[float, str]]:
    """The numbers of a text by what they count, with the words for them: 「签收后七天内」 → {"day": {7: "七天"}}. Numbers that count
    nothing known are left out: house numbers, telephone numbers, steps of a list."""
    found: dict[str, dict[float, str]] = {}
    for match in _COUNTED.finditer(fold(text)):
        sign, number, unit = match.group(1), match.group(2), match.group(3) or ""
        counts = "money" if sign else _UNIT_OF.get(unit.removesuffix("s"), _UNIT_OF.get(unit))
        value = _value(number)
        if counts and value is not None:
            found.setdefault(counts, {})[value] = match[0].strip()
    return found


def stance(text: str) -> bool | None:
    """Whether an answer begins by granting (True) or refusing (False); None when it does neither."""
    first = _FIRST.split(fold(text).strip(), maxsplit=1)[0]
    if _REFUSES.search(first):
        return False
    return True if _GRANTS.search(first) else None


def contradictions(one: str, other: str) -> list[tuple[str, str]]:
    """Where two answers to the same question differ in what they promise: pairs of what each says. A number that only one of them
    gives is no contradiction."""
    mine, theirs = counted(one), counted(other)
    differing = [
        (_only(mine[unit], theirs[unit]), _only(theirs[unit], mine[unit]))
        for unit in mine.keys() & theirs.keys()
        if mine[unit].keys() - theirs[unit].keys() and theirs[unit].keys() - mine[unit].keys()
    ]
    stances = stance(one), stance(other)
    if None not in stances and stances[0] != stances[1]:
        differing.append(("yes", "no") if stances[0] else ("no", "yes"))
    return sorted(differing)


def _only(one: dict[float, str], other: dict[float, str]) -> str:
    return ", ".join(one[value] for value in sorted(one.keys() - other.keys()))


def _value(number: str) -> float | None:
    if number[0].isdigit():
        plain = number.replace(",", "")
        return float(plain) if plain.count(".") <= 1 else None
    return _han_value(number)


def _han_value(number: str) -> float:
    total = section = digit = 0
    for c in number:
        if c in _DIGITS:
            digit = _DIGITS[c]
            continue
        scale = {"十": 10, "百": 100, "千": 1000, "万": 10_000}[c]
        if scale == 10_000:
            total, section, digit = (section + digit or 1) * scale, 0, 0
        else:
            section, digit = section + (digit or 1) * scale, 0
    return float(total + section + digit)
