"""How likely a question concerns no shop at all: the weather, who one is, a poem, a sum.

A logistic reading of what a question speaks of (its words, the groups of everyday words they belong to, how it is put), learned from lessons about
people, the world, sciences and homes against what customers say to shops; `python -m bench.elsewhere` learns it anew. It is asked only where an
article is about to be offered that may be meant: no list of topics says what a shop may sell, so what the article itself speaks of never counts
against it.
"""

import json
import re
from functools import cache, lru_cache
from importlib import resources
from math import log, sqrt

from tandem.knowledge.alike import words_in
from tandem.knowledge.model import Article
from tandem.knowledge.words import FUNCTION_WORDS, fold, is_han, runs, stem

_FILE = "elsewhere.json"
_SENSE, _PUT = 2.0, 0.4
"""What a group of everyday words, and what how it is put counts, beside 1 for a word."""
_SUM = re.compile(r"\d\s*[-+*/×÷=]\s*\d|\d\s*[+*×÷]|\d\s*=")
_HARDER, _FROM = 2.0, 1.0
"""How much harder it gets for an article, and from which odds on (as a logarithm, turned round). Chosen on questions to six shops: of 76 articles offered
to questions from elsewhere 49 are not, of 286 right ones eight."""

_SURELY = 0.0
"""The odds (as a logarithm) from which that is likely enough to say so, where nothing was found that may be meant."""


def is_from_elsewhere(text: str, article: Article, sure: float, enough: float) -> bool:
    """Whether an article that is so likely the answer is not to be offered, where `enough` would do for any other question."""
    against = _HARDER * max(0.0, _leaning(text, article) + _FROM)
    return against > 0 and _odds(sure) - against < _odds(enough)


def concerns_no_shop(text: str) -> bool:
    """Whether it likely does not, where nothing was found that may be meant."""
    return _leaning(text, None) > _SURELY


@lru_cache(maxsize=4096)
def signs_of(text: str) -> dict[str, float]:
    """What a question is read by, by name; of length 1, or empty."""
    found: dict[str, float] = {}
    for word in words_in(text):
        found[f"word {word.key}"] = 1.0
        found |= {f"sense {it}": max(found.get(f"sense {it}", 0.0), _SENSE * strength) for it, strength in word.senses.items()}
        if word.is_han:
            found |= {f"pair {it}": _PUT for it in word.pieces}
    found |= dict.fromkeys(_put(text), _PUT)
    length = sqrt(sum(value * value for value in found.values()))
    return {name: value / length for name, value in found.items()}


def _put(text: str) -> list[str]:
    """The words that give a question its shape, and which of them follow each other."""
    said = [part for run in runs(fold(text)) for part in (run if is_han(run) else [stem(run)])]
    shape = [f"shape {it}" for it in said if it in FUNCTION_WORDS]
    pairs = zip(["^", *said], said, strict=False)
    if _SUM.search(text):
        shape.append("shape 1+1")
    return [
        *shape,
        *(f"shape {one} {two}" for one, two in pairs if two in FUNCTION_WORDS and (one == "^" or one in FUNCTION_WORDS)),
    ]


def _leaning(text: str, article: Article | None) -> float:
    """The odds as a logarithm: above 0 it is likelier from elsewhere than not. What an `article` speaks of does not count."""
    bias, weights = _learned()
    own = _written_in(article) if article else frozenset()
    return bias + sum(
        value * weight
        for name, value in signs_of(text).items()
        if (weight := weights.get(name, 0.0)) and not (weight > 0 and name in own)
    )


@lru_cache(maxsize=1024)
def _written_in(article: Article) -> frozenset[str]:
    forms = (article.question, *article.phrasings)
    return frozenset(name for form in forms for name in signs_of(form) if name.startswith(("word ", "pair ")))


@cache
def _learned() -> tuple[float, dict[str, float]]:
    kept = json.loads(resources.files(__package__).joinpath(_FILE).read_text("utf-8"))
    return kept["bias"], kept["weights"]


def _odds(chance: float) -> float:
    held = min(max(chance, 1e-6), 1 - 1e-6)
    return log(held / (1 - held))
