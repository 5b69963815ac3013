"""From a text to the terms it is found by: Han characters singly and in pairs, Latin words, and shared concepts.

A word segmenter is not used: its mistakes lose more than character pairs do, and it would have to be told every new product.
"""

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from importlib import resources

LONGEST = 2000
"""Characters of a text that are read. A customer's question is in its first lines; without a limit 1 MB costs seconds."""

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_RUN = re.compile(rf"[{_HAN}]+|[^\W_{_HAN}]+(?:['.][^\W_{_HAN}]+)*")
_HAN_RUN = re.compile(rf"[{_HAN}]")
_LATIN_RUN = re.compile(r"[a-z]+")
_COURTESY = re.compile(
    r"我?想(?:请问|咨询|问|了解)一?下(?:子)?|\b(?:could|can|would) you (?:please )?tell me\b|\bi(?:'d| would) like to know\b"
    r"|\bi was wondering (?:if|whether)?\b"
)
"""What is said around a question and is no part of it."""
_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "`": "'"})
_IRREGULAR = {
    "paid": "pay", "bought": "buy", "sent": "send", "got": "get", "came": "come", "broke": "break", "broken": "break",
    "took": "take", "taken": "take", "lost": "lose", "did": "do", "does": "do", "done": "do", "was": "be", "were": "be",
    "is": "be", "are": "be", "am": "be", "has": "have", "had": "have", "color": "colour", "colors": "colour", "cheque": "check",
    "children": "child", "kids": "child", "men": "man", "women": "woman", "installment": "instalment", "sizing": "size",
}  # fmt: skip


def _function_words() -> frozenset[str]:
    raw = tomllib.loads(resources.files(__package__).joinpath("function_words.toml").read_text("utf-8"))
    return frozenset(raw["en"]) | frozenset(raw["zh"])


FUNCTION_WORDS = _function_words()
"""They count a little, so that 「能退吗」 still differs from 「怎么退」."""


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """One form for what looks the same: full-width and half-width, upper and lower case, curly quotes, control characters."""
    flat = unicodedata.normalize("NFKC", text[:LONGEST]).translate(_QUOTES).lower()
    return "".join(c if c >= " " or c == "\n" else " " for c in flat)


def runs(folded: str) -> list[str]:
    """The words of a folded text in order: each run of Han characters whole, each Latin word or number."""
    return _RUN.findall(folded)


def is_han(word: str) -> bool:
    return _HAN_RUN.match(word) is not None


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """Light English normalisation: plural, -ing, -ed. Short words and everything unsure stay as they are."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    word = word.removesuffix("'s")
    if len(word) < 4 or not word.isascii():
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    for ending in ("sses", "shes", "ches", "xes"):
        if word.endswith(ending):
            return word[:-2]
    if word.endswith("s") and word[-2] not in "su'i":
        word = word[:-1]
    for ending in ("ing", "ed"):
        root = word.removesuffix(ending)
        if root != word and len(root) >= 3 and re.search("[aeiou]", root):
            return _whole(root)
    return word.removesuffix("e") if len(word) > 4 else word


def _whole(root: str) -> str:
    """ "shipp" → "ship": a doubled last letter was only there for the ending."""
    if root[-1] == root[-2] and root[-1] not in "lse":
        return root[:-1]
    return root


@lru_cache(maxsize=4096)
def terms(text: str) -> tuple[str, ...]:
    """All terms of a text, repeated as often as they occur. Concepts are written `§name`."""
    folded = fold(text)
    found: list[str] = []
    for run in runs(folded):
        if is_han(run):
            found += run
            found += [run[i : i + 2] for i in range(len(run) - 1)]
        else:
            found.append(stem(run))
    return (*found, *(f"§{concept}" for concept in concepts(folded)))


def features(text: str) -> dict[str, None]:
    """What a text is compared by, each once: its terms, and for Latin words the letters they are made of (`~^re`, `~ref` …), by
    which a word is still known when it is misspelt or put together differently."""
    folded = fold(text)
    folded = _COURTESY.sub(" ", folded).strip() or folded
    found: list[str] = []
    for run in runs(folded):
        if is_han(run):
            found += run
            found += [run[i : i + 2] for i in range(len(run) - 1)]
        else:
            found.append(stem(run))
            found += _letters(found[-1])
    return dict.fromkeys((*found, *(f"§{concept}" for concept in concepts(folded))))


@lru_cache(maxsize=16384)
def _letters(word: str) -> tuple[str, ...]:
    framed = f"^{word}$"
    return () if word in FUNCTION_WORDS else tuple(f"~{framed[i : i + 3]}" for i in range(len(framed) - 2))


def concepts(folded: str) -> list[str]:
    """Which concepts of the glossary a folded text speaks of, each once."""
    pattern, concept_of = _glossary()
    return list(dict.fromkeys(concept_of[said] for said in pattern.findall(folded)))


def said_alike(folded: str, *, han: bool) -> list[str]:
    """The same text with one word of the glossary said in another way of its concept and its script, the most alike first."""
    pattern, concept_of = _glossary()
    changed: list[str] = []
    for match in pattern.finditer(folded):
        concept = concept_of[match[0]]
        others = [said for said, of in concept_of.items() if of == concept and said != match[0] and said.isascii() is not han]
        others.sort(key=lambda said: (said in match[0] or match[0] in said, abs(len(said) - len(match[0]))))
        changed += [folded[: match.start()] + said + folded[match.end() :] for said in others[:3]]
    return changed


@cache
def _glossary() -> tuple[re.Pattern[str], dict[str, str]]:
    groups: dict[str, list[str]] = tomllib.loads(resources.files(__package__).joinpath("glossary.toml").read_text("utf-8"))
    concept_of = {said: concept for concept, ways in groups.items() for said in ways}
    longest_first = sorted(concept_of, key=len, reverse=True)
    latin = "|".join(re.escape(said) for said in longest_first if said.isascii())
    han = "|".join(re.escape(said) for said in longest_first if not said.isascii())
    return re.compile(rf"\b(?:{latin})\b|(?:{han})"), concept_of


def han_and_latin(folded: str) -> tuple[int, int]:
    """How many Han characters and how many Latin words a folded text has."""
    return len(_HAN_RUN.findall(folded)), len(_LATIN_RUN.findall(folded))
