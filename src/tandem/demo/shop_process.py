"""The demo shop in a process of its own, which ends with the one that started it, however that one ended."""

import importlib
import os
import sys
import threading
from pathlib import Path


class ShopFailed(Exception):
    """The demo shop did not come up."""


_CHECKOUT = Path(__file__).parents[3]


def _end_with_parent() -> None:
    sys.stdin.buffer.read()  # returns when the parent's end of the pipe is gone, also after kill -9
    os._exit(0)


def main() -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    name = "tandem.demo.shop.__main__"
    if (_CHECKOUT / "examples" / "shop").is_dir():
        # By its place: the folder that the demo is started in may be any, and may have `examples` of its own.
        sys.path.insert(0, str(_CHECKOUT))
        name = "examples.shop.__main__"
    importlib.import_module(name).main()


if __name__ == "__main__":
    main()
