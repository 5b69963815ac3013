"""What customers and colleagues are told of carrying out what was granted."""

from tandem.desk.exceptions.model import CarriedWhy, Exceptional
from tandem.kit.errors import Language
from tandem.timeline.model import ExceptionKind

_LONGEST = 200
_DONE: dict[Language, dict[ExceptionKind, str]] = {
    "zh": {
        "refund": "退款已为您办好。", "discount": "优惠已为您办好。", "replacement": "换新已为您办好。", "extension": "延期已为您办好。",
        "other": "特批的事项已为您办好。",
    },
    "en": {
        "refund": "Your refund is done.", "discount": "Your discount is done.", "replacement": "Your replacement is on its way to you.",
        "extension": "Your extension is done.", "other": "What we agreed to is done.",
    },
}  # fmt: skip
_LEFT: dict[Language, dict[CarriedWhy | None, str]] = {
    "zh": {
        None: "「{what}」已批准，没有系统能代办，请手动处理，办好后在会话里点“已手动办好”，客户才会看到。",
        "refused": "「{what}」已批准，但{skill}没有办成：{detail}。请手动处理，办好后点“已手动办好”；也可以和客户商量别的方案。",
        "unclear": "「{what}」已批准，但{skill}没有得到明确答复（{detail}），可能已经办了。点“再试一次”是安全的，不会重复办理；仍不行就先核对，再手动处理。",
        "gone": "「{what}」已批准，但{skill}现在不可用。请手动处理，办好后在会话里点“已手动办好”。",
    },
    "en": {
        None: "“{what}” is granted and no system does it. Please do it by hand, then press “Done by hand” so that the customer sees it.",
        "refused": "“{what}” is granted, but {skill} was refused: {detail}. Please do it by hand and press “Done by hand”, or agree on "
        "something else with the customer.",
        "unclear": "“{what}” is granted, but {skill} gave no clear answer ({detail}); it may have been done. “Try again” is safe and "
        "does nothing twice. If it keeps failing, check first, then do it by hand.",
        "gone": "“{what}” is granted, but {skill} isn't available now. Please do it by hand, then press “Done by hand”.",
    },
}  # fmt: skip


def done(kind: ExceptionKind, language: Language) -> str:
    """For the customer, of what a colleague did by hand."""
    return _DONE[language][kind]


def left_to_people(found: Exceptional, skill: str, why: CarriedWhy | None, detail: str, language: Language) -> str:
    """For whoever asked: what was not done, and what is to be done next."""
    what = (found.granted_what or found.what)[:_LONGEST]
    said = detail.rstrip("。.") or "—"
    return _LEFT[language][why].format(what=what, skill=skill, detail=said[:_LONGEST])
