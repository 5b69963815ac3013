"""The language of a document's words, by their script."""

import re

_SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]"), 0.1),
    ("zh", re.compile("[\u3400-\u9fff]"), 0.1),
    ("ko", re.compile("[\uac00-\ud7af]"), 0.3),
    ("th", re.compile("[\u0e00-\u0e7f]"), 0.3),
    ("ar", re.compile("[\u0600-\u06ff]"), 0.3),
    ("ru", re.compile("[\u0400-\u04ff]"), 0.3),
)
"""A language, its script, and the share of letters from which on a text is taken for it: Han text is dense, and mixed with Latin."""


def language_of_words(text: str) -> str:
    """Languages in Latin letters cannot be told apart so; they are taken for English, and an import can say otherwise."""
    letters = sum(c.isalpha() for c in text) or 1
    return next((lang for lang, script, least in _SCRIPTS if len(script.findall(text)) / letters >= least), "en")
