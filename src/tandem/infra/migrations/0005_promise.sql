-- The promise -----------------------------------------------------------------------------------------------------------

-- What is known of whether the first article of a turn was the right one; at most one line a source.
create table judgement (
    turn_id         uuid not null references turn on delete cascade,
    source          text not null check (source in ('staff', 'choice', 'handed_over')),
    conversation_id uuid not null references conversation on delete cascade,
    category        text not null,
    sure            double precision not null,
    answered        boolean not null,
    was_right       boolean not null,
    by_name         text not null default '',
    at              timestamptz not null,
    primary key (turn_id, source)
);
create index judgement_at on judgement (at desc);
create index judgement_conversation on judgement (conversation_id);

-- The thresholds in force, newest last, with what they were made from.
create table promise (
    version    int primary key generated always as identity,
    at         timestamptz not null,
    by_name    text not null default '',
    cause      text not null check (cause in ('set', 'evidence', 'restored')),
    max_wrong  double precision not null check (max_wrong > 0 and max_wrong < 1),
    thresholds jsonb not null,
    made_from  jsonb not null
);

-- Answers that can be judged, newest first.
create index turn_answered on turn (at desc, id) where decision in ('answer', 'clarify');

-- Rules of triage --------------------------------------------------------------------------------------------------------

create table triage_rules (
    version int primary key generated always as identity,
    at      timestamptz not null,
    by_name text not null,
    note    text not null default '',
    rules   jsonb not null
);
