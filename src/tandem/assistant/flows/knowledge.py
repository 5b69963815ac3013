"""Answering from reviewed articles, and saying so when none fits."""

from math import exp
from typing import Literal, Protocol
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from tandem.assistant.conduct import Conduct
from tandem.assistant.flows.following import in_light_of, may_follow
from tandem.assistant.phrases import Lang, say
from tandem.assistant.piece import HUMAN, Evidence, Heard, Piece, person_choice, ways_on
from tandem.assistant.promise.model import START, Thresholds
from tandem.knowledge.model import ARTICLE, GUEST, PERSON, SIGNED_IN, Article, Asker, Button
from tandem.knowledge.search import Hit
from tandem.timeline.model import Choice, Message, Source

EXACT = 0.8
"""Asked in nearly the words of an article: nothing else the message may look like comes before it."""
ANSWER = START
"""How sure one must be (see `sure`) to answer outright, below EXACT, as long as nothing was judged (see `promise`)."""
_UNSETTLED = Thresholds()
EXACTLY = 0.9
"""How sure an exact match is at least."""
MARGIN = 0.5
"""An exact match is answered outright if it lacks at most this part of what the second lacks to fit perfectly."""
CLARIFY, CLARIFY_CROSSING = 0.24, 0.3
"""Below this fit an article has too little to do with the question even to be offered: in the asker's language, in the other."""
STRANGE_ASKS_MORE = 0.1
"""By how much more an article must fit a question of which nothing was ever heard here: what is left of it fits something by chance."""
LEAST_CROSSING = 0.1
"""How sure one must be to offer something in the other language: few concepts shared by chance make a good fit."""


class _Weights(Struct, frozen=True):
    """Of what speaks for the first hit; see `sure`."""

    always: float
    lead: float
    covered: float
    strange: float
    covered_by_second: float
    fit: float


_OWN = _Weights(-2.0, 3.1, 3.8, -0.9, -2.9, 1.2)
_CROSSING = _Weights(-4.1, 4.7, 1.4, 0.0, -2.7, 7.0)
"""Fitted by logistic regression (L2) on the paraphrases in tests/assistant (all of questions.toml and the lines at even places of
held_out_questions.toml) and on bench/bicycles/queries.jsonl; apart for articles in the asker's own language and in the other."""
SPOKEN_OF = 0.5
"""From this fit on the asker's own language speaks of the matter, and the other is not looked to."""
BESIDE = 0.3
"""What one language has is offered beside the other's if it is at least this part as sure."""
OFFERED_FROM = 0.6
"""What fits worse than this part of the best is not offered beside it."""
_OFFERED = 3
_GIVEN_TO_MODEL = 4

Verdict = Literal["answer", "clarify", "none"]


class Found(Struct, frozen=True):
    """What knowledge has to say to a question. `hits` are in the asked language unless that had nothing; `sure`: how likely the
    first is the answer."""

    verdict: Verdict
    hits: tuple[Hit, ...] = ()
    sure: float = 0.0

    @property
    def best(self) -> float:
        return self.hits[0].score if self.hits else 0.0


class Knows(Protocol):
    """Where articles are found: by their words alone (`Index`), or also by what is meant (`SemanticIndex`)."""

    def get(self, article: UUID) -> Article | None: ...

    def search(
        self, text: str, *, lang: str | None = None, limit: int = 5, asker: Asker | None = None, crossing: bool = False
    ) -> list[Hit]: ...


class KnowledgeFlow:
    def __init__(self, index: Knows, conduct: Conduct | None = None) -> None:
        self._index = index
        self._conduct = conduct or Conduct()

    def find(self, text: str, lang: Lang, asker: Asker | None = None) -> Found:
        """In the asked language first; in the other one only if that hardly speaks of the matter. Both may then be offered."""
        settled = self._conduct.thresholds
        own = judged(self._index.search(text, lang=lang, limit=6, asker=asker), settled)
        if own.verdict == "answer" or own.best >= SPOKEN_OF:
            return own
        other_lang = "en" if lang == "zh" else "zh"
        other = judged(self._index.search(text, lang=other_lang, limit=6, asker=asker, crossing=True), settled, _CROSSING)
        return other if other.verdict == "answer" else _both(own, other)

    def after(self, before: UUID, text: str, found: Found, asker: Asker | None = None) -> Found:
        """What was found for a few words, in the light of the article that was answered with just before. What they say by themselves
        stands; of what they leave open, that article decides."""
        known = self._index.get(before)
        if known is None or found.verdict == "answer" or not may_follow(text):
            return found
        hits, outright = in_light_of(self._index, text, known, asker)
        if outright and self._conduct.thresholds.of(hits[0].article.category) <= EXACTLY:
            return Found("answer", tuple(hits), EXACTLY)
        good = tuple(hit for hit in hits if hit.score >= CLARIFY)[:_OFFERED]
        return Found("clarify", good, found.sure) if found.verdict == "clarify" and good else found

    def answer(self, heard: Heard, found: Found) -> Piece:
        best = found.hits[0].article
        if found.verdict == "answer" and heard.triage.failures and best.id == heard.memory.article:
            return self._something_else(heard, found)
        if found.verdict == "answer":
            return self.told(heard, best, found)
        choices = (*_choices(found.hits[:_OFFERED]), person_choice(heard.lang, "none_of_these"))
        return Piece("clarify", say(heard.lang, "clarify_article"), heard.memory, choices=choices, evidence=_evidence(found))

    def pressed(self, heard: Heard, article: str) -> Piece | None:
        """The article whose button was pressed; None if it is no longer published."""
        try:
            known = self._index.get(UUID(article))
        except ValueError:
            return None
        if known is None or not known.holds(asker_of(heard)):
            return None
        return self.told(heard, known, Found("answer", (Hit(known, 1.0),)))

    def in_another_language(self, heard: Heard) -> Piece | None:
        """Only what is sure: nothing can be asked back in words that the assistant does not have."""
        found = judged(self._index.search(heard.text, limit=6, asker=asker_of(heard)), self._conduct.thresholds)
        spoken = bool(found.hits) and found.hits[0].article.lang not in ("zh", "en")
        return self.told(heard, found.hits[0].article, found) if spoken and found.verdict == "answer" else None

    def told(self, heard: Heard, article: Article, found: Found) -> Piece:
        own = article.lang == heard.lang or heard.triage.language == "other"
        text = article.answer if own else say(heard.lang, "only_other_language", answer=article.answer)
        links = [f"[{it.label}]({it.to})" for it in article.buttons if not _stays(it)]
        return Piece(
            "answer", "\n\n".join((text, *links)), replace(heard.memory, article=article.id), choices=_buttons(article.buttons),
            sources=(_source(article),), evidence=_evidence(found), attachments=article.images,
        )  # fmt: skip

    def unknown(self, heard: Heard, found: Found) -> Piece:
        """Said rather than guessed. What came nearest is kept for a language model, which may see more in it."""
        return Piece(
            "clarify",
            say(heard.lang, "unknown"),
            heard.memory,
            choices=ways_on(heard.lang),
            evidence=_evidence(found),
            missed=True,
        )

    def _something_else(self, heard: Heard, found: Found) -> Piece:
        """The same answer twice would be a loop: other articles are offered, and a person."""
        others = tuple(hit for hit in found.hits[1:] if hit.score >= CLARIFY)[:_OFFERED]
        key = "answered_before" if others else "answered_before_alone"
        choices = (*_choices(others), *ways_on(heard.lang))
        return Piece(
            "clarify",
            say(heard.lang, key),
            replace(heard.memory, article=None),
            choices=choices,
            evidence=_evidence(found),
            missed=True,
        )


def sure(hits: list[Hit], weights: _Weights = _OWN) -> float:
    """How likely the first hit is the answer, 0 to 1: by how well it fits, how far it is ahead, how much of what was asked it and
    the second account for, and how much was asked that nobody here ever spoke of."""
    if not hits:
        return 0.0
    first = hits[0]
    score, covered = (hits[1].score, hits[1].covered) if len(hits) > 1 else (0.0, 0.0)
    evidence = weights.lead * (first.score - score) + weights.covered * first.covered + weights.fit * first.score
    doubt = weights.strange * first.strange + weights.covered_by_second * covered
    return 1 / (1 + exp(-(weights.always + evidence + doubt)))


def judged(hits: list[Hit], settled: Thresholds = _UNSETTLED, weights: _Weights = _OWN) -> Found:
    """Answer outright, ask which, or leave it. `settled`: how sure one must be by the promise."""
    strange = hits[0].strange if hits else 0.0
    least = CLARIFY + STRANGE_ASKS_MORE * strange if weights is _OWN else CLARIFY_CROSSING
    good = [hit for hit in hits if hit.score >= least]
    if not good or (weights is _CROSSING and sure(hits, weights) < LEAST_CROSSING):
        return Found("none", tuple(hits), sure(hits, weights))
    second = good[1].score if len(good) > 1 else 0.0
    exact = good[0].score >= EXACT and 1 - good[0].score <= MARGIN * (1 - second)
    certain = max(sure(hits, weights), EXACTLY) if exact else sure(hits, weights)
    if certain >= settled.of(good[0].article.category):
        return Found("answer", tuple(hits), certain)
    return Found("clarify", tuple(hit for hit in good if hit.score >= good[0].score * OFFERED_FROM), certain)


def _both(own: Found, other: Found) -> Found:
    """Neither is sure: what is offered begins with the surer, and has the best of the other in it."""
    if other.verdict == "none":
        return own
    if own.verdict == "none":
        return other
    first, second = (own, other) if own.sure >= other.sure else (other, own)
    if second.sure < first.sure * BESIDE:
        return first
    return Found("clarify", (*first.hits[: _OFFERED - 1], *second.hits[:1], *first.hits[_OFFERED - 1 :]), first.sure)


def asker_of(heard: Heard) -> Asker:
    customer = heard.context.customer
    groups = {SIGNED_IN if customer.external else GUEST, *([customer.tier.lower()] if customer.tier else [])}
    return Asker(heard.context.channel, frozenset(groups), heard.context.now)


def just_answered(heard: Heard) -> UUID | None:
    """The article that the assistant's very last message answered with."""
    said = (it.body for it in reversed(heard.context.history) if isinstance(it.body, Message) and it.by.kind == "assistant")
    last = next(said, None)
    known = heard.memory.article
    told = last is not None and any(it.kind == "knowledge" and it.id == str(known) for it in last.sources)
    return known if told else None


def _stays(button: Button) -> bool:
    """Whether pressing it is said in the conversation; the others are links out of it."""
    return button.to == PERSON or button.to.startswith(ARTICLE)


def _buttons(buttons: tuple[Button, ...]) -> tuple[Choice, ...]:
    return tuple(Choice(it.label, HUMAN if it.to == PERSON else it.to) for it in buttons if _stays(it))


def _choices(hits: tuple[Hit, ...]) -> tuple[Choice, ...]:
    return tuple(Choice(hit.article.question, f"{ARTICLE}{hit.article.id}") for hit in hits)


def _evidence(found: Found) -> tuple[Evidence, ...]:
    return tuple(Evidence(_source(hit.article), hit.article.answer) for hit in found.hits[:_GIVEN_TO_MODEL])


def _source(article: Article) -> Source:
    return Source("knowledge", str(article.id), article.question, article.version)
