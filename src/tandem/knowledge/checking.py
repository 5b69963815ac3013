"""What an editor may write: within these limits, and nothing that a customer's page could stumble over."""

import re
from uuid import UUID

from msgspec.structs import replace

from tandem.kit.errors import InvalidInput
from tandem.kit.text import clean
from tandem.knowledge.model import ARTICLE, PERSON, Button, Conditions
from tandem.knowledge.record import ArticleDraft

_LONGEST = {"category": 60, "question": 300, "answer": 8000}
_MOST_PHRASINGS, _LONGEST_PHRASING = 100, 300
MOST_IMAGES = 6
_MOST_BUTTONS, _LONGEST_LABEL, _LONGEST_ADDRESS = 6, 40, 500
_MOST_CHANNELS, _MOST_GROUPS, _LONGEST_GROUP = 50, 20, 40
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_ADDRESS = re.compile(r"https?://[^/\s\\()<>\"]+(?:/[^\s\\()<>\"]*)?", re.IGNORECASE)


def checked(draft: ArticleDraft) -> ArticleDraft:
    """The draft as it is stored. Raises `InvalidInput` naming the first field that is empty, too long or not understood."""
    if not _LANGUAGE.fullmatch(draft.lang):
        raise InvalidInput.field("lang", "zh, en, ja …")
    fields = {"category": clean(draft.category), "question": clean(draft.question), "answer": clean(draft.answer)}
    for name, text in fields.items():
        if not 1 <= len(text) <= _LONGEST[name]:
            raise InvalidInput.field(name, f"1–{_LONGEST[name]}")
    phrasings = [it for it in (clean(phrasing) for phrasing in draft.phrasings) if it]
    if len(phrasings) > _MOST_PHRASINGS or any(len(it) > _LONGEST_PHRASING for it in phrasings):
        raise InvalidInput.field("phrasings", f"0–{_MOST_PHRASINGS}")
    if len(draft.images) > MOST_IMAGES:
        raise InvalidInput.field("images", f"0–{MOST_IMAGES}")
    return replace(
        draft, **fields, phrasings=list(dict.fromkeys(phrasings)), images=list(dict.fromkeys(draft.images)),
        buttons=_buttons(draft.buttons), conditions=_conditions(draft.conditions),
    )  # fmt: skip


def _buttons(buttons: list[Button]) -> list[Button]:
    if len(buttons) > _MOST_BUTTONS:
        raise InvalidInput.field("buttons", f"0–{_MOST_BUTTONS}")
    tidy = [Button(" ".join(clean(it.label).split()), it.to.strip()) for it in buttons]
    for it in tidy:
        if not 1 <= len(it.label) <= _LONGEST_LABEL or "]" in it.label or "[" in it.label:
            raise InvalidInput.field("buttons", f"label: 1–{_LONGEST_LABEL}")
        if not _leads_somewhere(it.to):
            raise InvalidInput.field("buttons", "to: person, article:<id>, https://…")
    return tidy


def _leads_somewhere(to: str) -> bool:
    if to.startswith(ARTICLE):
        try:
            return str(UUID(to.removeprefix(ARTICLE))) == to.removeprefix(ARTICLE)
        except ValueError:
            return False
    return to == PERSON or (len(to) <= _LONGEST_ADDRESS and _ADDRESS.fullmatch(to) is not None)


def _conditions(conditions: Conditions) -> Conditions:
    begins, ends = conditions.valid_from, conditions.valid_until
    if begins and ends and begins >= ends:
        raise InvalidInput.field("valid_until", "> valid_from")
    if len(conditions.channels) > _MOST_CHANNELS:
        raise InvalidInput.field("channels", f"0–{_MOST_CHANNELS}")
    audience = tuple(dict.fromkeys(clean(it).lower() for it in conditions.audience))
    if len(audience) > _MOST_GROUPS or any(not 1 <= len(it) <= _LONGEST_GROUP for it in audience):
        raise InvalidInput.field("audience", f"0–{_MOST_GROUPS}")
    return replace(conditions, audience=audience, channels=tuple(dict.fromkeys(conditions.channels)))
