-- People who work here ---------------------------------------------------------------------------------------------

create table users (
    id            uuid primary key,
    email         text not null,
    name          text not null,
    role          text not null check (role in ('agent', 'supervisor', 'administrator')),
    password_hash text not null,
    locale        text not null default 'zh-CN',
    active        boolean not null default true,
    presence      text not null default 'offline' check (presence in ('online', 'busy', 'break', 'offline')),
    presence_at   timestamptz not null,
    seen_at       timestamptz not null,
    created_at    timestamptz not null
);
create unique index users_email on users (lower(email));

create table session (
    token_digest bytea primary key,
    user_id      uuid not null references users on delete cascade,
    csrf         text not null,
    created_at   timestamptz not null,
    expires_at   timestamptz not null
);
create index session_of_user on session (user_id);

-- How often something was tried in a window; the key names what and by whom.
create table attempt (
    key        text primary key,
    count      int not null,
    expires_at timestamptz not null
);

create table audit (
    id      bigint generated always as identity primary key,
    at      timestamptz not null,
    actor   uuid,
    action  text not null,
    subject text not null,
    detail  jsonb not null default '{}'
);
create index audit_at on audit (at);

-- Channels and customers --------------------------------------------------------------------------------------------

create table channel (
    id         uuid primary key,
    kind       text not null,
    key        text not null unique,
    name       text not null,
    active     boolean not null default true,
    config     jsonb not null default '{}',
    secret     bytea,
    created_at timestamptz not null
);

create table contact (
    id         uuid primary key,
    name       text not null default '',
    locale     text not null default '',
    tier       text,
    attributes jsonb not null default '{}',
    first_seen timestamptz not null,
    last_seen  timestamptz not null
);

create table identity (
    channel_id  uuid not null references channel,
    external_id text not null,
    contact_id  uuid not null references contact on delete cascade,
    verified    boolean not null default false,
    primary key (channel_id, external_id)
);
create index identity_contact on identity (contact_id);

-- What a platform sent, kept before the platform is told "ok". The key makes a second delivery of the same event a no-op.
create table inbound_event (
    channel_id  uuid not null references channel,
    event_id    text not null,
    received_at timestamptz not null,
    raw         jsonb not null,
    primary key (channel_id, event_id)
);

-- The timeline -------------------------------------------------------------------------------------------------------

create table conversation (
    id               uuid primary key,
    channel_id       uuid not null references channel,
    contact_id       uuid not null references contact,
    thread           text not null,
    owner            text not null check (owner in ('assistant', 'queue', 'agent', 'closed')),
    agent_id         uuid references users,
    version          int not null default 1,
    last_seq         int not null default 0,
    episode          int not null default 1,
    language         text not null default '',
    emotion          text,
    reason           text,
    urgency          int not null default 0,
    preview          jsonb not null default '{"by": "system", "text": ""}',
    page             jsonb,
    customer_seq     int not null default 0,
    customer_at      timestamptz,
    heard_seq        int not null default 0,
    read_by_agent    int not null default 0,
    read_by_customer int not null default 0,
    unread           int not null default 0,
    waiting_since    timestamptz,
    rated_episode    int not null default 0,
    opened_at        timestamptz not null,
    closed_at        timestamptz,
    changed_at       timestamptz not null,
    check ((owner = 'agent') = (agent_id is not null)),
    unique (channel_id, thread)
) with (fillfactor = 80);
create index conversation_list on conversation (changed_at desc, id desc);
create index conversation_mine on conversation (agent_id, changed_at desc, id desc) where owner = 'agent';
create index conversation_waiting on conversation (waiting_since, id) where owner = 'queue';
create index conversation_assistant on conversation (changed_at desc, id desc) where owner = 'assistant';
create index conversation_contact on conversation (contact_id);
create index conversation_unheard on conversation (customer_at) where owner = 'assistant' and customer_seq > heard_seq;

create table entry (
    conversation_id uuid not null references conversation on delete cascade,
    seq             int not null,
    id              uuid not null,
    at              timestamptz not null,
    author_kind     text not null check (author_kind in ('customer', 'assistant', 'agent', 'system')),
    author_id       uuid,
    author_name     text not null default '',
    internal        boolean not null,
    client_id       text,
    body            jsonb not null,
    words           tsvector,
    primary key (conversation_id, seq)
);
create unique index entry_client_id on entry (conversation_id, author_kind, client_id) where client_id is not null;
create index entry_words on entry using gin (words) where words is not null;

-- One row a message that a platform must be called for. A channel whose customers read the timeline themselves has none.
create table outbox (
    id              uuid primary key,
    channel_id      uuid not null references channel,
    conversation_id uuid not null references conversation on delete cascade,
    seq             int not null,
    state           text not null default 'pending' check (state in ('pending', 'sending', 'sent', 'uncertain', 'failed')),
    attempts        int not null default 0,
    next_at         timestamptz not null,
    problem         text,
    platform_id     text,
    created_at      timestamptz not null,
    unique (conversation_id, seq)
);
create index outbox_due on outbox (next_at) where state in ('pending', 'sending');

-- The assistant ------------------------------------------------------------------------------------------------------

create table assistant_memory (
    conversation_id uuid primary key references conversation on delete cascade,
    memory          jsonb not null
);

create table turn (
    id              uuid primary key,
    conversation_id uuid not null references conversation on delete cascade,
    from_seq        int not null,
    through_seq     int not null,
    at              timestamptz not null,
    ms              int not null,
    decision        text not null,
    reason          text,
    about           boolean not null,
    triage          jsonb not null,
    trace           jsonb not null
);
create index turn_conversation on turn (conversation_id, through_seq);

create table packet (
    id              uuid primary key,
    conversation_id uuid not null references conversation on delete cascade,
    version         int not null,
    at              timestamptz not null,
    body            jsonb not null,
    signature       text not null,
    unique (conversation_id, version)
);

create table article (
    id                uuid primary key,
    key               text,
    lang              text not null check (lang in ('zh', 'en')),
    category          text not null,
    question          text not null,
    phrasings         jsonb not null default '[]',
    answer            text not null,
    state             text not null check (state in ('draft', 'published', 'archived')),
    version           int not null,
    published_version int,
    words             tsvector not null,
    used              bigint not null default 0,
    updated_at        timestamptz not null,
    updated_by        text not null,
    unique (lang, key)
);
create index article_words on article using gin (words);
create index article_list on article (updated_at desc, id desc);

create table article_version (
    article_id uuid not null references article on delete cascade,
    version    int not null,
    category   text not null,
    question   text not null,
    phrasings  jsonb not null,
    answer     text not null,
    at         timestamptz not null,
    by_name    text not null,
    primary key (article_id, version)
);

-- Files ---------------------------------------------------------------------------------------------------------------

create table blob (
    id         uuid primary key,
    sha256     text not null,
    name       text not null,
    media_type text not null,
    size       bigint not null,
    width      int,
    height     int,
    created_at timestamptz not null
);

-- Waiting for a person --------------------------------------------------------------------------------------------------

create table queue_wait (
    conversation_id uuid not null references conversation on delete cascade,
    entered_at      timestamptz not null,
    left_at         timestamptz,
    outcome         text check (outcome in ('accepted', 'returned', 'closed')),
    primary key (conversation_id, entered_at)
);
create index queue_wait_accepted on queue_wait (left_at desc) where outcome = 'accepted';
