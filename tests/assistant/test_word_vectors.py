"""What words mean by the company they keep, learned from texts without labels."""

from random import Random

import numpy as np
from scipy.sparse import csr_matrix

from tandem.assistant.intents.word_vectors import text_vectors

WORDS = 40
"""Of each of two matters: 0 to 39 are words of the one, 40 to 79 of the other, 80 is said once."""
TEXTS = 300


def said() -> csr_matrix:
    """Texts × words: 300 of five words of one matter, words 0 and 1 never together; then three of one word each: 0, 1 and 40."""
    chance, has = Random(5), np.zeros((TEXTS + 4, 2 * WORDS + 1))
    for n in range(TEXTS):
        left_out = n // 2 % 2
        of_matter = [word for word in range(WORDS) if word != left_out]
        has[n, [word + n % 2 * WORDS for word in chance.sample(of_matter, 5)]] = 1
    has[range(TEXTS, TEXTS + 4), [0, 1, WORDS, 2 * WORDS]] = 1
    return csr_matrix(has)


def test_words_that_are_never_said_together_are_alike_by_the_company_they_keep() -> None:
    vectors = text_vectors(said(), TEXTS)
    one, its_like, other, _ = vectors[-4:]
    assert one @ its_like > 0.3
    assert abs(one @ other) < 0.1


def test_a_word_that_was_not_heard_often_says_nothing() -> None:
    vectors = text_vectors(said(), TEXTS)
    assert not vectors[-1].any()
    assert np.allclose(np.linalg.norm(vectors[:-1], axis=1), 1)


def test_what_was_not_heard_yet_teaches_nothing() -> None:
    has = said()
    assert np.allclose(text_vectors(has, 200)[:200], text_vectors(csr_matrix(has[:200]), 200))


def test_of_too_few_words_no_company_is_told() -> None:
    assert not text_vectors(csr_matrix(said()[:, :10]), TEXTS).any()
