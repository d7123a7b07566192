-- A price that was agreed may last longer than a subscription: who carries the subscription on carries the price along.
alter table own_share add column goes_on boolean not null default true;
comment on column own_share.goes_on is
  'What was agreed for after its last day: baskets go on at their price; false: they stop with it, unless the customer herself says yes to their price.';
drop index own_share_garden_id_source_idx;
-- Said once for each subscription.
create unique index own_share_source on own_share (garden_id, source, subscription_id) where source is not null;

do $$
declare
  one integer;
begin
  for one in select id from garden loop
    perform set_config('app.garden', one::text, true);
    update own_share o set goes_on = false from path p
    where o.garden_id = one and p.garden_id = one and o.source = 'path:' || p.id and p.at_end <> 'ordinary';
  end loop;
  perform set_config('app.garden', '', true);
end $$;
