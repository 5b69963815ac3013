-- Order in the inbox ---------------------------------------------------------------------------------------------------

create table tag (
    id         uuid primary key,
    name       text not null,
    colour     text not null,
    created_at timestamptz not null
);
create unique index tag_name on tag (lower(name));

create table conversation_tag (
    conversation_id uuid not null references conversation on delete cascade,
    tag_id          uuid not null references tag on delete cascade,
    by_user         uuid,
    at              timestamptz not null,
    primary key (conversation_id, tag_id)
);
create index conversation_tag_tag on conversation_tag (tag_id);

-- Beside the conversation, not in it: the row of a conversation is written for every message, and each index of it costs then.
create table snooze (
    conversation_id uuid primary key references conversation on delete cascade,
    by_user         uuid not null references users,
    until           timestamptz not null,
    note            text not null default ''
);
create index snooze_until on snooze (until);

create table draft (
    user_id         uuid not null references users on delete cascade,
    conversation_id uuid not null references conversation on delete cascade,
    kind            text not null check (kind in ('reply', 'note')),
    text            text not null,
    updated_at      timestamptz not null,
    primary key (user_id, conversation_id, kind)
);

-- Without a user it is for everybody.
create table saved_view (
    id         uuid primary key,
    user_id    uuid references users on delete cascade,
    name       text not null,
    filter     jsonb not null,
    created_at timestamptz not null
);
create index saved_view_user on saved_view (user_id);

-- Writing ----------------------------------------------------------------------------------------------------------------

create table phrase (
    id         uuid primary key,
    owner_id   uuid references users on delete cascade,
    shortcut   text not null,
    lang       text not null check (lang in ('zh', 'en', '')),
    title      text not null,
    text       text not null,
    used       bigint not null default 0,
    updated_at timestamptz not null
);
create unique index phrase_shortcut on phrase (lower(shortcut), lang, owner_id) nulls not distinct;

create table macro (
    id         uuid primary key,
    name       text not null,
    actions    jsonb not null,
    updated_at timestamptz not null
);
create unique index macro_name on macro (lower(name));

create table mention (
    user_id         uuid not null references users on delete cascade,
    conversation_id uuid not null references conversation on delete cascade,
    seq             int not null,
    at              timestamptz not null,
    seen_at         timestamptz,
    primary key (user_id, conversation_id, seq)
);
create index mention_unseen on mention (user_id, at desc) where seen_at is null;

-- Packets: who has read them, who took over with them, and what was asked although it was known ----------------------------

create table packet_read (
    packet_id uuid not null references packet on delete cascade,
    user_id   uuid not null references users on delete cascade,
    at        timestamptz not null,
    primary key (packet_id, user_id)
);

create table takeover (
    packet_id       uuid not null references packet on delete cascade,
    agent_id        uuid not null references users on delete cascade,
    conversation_id uuid not null references conversation on delete cascade,
    made_by         text not null,
    at              timestamptz not null,
    primary key (packet_id, agent_id)
);
create index takeover_at on takeover (at);

create table repeated_question (
    packet_id uuid not null references packet on delete cascade,
    agent_id  uuid not null references users on delete cascade,
    seq       int not null,
    keys      text[] not null,
    at        timestamptz not null,
    primary key (packet_id, agent_id, seq)
);

-- The copilot ---------------------------------------------------------------------------------------------------------------

create table suggestion (
    id              uuid primary key,
    conversation_id uuid not null references conversation on delete cascade,
    agent_id        uuid not null references users on delete cascade,
    through_seq     int not null,
    text            text not null,
    source          jsonb not null,
    shown_at        timestamptz not null,
    outcome         text check (outcome in ('accepted', 'edited', 'dismissed')),
    distance        int,
    settled_at      timestamptz
);
create index suggestion_conversation on suggestion (conversation_id, through_seq);
create index suggestion_shown on suggestion (shown_at);

-- One row an episode that a person brought to its end.
create table solved_case (
    conversation_id uuid not null references conversation on delete cascade,
    episode         int not null,
    at              timestamptz not null,
    lang            text not null,
    question        text not null,
    answer          text not null,
    answer_seq      int not null,
    agent_name      text not null,
    words           tsvector not null,
    primary key (conversation_id, episode)
);
create index solved_case_words on solved_case using gin (words);

-- Contacts ------------------------------------------------------------------------------------------------------------------

alter table contact add column merged_into uuid references contact on delete set null;

create table contact_merge (
    id            uuid primary key,
    kept          uuid not null references contact on delete cascade,
    absorbed      uuid not null references contact on delete cascade,
    identities    jsonb not null,
    conversations uuid[] not null,
    kept_before   jsonb not null,
    by_user       uuid,
    at            timestamptz not null,
    undone_at     timestamptz
);
create index contact_merge_kept on contact_merge (kept);

create table conversation_link (
    absorbed  uuid primary key references conversation on delete cascade,
    kept      uuid not null references conversation on delete cascade,
    by_user   uuid,
    at        timestamptz not null
);
create index conversation_link_kept on conversation_link (kept);

create table contact_field (
    key        text primary key,
    label      jsonb not null,
    kind       text not null check (kind in ('text', 'number', 'date', 'choice')),
    choices    text[] not null default '{}',
    position   int not null default 0,
    updated_at timestamptz not null
);
