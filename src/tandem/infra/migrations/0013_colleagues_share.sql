-- What each colleague has used of the language model in a day (UTC): nobody may use up what customers' answers need -------

create table colleague_model_use (
    day       date not null,
    colleague uuid not null references users (id) on delete cascade,
    tokens    bigint not null,
    cost      double precision not null,
    primary key (day, colleague)
);
