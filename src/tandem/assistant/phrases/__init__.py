"""Everything the assistant says in its own words, one file a language."""

import tomllib
from functools import cache
from importlib import resources
from typing import Literal

Lang = Literal["zh", "en"]


def say(lang: Lang, key: str, **values: object) -> str:
    """The phrase `key` with its `{places}` filled in. Raises `KeyError` for a phrase or place that does not exist."""
    return phrases(lang)[key].format(**values)


@cache
def phrases(lang: Lang) -> dict[str, str]:
    raw: dict[str, str] = tomllib.loads(resources.files(__package__).joinpath(f"{lang}.toml").read_text("utf-8"))
    return raw
