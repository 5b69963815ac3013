"""Sentences in data that are written to be obeyed by a model. They are taken out of what a model is given to rest on; nothing that it
says can then appeal to them. A second line of defence: the first is that a model can do nothing without the customer's yes."""

import re

_SENTENCE = re.compile(r"[^.!?。！？\n]*(?:[.!?。！？\n]+|$)")
_ORDERS = re.compile(
    r"(?i)\b(?:ignore|disregard|forget|override|bypass)\b.{0,30}\b(?:rules?|instructions?|prompts?|guidelines|above|previous|sources|policy)\b|"
    r"\b(?:system|assistant|developer)\s*(?:prompt|message)?\s*:|<\s*/?\s*(?:system|instructions?|prompt)\s*>|\byou are now\b|\bact as\b|"
    r"\bnew instructions?\b|\b(?:tell|inform) the (?:customer|user) (?:that|to)\b|\bcall (?:the )?[a-z_]+ (?:now|immediately|tool|skill|function)\b|"
    r"(?:忽略|无视|忘记|不要理会|绕过).{0,12}(?:指令|规则|要求|提示|设定|以上|之前|前面)|(?:系统|开发者)(?:提示|指令|消息)?\s*[:：]|"
    r"你现在(?:是|扮演)|(?:请)?(?:告诉|通知|回复)(?:客户|用户)(?:说)?|(?:立即|马上)?调用.{0,12}(?:工具|技能|接口|函数)"
)


def without_orders(text: str) -> str:
    """The text without the sentences that give orders to whoever reads it."""
    return "".join(sentence for sentence in _SENTENCE.findall(text) if not _ORDERS.search(sentence)).strip()
