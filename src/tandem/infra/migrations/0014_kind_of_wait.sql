-- Who left a message or asked to be called back did not wait in the line for it: neither tells how fast people come, nor whether somebody gave up.
-- What is there already counts as it did.
alter table queue_wait add column kind text not null default 'chat' check (kind in ('chat', 'ticket', 'call'));
