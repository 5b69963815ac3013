"""What a measurement says: tables of Markdown, and the section of RESULTS.md that they replace."""

import re
import statistics
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench.machine import description, load

RESULTS = Path(__file__).with_name("RESULTS.md")


@dataclass(frozen=True)
class Latencies:
    """In milliseconds."""

    p50: float
    p99: float
    worst: float


def latencies(seconds: Sequence[float]) -> Latencies:
    """Quantiles by nearest rank. `seconds` holds at least one."""
    ordered = sorted(seconds)
    p50, p99 = (ordered[min(len(ordered) - 1, int(len(ordered) * part))] * 1000 for part in (0.5, 0.99))
    return Latencies(p50, p99, ordered[-1] * 1000)


def middle(values: Sequence[float]) -> float:
    """The median of some short runs: one run can be spoilt by whatever else the machine does."""
    return statistics.median(values)


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines)


def goal(what: str, met: bool, found: str) -> str:
    return f"Goal: {what}: {'met' if met else '**missed**'} ({found})."


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
    return f"{value:,}" if isinstance(value, int) else str(value)


def section(name: str, command: str, text: str) -> str:
    """A measurement with the circumstances that it was made under."""
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False).stdout.strip()
    made = f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, commit {commit or 'unknown'}, load {load():.1f} at the end"
    return f"## {name}\n\n`{command}`  \n{description()}  \n{made}\n\n{text}\n"


def write(name: str, text: str) -> None:
    """Put the section in the place of the one with the same name, or at the end."""
    before = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else "# Results\n\nWhat each means: README.md.\n"
    pattern = re.compile(rf"^## {re.escape(name)}\n.*?(?=^## |\Z)", re.DOTALL | re.MULTILINE)
    after = pattern.sub(lambda _: text + "\n", before) if pattern.search(before) else f"{before.rstrip()}\n\n{text}"
    RESULTS.write_text(after.rstrip() + "\n", encoding="utf-8")
