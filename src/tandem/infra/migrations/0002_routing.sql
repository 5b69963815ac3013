-- Agents: what they can take, and what they have ---------------------------------------------------------------------

alter table users add column presence_reason text not null default '';
alter table users add column wrap_up_until timestamptz;

create table team (
    id   uuid primary key,
    name text not null unique
);

-- What an agent is good at. (A skill is what the assistant may do through a business system.)
create table expertise (
    id   uuid primary key,
    name text not null unique
);

-- Limits, and what is counted against them. The counts are those of `work`, kept under this row's lock.
create table agent (
    user_id      uuid primary key references users on delete cascade,
    languages    text[] not null default '{}',
    most_chats   int not null default 6 check (most_chats between 0 and 100),
    most_tickets int not null default 20 check (most_tickets between 0 and 1000),
    most_calls   int not null default 1 check (most_calls between 0 and 10),
    units        int not null default 60 check (units between 0 and 10000),
    chats        int not null default 0 check (chats >= 0),
    tickets      int not null default 0 check (tickets >= 0),
    calls        int not null default 0 check (calls >= 0),
    offered      text check (offered in ('chat', 'ticket', 'call')),
    missed       int not null default 0,
    idle_since   timestamptz not null
) with (fillfactor = 70);

create table agent_team (
    user_id uuid not null references users on delete cascade,
    team_id uuid not null references team on delete cascade,
    primary key (user_id, team_id)
);

create table agent_expertise (
    user_id      uuid not null references users on delete cascade,
    expertise_id uuid not null references expertise on delete cascade,
    level        int not null check (level between 1 and 5),
    primary key (user_id, expertise_id)
);

-- Who in the house looks after a customer for good.
create table contact_keeper (
    contact_id uuid primary key references contact on delete cascade,
    user_id    uuid not null references users on delete cascade
);

-- Queues --------------------------------------------------------------------------------------------------------------

create table opening_hours (
    id     uuid primary key,
    name   text not null,
    config jsonb not null
);

create table routing_queue (
    id       uuid primary key,
    name     text not null,
    position int not null,
    active   boolean not null default true,
    version  int not null default 1,
    config   jsonb not null default '{}'
);
insert into routing_queue (id, name, position) values ('00000000-0000-7000-8000-000000000001', '', 1000000);

create table routing_rule (
    one     boolean primary key default true check (one),
    version int not null default 1,
    config  jsonb not null default '{}'
);
insert into routing_rule default values;

-- Who waits now. Whoever takes a conversation out of the queue deletes its row in the same transaction, so the row's lock is
-- what two processes or an engine and a person meet at.
create table waiting (
    subject    uuid primary key references conversation on delete cascade,
    kind       text not null check (kind in ('chat', 'ticket', 'call')),
    queue_id   uuid not null references routing_queue,
    contact_id uuid not null,
    language   text not null,
    version    int not null,
    entered_at timestamptz not null,
    queued_at  timestamptz not null,
    due_at     timestamptz not null,
    lane       text not null default '',
    ring       int not null default 0,
    expertise  uuid[] not null default '{}',
    levels     int[] not null default '{}',
    teams      uuid[] not null default '{}',
    speaks     text not null default '',
    last_agent uuid,
    keeper     uuid,
    held_for   uuid,
    held_until timestamptz,
    offer_id   uuid,
    open       boolean not null default true,
    visited    uuid[] not null default '{}',
    phone      text,
    proposed   text not null default '',
    low        int,
    high       int
) with (fillfactor = 70);
create index waiting_lane on waiting (lane, due_at, subject) where offer_id is null and open;
create index waiting_place on waiting (queue_id, due_at, subject);

-- Every offer that was ever made, with who else could have had it: the log that other rules are judged by.
create table offer (
    id          uuid primary key,
    subject     uuid not null references conversation on delete cascade,
    kind        text not null,
    queue_id    uuid not null references routing_queue,
    agent_id    uuid not null references users on delete cascade,
    version     int not null,
    at          timestamptz not null,
    until       timestamptz not null,
    state       text not null default 'open' check (state in ('open', 'accepted', 'declined', 'missed', 'withdrawn', 'taken')),
    ended_at    timestamptz,
    waited      int not null,
    possible    int not null,
    probability float8 not null,
    rule        jsonb not null,
    candidates  jsonb not null,
    why         jsonb not null
);
create unique index offer_open_subject on offer (subject) where state = 'open';
create unique index offer_open_agent on offer (agent_id) where state = 'open';
create index offer_of_subject on offer (subject, at);
create index offer_log on offer (at, id);

-- What people have in hand, and had.
create table work (
    id       uuid primary key,
    subject  uuid not null references conversation on delete cascade,
    agent_id uuid not null references users on delete cascade,
    contact_id uuid not null,
    kind     text not null check (kind in ('chat', 'ticket', 'call')),
    queue_id uuid references routing_queue,
    offer_id uuid,
    phone    text,
    since    timestamptz not null,
    until    timestamptz,
    ended    text
);
create unique index work_open on work (subject) where until is null;
create index work_of_agent on work (agent_id) where until is null;
create index work_of_contact on work (contact_id, until desc) where until is not null;
create index work_done on work (queue_id, until desc) where until is not null;

-- What the engine must look at, and when. A look does what is due by then and says when to look again.
create table look (
    subject uuid primary key,
    what    text not null check (what in ('wait', 'agent', 'offer')),
    at      timestamptz not null
) with (fillfactor = 70);
create index look_due on look (at);

alter table queue_wait add column queue_id uuid;
alter table queue_wait add column low int;
alter table queue_wait add column high int;
create index queue_wait_left on queue_wait (left_at desc) where left_at is not null;

-- What is there already: those who work here, what they have in hand, and who waits.
insert into agent (user_id, chats, idle_since)
    select u.id, (select count(*) from conversation c where c.agent_id = u.id and c.owner = 'agent'), u.presence_at from users u;
insert into work (id, subject, agent_id, contact_id, kind, since)
    select gen_random_uuid(), id, agent_id, contact_id, 'chat', changed_at from conversation where owner = 'agent';
insert into waiting (subject, kind, queue_id, contact_id, language, version, entered_at, queued_at, due_at)
    select id, 'chat', '00000000-0000-7000-8000-000000000001', contact_id, language, version, waiting_since, waiting_since, waiting_since
    from conversation where owner = 'queue';
insert into look (subject, what, at) select subject, 'wait', entered_at from waiting;
