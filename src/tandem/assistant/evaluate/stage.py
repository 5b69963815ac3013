"""What golden conversations are played on: the knowledge, and a business system in which anything may be done."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager

import httpx
import msgspec
from msgspec import Struct

from tandem.assistant.evaluate.modelled import JudgedModel, judged_model
from tandem.assistant.evaluate.searching import NO_MINDS, Minds, understanding
from tandem.assistant.respond import Assistant
from tandem.assistant.skills.shop import LARGEST, Shop
from tandem.infra.outside import trusted
from tandem.knowledge.meaning.semantic import SemanticIndex
from tandem.knowledge.model import Article
from tandem.knowledge.search import Index

_HAS_NONE = (401, 403, 404, 405)


class StageFailed(Exception):
    """The business system for trials does not answer as it should. The message says how."""


class _Begun(Struct, frozen=True):
    known: dict[str, str] = {}


@asynccontextmanager
async def staged(articles: Sequence[Article], url: str = "", key: str = "", minds: Minds = NO_MINDS) -> AsyncIterator["Stage"]:
    """A stage with all that is set. Raises `EncoderSilent`."""
    async with AsyncExitStack() as stack:
        model = await stack.enter_async_context(judged_model(minds))
        stage = Stage(await understanding(articles, minds.encoder, stack), url, key, model)
        stack.push_async_callback(stage.close)
        yield stage


class Stage:
    """`url`: the address of the business system for trials, empty if there is none. It may offer `POST {url}/api/trial`, which puts
    everything back to its beginning and names what there is to try with; without it, what one conversation changed stays so for
    the next. Close it when done."""

    def __init__(self, knows: Index | SemanticIndex, url: str = "", key: str = "", model: JudgedModel | None = None) -> None:
        self.model = model
        self._knows = knows
        self._url = url.rstrip("/")
        self._shop = Shop(f"{self._url}/api", key) if url else None
        self._http = httpx.AsyncClient(headers={"Authorization": f"Bearer {key}"}, timeout=10.0, trust_env=False, verify=trusted())

    async def close(self) -> None:
        await self._http.aclose()
        if self._shop:
            await self._shop.close()

    async def begin(self) -> Mapping[str, str]:
        """Everything as at the beginning; what `{name}` stands for. Raises `StageFailed`."""
        if self.model:
            self.model.begin()
        if not self._url:
            return {}
        try:
            answer = await self._http.post(f"{self._url}/api/trial")
            if answer.status_code in _HAS_NONE:
                return {}
            if answer.status_code != 200 or len(answer.content) > LARGEST:
                raise StageFailed(f"the business system for trials answered with HTTP {answer.status_code}")
            return msgspec.json.decode(answer.content, type=_Begun).known
        except (httpx.HTTPError, msgspec.DecodeError) as error:
            raise StageFailed(f"the business system for trials does not answer: {type(error).__name__}") from None

    def assistant(self) -> Assistant:
        return Assistant(self._knows, self._shop, self.model)

    async def state(self, order: str, digits: str) -> str | None:
        """How an order stands; None if it cannot be seen."""
        if self._shop is None:
            return None
        return found.state if (found := (await self._shop.order(order, "en", phone=digits)).found) else None
