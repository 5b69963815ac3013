-- How somebody sends what he wrote: with Enter, or with Ctrl and Enter ---------------------------------------------------

alter table users add column enter_sends boolean not null default false;
