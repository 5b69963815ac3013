-- Judging the assistant on one's own data, from the console -----------------------------------------------------------

create table evaluation (
    id            uuid primary key,
    kind          text not null check (kind in ('intents', 'answers', 'handoff', 'loop', 'dialogues')),
    name          text not null,
    by_name       text not null,
    -- Of each: what it is for, its name, and where it is kept.
    files         jsonb not null,
    choices       jsonb not null,
    state         text not null check (state in ('waiting', 'running', 'done', 'failed', 'stopped')),
    done          int not null default 0,
    total         int not null default 0,
    -- Published articles that were judged or played with; none where the files bring their own.
    articles      int not null default 0,
    figures       jsonb not null default '{}',
    mistakes      jsonb not null default '[]',
    more_mistakes int not null default 0,
    -- Why there are no figures: a file's fault with its line, or what happened.
    wrong         jsonb,
    why           text,
    created_at    timestamptz not null,
    ended_at      timestamptz
);
create index evaluation_list on evaluation (created_at desc, id desc);

-- An import that somebody stopped -------------------------------------------------------------------------------------

alter table knowledge_import drop constraint knowledge_import_state_check;
alter table knowledge_import
    add constraint knowledge_import_state_check check (state in ('waiting', 'reading', 'storing', 'done', 'failed', 'stopped'));
