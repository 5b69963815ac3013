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
