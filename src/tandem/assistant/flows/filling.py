"""What all skills with parameters have in common: asking for what is missing, reading back, and hearing yes, no and "wrong"."""

import re
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from tandem.assistant.model import Frame, Memory
from tandem.assistant.phrases import Lang, say
from tandem.assistant.piece import Heard, Piece, person_choice
from tandem.assistant.skills.port import Parameter, Skill
from tandem.assistant.skills.values import NotAValue, found_in, shown, value_of
from tandem.knowledge.words import fold
from tandem.timeline.model import Body, Choice, Message

YES, NO, SLOT, EXCEPTION = "yes:", "no:", "slot:", "exception:"
CONFIRM = "confirm"
_LONGEST_YES = 24
_LONGEST_NO = 60

_PLAIN_YES = re.compile(
    r"^(?:是的?|对的?|嗯*是的|好的?,?)?[,， ]*(?:确认|确定|没错|没问题)(?:办理|取消|提交|退货|退款|修改|了|吧|的|无误|,|，|。|!|谢谢)*$|"
    r"^(?:是的?|对的?)[。!,，]*(?:谢谢)?$|"
    r"^\W*(?:yes|yep|yeah|confirm(?:ed)?|correct|that(?:'?s| is) (?:right|correct))"
    r"(?:[ ,.!]+(?:please|confirm|go ahead|do it|thanks|thank you|cancel it|return it|refund it|change it|that(?:'?s| is) (?:right|correct)))*\W*$|"
    r"^\W*(?:please )?(?:go ahead|do it)(?: please)?\W*$"
)
_YES_WHEN_JUST_ASKED = re.compile(
    r"^(?:好的?|可以的?|行的?|嗯+|办吧|同意|要的?)(?:[,，。! ]|吧|啊|呀|谢谢|办吧|取消吧?|退吧)*$|"
    r"^\W*(?:ok(?:ay)?|sure|fine|please do|alright)(?: please| thanks)?\W*$"
)
# Each character can be read in one way only: with 不要 beside 不 and 要, sixty of them would be tried in 2^30 ways.
_NO = re.compile(
    r"^(?:先?不[用想]?|别|算了|放弃|撤回)(?:先?不[用想]?|别|算了|放弃|撤回|办|取消|退|改|要|弄|提交|了|吧|,|，|。|!|谢谢|货|款)*$|"
    r"^\W*(?:no|nope|don'?t|stop|leave it|forget it|never ?mind)(?:[ ,.!]+(?:thanks|thank you|don'?t|do it|it|stop|leave it|forget it|never ?mind))*"
    r"\W*$"
)
_WRONG = re.compile(
    r"^(?:不对|错了|不是的?|有误|弄错了?|写错了?|填错了?)[。!,，]*$|^\W*(?:that'?s |it'?s )?(?:wrong|not right|incorrect|not correct)\W*$"
)
_OTHER_WISH = re.compile(r"[?？]\s*$|(?:吗|呢|么)[。!]*$")


def said_yes(heard: Heard, value: str) -> bool:
    """An explicit yes to what the button of this value stands for. "Fine" counts only as the very next words: after a question
    in between it may mean the answer to that."""
    if heard.choice:
        return heard.choice == value
    folded = fold(heard.text).strip()
    if len(folded) > _LONGEST_YES:
        return False
    if _PLAIN_YES.search(folded):
        return True
    return just_asked(heard, value) and _YES_WHEN_JUST_ASKED.search(folded) is not None


def said_no(heard: Heard) -> bool:
    if heard.choice:
        return heard.choice.startswith(NO)
    folded = fold(heard.text).strip()
    return len(folded) <= _LONGEST_NO and _NO.search(folded) is not None


def said_wrong(heard: Heard) -> bool:
    return heard.choice is None and _WRONG.search(fold(heard.text).strip()) is not None


def just_asked(heard: Heard, value: str) -> bool:
    """Whether the assistant's last message had this button."""
    said = (it.body for it in reversed(heard.context.history) if isinstance(it.body, Message) and it.by.kind == "assistant")
    last = next(said, None)
    return last is not None and any(it.value == value for it in last.choices)


def asks_something(heard: Heard) -> bool:
    """Words that are rather a question than the value of something."""
    return _OTHER_WISH.search(heard.text) is not None


def named_in(slots: Iterable[Parameter], text: str) -> dict[str, str]:
    """The values that a message names without being asked for them."""
    found = {slot.name: found_in(slot, text) for slot in slots if slot.given_by == "customer"}
    return {name: value for name, value in found.items() if value is not None}


def lacking(slots: Sequence[Parameter], given: dict[str, str]) -> Parameter | None:
    """The first parameter that must still be asked for."""
    return next((it for it in slots if it.required and it.given_by == "customer" and it.name not in given), None)


def ask_for(
    heard: Heard, memory: Memory, frame: Frame, slot: Parameter, before: tuple[Body, ...] = (), *, again: bool = False
) -> Piece:
    """`again`: what was said could not be used. Says so, and counts as an answer that missed."""
    asked = (slot.ask or slot.title).to(heard.lang)
    text = say(heard.lang, "not_a_value", what=slot.title.to(heard.lang), ask=asked) if again else asked
    options = tuple(Choice(it.title.to(heard.lang), SLOT + it.value) for it in slot.options)
    choices = (*options, *((person_choice(heard.lang),) if again else ()))
    memory = replace(memory, frame=replace(frame, asked=slot.name, key=None))
    return Piece("clarify", text, memory, before, choices=choices, missed=again)


def answer_to(heard: Heard, slot: Parameter) -> str | None:
    """What was said as the value of what was asked for; None if it cannot be that. Raises `NotAValue` for a button that is no
    option of it."""
    if heard.choice and heard.choice.startswith(SLOT):
        return value_of(slot, heard.choice.removeprefix(SLOT))
    try:
        return value_of(slot, found_in(slot, heard.text) or heard.text)
    except NotAValue:
        return None


def read_back(
    heard: Heard, memory: Memory, frame: Frame, title: str, lines: Sequence[tuple[str, str]], before: tuple[Body, ...]
) -> Piece:
    """All details, and the question whether to do it. The key is made of what was heard: a turn that runs again after a failure
    reads back the same, and new details get a new one."""
    lang = heard.lang
    key = f"{heard.context.conversation.hex}-{heard.context.heard[-1].seq}"
    details = "\n".join(say(lang, "read_back_line", what=what, value=value) for what, value in lines)
    choices = (
        Choice(say(lang, "yes_do_it"), YES + key), Choice(say(lang, "no_leave_it"), NO + key), person_choice(lang),
    )  # fmt: skip
    memory = replace(memory, frame=replace(frame, asked=CONFIRM, key=key))
    return Piece("clarify", say(lang, "read_back", title=title, details=details), memory, before, choices=choices)


def lines_of(skill: Skill, given: dict[str, str], lang: Lang) -> list[tuple[str, str]]:
    """What was given, as it is read back."""
    return [(it.title.to(lang), shown(it, given[it.name], lang)) for it in skill.slots if it.name in given]


def dropped(heard: Heard) -> Piece:
    """The customer took it back: nothing was sent anywhere, and that is said."""
    return Piece("answer", say(heard.lang, "act_dropped"), replace(heard.memory, frame=None, aside=None))


def reminder(title: str, slots: Iterable[Parameter], lang: Lang, frame: Frame) -> tuple[str, tuple[Choice, ...]]:
    """After a question in between: what the customer was asked for, with its buttons."""
    if frame.asked == CONFIRM and frame.key:
        yes, no = Choice(say(lang, "yes_do_it"), YES + frame.key), Choice(say(lang, "no_leave_it"), NO + frame.key)
        return say(lang, "resume_confirm", title=title), (yes, no)
    if frame.asked in ("order", "digits"):
        ask = say(lang, "ask_order") if frame.asked == "order" else say(lang, "ask_digits", order=frame.order or "")
        return say(lang, "resume_slot", title=title, ask=ask), ()
    slot = next((it for it in slots if it.name == frame.asked), None)
    if slot is None:
        return "", ()
    options = tuple(Choice(it.title.to(lang), SLOT + it.value) for it in slot.options)
    return say(lang, "resume_slot", title=title, ask=(slot.ask or slot.title).to(lang)), options
