"""What a translation must keep. A wrong number in the customer's language is worse than none."""

import re

_NUMBER = re.compile(r"[A-Za-z]*\d[\dA-Za-z]*(?:[.,:/-]\d+)*")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_LONGEST_TIMES, _LONGEST_MORE = 6, 200
_SMALL = re.compile(r"\d")
"""A single digit may become a word ("2 个" is "two")."""


def lost(original: str, translated: str) -> str | None:
    """Why a translation is not used: a number or code that is not in it, or words without end. None when nothing is wrong."""
    if not translated.strip():
        return "empty"
    if len(translated) > _LONGEST_TIMES * len(original) + _LONGEST_MORE:
        return "far longer than what was said"
    kept = _plain(translated)
    gone = [it for it in _NUMBER.findall(original) if not _SMALL.fullmatch(it) and not _is_in(_plain(it), kept)]
    return f"without {gone[0]}" if gone else None


def _is_in(number: str, text: str) -> bool:
    """As a whole: 12 is not in 1299."""
    return re.search(rf"(?<!\d){re.escape(number)}(?!\d)", text) is not None


def _plain(text: str) -> str:
    """¥1,299.00 and ¥1299 are one number, 2026-10-01 and 2026/10/01 one day. But 1,2 is not 12: only three digits follow a separator of
    thousands."""
    whole = _THOUSANDS.sub("", re.sub(r"\.0+(?!\d)", "", text))
    return re.sub(r"(?<=\d)[:/\-](?=\d)", "", whole).casefold()
