"""Every SQL statement of a source file, read from its syntax tree: what is never called is found too."""

import ast
from dataclasses import dataclass
from itertools import product
from pathlib import Path

_METHODS = {"fetch", "fetchrow", "fetchval", "execute", "executemany"}
_FUNCTIONS = {"many": 2, "one": 2, "sure": 2, "put_entries": 1}  # where the statement stands among the arguments
_SOURCE = Path(__file__).parents[2] / "src"


class Unreadable(Exception):
    """A statement that is put together in a way that reading alone cannot follow."""


@dataclass(frozen=True)
class Statement:
    path: Path
    function: str
    line: int
    sql: str
    doc: str

    def __str__(self) -> str:
        return f"{self.path.parent.name}/{self.path.name}:{self.line} {self.function}"


def statements_of(path: Path) -> list[Statement]:
    """Raises `Unreadable`."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    constants = _constants(tree)
    passing = _passing(tree)
    found = []
    for function in ast.walk(tree):
        if isinstance(function, ast.AsyncFunctionDef) and function.name not in passing:
            for call in ast.walk(function):
                if isinstance(call, ast.Call) and (node := _statement_in(call, passing)) is not None:
                    try:
                        folded = _folded(node, constants)
                    except KeyError as unknown:
                        raise Unreadable(f"{path}:{node.lineno} {ast.unparse(node)[:80]} ({unknown})") from None
                    doc = ast.get_docstring(function) or ""
                    found += [Statement(path, function.name, node.lineno, sql, doc) for sql in folded]
    return found


def silent_functions(path: Path) -> list[str]:
    """Store functions that take a connection and neither state SQL nor call another function of their file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    own = {it.name for it in tree.body if isinstance(it, ast.AsyncFunctionDef)}
    silent = []
    for function in tree.body:
        if isinstance(function, ast.AsyncFunctionDef) and function.args.args[:1] and function.args.args[0].arg == "db":
            calls = [it for it in ast.walk(function) if isinstance(it, ast.Call)]
            speaks = any(_statement_in(it, set()) is not None for it in calls)
            passes_on = any(isinstance(it.func, ast.Name) and it.func.id in own for it in calls)
            if not speaks and not passes_on:
                silent.append(function.name)
    return silent


def _passing(tree: ast.Module) -> set[str]:
    """Functions of the file that are handed a `statement` and only pass it on; it is read where they are called."""
    functions = (it for it in tree.body if isinstance(it, ast.AsyncFunctionDef))
    return {it.name for it in functions if [argument.arg for argument in it.args.args[:2]] == ["db", "statement"]}


def _statement_in(call: ast.Call, passing: set[str]) -> ast.expr | None:
    if isinstance(call.func, ast.Name) and call.func.id in passing:
        return call.args[1]
    if isinstance(call.func, ast.Attribute) and call.func.attr in _METHODS and ast.unparse(call.func.value) in ("db", "tx.db"):
        return call.args[0]
    if isinstance(call.func, ast.Name) and len(call.args) > (place := _FUNCTIONS.get(call.func.id, len(call.args))):
        return call.args[place]
    return None


def _constants(tree: ast.Module) -> dict[str, list[str]]:
    """Texts by name, imported ones too; a table of texts stands for each of its values."""
    known: dict[str, list[str]] = {}
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and (node.module or "").endswith(".store"):
            theirs = ast.parse(_SOURCE.joinpath(*(node.module or "").split(".")).with_suffix(".py").read_text(encoding="utf-8"))
            known |= {it.name: text for it in node.names if (text := _constants(theirs).get(it.name))}
        value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
        target = node.targets[0] if isinstance(node, ast.Assign) else node.target if isinstance(node, ast.AnnAssign) else None
        if isinstance(target, ast.Name) and value is not None:
            try:
                known[target.id] = _folded(value, known)
            except KeyError:
                continue
    return known


def _folded(node: ast.expr, known: dict[str, list[str]]) -> list[str]:
    """All texts that an expression can be. Raises `KeyError` for what is not known from the file alone."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.JoinedStr):
        parts = [_folded(it.value if isinstance(it, ast.FormattedValue) else it, known) for it in node.values]
        return ["".join(choice) for choice in product(*parts)]
    if isinstance(node, ast.Name):
        return known[node.id]
    if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name):
        return known[node.value.id]
    if isinstance(node, ast.Dict):
        return [text for value in node.values for text in _folded(value, known)]
    raise KeyError(ast.unparse(node)[:60])
