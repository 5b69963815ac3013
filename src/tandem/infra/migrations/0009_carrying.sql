-- Exceptions that are carried out by a skill ----------------------------------------------------------------------------

-- `skill`: by which it is carried out, "" when a person does it; `given`: what it is told besides the amount.
-- `carried_why`: what kept the system from it. `carried_by`: who did it by hand.
alter table exception
    add column skill       text not null default '',
    add column given       jsonb not null default '{}',
    add column carried_why text check (carried_why in ('refused', 'unclear', 'gone')),
    add column carried_by  uuid references users;
create index exception_to_do on exception (decided_at) where carried in ('failed', 'by_hand');
