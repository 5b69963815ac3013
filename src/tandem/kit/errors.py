"""Errors that people read. Each is named after what is wrong, says what happened, what was kept and what to do next,
in Chinese and English, and becomes an RFC 9457 problem document at the edge."""

from typing import ClassVar, Literal

Language = Literal["zh", "en"]


def language_of(accept: str | None) -> Language:
    """The first language of an `Accept-Language` value or locale that we speak; English if there is none."""
    for part in (accept or "").lower().split(","):
        tag = part.split(";")[0].strip()
        if tag.startswith("zh"):
            return "zh"
        if tag.startswith("en"):
            return "en"
    return "en"


class Problem(Exception):
    """Something a person must be told. `extra` is added to the problem document as it is."""

    name: ClassVar[str]
    status: ClassVar[int]
    zh: ClassVar[tuple[str, str]]
    en: ClassVar[tuple[str, str]]

    def __init__(self, **extra: object) -> None:
        super().__init__(self.name)
        self.extra = extra

    def said(self, language: Language) -> tuple[str, str]:
        """Title and detail in one language."""
        title, detail = self.zh if language == "zh" else self.en
        return title.format_map(self.extra), detail.format_map(self.extra)


class InvalidInput(Problem):
    """`errors`: a list of `{field, message}`."""

    name, status = "invalid-input", 400
    zh = ("提交的内容有误", "请检查标出的内容后再提交，您填写的内容没有丢失。")
    en = ("Something in this request is not right", "Check what is marked and send it again. What you wrote is still here.")

    @classmethod
    def field(cls, field: str, message: str) -> "InvalidInput":
        return cls(errors=[{"field": field, "message": message}])


class NotSignedIn(Problem):
    name, status = "not-signed-in", 401
    zh = ("请先登录", "登录已过期或尚未登录。登录后可继续，草稿仍在。")
    en = ("Please sign in", "You are not signed in, or your session has ended. Your drafts are kept.")


class WrongPassword(Problem):
    name, status = "wrong-password", 401
    zh = ("邮箱或密码不正确", "请核对后再试。忘记密码时请联系管理员重设。")
    en = ("That email and password do not match", "Check them and try again, or ask an administrator for a new password.")


class NotAllowed(Problem):
    name, status = "not-allowed", 403
    zh = ("您没有这项权限", "没有做任何改动。需要时请联系管理员开通。")
    en = ("You are not allowed to do this", "Nothing was changed. Ask an administrator if you need this permission.")


class NotFound(Problem):
    name, status = "not-found", 404
    zh = ("没有找到", "它可能已被移走，或链接有误。")
    en = ("Not found", "It may have been moved, or the address is wrong.")


class ConversationMoved(Problem):
    """Somebody else was faster. Carries the conversation as it is now."""

    name, status = "conversation-moved", 409
    zh = ("会话刚刚有了变化", "有人抢先处理了这个会话。请先看看现在的情况。")
    en = ("This conversation has just moved", "Someone was faster. Have a look at how it stands now.")


class NotYours(Problem):
    name, status = "not-yours", 409
    zh = ("这个会话现在不由您负责", "接入后才能回复。您写的内容没有丢失。")
    en = ("This conversation is not yours right now", "Accept it first, then reply. What you wrote is kept.")


class ConversationClosed(Problem):
    name, status = "conversation-closed", 409
    zh = ("会话已结束", "客户再次来信时会重新打开。")
    en = ("This conversation is closed", "It opens again when the customer writes.")


class VersionConflict(Problem):
    name, status = "version-conflict", 409
    zh = ("内容已被他人修改", "请对照最新版本后再保存，您的修改仍在页面上。")
    en = (
        "Someone else changed this meanwhile",
        "Compare with the newest version and save again. Your changes are still on the page.",
    )


class ExceptionSettled(Problem):
    """Decided, ended, or moved on since the caller looked. `state` and `version` say how it stands."""

    name, status = "exception-settled", 409
    zh = ("这项特批刚刚有了变化", "已由他人处理，或会话已结束。没有重复做出决定，请看看现在的情况。")
    en = ("This request has just moved on", "Someone else dealt with it, or the case was closed. Nothing was decided twice.")


class OwnRequest(Problem):
    name, status = "own-request", 403
    zh = ("不能审批自己提出的特批", "没有做任何改动，需要由另一位有权限的同事决定。")
    en = ("You can't decide on your own request", "Nothing was changed. Another colleague with the authority has to decide.")


class BeyondAuthority(Problem):
    name, status = "beyond-authority", 403
    zh = ("这个金额超出您的审批权限", "没有做任何改动。您可以同意原方案并转交上一级，或改为权限内的方案。")
    en = ("That's more than you may grant", "Nothing was changed. Approve it as asked to pass it up, or grant less.")


class TooLarge(Problem):
    """`size` and `limit` are in words for people, such as "34 MB"."""

    name, status = "too-large", 413
    zh = ("内容太大：{size}", "最大支持 {limit}。您的消息没有丢失，请缩小后再试。")
    en = ("This is {size}", "Up to {limit} works. Your message is still here.")


class TooLong(TooLarge):
    """A text. `size` and `limit` are characters."""

    zh = ("消息太长：{size} 字", "一条最多 {limit} 字。您写的内容还在，请分几条发送。")
    en = ("This is {size} characters long", "Up to {limit} fit into one message. Your text is still here.")


class TooManyPixels(TooLarge):
    """`limit` in millions. Of a picture that is far beyond it the size is not even read."""

    zh = ("这张图片的像素太多", "最大支持 {limit}00 万像素。您的消息没有丢失，请缩小后再试。")
    en = ("This picture has too many pixels", "Up to {limit} megapixels work. Your message is still here.")


class UnsupportedFile(Problem):
    name, status = "unsupported-file", 415
    zh = ("暂不支持这种文件", "可发送图片、PDF、Office 文档、文本、音频和视频。您的消息没有丢失。")
    en = (
        "This kind of file cannot be sent",
        "Images, PDF, Office documents, text, audio and video work. Your message is still here.",
    )


class TooMany(Problem):
    """`retry_after` in seconds."""

    name, status = "too-many", 429
    zh = ("操作太频繁", "请等 {retry_after} 秒再试，已发送的内容都已保存。")
    en = ("That was a lot at once", "Please wait {retry_after} s and try again. Everything sent so far is stored.")


class Unavailable(Problem):
    name, status = "unavailable", 503
    zh = ("服务暂时无法完成这一步", "没有保存这次操作，请稍后重试；您写的内容仍在页面上。")
    en = ("We cannot do this just now", "This step was not stored. Try again in a moment; what you wrote is still on the page.")


class NoRoom(Problem):
    name, status = "no-room", 507
    zh = ("文件暂时存不下", "服务器存储空间不足，文件没有保存，文字消息不受影响。请稍后再发。")
    en = (
        "There is no room for files right now",
        "The server's storage is full, so the file was not kept. Text messages still work.",
    )
