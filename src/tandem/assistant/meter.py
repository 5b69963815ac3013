"""What the language model costs: tokens and money by day and model, the budget of a day, and the fair share of it for each colleague."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from tandem.assistant import store
from tandem.infra.db import Database
from tandem.kit.clock import Clock

COLLEAGUES = 0.5
"""The part of a day's budget that colleagues may use up together, for translations and suggestions. The rest is customers' alone."""
ONE_COLLEAGUE = 0.1
"""The part that one colleague may use up."""


class Prices(Struct, frozen=True):
    """Per million tokens, in the currency of the contract. `daily_tokens` and `daily_cost` are limits; 0 is none."""

    input: float = 0.0
    output: float = 0.0
    daily_tokens: int = 0
    daily_cost: float = 0.0

    def cost(self, input_tokens: int, output_tokens: int) -> float:
        return (input_tokens * self.input + output_tokens * self.output) / 1_000_000

    def used_up(self, spent: Iterable["Spent"], part: float = 1.0) -> bool:
        """Whether this part of a day's budget is."""
        some = list(spent)
        tokens, cost = sum(it.tokens for it in some), sum(it.cost for it in some)
        return (0 < self.daily_tokens * part <= tokens) or (0 < self.daily_cost * part <= cost)


class Spent(Struct, frozen=True):
    tokens: int = 0
    cost: float = 0.0

    def and_(self, tokens: int, cost: float) -> "Spent":
        return Spent(self.tokens + tokens, self.cost + cost)


class Meter:
    """Counts in memory and stores every few seconds, so that no turn waits for it. Several processes share one budget: each hears
    at every `flush` what the others have spent, so a limit is overstepped by at most those seconds."""

    def __init__(self, clock: Clock, prices: Prices) -> None:
        self._clock = clock
        self._prices = prices
        self._unstored: dict[tuple[date, str], store.ModelUse] = {}
        self._unstored_of: dict[tuple[date, UUID], Spent] = {}
        self._day = clock.now().date()
        self._spent = Spent()
        self._spent_by: dict[UUID, Spent] = {}

    def exhausted(self, colleague: UUID | None = None) -> bool:
        """Whether today's budget is used up: then customers are answered without the model. For a `colleague` also whether his share or that
        of all colleagues is."""
        self._turn_the_page()
        if self._prices.used_up([self._spent]):
            return True
        if colleague is None:
            return False
        own = self._spent_by.get(colleague, Spent())
        return self._prices.used_up([own], ONE_COLLEAGUE) or self._prices.used_up(self._spent_by.values(), COLLEAGUES)

    def left(self) -> Prices:
        """The same prices with what is left of today's budget as the limit, at least a token or a hundredth."""
        self._turn_the_page()
        it = self._prices
        return replace(
            it,
            daily_tokens=max(1, it.daily_tokens - self._spent.tokens) if it.daily_tokens else 0,
            daily_cost=max(0.01, it.daily_cost - self._spent.cost) if it.daily_cost else 0.0,
        )

    def note(
        self, model: str, *, input_tokens: int = 0, output_tokens: int = 0, calls: int = 1, failed: int = 0, cached: int = 0,
        colleague: UUID | None = None,
    ) -> None:  # fmt: skip
        """`colleague`: for whom it was, if not for a customer."""
        self._turn_the_page()
        cost, tokens = self._prices.cost(input_tokens, output_tokens), input_tokens + output_tokens
        self._spent = self._spent.and_(tokens, cost)
        now = self._unstored.get((self._day, model)) or store.ModelUse(self._day, model)
        self._unstored[self._day, model] = replace(
            now, calls=now.calls + calls, failed=now.failed + failed, cached=now.cached + cached,
            input_tokens=now.input_tokens + input_tokens, output_tokens=now.output_tokens + output_tokens, cost=now.cost + cost,
        )  # fmt: skip
        if colleague is not None and tokens:
            self._spent_by[colleague] = self._spent_by.get(colleague, Spent()).and_(tokens, cost)
            key = self._day, colleague
            self._unstored_of[key] = self._unstored_of.get(key, Spent()).and_(tokens, cost)

    async def flush(self, db: Database) -> None:
        """Store what was counted, and take over what all processes together have spent today."""
        waiting, self._unstored = list(self._unstored.values()), {}
        of_colleagues, self._unstored_of = self._unstored_of, {}
        if waiting or of_colleagues:
            async with db.write() as tx:
                for use in waiting:
                    await store.add_model_use(tx.db, use)
                for (day, colleague), spent in of_colleagues.items():
                    await store.add_colleagues_use(tx.db, store.ColleaguesUse(day, colleague, spent.tokens, spent.cost))
        day = self._clock.now().date()
        async with db.read() as connection:
            today, theirs = await store.model_use(connection, day), await store.colleagues_use(connection, day)
        self._turn_the_page()
        everything = (*today, *self._unstored.values())
        self._spent = Spent(sum(it.input_tokens + it.output_tokens for it in everything), sum(it.cost for it in everything))
        self._spent_by = {it.colleague: Spent(it.tokens, it.cost) for it in theirs}
        for (_, colleague), spent in self._unstored_of.items():
            self._spent_by[colleague] = self._spent_by.get(colleague, Spent()).and_(spent.tokens, spent.cost)

    def _turn_the_page(self) -> None:
        today = self._clock.now().date()
        if today != self._day:
            self._day, self._spent, self._spent_by = today, Spent(), {}
