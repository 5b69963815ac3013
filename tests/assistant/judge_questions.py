"""Judge knowledge answers on our own questions: `python tests/assistant/judge_questions.py [--untouched|--odd|--even] [--errors]`.

`--untouched`: those lines of held_out_questions.toml that nothing was fitted on. A question that lies near two articles is answered
rightly by neither; offering both is what helps.

Only knowledge is judged here, without a shop: whether the right article is answered, offered by a button, or left alone.
"""

import json
import sys
import tomllib
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from tandem.assistant.flows.knowledge import KnowledgeFlow
from tandem.assistant.phrases import Lang
from tandem.assistant.triage.language import language_of
from tandem.knowledge.model import Article
from tandem.knowledge.search import Index

HERE = Path(__file__).parent
DEMO = HERE.parent.parent / "src" / "tandem" / "demo"
LANGUAGES: tuple[Lang, Lang] = ("zh", "en")


def demo_articles() -> list[Article]:
    """The demo's help centre; an article's id follows from its language and key."""
    return [
        Article(
            article_id(lang, it["key"]),
            lang,
            it["category"],
            it["question"],
            tuple(it["phrasings"]),
            it["answer"],
            1,
            key=it["key"],
        )
        for lang in LANGUAGES
        for it in json.loads((DEMO / f"knowledge.{lang}.json").read_text("utf-8"))
    ]


def article_id(lang: str, key: str) -> UUID:
    return uuid5(UUID(int=0), f"{lang}:{key}")


def held_out() -> list[tuple[Lang, str, str]]:
    """Language of the asker, question, key of the article."""
    raw: dict[Lang, list[list[str]]] = tomllib.loads((HERE / "questions.toml").read_text("utf-8"))  # type: ignore[assignment]
    return [(lang, question, key) for lang, lines in raw.items() for question, key in lines]


def untouched() -> list[tuple[Lang, str, str]]:
    raw: dict[Lang, list[list[str]]] = tomllib.loads((HERE / "held_out_questions.toml").read_text("utf-8"))  # type: ignore[assignment]
    return [(lang, question, key) for lang, lines in raw.items() for question, key in lines[1::2]]


def judge(lines: list[tuple[Lang, str, str]], *, errors: bool = False) -> dict[str, Any]:
    flow = KnowledgeFlow(Index(demo_articles()))
    answered = right = clarified = helpful = abstained = first = third = two = 0
    for lang, question, key in lines:
        asked: Lang = "zh" if language_of(question)[0] == "zh" else "en"
        found = flow.find(question, asked)
        near_two = "|" in key
        wanted = {article_id(it, one) for it in LANGUAGES for one in key.split("|")}
        place = next((i for i, hit in enumerate(found.hits) if hit.article.id in wanted), 99)
        first += bool(key) and not near_two and place == 0
        third += bool(key) and not near_two and place < 3
        two += near_two
        if found.verdict == "answer":
            answered += 1
            right += bool(key) and not near_two and place == 0
        elif found.verdict == "clarify":
            clarified += 1
            helpful += bool(key) and place < 3
        abstained += not key and found.verdict != "answer"
        if errors and ((found.verdict == "answer") != bool(key) or (key and place)):
            told = [(hit.article.question, hit.score) for hit in found.hits[:3]]
            print(f"{lang} {question!r} wants {key or 'nothing'}: {found.verdict} {told}", file=sys.stderr)
    answerable = sum(bool(key) for _, _, key in lines) - two
    return {
        "questions": len(lines), "answerable": answerable, "near_two": two, "answered": answered,
        "hit_at_1": round(first / answerable, 3), "hit_at_3": round(third / answerable, 3),
        "answered_right_of_answerable": round(right / answerable, 3),
        "wrong_of_answered": round((answered - right) / max(answered, 1), 3),
        "abstain_of_unanswerable": round(abstained / max(len(lines) - answerable - two, 1), 3),
        "clarified": clarified, "clarified_with_the_right_one": helpful,
    }  # fmt: skip


if __name__ == "__main__":
    everything = untouched() if "--untouched" in sys.argv else held_out()
    chosen = everything[::2] if "--odd" in sys.argv else everything[1::2] if "--even" in sys.argv else everything
    print(json.dumps(judge(chosen, errors="--errors" in sys.argv)))
