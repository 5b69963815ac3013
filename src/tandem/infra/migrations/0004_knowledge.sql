-- Articles in any language, for whom and when they hold, and their way from draft over review to published ----------

alter table article drop constraint article_lang_check;
alter table article
    add constraint article_lang_check check (lang ~ '^[a-z]{2,3}$'),
    add column conditions        jsonb not null default '{}',
    add column buttons           jsonb not null default '[]',
    add column images            jsonb not null default '[]',
    add column owner_id          uuid references users,
    add column review_on         date,
    -- In review is exactly what was submitted: a later version must be submitted again.
    add column submitted_version int,
    add column submitted_by      text not null default '',
    add column review_note       text not null default '',
    -- Where an imported article comes from, and the digest of what it said there when it was last read.
    add column source            jsonb,
    add column source_key        text unique,
    add column source_digest     text;
create index article_lang_list on article (lang, updated_at desc, id desc);
create index article_due on article (review_on) where review_on is not null;

alter table article_version
    add column conditions jsonb not null default '{}',
    add column buttons    jsonb not null default '[]',
    add column images     jsonb not null default '[]';

-- Documents that become drafts ----------------------------------------------------------------------------------------

create index article_source on article ((source->>'name')) where source is not null;

create table knowledge_import (
    id           uuid primary key,
    kind         text not null check (kind in ('file', 'site')),
    name         text not null,
    blob_id      uuid references blob,
    pages        int not null default 0,
    lang         text not null default '',
    by_name      text not null,
    state        text not null check (state in ('waiting', 'reading', 'storing', 'done', 'failed')),
    done         int not null default 0,
    total        int not null default 0,
    added        int not null default 0,
    changed      int not null default 0,
    unchanged    int not null default 0,
    -- What was there when the document was read before, and is not any more.
    gone         jsonb not null default '[]',
    unclear      jsonb not null default '[]',
    more_unclear int not null default 0,
    why          text,
    created_at   timestamptz not null,
    ended_at     timestamptz
);
create index knowledge_import_list on knowledge_import (created_at desc, id desc);

create index article_question on article (lower(question));

-- What an article means to an encoder: a vector (32-bit floats, little-endian) for the question, each phrasing, and the answer.
create table article_meaning (
    article_id uuid not null references article on delete cascade,
    version    int not null,
    model      text not null,
    dimensions int not null,
    vectors    bytea not null,
    primary key (article_id, version, model)
);
