"""Judge triage on labelled dialogues: `python tests/assistant/judge_handoff.py FILE.jsonl [--errors]`, one JSON object out.

It reads through the same triage that serves customers. A line: {lang, turns: [{who, text}], handoff, reason, explicit,
emotion}.
"""

import json
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any
from uuid import UUID

from tandem.assistant.model import Context, Customer, Memory
from tandem.assistant.triage.model import Triage
from tandem.assistant.triage.read import triage
from tandem.timeline.model import Author, AuthorKind, Entry, Message

CRITICAL = {"safety", "distress", "fraud_or_security", "legal_medical_finance_advice"}
NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
NOBODY = UUID(int=0)


def context_of(dialogue: dict[str, Any]) -> Context:
    entries = [_entry(i, turn["who"], turn["text"]) for i, turn in enumerate(dialogue["turns"], start=1)]
    start = len(entries)
    while start and entries[start - 1].by.kind == "customer":
        start -= 1
    customer = Customer(NOBODY, "", "zh-CN" if dialogue["lang"] == "zh" else "en")
    return Context(NOBODY, customer, None, tuple(entries[:start]), tuple(entries[start:]), Memory(), NOW)


def _entry(seq: int, who: str, text: str) -> Entry:
    kind: AuthorKind = "customer" if who == "customer" else "assistant"
    return Entry(NOBODY, seq, NOBODY, NOW, Author(kind), False, None, Message(text))


def judge(dialogues: list[dict[str, Any]], *, errors: bool = False) -> dict[str, float]:
    read: list[tuple[dict[str, Any], Triage, float]] = []
    for dialogue in dialogues:
        context = context_of(dialogue)
        started = perf_counter()
        read.append((dialogue, triage(context), (perf_counter() - started) * 1000))
    if errors:
        _print_errors(read)
    positive = [(d, t) for d, t, _ in read if d["handoff"]]
    negative = [t for d, t, _ in read if not d["handoff"]]
    caught = [(d, t) for d, t in positive if t.reason]
    times = sorted(ms for _, _, ms in read)
    return {
        "dialogues": len(read),
        "precision": _share(len(caught), len(caught) + sum(t.reason is not None for t in negative)),
        "recall": _share(len(caught), len(positive)),
        "explicit_recall": _share(sum(t.wish for d, t in positive if d["explicit"]), sum(d["explicit"] for d, _ in positive)),
        "explicit_false": sum(t.wish for d, t, _ in read if not d["explicit"]),
        "critical_recall": _share(
            sum(t.reason is not None for d, t in positive if d["reason"] in CRITICAL),
            sum(d["reason"] in CRITICAL for d, _ in positive),
        ),
        "false_handoff_rate": _share(sum(t.reason is not None for t in negative), len(negative)),
        "reason_accuracy": _share(sum(d["reason"] == t.reason for d, t in caught), len(caught)),
        "emotion_accuracy": _share(sum(d["emotion"] == t.emotion for d, t, _ in read), len(read)),
        "ms_p50": round(times[len(times) // 2], 3),
        "ms_p99": round(times[int(len(times) * 0.99)], 3),
    }


def _share(part: float, whole: float) -> float:
    return round(part / whole, 4) if whole else 0.0


def _print_errors(read: list[tuple[dict[str, Any], Triage, float]]) -> None:
    by_reason: Counter[str] = Counter()
    for dialogue, seen, _ in read:
        if (seen.reason is not None) != dialogue["handoff"] or seen.wish != dialogue["explicit"]:
            by_reason[str(dialogue["reason"])] += 1
            signs = [(s.points_to, s.weight, s.words) for s in seen.signs]
            print(dialogue["id"], dialogue["reason"], "→", seen.reason, signs, "|", dialogue["turns"][-1]["text"], file=sys.stderr)
    print(by_reason, file=sys.stderr)


if __name__ == "__main__":
    lines = [json.loads(line) for line in Path(sys.argv[1]).read_text("utf-8").splitlines() if line.strip()]
    print(json.dumps(judge(lines, errors="--errors" in sys.argv)))
