"""What the language model costs: tokens and money by day and model, and the budget of a day."""

from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from tandem.assistant import store
from tandem.infra.db import Database
from tandem.kit.clock import Clock


class Prices(Struct, frozen=True):
    """Per million tokens, in the currency of the contract. `daily_tokens` and `daily_cost` are limits; 0 is none."""

    input: float = 0.0
    output: float = 0.0
    daily_tokens: int = 0
    daily_cost: float = 0.0

    def cost(self, input_tokens: int, output_tokens: int) -> float:
        return (input_tokens * self.input + output_tokens * self.output) / 1_000_000


class Meter:
    """Counts in memory and stores every few seconds, so that no turn waits for it. Several processes share one budget: each hears
    at every `flush` what the others have spent, so a limit is overstepped by at most those seconds."""

    def __init__(self, clock: Clock, prices: Prices) -> None:
        self._clock = clock
        self._prices = prices
        self._unstored: dict[tuple[date, str], store.ModelUse] = {}
        self._day = clock.now().date()
        self._spent_tokens, self._spent_cost = 0, 0.0

    def exhausted(self) -> bool:
        """Whether today's budget is used up: then customers are answered without the model."""
        self._turn_the_page()
        tokens, cost = self._prices.daily_tokens, self._prices.daily_cost
        return (0 < tokens <= self._spent_tokens) or (0 < cost <= self._spent_cost)

    def note(
        self, model: str, *, input_tokens: int = 0, output_tokens: int = 0, failed: bool = False, cached: bool = False
    ) -> None:
        self._turn_the_page()
        cost = self._prices.cost(input_tokens, output_tokens)
        self._spent_tokens += input_tokens + output_tokens
        self._spent_cost += cost
        now = self._unstored.get((self._day, model)) or store.ModelUse(self._day, model)
        self._unstored[self._day, model] = replace(
            now, calls=now.calls + 1, failed=now.failed + failed, cached=now.cached + cached,
            input_tokens=now.input_tokens + input_tokens, output_tokens=now.output_tokens + output_tokens, cost=now.cost + cost,
        )  # fmt: skip

    async def flush(self, db: Database) -> None:
        """Store what was counted, and take over what all processes together have spent today."""
        waiting, self._unstored = list(self._unstored.values()), {}
        if waiting:
            async with db.write() as tx:
                for use in waiting:
                    await store.add_model_use(tx.db, use)
        async with db.read() as connection:
            today = await store.model_use(connection, self._clock.now().date())
        self._turn_the_page()
        unstored = self._unstored.values()
        self._spent_tokens = sum(it.input_tokens + it.output_tokens for it in (*today, *unstored))
        self._spent_cost = sum(it.cost for it in (*today, *unstored))

    def _turn_the_page(self) -> None:
        today = self._clock.now().date()
        if today != self._day:
            self._day, self._spent_tokens, self._spent_cost = today, 0, 0.0
