"""What a text speaks of, whatever words it uses: knowledge of the language that examples alone would have to be many to teach."""

import tomllib
from functools import cache
from importlib import resources
from itertools import combinations

from tandem.knowledge.words import Sayings, concepts, fold, sayings_of, spoken

_MOST_CONCEPTS = 30
"""Of a text that are paired: pairs grow with the square of them."""


def concepts_in(text: str) -> list[str]:
    """The concepts of a text, each once, in no order."""
    folded = fold(text)
    return sorted({*spoken(folded, _service())[0], *(f"§{concept}" for concept in concepts(folded))})[:_MOST_CONCEPTS]


def concept_pairs(text: str) -> list[str]:
    """The concepts of a text and all pairs of them: who does what to what, however it is put."""
    found = concepts_in(text)
    return [*found, *(f"{one}~{other}" for one, other in combinations(found, 2))]


@cache
def _service() -> Sayings:
    groups: dict[str, str] = tomllib.loads(resources.files(__package__).joinpath("service.toml").read_text("utf-8"))
    meanings: dict[str, list[str]] = {}
    for concept, ways in groups.items():
        for said in ways.split(","):
            meanings.setdefault(said, []).append(concept)
    return sayings_of(meanings)
