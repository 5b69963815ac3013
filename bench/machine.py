"""The machine under measurement: its cores, and what processes cost in CPU time and memory."""

import os
import platform
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")


def cores() -> tuple[int, int]:
    """The core for what is measured and the core for what measures; the same one twice where there is only one."""
    usable = sorted(os.sched_getaffinity(0))
    return usable[0], usable[-1]


@contextmanager
def on_core(core: int | None) -> Iterator[None]:
    """Processes that are started inside stay on this core, and so does what they start. None: wherever there is time."""
    if core is None:
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def allow_many_files(count: int) -> None:
    """Raises `ValueError` when the system allows fewer; processes started afterwards may open as many."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (count, max(count, hard)))


def cpu_seconds(pid: int) -> float:
    """User and system time of one process with all its threads; 0 for one that is gone."""
    times = _stat(pid)[11:13]
    return sum(map(int, times)) / _TICKS


def cpu_seconds_with_children(pid: int) -> float:
    """Of a process, of its living children, and of those that have ended and were waited for."""
    own = sum(map(int, _stat(pid)[11:15])) / _TICKS
    return own + sum(cpu_seconds(child) for child in _children(pid))


def resident_kib(pid: int) -> int:
    """Memory that a process holds in RAM."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * _PAGE // 1024


def description() -> str:
    """Processor, cores, memory, system and Python, in a line."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    model = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())
    memory = os.sysconf("SC_PHYS_PAGES") * _PAGE / 2**30
    return f"{model}, {os.cpu_count()} cores, {memory:.0f} GiB, Linux {platform.release()}, Python {platform.python_version()}"


def load() -> float:
    """The load average of the last minute: above the number of cores, others were at work too."""
    return os.getloadavg()[0]


def _stat(pid: int) -> list[str]:
    """The fields of proc_pid_stat(5) after the command, which may itself hold spaces: field 3 comes first."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ["0"] * 50
    return text.rpartition(")")[2].split()


def _children(pid: int) -> list[int]:
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and _stat(int(entry.name))[1] == str(pid):
            found.append(int(entry.name))
    return found
