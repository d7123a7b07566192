-- A movement of the account that a table (CSV) and a camt file both tell is kept twice, and counts once: the second points to the first.
alter table bank_line add column same_as bigint;
alter table bank_line add foreign key (garden_id, same_as) references bank_line;
alter table bank_line add check (same_as is null or (state = 'ignored' and same_as <> id));
create index on bank_line (garden_id, same_as) where same_as is not null;
