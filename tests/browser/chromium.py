"""Finding a Chromium on this machine."""

import os
import shutil

ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--disable-quic",
]  # fmt: skip
WITHOUT_WINDOWS = "chromium-headless-shell"
_NAMES = (WITHOUT_WINDOWS, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find() -> str | None:
    """TANDEM_CHROMIUM, or the first browser by one of the usual names: best the one without windows, which takes half the time."""
    named = os.environ.get("TANDEM_CHROMIUM")
    return named or next((path for name in _NAMES if (path := shutil.which(name))), None)
