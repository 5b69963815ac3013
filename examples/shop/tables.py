"""Reads the shop's data files: `|` between columns, `;` between the parts of a list."""

import csv
from pathlib import Path

HERE = Path(__file__).parent


def rows(name: str) -> list[dict[str, str]]:
    """The rows of `data/<name>.csv` by column name."""
    with (HERE / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="|", quoting=csv.QUOTE_NONE))


def parts(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split(";") if part)
