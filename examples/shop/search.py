"""Finds products by the words that people really use: titles, other names, category and colour, in both languages."""

import re

from .catalogue import Catalogue, Colour
from .model import Product

LATIN = re.compile(r"[a-z0-9]+")
HAN_RUN = re.compile(r"[\u3400-\u9fff]+")
EMPTY_HAN = frozenset("的了吗呢有这款那个想要买请问还货么啊一")
EMPTY_LATIN = frozenset(
    (
        "a",
        "an",
        "the",
        "for",
        "of",
        "and",
        "is",
        "are",
        "do",
        "you",
        "have",
        "in",
        "stock",
        "i",
        "any",
        "one",
        "with",
        "my",
        "to",
    )
)

TITLE, ALIAS, CATEGORY, COLOUR, DESCRIPTION = 6.0, 5.0, 2.0, 2.0, 0.5
WORTH_SHOWING = 0.25  # of the best score; without it "white air purifier" would list everything that is white


def latin_words(words: str) -> set[str]:
    """Lower-cased words, a plain plural `s` taken off so that `lamps` finds a lamp."""
    found = LATIN.findall(words.lower())
    return {word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word for word in found}


def han_pairs(words: str) -> set[str]:
    """Two-character pieces of each run of Han characters; a lone character stands for itself."""
    found = set()
    for run in HAN_RUN.findall(words):
        kept = "".join(char for char in run if char not in EMPTY_HAN)
        found |= {kept[at : at + 2] for at in range(len(kept) - 1)} if len(kept) > 1 else set(kept)
    return found


def terms(words: str) -> set[str]:
    return han_pairs(words) | (latin_words(words) - EMPTY_LATIN)


def colour_score(query: str, product: Product, colours: dict[str, Colour]) -> float:
    names = {variant.colour.en for variant in product.variants if variant.colour}
    latin = latin_words(query)
    for colour in colours.values():
        if colour.name.en not in names:
            continue
        zh = (colour.name.zh, *colour.aliases.zh)
        en = (colour.name.en.lower(), *colour.aliases.en)
        if any(word in query for word in zh) or any(latin_words(word) <= latin for word in en):
            return COLOUR
    return 0.0


class ProductSearch:
    """An index over a catalogue. Holds words only, so it never has to be told of a sale."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._fields: dict[str, tuple[tuple[float, set[str]], ...]] = {}
        for product in catalogue.products.values():
            category = catalogue.categories[catalogue.category_of[product.id]]
            self._fields[product.id] = (
                (TITLE, terms(f"{product.title.zh} {product.title.en}")),
                (ALIAS, terms(" ".join((*product.aliases.zh, *product.aliases.en)))),
                (CATEGORY, terms(" ".join((category.name.zh, category.name.en, *category.aliases.zh, *category.aliases.en)))),
                (DESCRIPTION, terms(f"{product.description.zh} {product.description.en}")),
            )

    def find(self, query: str) -> list[str]:
        """Product ids, best first; all of them for an empty query. Ties keep the order of the shop window."""
        query = query.strip().lower()
        products = self._catalogue.products
        if not query:
            return list(products)
        wanted = terms(query)
        scored = [(self._score(query, wanted, product), id) for id, product in products.items()]
        least = max(score for score, _ in scored) * WORTH_SHOWING
        return [id for score, id in sorted(scored, key=lambda pair: -pair[0]) if score > 0 and score >= least]

    def _score(self, query: str, wanted: set[str], product: Product) -> float:
        exact = 0.0
        names = (product.title.zh, product.title.en, *product.aliases.zh, *product.aliases.en)
        if any(query == name.lower() for name in names):
            exact = 20.0
        elif any(query in name.lower() for name in names):
            exact = 6.0
        score = exact
        for weight, words in self._fields[product.id]:
            score += weight * len(wanted & words) / max(len(wanted), 1)
        return score + colour_score(query, product, self._catalogue.colours)
