"""What may go wrong, named after what is wrong, with words for people in both languages (RFC 9457)."""

from .model import Lang, Text


class Problem(Exception):
    """Ends as a problem document. `detail` says what to do; `extra` members stand beside it."""

    def __init__(self, status: int, name: str, title: Text, detail: Text, **extra: int | str) -> None:
        super().__init__(title.en)
        self.status = status
        self.name = name
        self.title = title
        self.detail = detail
        self.extra = extra

    def document(self, lang: Lang) -> dict[str, int | str]:
        return {
            "type": f"/problems/{self.name}",
            "title": self.title.to(lang),
            "status": self.status,
            "detail": self.detail.to(lang),
            **self.extra,
        }


def not_found(what: Text) -> Problem:
    return Problem(
        404,
        "not-found",
        Text(f"没有找到{what.zh}", f"No such {what.en}"),
        Text("请核对后再试。", "Check the spelling and try again."),
    )


def not_yours() -> Problem:
    return Problem(
        403,
        "not-yours",
        Text("无法确认这是您的订单", "This order couldn't be shown to be yours"),
        Text(
            "请提供下单账号，或收货手机号的后四位。",
            "Give the customer it belongs to, or the last four digits of its phone number.",
        ),
    )


def too_many_guesses(retry_after: int) -> Problem:
    return Problem(
        429,
        "too-many",
        Text("核对次数过多", "Too many wrong digits"),
        Text("为保护买家，请稍后再试。", "To protect the buyer this order is closed to digits for a while."),
        retry_after=retry_after,
    )


def not_signed_in() -> Problem:
    return Problem(
        401,
        "not-signed-in",
        Text("缺少有效的 API 密钥", "A valid API key is needed"),
        Text("请在 Authorization 头里携带 Bearer 密钥。", "Send it as Authorization: Bearer."),
    )


def invalid_input(detail: Text) -> Problem:
    return Problem(400, "invalid-input", Text("请求有误", "The request isn't right"), detail)


def key_reused() -> Problem:
    return Problem(
        422,
        "idempotency-key-reused",
        Text("这个 Idempotency-Key 已用于另一个请求", "This Idempotency-Key was used for another request"),
        Text("请为每个新请求换一个键。", "Use a new key for a new request."),
    )


def not_allowed_now(detail: Text) -> Problem:
    return Problem(409, "not-allowed-now", Text("这个订单现在不能这样处理", "That can't be done with this order now"), detail)


def coupon_refused(detail: Text) -> Problem:
    return Problem(409, "coupon-refused", Text("这张优惠券不能用", "This coupon can't be used"), detail)


def needs_approval(limit: int) -> Problem:
    """`limit` in minor units."""
    return Problem(
        409,
        "needs-approval",
        Text("这笔退款需要人工审批", "This refund needs a person's approval"),
        Text(
            f"退款超过 ¥{limit // 100:,}，需要店里的同事审批。",
            f"Refunds above ¥{limit // 100:,} are approved by the shop's people.",
        ),
        limit=limit,
    )
