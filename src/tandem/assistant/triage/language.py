"""Which language a customer writes. Two are spoken here; every other one is recognised as such rather than taken for
English."""

import re

from tandem.assistant.triage.model import Language
from tandem.knowledge.words import fold, han_and_latin

_OTHER_SCRIPT = re.compile(r"[\u3040-\u30ff\uac00-\ud7af\u0400-\u04ff\u0590-\u06ff\u0900-\u0dff\u0e00-\u0e7f\u0370-\u03ff]")
_OTHER_LATIN = re.compile(
    r"\b(?:el|los|las|una|por|para|donde|cuando|como|mi|hola|gracias|pedido|quiero|puedo|está|le|les|des|une|"
    r"est|où|mon|ma|bonjour|merci"
    r"|je|vous|pas|commande|der|das|und|ist|nicht|wo|mein|meine|ich|bitte|hallo|bestellung|onde|meu|minha|"
    r"obrigado|pedido|não|ciao|dove"
    r"|mio|ordine|grazie|nerede|siparişim|di|saya|pesanan|mana|đơn|hàng|của|tôi)\b"
)
_ENGLISH = re.compile(
    r"\b(?:the|a|an|is|are|my|i|you|it|to|for|do|does|can|what|where|when|how|and|not|have|of|in|on|this|that|"
    r"please|with|was|me|your|im)\b"
)
_FEW = 2
HAN_PER_WORD = 1.5
"""A Han character says less than a word."""
_CODE = re.compile(
    r"\b(?:zhuan ?)?ren ?gong\b|^\W*(?:z ?|转 ?)?rg\W*$|\btd(?=[\s\d-]*\d)|(?a:\b(?=\w*\d)\w+\b)|https?://\S+|\S+@\S+"
)


def says_little(text: str) -> bool:
    """Whether Latin letters are no sign of English: "OK", a brand, a code. A talk in Chinese is full of them."""
    words = re.findall(r"[^\W\d_]+", fold(text))
    return len(words) <= _FEW and not _ENGLISH.search(fold(text))


def language_of(text: str) -> tuple[Language | None, bool]:
    """The language of a text, and whether it is mixed with the other. (None, False) when it holds no words."""
    folded = _CODE.sub(" ", fold(text))
    han, latin = han_and_latin(folded)
    foreign = len(_OTHER_SCRIPT.findall(folded))
    if foreign > han and foreign > latin:
        return "other", False
    if han and han >= HAN_PER_WORD * latin:
        return "zh", latin >= 2
    if not latin:
        return ("zh", False) if han else (None, False)
    if len(_OTHER_LATIN.findall(folded)) > max(1, len(_ENGLISH.findall(folded))):
        return "other", False
    return "en", han > 0
