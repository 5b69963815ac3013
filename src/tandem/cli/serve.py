"""Running the server: signals, the port, and stopping everything in order."""

import asyncio
import contextlib
import gc
import signal
import socket
from collections.abc import Iterator

import structlog
import uvicorn

from tandem.api.pages import home
from tandem.app import Application, application, database, prepare
from tandem.infra.settings import Settings

log = structlog.get_logger()


class PortTaken(Exception):
    """Something else answers at the port. The message says which and what to do."""


def bound(settings: Settings) -> socket.socket:
    """The listening socket, taken before anything else is started. Raises `PortTaken`."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((settings.host, settings.port))
    except (OSError, OverflowError) as error:
        listening.close()
        why = error.strerror if isinstance(error, OSError) else str(error)
        raise PortTaken(f"cannot listen on {settings.host}:{settings.port} ({why}); stop what uses it or set TANDEM_PORT") from None
    listening.listen(2048)
    listening.setblocking(False)
    return listening


async def serve(settings: Settings, listening: socket.socket, *, works: bool) -> None:
    """Until a signal asks to stop; then requests and jobs under way are finished and the embedded server is stopped."""
    async with database(settings) as dsn:
        await prepare(dsn)
        async with application(settings, dsn, works=works, routes=[home]) as app:
            log.info("serving", desk=f"{settings.address}/console")
            await run_http(app, listening)


async def run_http(app: Application, listening: socket.socket) -> None:
    config = uvicorn.Config(
        app.asgi, lifespan="off", loop="none", http="httptools", ws="websockets-sansio",
        # Browsers ask for compression of sockets; it would triple what each of them costs.
        ws_per_message_deflate=False, ws_max_size=64 * 1024, log_level="warning", access_log=False, server_header=False,
        timeout_graceful_shutdown=5,
    )  # fmt: skip
    # What is there by now stays; without this every full collection would walk through all of it while customers wait.
    gc.collect()
    gc.freeze()
    # Left alone, Python looks for cycles after every 700 objects, several times in each answer; nearly none is found.
    gc.set_threshold(20_000, 20, 20)
    server = _Server(config)
    await server.serve(sockets=[listening])


class _Server(uvicorn.Server):
    """Leaves the signals to us: uvicorn would raise them again after stopping, and nothing behind it could clean up."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self._asked_to_stop)
        try:
            yield
        finally:
            for number in (signal.SIGINT, signal.SIGTERM):
                loop.remove_signal_handler(number)

    def _asked_to_stop(self) -> None:
        self.should_exit = True


async def work(settings: Settings) -> None:
    """Jobs alone, until a signal asks to stop."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    async with database(settings) as dsn:
        await prepare(dsn)
        async with application(settings, dsn, serves=False):
            log.info("working")
            await stop.wait()
