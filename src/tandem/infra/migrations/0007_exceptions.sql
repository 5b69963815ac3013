-- Exceptions: requests to go beyond the rules ---------------------------------------------------------------------------

-- `judged`: a person weighed it; what was within the asker's own authority is no precedent.
-- What the case looked like is kept as it was then: precedents must not change with the customer's tier.
create table exception (
    id              uuid primary key,
    conversation_id uuid not null references conversation on delete cascade,
    contact_id      uuid not null references contact on delete cascade,
    channel_id      uuid not null references channel,
    tier            text not null default '',
    language        text not null default '',
    kind            text not null check (kind in ('refund', 'discount', 'replacement', 'extension', 'other')),
    what            text not null,
    why             text not null,
    amount          bigint not null check (amount >= 0),
    currency        text not null,
    by_user         uuid not null references users,
    at              timestamptz not null,
    state           text not null check (state in ('waiting', 'granted', 'refused', 'lapsed', 'withdrawn', 'closed')),
    level           text not null check (level in ('agent', 'supervisor', 'administrator')),
    due_at          timestamptz not null,
    version         int not null default 1,
    decided_at      timestamptz,
    judged          boolean not null default false,
    granted_what    text,
    granted_amount  bigint check (granted_amount >= 0),
    carried         text check (carried in ('running', 'done', 'failed', 'by_hand')),
    carried_detail  text not null default '',
    words           tsvector not null
);
create index exception_due on exception (due_at) where state = 'waiting';
create index exception_conversation on exception (conversation_id, at);
create index exception_words on exception using gin (words) where state in ('granted', 'refused');
create index exception_decided on exception (decided_at) where state in ('granted', 'refused');

create table exception_step (
    exception_id uuid not null references exception on delete cascade,
    n            int not null,
    at           timestamptz not null,
    what         text not null,
    by_user      uuid references users,
    for_user     uuid references users,
    level        text not null,
    reason       text not null default '',
    primary key (exception_id, n)
);

-- Up to `own` a role needs nobody; up to `grants` it may grant what others ask for, without a bound when null.
create table exception_limit (
    role     text not null check (role in ('agent', 'supervisor', 'administrator')),
    kind     text not null check (kind in ('any', 'refund', 'discount', 'replacement', 'extension', 'other')),
    currency text not null,
    own      bigint not null check (own >= 0),
    grants   bigint check (grants >= 0),
    minutes  int not null check (minutes between 1 and 10080),
    primary key (role, kind, currency)
);
insert into exception_limit (role, kind, currency, own, grants, minutes) values
    ('agent', 'any', 'CNY', 0, 0, 60), ('supervisor', 'any', 'CNY', 0, 20000, 60), ('administrator', 'any', 'CNY', 0, null, 240),
    ('agent', 'any', 'USD', 0, 0, 60), ('supervisor', 'any', 'USD', 0, 3000, 60), ('administrator', 'any', 'USD', 0, null, 240);

create table exception_delegate (
    user_id  uuid primary key references users on delete cascade,
    delegate uuid not null references users on delete cascade,
    set_at   timestamptz not null,
    check (user_id <> delegate)
);
create index exception_delegate_of on exception_delegate (delegate);

-- Supervision -----------------------------------------------------------------------------------------------------------

-- Second voices: who speaks in a conversation that somebody else owns.
create table second_voice (
    conversation_id uuid not null references conversation on delete cascade,
    user_id         uuid not null references users on delete cascade,
    at              timestamptz not null,
    primary key (conversation_id, user_id)
);
