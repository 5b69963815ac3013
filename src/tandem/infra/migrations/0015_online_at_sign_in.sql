-- Who is online, and so offered customers, by signing in; the others are busy until they go online themselves. -----------
-- Those who are here already keep what was so for their role, so that no desk stands empty after an update.

alter table users add column online_at_sign_in boolean not null default true;
update users set online_at_sign_in = false where role = 'administrator';
