"""Finding the article that answers a question: an index in memory over every published article.

Each way of asking (the question and every phrasing) is a *form* of its own and an article is as good as its best form, so that
adding a phrasing never dilutes the others. 1.0 means "asked in these very words", a word nobody ever used here counts against
every article, and one threshold means the same for every question. The answer's text helps a little. How a form fits is in
`asked`, what terms weigh in `postings`, how most of the index is left untouched in `contenders`.
"""

from array import array
from collections.abc import Iterable
from itertools import compress
from uuid import UUID

import numpy as np
from msgspec import Struct

from tandem.knowledge.alike import Usage, said_of, words_in
from tandem.knowledge.asked import Asked, Known
from tandem.knowledge.contenders import contenders
from tandem.knowledge.model import ALWAYS, Article, Asker
from tandem.knowledge.postings import PAIR, SHARED, Flags, Floats, Places, Postings, Rows, Vocabulary, Written
from tandem.knowledge.sounds import put_right
from tandem.knowledge.wording import spoken_of, words_of
from tandem.knowledge.words import features

LONGEST_ANSWER = 400
"""Characters of an answer that are indexed: what it is about is said at its beginning."""
_LATE = 0.05
"""The part of the articles that may have changed before all terms are weighed anew."""
_SMALL = 500
"""With fewer articles than this everything is weighed anew after any change."""
_REMEMBERED = 256
"""Questions whose hits are kept: within a turn the same text is asked about more than once."""


class Hit(Struct, frozen=True):
    """An article and how well it fits, 0 to 1. `covered`: the share of what was asked that all its forms and its answer together
    account for; `strange`: the share that nobody ever asked or answered here. Of the words of content, every one counting alike:
    `worded`, the share of the question's that the article has; `meant`, the share of those of its best form that were asked for. `common`:
    how much that form says of what was asked (see `alike.said_of`), from 0 on. `near`: how near in meaning, 0 to 1, where an encoder
    tells (`meaning`); then `score` says both."""

    article: Article
    score: float
    covered: float = 0.0
    worded: float = 0.0
    meant: float = 0.0
    common: float = 0.0
    strange: float = 0.0
    near: float | None = None


class Index:
    """Articles of all languages. Not for several threads at once; one event loop is fine."""

    def __init__(self, articles: Iterable[Article] = ()) -> None:
        self.rebuild(articles)

    def __len__(self) -> int:
        return len(self._place)

    def get(self, article: UUID) -> Article | None:
        place = self._place.get(article)
        return None if place is None else self._articles[place]

    def twin(self, article: Article, lang: str) -> Article | None:
        """The same matter in another language."""
        other = self._keyed.get((lang, article.key)) if article.key else None
        found = self.get(other) if other else None
        return found if found and found.key == article.key else None

    def rebuild(self, articles: Iterable[Article]) -> None:
        """Forget everything and take these."""
        self._vocabulary = Vocabulary()
        self._articles: list[Article] = []
        self._place: dict[UUID, int] = {}
        self._keyed: dict[tuple[str, str], UUID] = {}
        self._restricted: dict[UUID, Article] = {}
        self._lang_numbers: dict[str | None, int] = {}
        self._alive, self._langs = bytearray(), array("i")
        self._settled, self._rows = 0, Written().rows()
        self._new, self._changes = Written(), 0
        for it in articles:
            self.put(it)
        self._settle()

    def put(self, article: Article) -> None:
        """Add an article, or replace the one with its id."""
        self.remove(article.id)
        self._place[article.id] = place = len(self._articles)
        self._articles.append(article)
        if article.key:
            self._keyed[article.lang, article.key] = article.id
        if article.conditions != ALWAYS:
            self._restricted[article.id] = article
        self._alive.append(1)
        self._langs.append(self._lang_numbers.setdefault(article.lang, len(self._lang_numbers)))
        told = f"{article.category} {article.answer[:LONGEST_ANSWER]}"
        for form in (article.question, *article.phrasings):
            self._new.add(self._vocabulary.add(features(form)), place, is_form=True)
        self._new.add(self._vocabulary.add(features(told)), place, is_form=False)
        self._touch()

    def remove(self, article: UUID) -> None:
        """Make an article unfindable."""
        place = self._place.pop(article, None)
        if place is not None:
            self._restricted.pop(article, None)
            self._alive[place] = 0
            self._touch()

    def search(
        self, text: str, *, lang: str | None = None, limit: int = 5, asker: Asker | None = None, crossing: bool = False
    ) -> list[Hit]:
        """The best articles, best first, at most `limit`; only those of language `lang` if one is given, and only those that hold
        for the `asker`. `crossing`: the question is in another language than the articles."""
        if self._is_late():
            self._settle()
        hidden = self._hidden_from(asker)
        key = (text, lang, limit, hidden, crossing)
        if key not in self._found_now:
            if len(self._found_now) >= _REMEMBERED:
                self._found_now.clear()
            self._found_now[key] = self._search(text, lang, limit, hidden, crossing)
        return list(self._found_now[key])

    def fitting(self, text: str, articles: Iterable[UUID], *, crossing: bool = False) -> list[Hit]:
        """How well some articles fit, however little that is. Those that are not there are left out."""
        if self._is_late():
            self._settle()
        asked = self._asked(text, crossing)
        places = np.array(sorted(self._place[it] for it in articles if it in self._place), np.int64)
        fits: dict[int, float] = {}
        for some, rows in ((places[places < self._settled], self._rows), (places[places >= self._settled], self._new_rows())):
            if len(some):
                fits |= _rounded(some, asked.exactly(rows, rows.of(some), some))
        return self._hits(asked, fits)

    def _hidden_from(self, asker: Asker | None) -> tuple[int, ...]:
        """The places of the articles that do not hold for him."""
        return tuple(self._place[it.id] for it in self._restricted.values() if not it.holds(asker))

    def _search(self, text: str, lang: str | None, limit: int, hidden: tuple[int, ...], crossing: bool) -> list[Hit]:
        asked, eligible = self._asked(text, crossing), self._eligible(lang)
        if hidden:
            eligible = eligible.copy()
            eligible[list(hidden)] = False
        if not len(asked.terms):
            return []
        fits = _rounded(*contenders(asked, self._postings, eligible[: self._settled], limit))
        if len(self._articles) > self._settled:
            new, rows = self._settled + np.flatnonzero(eligible[self._settled :]), self._new_rows()
            fits |= _rounded(new, asked.exactly(rows, rows.of(new), new))
        best = sorted(fits, key=lambda place: (-fits[place], place))[:limit]
        return self._hits(asked, {place: fits[place] for place in best if fits[place] > 0})

    def _asked(self, text: str, crossing: bool) -> Asked:
        return Asked(put_right(text, self._vocabulary.numbers), self._known(), crossing=crossing)

    def _hits(self, asked: Asked, fits: dict[int, float]) -> list[Hit]:
        """In the order of `fits`."""
        read: dict[int, tuple[set[int], list[int]]] = {}
        old, new = sorted(it for it in fits if it < self._settled), sorted(it for it in fits if it >= self._settled)
        for places, rows in ((old, self._rows), (new, self._new_rows() if new else self._rows)):
            read |= zip(places, asked.read(rows, np.array(places, np.int64)) if places else (), strict=True)
        rated = self._usage.rated(words_in(asked.text))
        return [self._hit(asked, rated, self._articles[place], fit, *read[place]) for place, fit in fits.items()]

    def _hit(
        self, asked: Asked, rated: list[tuple[str, float]], article: Article, fit: float, has: set[int], closest: list[int]
    ) -> Hit:
        forms = (article.question, *article.phrasings)
        meant, common = max([_said_by(asked, rated, forms[it]) for it in closest], key=lambda it: it[0] * it[1])
        strange = max(asked.strange / asked.matter, 1 - asked.spoken)
        return Hit(
            article,
            round(asked.counting(fit), 4),
            round(asked.covered(has) * asked.spoken, 4),
            round(asked.worded(has), 4),
            round(meant, 4),
            round(common, 4),
            round(strange, 4),
        )

    def _is_late(self) -> bool:
        return self._changes > (0 if len(self) < _SMALL else len(self) * _LATE)

    def _settle(self) -> None:
        """Leave out what was removed, and weigh all terms anew."""
        alive = np.frombuffer(bytes(self._alive), np.bool_)
        rows = self._rows.followed_by(self._new.rows())
        rows = rows.only(np.flatnonzero(alive[rows.article]))
        rows.article = (np.cumsum(alive, dtype=np.int32) - 1)[rows.article]
        self._articles = list(compress(self._articles, alive))
        self._langs = array("i", compress(self._langs, alive))
        self._place = {it.id: place for place, it in enumerate(self._articles)}
        self._alive = bytearray(b"\1" * len(self._articles))
        self._rows, self._new, self._settled = rows, Written(), len(self._articles)
        self._postings = Postings(rows, self._vocabulary.kinds(), len(self._articles))
        self._usage = Usage([(it.question, *it.phrasings) for it in self._articles])
        self._changes = 0
        self._forget()

    def _touch(self) -> None:
        self._changes += 1
        self._forget()

    def _forget(self) -> None:
        self._known_now: Known | None = None
        self._new_now: Rows | None = None
        self._eligible_now: dict[str | None, Flags] = {}
        self._found_now: dict[tuple[str, str | None, int, tuple[int, ...], bool], list[Hit]] = {}

    def _known(self) -> Known:
        if self._known_now is None:
            kinds = self._vocabulary.kinds()
            since = kinds[len(self._postings.weight) :]
            weight = np.concatenate([self._postings.weight, self._postings.unseen[since]])
            self._known_now = Known(self._vocabulary, weight, kinds == PAIR, np.isin(kinds, SHARED), self._postings.unseen)
        return self._known_now

    def _new_rows(self) -> Rows:
        if self._new_now is None:
            self._new_now = self._new.rows()
        return self._new_now

    def _eligible(self, lang: str | None) -> Flags:
        """Which articles may be found, by place."""
        if lang not in self._eligible_now:
            eligible: Flags = np.frombuffer(bytes(self._alive), np.bool_)
            if lang is not None:
                eligible = eligible & (np.frombuffer(self._langs.tobytes(), np.int32) == self._lang_numbers.get(lang, -1))
            self._eligible_now[lang] = eligible
        return self._eligible_now[lang]


def _said_by(asked: Asked, rated: list[tuple[str, float]], form: str) -> tuple[float, float]:
    """Of a form: which share of its words was asked for, and how much it says of what was asked."""
    return spoken_of(words_of(form), asked.said.__contains__, crossing=asked.crossing), said_of(rated, words_in(form))


def _rounded(places: Places, fits: Floats) -> dict[int, float]:
    """By place, to four digits: what differs by less is as good as the same, and the older article comes first."""
    return {place: round(fit, 4) for place, fit in zip(places.tolist(), fits.tolist(), strict=True)}
