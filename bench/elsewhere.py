"""Learning what concerns no shop (`assistant/understanding/elsewhere.py`), and what that is worth.

    python -m bench.elsewhere > src/tandem/assistant/understanding/elsewhere.json

Learned from elsewhere_lessons.toml against what customers say to shops: the lessons of triage, the demo's articles, and the articles and questions of
bicycles, coffee, hotel and pets. elsewhere.toml, the optician and what is held out of bicycles are for judging alone.
"""

import json
import tomllib
from collections import Counter

from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from bench.confidence import HERE, SHOPS, shops
from tandem.assistant.triage.lesson import lessons
from tandem.assistant.understanding.elsewhere import signs_of

STRENGTH = 8.0
"""Inverse of the penalty on weights (scikit-learn's C); chosen of 1 to 16, the topics of the lessons held out by sevenths."""
COUNTS = 2.0
"""A lesson against one of those that are ten times as many."""
SEEN_AT_LEAST, LEAST_WEIGHT = 2, 0.05


def learned() -> dict[str, object]:
    taught = tomllib.loads((HERE / "elsewhere_lessons.toml").read_text("utf-8"))
    alike = [line for lines in taught.pop("said_to_shops").values() for line in lines.split("|")]
    said = [(line, True) for topics in taught.values() for lines in topics.values() for line in lines.split("|")]
    said += [(line, False) for line in (*alike, *_of_shops())]
    found = [signs_of(text) for text, _ in said]
    seen = Counter(name for one in found for name in one)
    places = {name: at for at, name in enumerate(sorted(name for name, times in seen.items() if times >= SEEN_AT_LEAST))}
    cells = [(row, places[name], value) for row, one in enumerate(found) for name, value in one.items() if name in places]
    rows, columns, values = zip(*cells, strict=True)
    table = csr_matrix((values, (rows, columns)), shape=(len(said), len(places)))
    model = LogisticRegression(C=STRENGTH, max_iter=500, class_weight={False: 1.0, True: COUNTS}).fit(table, [it for _, it in said])
    weights = {name: round(float(model.coef_[0][at]), 2) for name, at in places.items()}
    kept = {name: weight for name, weight in weights.items() if abs(weight) >= LEAST_WEIGHT}
    return {"bias": round(float(model.intercept_[0]), 3), "weights": kept}


def _of_shops() -> list[str]:
    said = [lesson.talk[-1].said for lesson in lessons()]
    for shop, articles, questions in shops():
        asked = [text for text, _, _ in questions] if shop in SHOPS else []
        said += [*(form for it in articles for form in (it.question, *it.phrasings)), *asked]
    return said


if __name__ == "__main__":
    print(json.dumps(learned(), ensure_ascii=False, sort_keys=True, separators=(",", ":")))
