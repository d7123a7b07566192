-- Subscriptions, what was asked for one delivery, and the dated baskets computed from both.

create table subscription (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  customer_id bigint not null,
  product_id bigint not null,
  slot_id bigint not null,
  frequency text not null check (frequency in ('weekly', 'even_weeks', 'odd_weeks', 'first_of_month')),
  quantity integer not null check (quantity > 0),
  price_cents bigint not null check (price_cents >= 0),
  starts_on date not null,
  ends_on date not null,
  billing_mode text not null default 'arrears' check (billing_mode in ('arrears', 'instalments', 'prepaid', 'pack')),
  billing_count integer check (billing_count > 0),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  primary key (garden_id, id),
  foreign key (garden_id, customer_id) references customer,
  foreign key (garden_id, product_id) references product,
  foreign key (garden_id, slot_id) references slot,
  check (ends_on >= starts_on)
);
create index on subscription (garden_id, customer_id);
call tenant_table('subscription');

create table request (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  subscription_id bigint not null,
  kind text not null check (kind in ('cancel', 'postpone')),
  year integer not null,
  week integer not null check (week between 1 and 53),
  to_year integer,
  to_week integer check (to_week between 1 and 53),
  created_at timestamptz not null default now(),
  withdrawn_at timestamptz,
  primary key (garden_id, id),
  foreign key (garden_id, subscription_id) references subscription,
  check ((kind = 'postpone') = (to_week is not null)),
  check ((to_week is null) = (to_year is null))
);
-- One request at most for the basket of a week.
create unique index on request (garden_id, subscription_id, year, week) where withdrawn_at is null;
call tenant_table('request');

create table basket (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  subscription_id bigint not null,
  delivery_id bigint not null,
  slot_id bigint not null,
  product_id bigint not null,
  quantity integer not null check (quantity > 0),
  price_cents bigint not null,
  primary key (garden_id, id),
  foreign key (garden_id, subscription_id) references subscription,
  foreign key (garden_id, delivery_id) references delivery,
  foreign key (garden_id, slot_id) references slot,
  foreign key (garden_id, product_id) references product,
  unique (garden_id, subscription_id, delivery_id)
);
create index on basket (garden_id, delivery_id);

-- Baskets are planned by the hundred thousand: their trail has one entry per statement and subscription, not per basket.
-- A created basket needs no copy (it stands there, or in the « before » of the entry that changed it).
create function audit_baskets() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    insert into audit_entry (garden_id, user_id, batch_id, table_name, row_id, action, after)
    select garden_id, app_user(), app_batch(), 'basket', subscription_id, 'insert', jsonb_build_object('baskets', count(*))
    from new_rows group by garden_id, subscription_id;
  elsif tg_op = 'DELETE' then
    insert into audit_entry (garden_id, user_id, batch_id, table_name, row_id, action, before)
    select garden_id, app_user(), app_batch(), 'basket', subscription_id, 'delete',
      jsonb_agg(jsonb_build_object('delivery_id', delivery_id, 'slot_id', slot_id, 'product_id', product_id, 'quantity', quantity, 'price_cents', price_cents))
    from old_rows group by garden_id, subscription_id;
  else
    insert into audit_entry (garden_id, user_id, batch_id, table_name, row_id, action, before, after)
    select n.garden_id, app_user(), app_batch(), 'basket', n.subscription_id, 'update',
      jsonb_agg(jsonb_build_object('delivery_id', o.delivery_id, 'slot_id', o.slot_id, 'product_id', o.product_id, 'quantity', o.quantity, 'price_cents', o.price_cents)),
      jsonb_agg(jsonb_build_object('delivery_id', n.delivery_id, 'slot_id', n.slot_id, 'product_id', n.product_id, 'quantity', n.quantity, 'price_cents', n.price_cents))
    from new_rows n join old_rows o on o.garden_id = n.garden_id and o.id = n.id
    group by n.garden_id, n.subscription_id;
  end if;
  return null;
end $$;

alter table basket enable row level security;
alter table basket force row level security;
create policy tenant on basket using (garden_id = app_garden()) with check (garden_id = app_garden());
create trigger audit_insert after insert on basket referencing new table as new_rows for each statement execute function audit_baskets();
create trigger audit_update after update on basket referencing old table as old_rows new table as new_rows for each statement execute function audit_baskets();
create trigger audit_delete after delete on basket referencing old table as old_rows for each statement execute function audit_baskets();
grant select, insert, update, delete on basket to cocagne_app;
