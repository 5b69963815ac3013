"""From a text to the terms it is found by: Han characters singly and in pairs, Latin words, and shared concepts.

A word segmenter is not used: its mistakes lose more than character pairs do, and it would have to be told every new product.
"""

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Container, Mapping, Sequence
from functools import cache, lru_cache
from importlib import resources
from math import sqrt

from msgspec import Struct

from tandem.knowledge.traditional import simplified

LONGEST = 2000
"""Characters of a text that are read. A customer's question is in its first lines; without a limit 1 MB costs seconds."""

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_RUN = re.compile(rf"[{_HAN}]+|[^\W_{_HAN}]+(?:['.][^\W_{_HAN}]+)*")
_HAN_RUN = re.compile(rf"[{_HAN}]")
_LATIN_RUN = re.compile(r"[a-z]+")
_COURTESY = re.compile(
    r"我?想(?:请问|咨询|问|了解)一?下(?:子)?|\b(?:could|can|would) you (?:please )?tell me\b|\bi(?:'d| would) like to know\b"
    r"|\bi was wondering (?:if|whether)?\b"
    r"|(?<!\bprivacy) \bpolic(?:y|ies)\b|^(?:your |the )?polic(?:y|ies) (?:on|for|about) |的?(?:政策|规则|规定)(?:是什么|是啥|是怎样的|有哪些)?"
)
"""What is said around a question and is no part of it: that there is a policy of something is not what is asked."""
_ALIKE, _LARGELY = 2, 0.34
"""So many sayings in common, or such a part of them, make two groups one concept."""
_PART_COUNTS = 0.5
"""What a part of a saying means counts against what the whole means."""
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
    """One form for what reads the same: full-width and half-width, upper and lower case, Traditional and Simplified characters, curly
    quotes, control characters."""
    flat = simplified(unicodedata.normalize("NFKC", text[:LONGEST]).translate(_QUOTES).lower())
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
    """All terms of a text, repeated as often as they occur. Concepts of glossary.toml are written `§name`; what was learned from these
    terms stays true when everyday words are added."""
    folded = fold(text)
    found: list[str] = []
    for run in runs(folded):
        if is_han(run):
            found += run
            found += [run[i : i + 2] for i in range(len(run) - 1)]
        else:
            found.append(stem(run))
    pattern, concept_of = _glossary()
    return (*found, *dict.fromkeys(f"§{concept_of[said]}" for said in pattern.findall(folded)))


def features(text: str) -> dict[str, None]:
    """What a text is compared by, each once: its terms, and for Latin words the letters they are made of (`~^re`, `~ref` …), by
    which a word is still known when it is misspelt or put together differently."""
    folded = uncourteous(fold(text))
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
    """Which concepts a folded text speaks of, each once. At each place the longest saying counts: 「电动车」 is no 「车」. Looked up and
    not matched by a pattern of all sayings: that would cost more than all the rest of a search."""
    return list(dict.fromkeys(_spoken(folded)[0]))


def shared(text: str) -> tuple[dict[str, None], float]:
    """What a text has in common with one in another language: its concepts and its numbers; and the share of its content, 0 to 1,
    that these account for."""
    found, meant, meaningless = _spoken(_COURTESY.sub(" ", fold(text)))
    numbers = [run for run in runs(fold(text)) if run.isdigit()]
    terms = dict.fromkeys((*(f"§{concept}" for concept in found), *numbers))
    return terms, meant / (meant + meaningless) if meant else 0.0


@lru_cache(maxsize=1024)
def _spoken(folded: str) -> tuple[tuple[str, ...], int, int]:
    return spoken(folded, _sayings())


def spoken(folded: str, sayings: "Sayings") -> tuple[tuple[str, ...], int, int]:
    """The concepts of a folded text; how many of its characters and words of content they account for, and how many they do not."""
    found: list[str] = []
    words: list[str] = []
    meant = meaningless = 0
    for run in runs(folded):
        if is_han(run):
            some, lost = _longest(run, sayings.han, sayings.longest_han, "", found)
            meant, meaningless = meant + some, meaningless + lost
        else:
            words.append(stem(run))
    if words:
        some, lost = _longest(words, sayings.latin, sayings.longest_latin, " ", found)
        meant, meaningless = meant + 2 * some, meaningless + 2 * lost
    return tuple(found), meant, meaningless


def _longest(
    said: str | list[str], sayings: dict[str, tuple[str, ...]], longest: int, between: str, found: list[str]
) -> tuple[int, int]:
    meant = meaningless = at = 0
    end = len(said)
    while at < end:
        means: tuple[str, ...] | None = None
        for length in range(min(longest, end - at), 0, -1):
            means = sayings.get(between.join(said[at : at + length]))
            if means:
                found += means
                meant += length
                at += length
                break
        if not means:
            meaningless += said[at] not in FUNCTION_WORDS
            at += 1
    return meant, meaningless


def longest_saying(run: str, at: int) -> str:
    """The longest saying of the glossary that stands at a place of a run of Han characters; "" if none does."""
    sayings = _sayings()
    for length in range(min(sayings.longest_han, len(run) - at), 0, -1):
        if run[at : at + length] in sayings.han:
            return run[at : at + length]
    return ""


def is_saying(han: str) -> bool:
    return han in _sayings().han


def saying_around(run: str, at: int) -> int:
    """How long the longest saying of several characters is that a Han character of a run is part of; 0 if there is none."""
    sayings, end = _sayings(), len(run)
    lengths = (
        stop - start
        for start in range(max(0, at - sayings.longest_han + 1), at + 1)
        for stop in range(max(at + 1, start + 2), min(end, start + sayings.longest_han) + 1)
        if run[start:stop] in sayings.han
    )
    return max(lengths, default=0)


def longest_said(words: list[str], at: int) -> str:
    """The longest saying that stands at a place of a run of stemmed Latin words; "" if none does."""
    sayings = _sayings()
    for length in range(min(sayings.longest_latin, len(words) - at), 0, -1):
        said = " ".join(words[at : at + length])
        if said in sayings.latin:
            return said
    return ""


@cache
def said_pairs() -> frozenset[str]:
    """The Han characters that stand side by side in some saying."""
    return frozenset(said[at : at + 2] for said in _sayings().han for at in range(len(said) - 1))


@lru_cache(maxsize=16384)
def meant_by(saying: str) -> tuple[str, ...]:
    """The terms of the concepts that a saying stands for: Han text as it is, or a Latin word stemmed."""
    sayings = _sayings()
    return tuple(f"§{it}" for it in (sayings.han.get(saying) or sayings.latin.get(saying, ())))


@lru_cache(maxsize=16384)
def senses_of(saying: str) -> tuple[tuple[str, float], ...]:
    """What a saying may mean, as the groups of words have it, with a strength each; their squares sum up to 1. Groups overlap: what
    stands beside a saying in several is nearer to it than what does in one. A saying that is put together means also what its parts
    mean. Nothing for what only gives a sentence its shape."""
    means = _with_parts(saying, _senses())
    length = sqrt(sum(strength**2 for strength in means.values()))
    return tuple((sense, strength / length) for sense, strength in means.items())


def _with_parts(saying: str, senses: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    means = dict(senses.get(saying, {}))
    for part in _parts(saying, senses) if means else ():
        for sense, strength in senses[part].items():
            means[sense] = means.get(sense, 0.0) + _PART_COUNTS * strength
    return means


def _parts(saying: str, known: Container[str]) -> list[str]:
    """The two sayings of several characters, or the words, that it is put together of."""
    if not is_han(saying):
        return [it for it in saying.split() if it in known] if " " in saying else []
    cuts = ((saying[:at], saying[at:]) for at in range(2, len(saying) - 1))
    return list(next((both for both in cuts if both[0] in known and both[1] in known), ()))


@cache
def _senses() -> dict[str, dict[str, float]]:
    """Of each saying the groups that have it. The bigger a group, the less it says."""
    senses: dict[str, dict[str, float]] = {}
    for group, ways in (*_groups().items(), *_everyday().items()):
        keys = {said if is_han(said) else " ".join(stem(word) for word in runs(said)) for said in ways}
        for key in keys:
            if key not in FUNCTION_WORDS and not (is_han(key) and FUNCTION_WORDS.issuperset(key)):
                senses.setdefault(key, {})[group] = 1 / sqrt(len(keys))
    return senses


def uncourteous(folded: str) -> str:
    """A folded text without what is only said around the question."""
    return _COURTESY.sub(" ", folded).strip() or folded


class Sayings(Struct, frozen=True):
    """What is said, Han text as it is and Latin words stemmed, and the concepts it stands for."""

    han: dict[str, tuple[str, ...]]
    latin: dict[str, tuple[str, ...]]
    longest_han: int
    longest_latin: int


@cache
def _sayings() -> Sayings:
    return sayings_of(_meanings())


def sayings_of(meanings: Mapping[str, Sequence[str]]) -> Sayings:
    """`meanings`: for each way of saying something the concepts it stands for; at least one way in each script."""
    han: dict[str, tuple[str, ...]] = {}
    latin: dict[str, tuple[str, ...]] = {}
    for said, means in meanings.items():
        if is_han(said):
            han[said] = tuple(means)
        else:
            key = " ".join(stem(word) for word in runs(said))
            latin[key] = tuple(dict.fromkeys((*latin.get(key, ()), *means)))
    return Sayings(han, latin, max(map(len, han)), max(key.count(" ") + 1 for key in latin))


def _meanings() -> dict[str, list[str]]:
    """Every saying and its concepts. A group of everyday words that largely repeats an earlier group is the same concept: counted
    twice, it would weigh twice."""
    means: dict[str, list[str]] = {}
    for concept, ways in (*_groups().items(), *_everyday().items()):
        known = Counter(other for said in ways for other in means.get(said, ()))
        alike, times = known.most_common(1)[0] if known else (concept, 0)
        name = alike if times >= _ALIKE or times >= len(ways) * _LARGELY else concept
        for said in ways:
            if name not in means.setdefault(said, []):
                means[said].append(name)
    return means


def _groups() -> dict[str, list[str]]:
    groups: dict[str, list[str]] = tomllib.loads(resources.files(__package__).joinpath("glossary.toml").read_text("utf-8"))
    return groups


def _everyday() -> dict[str, list[str]]:
    """In the order of the file names. A concept of two files has the sayings of both."""
    room = resources.files(__package__)
    files = (room.joinpath("everyday.toml"), *sorted(room.joinpath("everyday").iterdir(), key=lambda it: it.name))
    groups: dict[str, list[str]] = {}
    for file in files:
        for concept, ways in tomllib.loads(file.read_text("utf-8")).items():
            groups.setdefault(f"_{concept}", []).extend(ways.split(","))
    return groups


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
    concept_of = {said: concept for concept, ways in _groups().items() for said in ways}
    longest_first = sorted(concept_of, key=len, reverse=True)
    latin = "|".join(re.escape(said) for said in longest_first if said.isascii())
    han = "|".join(re.escape(said) for said in longest_first if not said.isascii())
    return re.compile(rf"\b(?:{latin})\b|(?:{han})"), concept_of


def han_and_latin(folded: str) -> tuple[int, int]:
    """How many Han characters and how many Latin words a folded text has."""
    return len(_HAN_RUN.findall(folded)), len(_LATIN_RUN.findall(folded))
