"""Traditional Chinese read like Simplified: who writes 「轉人工」 or 「還有貨嗎」 is understood as who writes 「转人工」 or 「还有货吗」.

Character by character, and so of the same length: what a word becomes in another region (「滑鼠」, 「鼠标」) is for the glossary to say.
"""

from functools import cache
from importlib import resources


def simplified(text: str) -> str:
    """The text in Simplified characters; as it is where it has no others."""
    return text if text.isascii() else text.translate(_table())


@cache
def _table() -> dict[int, str]:
    lines = resources.files(__package__).joinpath("traditional.txt").read_text("utf-8").splitlines()
    return {ord(form): line[0] for line in lines if not line.startswith("#") for form in line[1:]}
