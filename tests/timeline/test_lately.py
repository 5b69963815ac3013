"""What was just stored is known without reading it, and is never other than what is stored."""

from uuid import UUID

from tandem.app import Application
from tandem.timeline import store
from tandem.timeline.lately import REACH, Lately
from tandem.timeline.model import ASSISTANT, Appended, Draft, Entry, Message
from world.server import Server


async def _append(app: Application, conversation: UUID, *texts: str, heard_by: Lately | None = None) -> None:
    services = app.services
    async with services.db.write() as tx:
        held = await services.timeline.hold(tx, conversation)
        entries = await services.timeline.append(
            tx, held, *(Draft(ASSISTANT, Message(it)) for it in texts), at=services.clock.now()
        )
        if heard_by:
            await heard_by.appended(tx, Appended(held, tuple(entries)))


async def _kept_and_stored(app: Application, lately: Lately, conversation: UUID) -> tuple[list[Entry], list[Entry]]:
    async with app.services.db.read() as db:
        held = await store.look(db, conversation)
        assert held is not None
        return list(await lately.of(db, held)), await store.entries_before(db, conversation, held.last_seq + 1, REACH)


async def test_what_is_kept_is_what_is_stored_whoever_appended(idle: Server) -> None:
    customer = await idle.customer()
    await customer.says("在吗")
    conversation, lately = UUID(customer.conversation), Lately()

    for heard_by in (None, lately, lately, None, lately):
        await _append(idle.app, conversation, "一", "二", heard_by=heard_by)
        kept, stored = await _kept_and_stored(idle.app, lately, conversation)
        assert kept == stored


async def test_what_this_process_stored_is_not_read_again(idle: Server) -> None:
    customer = await idle.customer()
    await customer.says("在吗")
    conversation, lately = UUID(customer.conversation), Lately()
    await _kept_and_stored(idle.app, lately, conversation)
    await _append(idle.app, conversation, "一", heard_by=lately)
    async with idle.app.services.db.read() as db:
        held = await store.look(db, conversation)
    assert held is not None

    # The connection went back to the pool: whoever asks it anything fails.
    texts = [it.body.text for it in await lately.of(db, held) if isinstance(it.body, Message)]
    assert texts == ["在吗", "一"]


async def test_only_the_end_of_a_long_conversation_is_kept(idle: Server) -> None:
    customer = await idle.customer()
    await customer.says("在吗")
    conversation, lately = UUID(customer.conversation), Lately()
    await _kept_and_stored(idle.app, lately, conversation)
    await _append(idle.app, conversation, *map(str, range(REACH + 5)), heard_by=lately)

    kept, stored = await _kept_and_stored(idle.app, lately, conversation)
    assert (kept, len(kept)) == (stored, REACH)


async def test_the_conversation_that_was_quiet_for_longest_is_forgotten_first(idle: Server) -> None:
    lately = Lately(most=3)
    held = []
    for _ in range(3):
        customer = await idle.customer()
        await customer.says("在吗")
        conversation = UUID(customer.conversation)
        await _kept_and_stored(idle.app, lately, conversation)
        await _append(idle.app, conversation, "一", heard_by=lately)
        held.append(conversation)

    assert list(lately._kept) == held[-1:]
