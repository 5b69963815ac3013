"""Firefox and WebKit (the engine of Safari), driven by the standard protocols that they speak themselves: WebDriver BiDi and WebDriver.

Playwright drives builds of its own of both; these are the ones that people have. What they cannot be asked for over those protocols,
such as an element by its role inside of a shadow root, is asked for by a script in the page.
"""

import asyncio
import base64
import json
import os
import shutil
from abc import ABC, abstractmethod
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Callable
from glob import glob
from itertools import count
from pathlib import Path
from typing import Any, Literal

import httpx
from websockets.asyncio.client import ClientConnection, connect

from browser.demo import free_port
from world.waiting import eventually

Json = dict[str, Any]
Name = Literal["firefox", "webkit"]
ENTER = "\ue007"
_MINI_BROWSER = "/usr/lib/*/webkit2gtk-4.*/MiniBrowser"

# The last visible element of a role whose name begins so (spaces left out), or that contains these words: the newest.
_FIND = """((role, name) => {
  const ROLES = {
    button: "button,[role=button]", textbox: "textarea,input:not([type=hidden],[type=file])", link: "a[href]",
    dialog: "[role=dialog]", log: "[role=log]", status: "[role=status]", tab: "[role=tab]", any: "*",
  };
  const roots = [document, ...[...document.querySelectorAll("tandem-widget")].map((host) => host.shadowRoot)];
  const nameOf = (it) => (it.ariaLabel ?? it.labels?.[0]?.textContent ?? it.placeholder ?? it.textContent).trim();
  const found = roots.flatMap((root) => [...root.querySelectorAll(ROLES[role])])
    .filter((it) => it.checkVisibility() && (role === "any" ? it.textContent.includes(name) : nameOf(it).replace(/\\s+/g, "").startsWith(name)));
  return found.at(-1);
})"""
_WHERE = """(() => {
  const it = %s; if (!it || it.disabled) return null;
  it.scrollIntoView({ block: "center", behavior: "instant" });
  const { x, y, width, height } = it.getBoundingClientRect();
  return [x + width / 2, y + height / 2];
})()"""


class Window(ABC):
    """A window of its own, with storage of its own, as somebody uses it."""

    @abstractmethod
    async def goes(self, url: str) -> None: ...

    @abstractmethod
    async def runs(self, expression: str) -> Any:
        """What a script in the page is worth, by way of JSON."""

    @abstractmethod
    async def acts(self, *sources: Json) -> None:
        """Input as the protocols describe it: what `pointer` and `key` sources do."""

    @abstractmethod
    async def looks(self) -> bytes:
        """A picture of the page, as PNG."""

    @abstractmethod
    async def resizes(self, width: int, height: int) -> None: ...

    async def clicks(self, role: str, name: str, within: float = 20) -> None:
        where = await eventually(lambda: self.runs(_WHERE % f"{_FIND}({json.dumps(role)}, {json.dumps(name)})"), seconds=within)
        assert where is not None, f"no {role} {name}"
        x, y = round(where[0]), round(where[1])
        steps = [{"type": "pointerMove", "x": x, "y": y}, {"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}]
        await self.acts({"type": "pointer", "id": "mouse", "actions": steps})

    async def types(self, text: str) -> None:
        keys = [{"type": kind, "value": key} for key in text for kind in ("keyDown", "keyUp")]
        await self.acts({"type": "key", "id": "keyboard", "actions": keys})

    async def writes(self, box: str, text: str) -> None:
        """Into the field of that name, and sends it."""
        await self.clicks("textbox", box)
        await self.types(text + ENTER)

    async def sees(self, text: str, within: float = 20) -> None:
        async def there() -> bool:
            return bool(await self.runs(f"!!{_FIND}('any', {json.dumps(text)})"))

        try:
            await eventually(there, seconds=within)
        except AssertionError as late:
            raise AssertionError(f"not seen: {text}") from late


class Browser(ABC):
    @abstractmethod
    async def window(self) -> Window: ...

    @abstractmethod
    async def stop(self) -> None: ...


def missing(name: Name) -> str:
    """What keeps it from running here; empty when nothing does."""
    if name == "firefox":
        return "" if _firefox() else "no Firefox: apt install firefox-esr"
    if not (shutil.which("WebKitWebDriver") and glob(_MINI_BROWSER)):
        return "no WebKit: apt install webkit2gtk-driver"
    return "" if os.environ.get("DISPLAY") or shutil.which("Xvfb") else "no screen for WebKit: apt install xvfb"


async def start(name: Name, folder: Path) -> Browser:
    return await (Firefox.start(folder) if name == "firefox" else WebKit.start())


def _firefox() -> str | None:
    return shutil.which("firefox-esr") or shutil.which("firefox")


async def _end(process: Process) -> None:
    if process.returncode is None:
        process.terminate()
        await process.wait()


class Firefox(Browser):
    """One process; a user context for each window keeps their storage apart."""

    def __init__(self, process: Process, socket: ClientConnection) -> None:
        self._process = process
        self._socket = socket
        self._numbers = count(1)

    @classmethod
    async def start(cls, folder: Path) -> "Firefox":
        command = [str(_firefox()), "--headless", "--no-remote", "--profile", str(folder), "--remote-debugging-port", "0"]
        process = await asyncio.create_subprocess_exec(*command, stdout=DEVNULL, stderr=DEVNULL)
        told = folder / "WebDriverBiDiServer.json"

        async def address() -> str:
            where = json.loads(told.read_text() or "{}") if told.exists() else {}
            return f"ws://{where['ws_host']}:{where['ws_port']}/session" if where else ""

        socket = await connect(await eventually(address, seconds=40), max_size=None, proxy=None)
        browser = cls(process, socket)
        await browser.asks("session.new", capabilities={})
        return browser

    async def asks(self, method: str, **params: Any) -> Json:
        """One at a time: what comes in between are events that nobody asked for."""
        number = next(self._numbers)
        await self._socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while (answer := json.loads(await self._socket.recv())).get("id") != number:
            pass
        assert answer["type"] == "success", answer
        result: Json = answer["result"]
        return result

    async def window(self) -> "FirefoxWindow":
        user = (await self.asks("browser.createUserContext"))["userContext"]
        tab = (await self.asks("browsingContext.create", type="window", userContext=user))["context"]
        return FirefoxWindow(self.asks, tab)

    async def stop(self) -> None:
        await self._socket.close()
        await _end(self._process)


class FirefoxWindow(Window):
    def __init__(self, asks: Callable[..., Any], tab: str) -> None:
        self._asks = asks
        self._tab = tab

    async def goes(self, url: str) -> None:
        await self._asks("browsingContext.navigate", context=self._tab, url=url, wait="complete")

    async def runs(self, expression: str) -> Any:
        target = {"context": self._tab}
        found = await self._asks(
            "script.evaluate", expression=f"JSON.stringify(({expression}) ?? null)", target=target, awaitPromise=True
        )
        assert found["type"] == "success", found
        return json.loads(found["result"]["value"])

    async def acts(self, *sources: Json) -> None:
        await self._asks("input.performActions", context=self._tab, actions=list(sources))

    async def looks(self) -> bytes:
        return base64.b64decode((await self._asks("browsingContext.captureScreenshot", context=self._tab))["data"])

    async def resizes(self, width: int, height: int) -> None:
        await self._asks("browsingContext.setViewport", context=self._tab, viewport={"width": width, "height": height})


class WebKit(Browser):
    """A driver has one session: each window has a driver of its own. All are on one screen, which nobody sees."""

    def __init__(self, screen: Process | None, display: str) -> None:
        self._display = display
        self._processes = [screen] if screen else []
        self._windows: list[WebKitWindow] = []

    @classmethod
    async def start(cls) -> "WebKit":
        if display := os.environ.get("DISPLAY"):
            return cls(None, display)
        command = ["Xvfb", "-displayfd", "1", "-screen", "0", "1600x1200x24", "-nolisten", "tcp"]
        screen = await asyncio.create_subprocess_exec(*command, stdout=PIPE, stderr=DEVNULL)
        assert screen.stdout is not None
        return cls(screen, f":{(await screen.stdout.readline()).decode().strip()}")

    async def window(self) -> "WebKitWindow":
        port = free_port()
        # Its sandbox needs rights that a container does not give.
        environment = os.environ | {"DISPLAY": self._display, "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1", "GDK_BACKEND": "x11"}
        driver = await asyncio.create_subprocess_exec(
            "WebKitWebDriver", f"--port={port}", env=environment, stdout=DEVNULL, stderr=DEVNULL
        )
        self._processes.append(driver)
        window = await WebKitWindow.open(httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=60))
        self._windows.append(window)
        return window

    async def stop(self) -> None:
        for window in self._windows:
            await window.close()
        for process in reversed(self._processes):
            await _end(process)


class WebKitWindow(Window):
    def __init__(self, http: httpx.AsyncClient, session: str) -> None:
        self._http = http
        self._session = session

    @classmethod
    async def open(cls, http: httpx.AsyncClient) -> "WebKitWindow":
        async def is_up() -> bool:
            try:
                return (await http.get("/status")).status_code == 200
            except httpx.TransportError:
                return False

        await eventually(is_up, seconds=20)
        options = {"binary": glob(_MINI_BROWSER)[-1], "args": ["--automation"]}
        capabilities = {"alwaysMatch": {"webkitgtk:browserOptions": options}}
        answer = await http.post("/session", json={"capabilities": capabilities})
        assert answer.status_code == 200, answer.text
        return cls(http, answer.json()["value"]["sessionId"])

    async def _asks(self, path: str, body: Json | None = None) -> Any:
        answer = await self._http.request("GET" if body is None else "POST", f"/session/{self._session}/{path}", json=body)
        assert answer.status_code == 200, answer.text
        return answer.json()["value"]

    async def goes(self, url: str) -> None:
        await self._asks("url", {"url": url})

    async def runs(self, expression: str) -> Any:
        return json.loads(
            await self._asks("execute/sync", {"script": f"return JSON.stringify(({expression}) ?? null)", "args": []})
        )

    async def acts(self, *sources: Json) -> None:
        await self._asks("actions", {"actions": list(sources)})

    async def looks(self) -> bytes:
        return base64.b64decode(await self._asks("screenshot"))

    async def resizes(self, width: int, height: int) -> None:
        await self._asks("window/rect", {"width": width, "height": height})

    async def close(self) -> None:
        await self._http.delete(f"/session/{self._session}")
        await self._http.aclose()
