-- What somebody waited for who has left the queue: an answer to a message is not held to the time in which a person should be there.
-- Null of those who left before.

alter table queue_wait add column kind text;
