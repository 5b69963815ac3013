"""Which words of a message name a product, and which of several products they name."""

import re
import tomllib
from importlib import resources

from tandem.assistant.skills.goods import Product
from tandem.assistant.understanding.entities import colour_words
from tandem.knowledge.words import FUNCTION_WORDS, fold, is_han, runs, terms

_RAW = tomllib.loads(resources.files(__package__).joinpath("product_noise.toml").read_text("utf-8"))
_NOISE_ZH = re.compile("|".join(_RAW["zh"]))
_NOISE_EN = frozenset(_RAW["en"])
_COLOURS_EN = frozenset(word for said in colour_words() if said.isascii() for word in said.split())
_COLOURS_ZH = re.compile(
    "|".join(
        (*sorted((it for it in colour_words() if not it.isascii()), key=len, reverse=True), r"[白黑灰银红粉橙黄绿蓝紫棕金米][色的]")
    )
    + r"|[大中小]号|\d+码"
)
_PRIVATE = re.compile(r"\+?\d[\d\s-]{4,}\d|\S+@\S+")
_BUDGET = re.compile(
    r"(?:under|below|less than|around|cheaper than)\s*[$£€¥]?\s*\d+\s*(?:bucks|dollars|euros|pounds|usd|yuan)?"
    r"|(?:预算|不超过|低于)[^,。!?]{0,3}?[\d一二两三四五六七八九十百千]+(?:元|块钱?)?(?:以内|以下|左右|上下)?|[\d一二两三四五六七八九十百千]+(?:元|块钱?)?(?:以内|以下|左右|上下)"
)
NAMED = 0.5
"""Share of the words that a product's names must have in common with the question to be meant by it."""
AS_GOOD = 0.9
MOSTLY = 0.7


def product_words(text: str) -> str:
    """What is left of a message when everything but the product's name is taken out; "" when it names none.

    What one would pay is no name. Phone numbers and addresses go first: what is left is sent to the shop and shown on the timeline.
    """
    words = [_without_noise(run) for run in runs(_BUDGET.sub(" ", _PRIVATE.sub(" ", fold(text))))]
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
    """Its whole name, or a short form of it that the shop gives as another name: 「清风3」 of 「清风 3 空气净化器」."""
    flat = _flat(words)
    titles = (_flat(product.title.zh), _flat(product.title.en))
    short = any(flat == _flat(alias) for alias in (*product.aliases.zh, *product.aliases.en))
    return flat in titles or (short and any(title.startswith(flat) for title in titles))


def _matter(text: str) -> set[str]:
    return {
        term
        for term in terms(text)
        if not term.startswith("§") and term not in FUNCTION_WORDS and (term.isascii() or len(term) == 2)
    } or set(text)


def _flat(name: str) -> str:
    return "".join(runs(fold(name)))
