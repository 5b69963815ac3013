"""Rules of triage as administrators edit them."""

from litestar import get, post, put
from msgspec import Struct

from tandem.access.model import User
from tandem.assistant.rules import act
from tandem.assistant.rules.act import TriageRules
from tandem.assistant.rules.model import Rules, RulesVersion, RulesView, Tried
from tandem.infra.db import Database
from tandem.kit.clock import Clock


class SetRules(Struct, frozen=True, forbid_unknown_fields=True):
    """`version` is the one the caller changed."""

    rules: Rules
    version: int
    note: str = ""


class OlderRules(Struct, frozen=True, forbid_unknown_fields=True):
    version: int


class TryRules(Struct, frozen=True, forbid_unknown_fields=True):
    rules: Rules
    cursor: str | None = None


@get("/api/triage/rules", permission="assistant:manage")
async def triage_rules_now(db: Database) -> RulesView:
    async with db.read() as connection:
        return await act.view(connection)


@put("/api/triage/rules", permission="assistant:manage")
async def set_triage_rules(data: SetRules, who: User, db: Database, triage_rules: TriageRules, clock: Clock) -> RulesVersion:
    async with db.write() as tx:
        return await triage_rules.set(tx, who, data.rules, data.note, data.version, clock.now())


@post("/api/triage/rules/restore", permission="assistant:manage", status_code=200)
async def restore_triage_rules(data: OlderRules, who: User, db: Database, triage_rules: TriageRules, clock: Clock) -> RulesVersion:
    async with db.write() as tx:
        return await triage_rules.restore(tx, who, data.version, clock.now())


@post("/api/triage/rules/try", permission="assistant:manage", status_code=200)
async def try_triage_rules(data: TryRules, db: Database, clock: Clock) -> Tried:
    """One page of the last conversations; go on with `next` until it is null or enough were read."""
    async with db.read() as connection:
        return await act.tried(connection, data.rules, data.cursor, clock.now())


ROUTES = [triage_rules_now, set_triage_rules, restore_triage_rules, try_triage_rules]
