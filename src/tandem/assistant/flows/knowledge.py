"""Answering from reviewed articles, and saying so when none fits."""

from collections.abc import Sequence
from typing import Literal, Protocol
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from tandem.assistant.conduct import Conduct
from tandem.assistant.flows.following import in_light_of, may_follow
from tandem.assistant.flows.weighing import weighed
from tandem.assistant.phrases import Lang, say
from tandem.assistant.piece import HUMAN, Evidence, Heard, Piece, person_choice, ways_on
from tandem.assistant.promise.model import DEFAULT_WRONG, Thresholds
from tandem.assistant.promise.pick import starting
from tandem.assistant.understanding.elsewhere import concerns_no_shop, is_from_elsewhere
from tandem.knowledge.model import ARTICLE, GUEST, PERSON, SIGNED_IN, Article, Asker, Button
from tandem.knowledge.search import Hit
from tandem.knowledge.wording import words_of
from tandem.timeline.model import Choice, Message, Source

EXACT = 0.8
"""Asked in nearly the words of an article: nothing else the message may look like comes before it."""
UNSETTLED = starting(DEFAULT_WRONG)
"""How sure one must be (see `sure`) to answer outright as long as nothing was set and judged (see `promise`)."""
EXACTLY = 0.98
"""How sure an exact match is at least."""
MARGIN = 0.5
"""An exact match is answered outright if it lacks at most this part of what the second lacks to fit perfectly."""
SPOKEN_OF = 0.5
"""From this fit on the asker's own language speaks of the matter, and the other is not looked to."""
OFFER, UNHEARD_ASKS_MORE = 0.22, 0.25
"""An article that is less likely the answer is not even offered; the more of the question's words are not in it, the likelier it must be:
what is left of the question fits something by chance."""
BESIDE = 0.1
"""What is less than this part as likely as the first is not offered beside it."""
FOLLOWS = 0.24
"""From this fit on an article is offered to a few words that follow an answer."""
_OFFERED = 3
_GIVEN_TO_MODEL = 4
_CONSIDERED = 6
"""Of each language."""

_WORDS_THAT_GO_ON = 4
"""Words of content in a message that may go on from the question before."""
_WAS_KNOWN = 0.5
"""From this chance on the question before was about that article."""

Verdict = Literal["answer", "clarify", "none"]


class Found(Struct, frozen=True):
    """What knowledge has to say to a question. `hits`: the likeliest first, in both languages; `sure`: how likely the first is the
    answer; `offered`: those that may be meant, if one must ask which. `elsewhere`: it concerns no shop."""

    verdict: Verdict
    hits: tuple[Hit, ...] = ()
    sure: float = 0.0
    offered: tuple[Hit, ...] = ()
    elsewhere: bool = False

    @property
    def best(self) -> float:
        return self.hits[0].score if self.hits else 0.0


class Knows(Protocol):
    """Where articles are found: by their words alone (`Index`), or also by what is meant (`SemanticIndex`)."""

    def get(self, article: UUID) -> Article | None: ...

    def twin(self, article: Article, lang: str) -> Article | None: ...

    def search(
        self, text: str, *, lang: str | None = None, limit: int = 5, asker: Asker | None = None, crossing: bool = False
    ) -> list[Hit]: ...


class KnowledgeFlow:
    def __init__(self, index: Knows, conduct: Conduct | None = None) -> None:
        self._index = index
        self._conduct = conduct or Conduct()

    def find(self, text: str, lang: Lang, asker: Asker | None = None, before: str = "") -> Found:
        """`before`: what the customer had asked last. A few words that say nothing for sure are then also read as going on from there:
        as another question in the same matter, not the same one again."""
        settled = self._conduct.thresholds
        found = _unless_elsewhere(text, judged(*candidates(self._index, text, lang, asker), settled))
        if not before or found.verdict == "answer" or found.elsewhere or not 0 < len(words_of(text)) <= _WORDS_THAT_GO_ON:
            return found
        asked = judged(*candidates(self._index, before, lang, asker), settled)
        known = asked.hits[0].article if asked.sure >= _WAS_KNOWN else None
        own, crossing = candidates(self._index, f"{before} {text}", lang, asker)
        going_on = judged(_but(own, known), _but(crossing, known), settled)
        return going_on if going_on.sure > found.sure and _heard_of(going_on.hits[0].article, found) else found

    def after(self, before: UUID, text: str, found: Found, asker: Asker | None = None) -> Found:
        """What was found for a few words, in the light of the article that was answered with just before. What they say by themselves
        stands; of what they leave open, that article decides."""
        known = self._index.get(before)
        if known is None or found.verdict == "answer" or not may_follow(text):
            return found
        hits, outright = in_light_of(self._index, text, known, asker)
        if outright and self._conduct.thresholds.of(hits[0].article.category) <= EXACTLY:
            return Found("answer", tuple(hits), EXACTLY)
        good = tuple(hit for hit in hits if hit.score >= FOLLOWS)[:_OFFERED]
        return Found("clarify", good, found.sure, good) if found.verdict == "clarify" and good else found

    def answer(self, heard: Heard, found: Found) -> Piece:
        best = found.hits[0].article
        if found.verdict == "answer" and heard.triage.failures and best.id == heard.memory.article:
            return self._something_else(heard, found)
        if found.verdict == "answer":
            return self.told(heard, best, found)
        ask, leave = ("clarify_one", "not_this") if len(found.offered) == 1 else ("clarify_article", "none_of_these")
        choices = (*_choices(found.offered), person_choice(heard.lang, leave))
        return Piece("clarify", say(heard.lang, ask), heard.memory, choices=choices, evidence=_evidence(found))

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
        hits = self._index.search(heard.text, limit=_CONSIDERED, asker=asker_of(heard))
        found = judged(hits, settled=self._conduct.thresholds)
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

    def beyond(self, heard: Heard, found: Found, *, shop: bool) -> Piece:
        """What it can help with, for whoever asks about something else. Nobody failed there, and nobody is called."""
        text = say(heard.lang, "beyond_with_shop" if shop else "beyond")
        return Piece("clarify", text, heard.memory, choices=(person_choice(heard.lang),), evidence=_evidence(found))

    def _something_else(self, heard: Heard, found: Found) -> Piece:
        """The same answer twice would be a loop: other articles are offered, and a person."""
        others = found.hits[1 : 1 + _OFFERED]
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


def candidates(index: Knows, text: str, lang: Lang, asker: Asker | None = None) -> tuple[list[Hit], list[Hit]]:
    """What may be the answer: in the asked language, and in the other one if the first hardly speaks of the matter. What was found in
    the other stands for the article that says the same in the asked one, where there is one: nobody is offered what he cannot read."""
    own = index.search(text, lang=lang, limit=_CONSIDERED, asker=asker)
    if own and own[0].score >= SPOKEN_OF:
        return own, []
    crossing = index.search(text, lang="en" if lang == "zh" else "zh", limit=_CONSIDERED, asker=asker, crossing=True)
    return own, [_in_language(index, hit, lang, asker) for hit in crossing]


def _in_language(index: Knows, hit: Hit, lang: Lang, asker: Asker | None) -> Hit:
    own = index.twin(hit.article, lang)
    return replace(hit, article=own) if own is not None and own.holds(asker) else hit


def _heard_of(article: Article, found: Found) -> bool:
    """Whether the new words themselves are spoken of there, not only the matter they may go on from."""
    return any(hit.article.id == article.id and hit.worded >= SPOKEN_OF for hit in found.hits)


def _but(hits: Sequence[Hit], known: Article | None) -> list[Hit]:
    return [hit for hit in hits if hit.article != known]


def judged(own: Sequence[Hit], crossing: Sequence[Hit] = (), settled: Thresholds = UNSETTLED) -> Found:
    """Answer outright, ask which, or leave it. `settled`: how sure one must be by the promise."""
    ranked = weighed(own, crossing)
    if not ranked:
        return Found("none")
    first = ranked[0]
    certain = max(first.chance, EXACTLY) if _is_exact(own, first.hit) else first.chance
    hits = tuple(it.hit for it in ranked)
    if certain >= settled.of(first.hit.article.category):
        return Found("answer", hits, certain)
    if certain < _enough_to_offer(first.hit):
        return Found("none", hits, certain)
    return Found("clarify", hits, certain, tuple(it.hit for it in ranked if it.chance >= BESIDE * first.chance)[:_OFFERED])


def _enough_to_offer(first: Hit) -> float:
    return OFFER + UNHEARD_ASKS_MORE * (1 - max(first.worded, first.near or 0.0))


def _unless_elsewhere(text: str, found: Found) -> Found:
    """What concerns no shop is not met with articles to choose from, however much its words are also theirs."""
    if found.verdict == "answer":
        return found
    if found.verdict == "none":
        return replace(found, elsewhere=concerns_no_shop(text))
    first = found.hits[0]
    if not is_from_elsewhere(text, first.article, found.sure, _enough_to_offer(first)):
        return found
    return Found("none", found.hits, found.sure, elsewhere=True)


def _is_exact(own: Sequence[Hit], first: Hit) -> bool:
    """Asked in nearly the words of the article, and of no other. What is only near in meaning is never exact."""
    if first.near is not None and min(first.worded, first.meant) < EXACT:
        return False
    second = max((hit.score for hit in own if hit is not first), default=0.0)
    return bool(own) and first is own[0] and first.score >= EXACT and 1 - first.score <= MARGIN * (1 - second)


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
