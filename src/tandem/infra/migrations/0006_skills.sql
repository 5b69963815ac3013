-- Business systems that administrators connect, and what may be done through them --------------------------------------

create table skill_system (
    id            uuid primary key,
    name          text not null,
    kind          text not null check (kind in ('openapi', 'mcp', 'python')),
    url           text not null,
    auth          text not null check (auth in ('none', 'bearer', 'header')),
    auth_header   text not null default '',
    sealed_secret bytea,
    created_at    timestamptz not null
);

-- `offer`: the typed description and how it is called. Nothing is called before an administrator switched it on.
create table connected_skill (
    id         uuid primary key,
    system_id  uuid not null references skill_system on delete cascade,
    operation  text not null,
    active     boolean not null default false,
    offer      jsonb not null,
    updated_at timestamptz not null,
    unique (system_id, operation)
);

-- Calls of skills, masked. Written in batches beside the turns, kept for a month.
create table skill_call (
    id        uuid primary key,
    skill     text not null,
    who       text not null,
    outcome   text not null,
    ms        int not null,
    arguments jsonb not null,
    summary   text not null,
    at        timestamptz not null
);
create index skill_call_by_skill on skill_call (skill, at desc);
create index skill_call_at on skill_call (at);

-- What the language model was used for, by day (UTC) and model. `cost` in the currency of the prices that are set.
create table model_use (
    day           date not null,
    model         text not null,
    calls         int not null,
    failed        int not null,
    cached        int not null,
    input_tokens  bigint not null,
    output_tokens bigint not null,
    cost          double precision not null,
    primary key (day, model)
);
