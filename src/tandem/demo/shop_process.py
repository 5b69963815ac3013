"""The demo shop in a process of its own, which ends with the one that started it, however that one ended."""

import importlib
import importlib.util
import os
import sys
import threading


def _end_with_parent() -> None:
    sys.stdin.buffer.read()  # returns when the parent's end of the pipe is gone, also after kill -9
    os._exit(0)


def main() -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    name = "examples.shop.__main__" if importlib.util.find_spec("examples") else "tandem.demo.shop.__main__"
    importlib.import_module(name).main()


if __name__ == "__main__":
    main()
