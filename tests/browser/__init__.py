"""What a visitor and an agent see, in a real Chromium against a real demo."""

import sys
from pathlib import Path

# pytest puts `tests` on the path by pyproject.toml; `python -m tests.browser.shots` comes here without it.
_TESTS = str(Path(__file__).parent.parent)
if _TESTS not in sys.path:
    sys.path.append(_TESTS)
