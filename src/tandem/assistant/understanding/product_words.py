"""Which words of a message name a product, and which of several products they name."""

import re
import tomllib
from importlib import resources

from tandem.assistant.skills.goods import Product
from tandem.knowledge.words import FUNCTION_WORDS, fold, is_han, runs, terms

_RAW = tomllib.loads(resources.files(__package__).joinpath("product_noise.toml").read_text("utf-8"))
_NOISE_ZH = re.compile("|".join(_RAW["zh"]))
_NOISE_EN = frozenset(_RAW["en"])
_COLOURS_EN = frozenset(
    [
        "white",
        "black",
        "grey",
        "gray",
        "silver",
        "red",
        "pink",
        "orange",
        "yellow",
        "green",
        "blue",
        "navy",
        "purple",
        "brown",
        "beige",
        "gold",
        "rose",
        "ivory",
    ]
)
_COLOURS_ZH = re.compile(r"[白黑灰银红粉橙黄绿蓝紫棕金米][色的]|藏青|深蓝|浅蓝|粉红|[大中小]号|\d+码")
_PRIVATE = re.compile(r"\+?\d[\d\s-]{4,}\d|\S+@\S+")
NAMED = 0.5
"""Share of the words that a product's names must have in common with the question to be meant by it."""
AS_GOOD = 0.9
MOSTLY = 0.7


def product_words(text: str) -> str:
    """What is left of a message when everything but the product's name is taken out; "" when it names none.

    Phone numbers and addresses go first: what is left is sent to the shop and shown on the timeline.
    """
    words = [_without_noise(run) for run in runs(_PRIVATE.sub(" ", fold(text)))]
    return " ".join(word for word in words if word)


def _without_noise(run: str) -> str:
    if is_han(run):
        return _NOISE_ZH.sub("", _COLOURS_ZH.sub("", run))
    if run in _NOISE_EN or run in _COLOURS_EN or run in FUNCTION_WORDS:
        return ""
    return run


def little_else(text: str, words: str) -> bool:
    """Whether the words of a product's name are nearly all that was said."""
    return len(_flat(words)) >= MOSTLY * len(_flat(text))


def meant(products: tuple[Product, ...], words: str) -> tuple[Product, ...]:
    """The products that the words name, best first: one if it is clear, several if they could mean any of them, none if
    none fits."""
    scored = [(_named(product, words), product) for product in products]
    best = max((score for score, _ in scored), default=0.0)
    if best < NAMED:
        return ()
    close = tuple(product for score, product in scored if score >= best * AS_GOOD)
    exact = tuple(product for product in close if _is_name(product, words))
    return exact if len(exact) == 1 else close


def _named(product: Product, words: str) -> float:
    """Share of the question's terms that stand in one of the product's names."""
    wanted = _matter(words)
    names = _matter(" ".join((product.title.zh, product.title.en, *product.aliases.zh, *product.aliases.en)))
    return len(wanted & names) / len(wanted) if wanted else 0.0


def _is_name(product: Product, words: str) -> bool:
    flat = _flat(words)
    return flat in (_flat(product.title.zh), _flat(product.title.en))


def _matter(text: str) -> set[str]:
    return {
        term
        for term in terms(text)
        if not term.startswith("§") and term not in FUNCTION_WORDS and (term.isascii() or len(term) == 2)
    } or set(text)


def _flat(name: str) -> str:
    return "".join(runs(fold(name)))
