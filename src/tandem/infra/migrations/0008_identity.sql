-- By contact alone the planner took the other half of the question from the primary key, which holds every customer of the channel:
-- each turn read them all.
drop index identity_contact;
create index identity_contact on identity (contact_id, channel_id);
