-- What the night writes about (a day's basket, a subscription that ends) is written once, however often the night's work is asked for.
alter table message add column about text not null default '';
create index on message (garden_id, event, about) where about <> '';
