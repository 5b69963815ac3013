"""What a translation must keep. A wrong number in the customer's language is worse than none."""

import re

_NUMBER = re.compile(r"[A-Za-z]*\d[\dA-Za-z]*(?:[.,:/-]\d+)*")
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
    gone = [it for it in _NUMBER.findall(original) if not _SMALL.fullmatch(it) and _plain(it) not in kept]
    return f"without {gone[0]}" if gone else None


def _plain(text: str) -> str:
    """¥1,299.00 and ¥1299 are one number, 2026-10-01 and 2026/10/01 one day."""
    return re.sub(r"(?<=\d)[,:/\-](?=\d)", "", re.sub(r"\.0+(?!\d)", "", text)).casefold()
