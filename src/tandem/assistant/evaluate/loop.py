"""The working life of the pair: it starts with no knowledge; a person answers what it may not, and it learns from that.

It answers from the confidence on at which, over what it was lately asked, so few wrong answers may be expected that the promise is
kept on the average (`promise.on_average`, conformal risk control). Doubt comes from leave-one-out readings of what people answered
(`intents.learner`); at first it is learned from little, and an allowance is made for that. What people answered is also harder than the
rest, since they got what it was unsure of. So once enough messages that it was nearly sure of went to people, how often it would have
been wrong on them speaks as loudly as its own doubt, and no allowance is needed. This is less than `promise.threshold` gives
customers, which holds with a given probability: nobody judges what was answered automatically here.
"""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from scipy.special import expit, logit
from sklearn.feature_extraction.text import CountVectorizer

from tandem.assistant.evaluate.report import Mistake, Progress, Report, reported, unwatched
from tandem.assistant.evaluate.rows import Labelled
from tandem.assistant.intents.concepts import concept_pairs
from tandem.assistant.intents.learner import Learner, Texts
from tandem.assistant.intents.trust import Trust
from tandem.assistant.intents.word_vectors import text_vectors
from tandem.assistant.intents.wording import meanings, near, of_length_one, pairs, rarity, runs, weigh
from tandem.assistant.promise.control import on_average
from tandem.knowledge.words import fold

_FIRST_LESSON = 60
"""Answers of people before it tries for the first time."""
_NEXT_LESSON = 1.06
"""By how much the answers of people must have grown for the next lesson: the fewer lessons, the more is asked of yesterday's learner."""
_BETWEEN = 0.03
"""Messages that are read at once, as a part of what people have answered."""
_LATELY = 2000
_ALLOWANCE = 200
"""Answers of people that are no evidence yet: until doubt is checked, the promise is narrowed by their part of all. What doubt was
learned from so few is not true enough to be used up; with random labels among few messages twice as many answers were wrong as
promised."""
_NEARLY_SURE = 0.35
"""Doubt below which a message that went to people tells of those that did not."""
_ENOUGH = 700
"""Such messages needed to check its doubt by them."""
_STILL_TELLING = 1000
"""Of these, the latest: what it was unsure of earlier tells little of what it is unsure of now."""


Floats = NDArray[np.float64]


class Words:
    """The messages of a stream counted once; weighed anew at each lesson by what was seen up to then."""

    def __init__(self, texts: Sequence[str]) -> None:
        parts = (
            (0.8, 1, CountVectorizer(analyzer=near)),
            (1.0, 1, CountVectorizer(analyzer="char_wb", ngram_range=(2, 5), preprocessor=fold)),
            (1.0, 1, CountVectorizer(analyzer=concept_pairs)),
            (0.5, 2, CountVectorizer(analyzer=runs)),
            (0.5, 2, CountVectorizer(analyzer=pairs)),
        )
        self._counts = [(weight, least, csr_matrix(part.fit_transform(texts))) for weight, least, part in parts]
        self._meanings = csr_matrix(CountVectorizer(analyzer=meanings, binary=True, dtype=np.float64).fit_transform(texts))

    def after(self, seen: int) -> Texts:
        """All messages. What the first `seen` do not have weighs nothing: nobody has heard of it yet."""
        parts = [weigh(counts, rarity(counts[:seen], least)) * weight for weight, least, counts in self._counts]
        return Texts(of_length_one(hstack(parts, format="csr")), text_vectors(self._meanings, seen))


class _Life:
    def __init__(self, stream: Sequence[Labelled], max_wrong: float) -> None:
        self._stream = stream
        self._words, self._max_wrong = Words([it.text for it in stream]), max_wrong
        self._labels, self._meant = np.unique([it.label for it in stream], return_inverse=True)
        self.answered = np.zeros(len(stream), dtype=np.bool_)
        self.wrong = np.zeros(len(stream), dtype=np.bool_)
        self.found = np.zeros(len(stream), dtype=np.intp)
        self._by_people: list[int] = []
        self._doubts: list[float] = []
        self._nearly_sure: list[tuple[float, bool]] = []
        self._learner: Learner | None = None
        self._texts: Texts | None = None
        self._lesson_at = float(_FIRST_LESSON)

    def run(self, progress: Progress) -> None:
        for messages in self._batches():
            progress(int(messages[0]), len(self.answered))
            self._serve(messages)
            if len(self._by_people) >= self._lesson_at:
                self._lesson_at = len(self._by_people) * _NEXT_LESSON
                self._learn(int(messages[-1]) + 1)

    def _batches(self) -> Iterator[NDArray[np.intp]]:
        start = 0
        while start < len(self.answered):
            size = max(20, int(len(self._by_people) * _BETWEEN))
            yield np.arange(start, min(start + size, len(self.answered)))
            start += size

    def _serve(self, messages: NDArray[np.intp]) -> None:
        if self._learner is None or self._texts is None:
            self._by_people += messages.tolist()
            return
        found, right = self._learner.guess(self._texts.of(messages))
        doubt, wrong = 1 - right, self._known[found] != self._meant[messages]
        self._doubts = [*self._doubts, *doubt][-_LATELY:]
        may = self._may(doubt)
        self.answered[messages] = may
        self.found[messages] = self._known[found]
        self.wrong[messages] = may & wrong
        self._by_people += messages[~may].tolist()
        told = ~may & (doubt < _NEARLY_SURE)
        self._nearly_sure = [*self._nearly_sure, *zip(doubt[told], wrong[told], strict=True)][-_STILL_TELLING:]

    def _may(self, doubt: Floats) -> NDArray[np.bool_]:
        checked = self._checked()
        allowed = self._max_wrong * (1 if checked else 1 - _ALLOWANCE / len(self._by_people))
        if allowed <= 0:
            return np.zeros(len(doubt), dtype=np.bool_)
        believed = checked or _as_it_is
        return believed(doubt) <= _most_doubt(believed(np.array(self._doubts)), allowed)

    def _checked(self) -> Callable[[Floats], Floats] | None:
        """Halfway between its own doubt and how often it would have been wrong with such doubt; None while too little is known of that."""
        if len(self._nearly_sure) < _ENOUGH:
            return None
        before, wrong = (np.array(column) for column in zip(*self._nearly_sure, strict=True))
        learned = Trust(_odds(before), wrong)
        return lambda doubt: np.asarray(expit((_odds(doubt) + _odds(learned(_odds(doubt))))[:, 0] / 2))

    def mistakes(self) -> Iterator[Mistake]:
        """Where in the stream it was, counted from 1."""
        for place in np.flatnonzero(self.wrong & self.answered).tolist():
            it = self._stream[place]
            yield Mistake(str(place + 1), it.text, it.label, str(self._labels[self.found[place]]))

    def _learn(self, seen: int) -> None:
        self._texts = self._words.after(seen)
        self._known, intents = np.unique(self._meant[self._by_people], return_inverse=True)
        if len(self._known) > 1:
            self._learner = Learner(self._texts.of(np.array(self._by_people)), intents)


def _as_it_is(doubt: Floats) -> Floats:
    return doubt


def _most_doubt(lately: Floats, max_wrong: float) -> float:
    """Up to which doubt it may answer; below 0 when nowhere."""
    return -on_average([(-doubt, doubt) for doubt in lately.tolist()], max_wrong)


def _odds(doubt: Floats) -> Floats:
    """Their logarithm, as the one sign of a case."""
    odds: Floats = logit(np.clip(doubt, 1e-6, 1 - 1e-6))
    return odds[:, None]


def evaluate(stream: Sequence[Labelled], max_wrong: float, seed: int) -> dict[str, float]:
    """The figures of `report`, all of which can be counted here."""
    return {name: it for name, it in report(stream, max_wrong, seed, unwatched).figures.items() if it is not None}


def report(stream: Sequence[Labelled], max_wrong: float, seed: int, progress: Progress) -> Report:
    """Figures are shares 0 to 1 over the stream, shuffled by `seed`, and over its last fifth; `human_answers` is a number of messages."""
    order = np.random.default_rng(seed).permutation(len(stream))
    life = _Life([stream[i] for i in order], max_wrong)
    life.run(progress)
    last = np.arange(len(stream)) >= len(stream) - len(stream) // 5
    figures: dict[str, float | None] = {
        "automated": _share(life.answered),
        "wrong_of_automated": _share(life.wrong[life.answered]),
        "automated_last_fifth": _share(life.answered[last]),
        "wrong_of_automated_last_fifth": _share(life.wrong[last & life.answered]),
        "human_answers": int((~life.answered).sum()),
    }
    return reported(figures, life.mistakes())


def _share(held: NDArray[np.bool_]) -> float:
    return round(float(held.mean()), 4) if len(held) else 0.0
