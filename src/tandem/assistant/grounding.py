"""Whether a composed answer may be shown: nothing in it that its sources do not hold."""

import re

from tandem.assistant.phrases import Lang
from tandem.assistant.triage.language import language_of
from tandem.knowledge.words import fold

LONGEST = 1500
_STRETCH = 60
_NUMBER = re.compile(r"\d+(?:[.,:/-]\d+)*")
_LIST_MARK = re.compile(r"(?m)^\s*\d{1,2}[.)、](?=\s|[\u4e00-\u9fff])")
_HAN_COUNT = re.compile(r"([一二两三四五六七八九十百半]+)(?=个?(?:工作日|小时|分钟|天|日|周|星期|月|年|元|块|折|件|倍|次))")
_WORD_COUNT = re.compile(
    r"\b(one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|"
    r"half)\b(?=[\s-](?:business |working )?(?:day|hour|minute|week|month|year|dollar|percent|time)s?\b)"
)
_ENGLISH = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_DIGITS = {
    **{han: str(digit) for digit, han in enumerate("一二三四五六七八九十", start=1)},
    **{word: str(digit) for digit, word in enumerate(_ENGLISH, start=1)},
    "两": "2", "twelve": "12", "fifteen": "15", "twenty": "20", "thirty": "30",
}  # fmt: skip
_ADDRESS = re.compile(r"https?://[^\s)\]]+|www\.[^\s)\]]+|[\w.+-]+@[\w-]+\.[\w.]+")
_STATE = re.compile(
    r"已签收|已发货|已退款|已取消|派送中|运输中|待发货|已送达|已到达|缺货|有货|"
    r"\b(?:delivered|shipped|refunded|cancelled|canceled|out for delivery|in transit"
    r"|in stock|out of stock|sold out|on its way)\b"
)
_PROMISE = re.compile(
    r"保证|一定会|承诺|绝对|肯定会|包您|放心,?一定|\b(?:guarantee[ds]?|promise[ds]?|definitely will|will definitely|i assure|"
    r"we assure|rest assured)\b"
)


def objection(text: str, sources: str, lang: Lang) -> str | None:
    """Why an answer may not be shown, or None. `sources`: the text of all that it cites."""
    if not text.strip():
        return "empty"
    if len(text) > LONGEST:
        return "too long"
    if language_of(text)[0] not in (lang, None):
        return "wrong language"
    return ungrounded(text, sources)


def ungrounded(text: str, sources: str) -> str | None:
    """The first thing said that the sources do not hold: a number, an address, a state, a promise. None if there is none."""
    said, known = fold(_LIST_MARK.sub(" ", text)), fold(sources)
    numbers = set(_NUMBER.findall(known.replace(",", "")))
    for number in _NUMBER.findall(said.replace(",", "")):
        if number not in numbers:
            return f"number {number}"
    for count in (*_HAN_COUNT.findall(said), *_WORD_COUNT.findall(said)):
        if count not in known and _DIGITS.get(count) not in numbers:
            return f"number {count}"
    for pattern, name in ((_ADDRESS, "address"), (_STATE, "state"), (_PROMISE, "promise")):
        for found in pattern.findall(said):
            if found not in known:
                return f"{name} {found}"
    return None


def repeats(text: str, instructions: str) -> bool:
    """Whether a text gives away a stretch of the instructions."""
    said, kept = " ".join(text.split()), " ".join(instructions.split())
    return any(said[start : start + _STRETCH] in kept for start in range(0, max(0, len(said) - _STRETCH + 1), _STRETCH // 4))


def shown_so_far(text: str) -> str:
    """The part of a text still being written that ends at a word: half a number is not the number, nor is "1," of "1,299"."""
    whole = re.match(r"(?s).*(?:[\s\u3002\uff0c\uff01\uff1f\uff1b\u3001!?;]|(?<!\d)[,.:])", text)
    return whole.group().rstrip() if whole else ""
