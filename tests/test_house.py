"""The rules of the house: who may import whom, how long a file may be, SQL that a database really takes, settings that are told."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest

from tandem.infra.db import Connection, Database
from tandem.infra.settings import Settings, load
from world.statements import Statement, silent_functions, statements_of

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "tandem"
# From the cellar to the roof. Rooms of one floor do not know each other; `cli` and its `demo` are one room with two doors.
FLOORS = (
    {"kit"}, {"infra"}, {"access"}, {"people"}, {"timeline"}, {"channels", "knowledge", "handoff"}, {"assistant", "routing"},
    {"desk", "chat"}, {"api"}, {"app"}, {"cli", "demo"},
)  # fmt: skip
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
LONGEST_FILE = 400
STORES = sorted(SOURCE.rglob("store.py"))
# SQL outside of a store: the base pieces' own, a health check, and a lock while the demo is made.
OWN_SQL = {"infra", "api/pages.py", "demo/seed.py", "cli/doctor.py"}


def _room(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def _rooms_imported(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [it.name for it in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{it.name}" for it in node.names]
        for name in names:
            parts = name.split(".")
            if parts[0] == "tandem" and parts[1] in FLOOR:
                yield parts[1], getattr(node, "lineno", 0)


def test_every_room_has_its_floor() -> None:
    rooms = {_room(it) for it in SOURCE.rglob("*.py")} - {"__init__", "static"}

    assert rooms == set(FLOOR)


def test_rooms_import_only_rooms_on_lower_floors() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{line} imports {other}"
        for path in SOURCE.rglob("*.py")
        if (room := _room(path)) in FLOOR
        for other, line in _rooms_imported(path)
        if other != room and FLOOR[other] >= FLOOR[room] and {room, other} != {"cli", "demo"}
    ]

    assert wrong == []


def test_no_file_is_too_long_to_be_read_at_one_sitting() -> None:
    read = [*SOURCE.rglob("*.py"), *SOURCE.rglob("*.toml"), *(ROOT / "examples").rglob("*.py"), *(ROOT / "tests").rglob("*.py")]
    for client in ("shared", "widget", "console"):
        read += [
            it
            for it in (ROOT / "web" / client / "src").rglob("*")
            if it.suffix in (".ts", ".tsx", ".css") and ".gen." not in it.name
        ]
    lengths = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in read}

    assert {path: length for path, length in lengths.items() if length > LONGEST_FILE} == {}


def test_sql_stands_in_stores_alone() -> None:
    elsewhere = {
        str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("*.py")
        if path.name != "store.py" and _room(path) not in OWN_SQL and str(path.relative_to(SOURCE)) not in OWN_SQL
        if statements_of(path)
    }

    assert elsewhere == set()


@pytest.mark.parametrize("path", STORES, ids=lambda path: path.parent.name)
def test_no_store_function_hides_its_sql(path: Path) -> None:
    assert silent_functions(path) == []
    assert statements_of(path) != []


@pytest.mark.parametrize("path", [*STORES, SOURCE / "infra" / "blobs.py", SOURCE / "infra" / "audit.py"], ids=str)
async def test_every_statement_is_one_that_the_database_takes(path: Path, db: Database) -> None:
    refused = []
    async with db.read() as connection:
        for statement in statements_of(path):
            try:
                await connection.prepare(statement.sql)
            except asyncpg.PostgresError as error:
                refused.append(f"{statement}: {error}")

    assert refused == []


# What a docstring says after "Index:", and what PostgreSQL calls it.
_NAMED = re.compile(r"Index(?:es)?: (.+?)\.(?:\s|$)", re.DOTALL)
_TABLE = re.compile(r"\b(?:from|update|into)\s+(\w+)")


def _indexes_named(statement: Statement) -> set[str]:
    found = _NAMED.search(statement.doc)
    if not found:
        return set()
    table = found_table.group(1) if (found_table := _TABLE.search(statement.sql)) else ""
    names = set()
    for part in re.split(r",\s*(?![^(]*\))", found.group(1).replace("\n", " ")):
        if unique := re.fullmatch(r"unique \((.+)\)", part.strip()):
            names.add("_".join([table, *re.split(r",\s*", unique.group(1)), "key"]))
        elif part.strip().startswith("the primary key"):
            of = re.fullmatch(r"the primary key of (\w+)", part.strip())
            names.add(f"{of.group(1) if of else table}_pkey")
        else:
            names.add(part.strip())
    return names


PROMISED = [it for path in STORES for it in statements_of(path) if _indexes_named(it)]


async def test_a_statement_uses_the_index_that_its_docstring_names(db: Database) -> None:
    await _fill(db)
    missed = []
    async with db.read() as connection:
        for statement in PROMISED:
            if statement.sql.lstrip().startswith("insert"):
                continue  # an insert meets its unique index by nature
            plan = await _plan(connection, statement.sql)
            if not any(re.search(rf"\b{name}\b", plan) for name in _indexes_named(statement)):
                missed.append(f"{statement} wants {_indexes_named(statement)}:\n{plan}")

    assert len(PROMISED) > 20
    assert missed == []


async def test_a_plan_made_before_there_is_anything_finds_a_customers_conversation_by_its_thread(db: Database) -> None:
    """Connections keep their plans: one that reads all that the assistant leads would go on doing so on the first busy day."""
    (speaking,) = [it.sql for it in statements_of(SOURCE / "channels" / "store.py") if it.function == "speak_on"]
    async with db.read() as connection:
        plan = await _plan(connection, speaking)

    assert "conversation_channel_id_thread_key" in plan
    assert "conversation_assistant" not in plan


async def test_whoever_stores_an_entry_sorts_at_most_a_short_list_of_words_into_their_index(db: Database) -> None:
    """Of the 4 MB that PostgreSQL lets gather, it takes 100 to 200 ms: a customer waits for it, and everybody behind him."""
    async with db.read() as connection:
        told = await connection.fetchval("select array_to_string(reloptions, ' ') from pg_class where relname = 'entry_words'")

    assert told == "gin_pending_list_limit=128"


async def test_each_view_of_the_inbox_is_read_from_its_own_index(db: Database) -> None:
    await _fill(db)
    wanted = ("conversation_mine", "conversation_waiting", "conversation_assistant", "conversation_list", "conversation_list")
    listed = [it.sql for it in statements_of(SOURCE / "desk" / "store.py") if it.function == "listed"]
    async with db.read() as connection:
        user = await connection.fetchval("select id from users limit 1")
        first_page = f"'{user}', null, null, 51"
        plans = [await _plan(connection, sql, first_page) for sql in listed]

    assert [name if name in plan else plan for name, plan in zip(wanted, plans, strict=True)] == list(wanted)


async def _plan(connection: Connection, sql: str, values: str = "") -> str:
    """For these values; without any, one that holds for all."""
    await connection.execute(f"set enable_seqscan = off; set plan_cache_mode = force_{'custom' if values else 'generic'}_plan")
    await connection.execute(f"prepare it as {sql}")
    values = values or ", ".join(["null"] * max(map(int, re.findall(r"\$(\d+)", sql))))
    plan = "\n".join(row[0] for row in await connection.fetch(f"explain execute it ({values})"))
    await connection.execute("deallocate it")
    return plan


async def _fill(db: Database) -> None:
    """Enough rows that a plan means something; as in life, most conversations are closed."""
    async with db.write() as tx:
        await tx.db.execute("""
            insert into channel (id, kind, key, name, created_at) values (gen_random_uuid(), 'webchat', 'k', 'n', now());
            insert into users (id, email, name, role, password_hash, presence_at, seen_at, created_at)
                select gen_random_uuid(), 'a' || n || '@x', 'n', 'agent', '', now(), now(), now() from generate_series(1, 50) n;
            insert into session (token_digest, user_id, csrf, created_at, expires_at)
                select sha256(n::text::bytea), (select id from users limit 1), '', now(), now() from generate_series(1, 500) n;
            insert into contact (id, first_seen, last_seen) select gen_random_uuid(), now(), now() from generate_series(1, 2000);
            insert into identity (channel_id, external_id, contact_id)
                select (select id from channel), id::text, id from contact;
            insert into conversation (id, channel_id, contact_id, thread, owner, agent_id, customer_seq, heard_seq, customer_at,
                                      waiting_since, opened_at, changed_at, last_seq)
                select id, (select id from channel), id, id::text, coalesce((array['assistant', 'queue', 'agent'])[1 + n % 40], 'closed'),
                       case when n % 40 = 2 then (select id from users limit 1) end, 1, n % 2, now(), now(), now(),
                       now() - n * interval '1 s', 3
                from (select id, row_number() over () as n from contact) c;
            insert into agent (user_id, idle_since) select id, now() from users;
            insert into routing_queue (id, name, position, active, version, config)
                select gen_random_uuid(), 'q' || n, n, true, 1, '{}' from generate_series(1, 20) n;
            insert into waiting (subject, kind, queue_id, contact_id, language, version, entered_at, queued_at, due_at, lane)
                select id, 'chat', (select q.id from routing_queue q where q.position = ascii(md5(c.id::text)) % 20 + 1 limit 1), id, '', 1,
                       now(), now(), now(), md5(id::text) from conversation c;
            insert into look (subject, what, at) select id, 'wait', now() from conversation;
            insert into offer (id, subject, kind, queue_id, agent_id, version, at, until, state, waited, possible, probability, rule,
                               candidates, why)
                select id, id, 'chat', (select id from routing_queue limit 1), (select id from users limit 1), 1, now(), now(), 'missed', 1, 1, 1,
                       '[]', '[]', '{}' from conversation;
            insert into work (id, subject, agent_id, contact_id, kind, queue_id, since, until, ended)
                select id, id, (select id from users limit 1), id, 'chat', (select id from routing_queue limit 1), now(),
                       case when customer_at is not null and heard_seq = 0 then now() end, 'closed' from conversation;
            insert into entry (conversation_id, seq, id, at, author_kind, internal, client_id, body, words)
                select id, s, gen_random_uuid(), now(), 'customer', false, s::text, '{}', array_to_tsvector(array['w' || s])
                from conversation, generate_series(1, 3) s;
            insert into queue_wait (conversation_id, entered_at, left_at, outcome)
                select id, now(), now() - interval '1 s', 'accepted' from conversation;
            insert into outbox (id, channel_id, conversation_id, seq, state, next_at, created_at)
                select gen_random_uuid(), channel_id, id, 1, case when random() < 0.01 then 'pending' else 'sent' end, now(), now()
                from conversation;
            insert into article (id, lang, category, question, answer, state, version, words, updated_at, updated_by)
                select gen_random_uuid(), 'zh', 'c', 'q', 'a', 'published', 1, array_to_tsvector(array['w' || n]), now(), ''
                from generate_series(1, 500) n;
            insert into exception (id, conversation_id, contact_id, channel_id, kind, what, why, amount, currency, by_user, at, state,
                                   level, due_at, decided_at, judged, words)
                select gen_random_uuid(), id, contact_id, channel_id, 'refund', '', '', n, 'CNY', (select id from users limit 1), now(),
                       case when n % 50 = 0 then 'waiting' else 'granted' end, 'supervisor', now() + n * interval '1 s',
                       now() - n * interval '1 h', true, array_to_tsvector(array['w' || n])
                from (select *, row_number() over () as n from conversation) c;
            insert into exception_step (exception_id, n, at, what, level) select id, 1, now(), 'asked', 'supervisor' from exception;
            insert into exception_delegate (user_id, delegate, set_at)
                select id, next, now() from (select id, lead(id) over (order by id) as next from users) u where next is not null;
            insert into turn (id, conversation_id, from_seq, through_seq, at, ms, decision, about, triage, trace)
                select gen_random_uuid(), id, 1, 1, now(), 1, 'answer', true, '{}', '{}' from conversation;
        """)
        await tx.db.execute("analyze")


def _sample() -> str:
    return (ROOT / "tandem.sample.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", Settings.__struct_fields__)
def test_every_setting_is_explained_in_the_sample(name: str) -> None:
    lines = _sample().splitlines()
    place = next((at for at, line in enumerate(lines) if re.match(rf"#? ?{name} = ", line)), None)

    assert place is not None, f"{name} is not in tandem.sample.toml"
    block = []
    for line in reversed(lines[:place]):
        if not line.startswith("# "):
            break
        block.append(line)
    words = " ".join(block)
    assert len(words) > 30, f"{name} is not explained"
    assert f"TANDEM_{name.upper()}" in words


def test_the_sample_names_nothing_that_is_not_a_setting() -> None:
    named = set(re.findall(r"^#? ?(\w+) = ", _sample(), re.MULTILINE)) | {
        it.lower() for it in re.findall(r"TANDEM_([A-Z_]+)", _sample())
    }

    assert named == set(Settings.__struct_fields__)


def test_the_sample_can_be_used_as_it_stands() -> None:
    assert load({}, ROOT / "tandem.sample.toml") == Settings()


def test_every_setting_of_the_sample_can_be_switched_on(tmp_path: Path) -> None:
    everything = re.sub(r"^# (\w+ = )", r"\1", _sample(), flags=re.MULTILINE)
    (tmp_path / "tandem.toml").write_text(everything, encoding="utf-8")

    load({}, tmp_path / "tandem.toml")
