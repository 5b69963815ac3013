"""What is wrong with a file that was given to be judged on."""

from pathlib import Path


class Unreadable(Exception):
    """Says the file, the line (from 1) and the reason."""

    def __init__(self, path: Path, line: int, reason: str) -> None:
        super().__init__(f"{path}:{line}: {reason}")
        self.path, self.line, self.reason = path, line, reason
