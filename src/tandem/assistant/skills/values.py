"""What a customer said as the value of a skill's parameter: found in his words, and held to what the parameter allows."""

import re
from datetime import date
from functools import lru_cache

from tandem.assistant.skills.port import Lang, Parameter
from tandem.kit.text import clean
from tandem.knowledge.words import fold

_YES = frozenset({"yes", "true", "是", "要", "对", "1"})
_NO = frozenset({"no", "false", "否", "不", "不要", "0"})
_LONGEST_READ = 2000


class NotAValue(Exception):
    """What was said cannot be the value of this parameter."""


def value_of(parameter: Parameter, said: str) -> str:
    """The value as the skill is given it. Raises `NotAValue`."""
    value = _chosen(parameter, clean(said).strip(" ，。,"))
    if not parameter.shortest <= len(value) <= parameter.longest:
        raise NotAValue
    if parameter.pattern and not _compiled(parameter.pattern).fullmatch(value):
        raise NotAValue
    return _typed(parameter, value)


def found_in(parameter: Parameter, text: str) -> str | None:
    """The value where a message names it without being asked."""
    for pattern in parameter.find:
        match = _compiled(pattern).search(text[:_LONGEST_READ])
        if match:
            try:
                return value_of(parameter, match.group(1) if match.re.groups else match.group())
            except NotAValue:
                continue
    return None


def shown(parameter: Parameter, value: str, lang: Lang) -> str:
    """A value as it is read back."""
    return next((it.title.to(lang) for it in parameter.options if it.value == value), value)


def _chosen(parameter: Parameter, said: str) -> str:
    folded = fold(said)
    named = (it.value for it in parameter.options if folded in (fold(it.value), fold(it.title.zh), fold(it.title.en)))
    value = next(named, None)
    if value is None and parameter.kind == "choice":
        raise NotAValue
    return said if value is None else value


def _typed(parameter: Parameter, value: str) -> str:
    if parameter.kind in ("integer", "number"):
        return _number(parameter, value)
    if parameter.kind == "boolean":
        if fold(value) in _YES | _NO:
            return "true" if fold(value) in _YES else "false"
        raise NotAValue
    if parameter.kind == "date":
        try:
            return date.fromisoformat(value.replace("/", "-")).isoformat()
        except ValueError:
            raise NotAValue from None
    return value


def _number(parameter: Parameter, value: str) -> str:
    try:
        number = int(value) if parameter.kind == "integer" else float(value)
    except ValueError:
        raise NotAValue from None
    if not (parameter.least is None or number >= parameter.least) or not (parameter.most is None or number <= parameter.most):
        raise NotAValue
    return str(number)


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
