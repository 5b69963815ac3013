"""The composition root: the only file that knows all rooms. It makes the pieces and says how they react to each other."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any
from uuid import UUID

import structlog
from litestar.handlers import HTTPRouteHandler

from tandem.access import store as access
from tandem.access.model import PresenceChanged
from tandem.api.gateway import Gateway
from tandem.api.http import http_app, served
from tandem.api.hub import Hub
from tandem.api.services import Services
from tandem.assistant import store as assistant_store
from tandem.assistant import turn
from tandem.assistant.compose import LanguageModel, model_settings
from tandem.assistant.conduct import Conduct, kept_up_to_date
from tandem.assistant.customer_orders import CustomerOrders
from tandem.assistant.evaluate.runs import act as judging
from tandem.assistant.idle import Idle
from tandem.assistant.meter import Meter, Prices
from tandem.assistant.promise.act import Promises, Recalibration
from tandem.assistant.respond import Assistant
from tandem.assistant.rules.act import TriageRules
from tandem.assistant.skills import over_python
from tandem.assistant.skills import store as skill_store
from tandem.assistant.skills.executor import Executor
from tandem.assistant.skills.ledger import Ledger
from tandem.assistant.skills.manage import Skills, skills_up_to_date
from tandem.assistant.skills.registry import Registry
from tandem.assistant.skills.shop import Shop
from tandem.channels import outbox
from tandem.channels.intake import Intake
from tandem.channels.model import Adapter
from tandem.channels.outbox import Outbox
from tandem.channels.webchat import WebChat
from tandem.channels.webhook import Webhook
from tandem.chat.act import Chat
from tandem.desk.act import Desk
from tandem.desk.contacts.act import Contacts
from tandem.desk.copilot.act import Companion
from tandem.desk.copilot.cases import keep_case
from tandem.desk.exceptions import act as exceptional
from tandem.desk.exceptions.act import Exceptions
from tandem.desk.exceptions.carrying import Carrying
from tandem.desk.exceptions.remedies import Remedies
from tandem.desk.loads import tell_loads
from tandem.desk.order.act import Order
from tandem.desk.supervision.act import Supervision
from tandem.desk.supervision.board import Boards
from tandem.desk.translation.routes import Translator
from tandem.desk.writing.act import Macros
from tandem.handoff.act import Handoff
from tandem.infra import jobs, postgres
from tandem.infra.alone import Alone
from tandem.infra.blobs import ERASE, Blobs, RealDisk
from tandem.infra.bus import Bus, PostgresBus
from tandem.infra.db import AWAY, Database, Tx, connect, open_pool
from tandem.infra.jobs import Enqueued, Worker
from tandem.infra.migrate import migrate
from tandem.infra.numbers import Numbers
from tandem.infra.outside import Outside
from tandem.infra.periodic import Periodic
from tandem.infra.settings import Settings, installation_secret
from tandem.kit.clock import Clock, SystemClock
from tandem.kit.crypto import Keys
from tandem.kit.errors import language_of
from tandem.knowledge.act import Knowledge
from tandem.knowledge.importing import act as documents
from tandem.knowledge.importing.act import Importing
from tandem.knowledge.importing.site import Site
from tandem.knowledge.meaning.act import Reading
from tandem.knowledge.serving import encoder_of, keep_index, load_index, load_meanings
from tandem.routing.engine.book import Book
from tandem.routing.engine.engine import Engine
from tandem.routing.queues.recommended import recommended
from tandem.timeline.act import Timeline
from tandem.timeline.lately import Lately
from tandem.timeline.model import Appended, Moved, Understood

log = structlog.get_logger()

AsgiApp = Callable[[dict[str, Any], Any, Any], Awaitable[None]]


@dataclass(frozen=True)
class Application:
    """A running Tandem. `asgi` serves HTTP and sockets; `turns` and the rest are there for tests and tools."""

    services: Services
    asgi: AsgiApp
    assistant: Assistant
    turns: turn.Turns
    outbox: Outbox
    hub: Hub


@asynccontextmanager
async def database(settings: Settings) -> AsyncIterator[str]:
    """The address of the database: the one that is set, or that of the embedded server, which runs as long as it is used."""
    if settings.database_url:
        yield settings.database_url
        return
    async with postgres.running(settings.data_dir) as dsn:
        yield dsn


async def prepare(dsn: str) -> list[str]:
    """Bring the database to this version's shape; the names of the migrations that were applied."""
    db = await connect(dsn)
    try:
        return await migrate(db)
    finally:
        await db.close()


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Database]:
    """The database for a single task of an administrator, in this version's shape."""
    async with database(settings) as dsn:
        await prepare(dsn)
        db = Database(await open_pool(dsn, size=2))
        try:
            yield db
        finally:
            await db.close()


@asynccontextmanager
async def application(
    settings: Settings, dsn: str, *, serves: bool = True, works: bool = True, clock: Clock | None = None,
    routes: Sequence[HTTPRouteHandler] = (), first: Sequence[Callable[[Application], Awaitable[None]]] = (),
) -> AsyncIterator[Application]:  # fmt: skip
    """`serves`: answers HTTP and sockets. `works`: does jobs. Both in one process unless there are many of them. `first` is done
    before either."""
    clock = clock or SystemClock()
    async with AsyncExitStack() as stack:
        db = Database(await open_pool(dsn))
        stack.push_async_callback(db.close)
        bus, numbers, keys = PostgresBus(dsn), Numbers(), Keys(installation_secret(settings))
        outside = Outside(settings.outside_allowed)
        stack.push_async_callback(outside.close)
        index = await load_index(db)
        ledger, meter = _counting(settings, db, clock, numbers, stack)
        shop, conduct = _shop(settings, stack, ledger), Conduct()
        skills = Skills(Registry(ledger), outside, keys, bus, over_python.installed())
        encoder, model = encoder_of(settings, clock, stack), _model(settings, stack, meter)
        semantic = await load_meanings(db, index, encoder) if encoder else None
        assistant = Assistant(semantic or index, shop, model, conduct=conduct, skills=skills.registry)

        timeline, remedies = Timeline(bus), Remedies(shop, skills.registry)
        handoff = Handoff(timeline, keys, language_of(settings.language), recommended)
        adapters: dict[str, Adapter] = {it.kind: it for it in (WebChat(), Webhook(outside))}
        out = Outbox(db, adapters, keys, clock, numbers)
        turns = turn.Turns(
            db, timeline, _lately(db), handoff, assistant, bus, clock, numbers, here=works, nothing_to_send=out.nothing_to_send
        )
        desk, hub = Desk(timeline, handoff, bus), Hub(db, bus, clock, numbers)
        order = Order(timeline, desk, bus)
        blobs = Blobs(settings.data_dir / "blobs", limit=settings.upload_limit, reserve=settings.storage_reserve, disk=RealDisk())
        importing = Importing(db, blobs, Site(outside), bus, keys, clock)
        services = Services(
            settings=settings, db=db, bus=bus, clock=clock, keys=keys, numbers=numbers,
            blobs=blobs, timeline=timeline, intake=Intake(db, timeline, answers_here=works), chat=Chat(db, timeline, handoff, turns, bus),
            handoff=handoff, desk=desk, order=order,
            contacts=Contacts(timeline, desk), companion=Companion(semantic or index, model), translator=Translator(model), skills=skills,
            macros=Macros(desk, order), exceptions=Exceptions(timeline, bus, remedies), remedies=remedies,
            supervision=Supervision(timeline, desk, bus), boards=Boards(db, bus),
            knowledge=Knowledge(bus, keys, index, semantic), importing=importing, promises=Promises(bus),
            evaluating=judging.Evaluating(db, blobs, bus, clock, Alone(dsn, judging.LOCK), settings, meter),
            triage_rules=TriageRules(bus), online=hub, customer_orders=CustomerOrders(shop) if shop else None, book=Book(bus, numbers),
        )  # fmt: skip

        # What follows from what, in the same transaction.
        db.on(Appended, turns.answer_customer)
        db.on(Appended, turns.read_who_waits)
        db.on(Appended, out.put)
        db.on(Moved, turns.answer_what_waits)
        _keep_book(db, services.book)
        _follow_at_the_desk(db, services, bus)
        db.on(Enqueued, _tell_workers(bus))
        work: dict[str, jobs.Work] = {
            turn.JOB: lambda subject: turns.run(UUID(subject)),
            outbox.JOB: lambda subject: out.deliver(UUID(subject)),
            documents.JOB: lambda subject: importing.run(UUID(subject)),
            judging.JOB: lambda subject: services.evaluating.run(UUID(subject)),
            ERASE: lambda subject: blobs.erase(db, subject),
            exceptional.JOB: lambda subject: Carrying(db, timeline, bus, clock, remedies, remedies.carry_out).run(UUID(subject)),
        }
        # What finds whatever fell through, each every so many seconds.
        deadline = timedelta(seconds=settings.turn_deadline)
        sweeps: dict[str, tuple[float, Callable[[], Awaitable[None]]]] = {
            "rescue": (settings.turn_deadline / 4, lambda: turns.rescue(deadline)),
            "outbox": (15, lambda: out.sweep(clock.now())),
            "snoozes": (15, lambda: order.wake_due(db, clock)),
            "exceptions": (15, lambda: services.exceptions.escalate_due(db, clock)),
            "idle": (300, Idle(db, timeline, clock).close),
            "promise": (60, Recalibration(db, services.promises, clock).run),
            "expired": (600, lambda: _forget_expired(db, clock)),
            "jobs": (60, lambda: _forget_jobs(db, clock)),
            "skill_calls": (5, lambda: ledger.flush(db)),
            "model_use": (5, lambda: meter.flush(db)),
            **({"encoder": (15, Reading(db, bus, encoder).read_new)} if encoder else {}),
        }
        bus.hear(keep_index(db, index, semantic, settings.embeddings_model))
        bus.on_gap(_all(await kept_up_to_date(conduct, db, bus), await skills_up_to_date(skills, db, bus), hub.resync))
        await bus.start()
        stack.push_async_callback(bus.stop)
        app = Application(services, _asgi(services, hub, routes), assistant, turns, out, hub)
        for act in first:
            await act(app)
        if works:
            await stack.enter_async_context(_working(dsn, bus, work, sweeps))
            await stack.enter_async_context(_matching(Engine(db, bus, timeline, clock, Random())))  # noqa: S311  # no secret in whom it asks
            stack.push_async_callback(turns.stop)
            await turns.resume()
        if serves:
            await hub.start()
            stack.push_async_callback(hub.stop)
        yield app


def _all(*acts: Callable[[], Awaitable[None]]) -> Callable[[], Awaitable[None]]:
    async def run() -> None:
        for act in acts:
            await act()

    return run


def _counting(settings: Settings, db: Database, clock: Clock, numbers: Numbers, stack: AsyncExitStack) -> tuple[Ledger, Meter]:
    """What skills and the language model are used for is stored now and then, and when the process ends."""
    ledger, meter = Ledger(clock, numbers), Meter(clock, _prices(settings))
    stack.push_async_callback(_last_counts, db, ledger.flush, meter.flush)
    return ledger, meter


async def _last_counts(db: Database, *flushes: Callable[[Database], Awaitable[None]]) -> None:
    """With the database away the counts of some seconds are lost; stopping in order is worth more."""
    for flush in flushes:
        try:
            await flush(db)
        except AWAY as error:
            log.warning("counts.not_stored", error=type(error).__name__)


def _lately(db: Database) -> Lately:
    lately = Lately()
    db.on(Appended, lately.appended)
    return lately


def _keep_book(db: Database, book: Book) -> None:
    """Who waits and who has what follows from owners, words and presence."""
    db.on(Moved, book.moved)
    db.on(Appended, book.appended)
    db.on(Understood, book.understood)
    db.on(PresenceChanged, book.presence_changed)


@asynccontextmanager
async def _matching(engine: Engine) -> AsyncIterator[None]:
    await engine.start()
    try:
        yield
    finally:
        await engine.stop()


def _follow_at_the_desk(db: Database, services: Services, bus: Bus) -> None:
    """What follows at the desk: a word wakes what was put aside, loads are told, what a person solved is kept, and what was asked
    for beyond the rules ends with its case."""
    order, exceptions, supervision = services.order, services.exceptions, services.supervision
    db.on(Appended, order.wake_on_message)
    db.on(Moved, order.forget_on_move)
    db.on(Moved, tell_loads(bus))
    db.on(Moved, keep_case)
    db.on(Moved, exceptions.close_with_case)
    db.on(Moved, supervision.forget_on_move)


def _shop(settings: Settings, stack: AsyncExitStack, ledger: Ledger) -> Shop | None:
    if not settings.shop_url:
        return None
    address, site = f"{settings.shop_url.rstrip('/')}/api", settings.shop_site or settings.shop_url
    shop = Shop(address, settings.shop_key, site=site, executor=Executor(noted=ledger.note))
    stack.push_async_callback(shop.close)
    return shop


def _prices(settings: Settings) -> Prices:
    return Prices(settings.llm_input_price, settings.llm_output_price, settings.llm_daily_tokens, settings.llm_daily_cost)


def _model(settings: Settings, stack: AsyncExitStack, meter: Meter) -> LanguageModel | None:
    chosen = model_settings(settings)
    if chosen is None:
        return None
    from tandem.assistant.llm import HostedModel  # noqa: PLC0415  # a second to load, for those who use it

    model = HostedModel(chosen, meter)
    stack.push_async_callback(model.close)
    return model


def _tell_workers(bus: Bus) -> Callable[[Tx, Enqueued], Awaitable[None]]:
    async def tell(tx: Tx, _: Enqueued) -> None:
        tx.after(lambda: bus.tell("jobs", None))

    return tell


@asynccontextmanager
async def _working(
    dsn: str, bus: Bus, work: Mapping[str, jobs.Work], sweeps: Mapping[str, tuple[float, Callable[[], Awaitable[None]]]]
) -> AsyncIterator[None]:
    pool = await open_pool(dsn, size=4, waits_for_disk=False)
    worker, periodic = Worker(pool), Periodic()
    for name, act in work.items():
        worker.on(name, act)
    for name, (seconds, sweep) in sweeps.items():
        periodic.every(seconds, name, sweep)
    bus.hear(lambda topic, _: worker.wake() if topic == "jobs" else None)
    await worker.start()
    try:
        yield
    finally:
        await periodic.stop()
        await worker.stop()
        await pool.close()


async def _forget_jobs(db: Database, clock: Clock) -> None:
    async with db.read() as connection:
        await jobs.forget_old(connection, clock.now())


async def _forget_expired(db: Database, clock: Clock) -> None:
    now = clock.now()
    async with db.write() as tx:
        await access.forget_expired(tx.db, now)
        await skill_store.forget_calls(tx.db, now - timedelta(days=30))
        await assistant_store.forget_colleagues_use(tx.db, (now - timedelta(days=30)).date())
        await judging.forget_old(tx, now)


def _asgi(services: Services, hub: Hub, routes: Sequence[HTTPRouteHandler]) -> AsgiApp:
    web, sockets = served(http_app(services.settings.upload_limit, *routes), services), Gateway(services, hub)

    async def serve(scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] == "websocket":
            await sockets(scope, receive, send)
        else:
            await web(scope, receive, send)  # type: ignore[arg-type]

    return serve
