-- Subscriptions for real: seasons, plans and their prices, changes from a week on, every kind of request, closed slots, the waiting list.

create table season (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  name text not null check (name <> ''),
  starts_on date not null,
  ends_on date not null,
  version integer not null default 1,
  primary key (garden_id, id),
  unique (garden_id, name),
  check (ends_on >= starts_on)
);
call tenant_table('season');

-- What a garden offers on subscription.
create table plan (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  name text not null check (name <> ''),
  description text not null default '',
  product_id bigint not null,
  -- Null: offered all year round.
  season_id bigint,
  frequencies text[] not null default '{weekly,fortnightly,monthly}'
    check (cardinality(frequencies) > 0 and frequencies <@ array['weekly', 'fortnightly', 'monthly']),
  -- Numbers of baskets on offer; empty: by period.
  basket_counts integer[] not null default '{}' check (0 < all (basket_counts)),
  -- ISO weeks in which it is delivered, every year; null: all.
  weeks integer[] check (0 < all (weeks) and 54 > all (weeks)),
  billing_mode text not null default 'arrears' check (billing_mode in ('arrears', 'instalments', 'prepaid', 'pack')),
  billing_count integer check (billing_count > 0),
  billing_rhythm text not null default 'month' check (billing_rhythm in ('delivery', 'month', 'quarter', 'once')),
  payment_methods text[] not null default '{}',
  membership_required boolean not null default false,
  -- Asked for once, with a customer's first subscription; the deposit is given back.
  deposit_cents bigint not null default 0 check (deposit_cents >= 0),
  container_fee_cents bigint not null default 0 check (container_fee_cents >= 0),
  -- So many baskets to try: the customer may stop without notice.
  trial_baskets integer check (trial_baskets > 0),
  tacit_renewal boolean not null default false,
  notice_days integer not null default 30 check (notice_days >= 0),
  -- What its subscribers may ask for, until when and how often (src/domains/plans/rules/flexibility.ts).
  flexibility jsonb not null default '{}',
  -- Categories of customers it is reserved for; empty: everybody.
  categories text[] not null default '{}',
  min_quantity integer not null default 1 check (min_quantity > 0),
  max_quantity integer check (max_quantity > 0),
  position integer not null default 0,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  archived_at timestamptz,
  primary key (garden_id, id),
  foreign key (garden_id, product_id) references product,
  foreign key (garden_id, season_id) references season,
  unique nulls not distinct (garden_id, season_id, name),
  -- Subscriptions carry the product of their plan: this key holds them to it.
  unique (garden_id, id, product_id),
  check (max_quantity >= min_quantity)
);
call tenant_table('plan');

-- The price of one basket, from a day on: the latest that has begun holds.
create table plan_price (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  plan_id bigint not null,
  starts_on date not null,
  price_cents bigint not null check (price_cents >= 0),
  primary key (garden_id, id),
  foreign key (garden_id, plan_id) references plan,
  unique (garden_id, plan_id, starts_on)
);
call tenant_table('plan_price');

alter table subscription
  add column plan_id bigint,
  -- By count: so many baskets, then it ends; `ends_on` is then the last day on which they may be received.
  add column basket_count integer check (basket_count > 0),
  -- What it waits for before it gives baskets; its place is kept meanwhile.
  add column awaiting text check (awaiting in ('payment', 'contract')),
  add column renews boolean not null default false,
  add column renewed_from bigint,
  add column deposit_cents bigint not null default 0 check (deposit_cents >= 0),
  add column container_fee_cents bigint not null default 0 check (container_fee_cents >= 0),
  add column trial_baskets integer check (trial_baskets > 0),
  add column end_reason text not null default '',
  add foreign key (garden_id, plan_id, product_id) references plan (garden_id, id, product_id),
  add foreign key (garden_id, renewed_from) references subscription,
  drop constraint subscription_frequency_check,
  add constraint subscription_frequency_check check (
    frequency in ('weekly', 'even_weeks', 'odd_weeks', 'first_of_month', 'second_of_month', 'third_of_month', 'fourth_of_month'));
create unique index on subscription (garden_id, renewed_from) where renewed_from is not null;

-- Every basket of a garden becomes a plan that offers what was sold so far. Garden by garden: row-level security holds for the owner too.
do $$
declare
  one integer;
begin
  for one in select id from garden loop
    perform set_config('app.garden', one::text, true);
    insert into plan (garden_id, name, product_id, position) select garden_id, name, id, position from product where kind = 'basket';
    insert into plan_price (garden_id, plan_id, starts_on, price_cents)
    select p.garden_id, p.id, '2000-01-01', o.price_cents from plan p join product o on o.garden_id = p.garden_id and o.id = p.product_id;
    update subscription s set plan_id = p.id from plan p where p.garden_id = s.garden_id and p.product_id = s.product_id;
  end loop;
  perform set_config('app.garden', '', true);
end $$;

-- Other terms from an ISO week on. What stands in `subscription` holds until the first of them.
create table subscription_change (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  subscription_id bigint not null,
  from_year integer not null,
  from_week integer not null check (from_week between 1 and 53),
  plan_id bigint,
  product_id bigint not null,
  slot_id bigint not null,
  frequency text not null check (
    frequency in ('weekly', 'even_weeks', 'odd_weeks', 'first_of_month', 'second_of_month', 'third_of_month', 'fourth_of_month')),
  quantity integer not null check (quantity > 0),
  price_cents bigint not null check (price_cents >= 0),
  created_at timestamptz not null default now(),
  withdrawn_at timestamptz,
  primary key (garden_id, id),
  foreign key (garden_id, subscription_id) references subscription,
  foreign key (garden_id, plan_id, product_id) references plan (garden_id, id, product_id),
  foreign key (garden_id, product_id) references product,
  foreign key (garden_id, slot_id) references slot
);
create unique index on subscription_change (garden_id, subscription_id, from_year, from_week) where withdrawn_at is null;
call tenant_table('subscription_change');

-- Subscriptions with the terms that hold on a day: `from subscription_on('2025-10-22') s` stands where `from subscription s` would.
create function subscription_on(on_day date) returns table (
  garden_id integer, id bigint, customer_id bigint, plan_id bigint, product_id bigint, slot_id bigint, frequency text, quantity integer,
  price_cents bigint, starts_on date, ends_on date, basket_count integer, awaiting text, renews boolean, billing_mode text,
  billing_count integer, version integer, created_at timestamptz
) language sql stable parallel safe as $$
  select s.garden_id, s.id, s.customer_id, case when c.id is null then s.plan_id else c.plan_id end, coalesce(c.product_id, s.product_id),
    coalesce(c.slot_id, s.slot_id), coalesce(c.frequency, s.frequency), coalesce(c.quantity, s.quantity), coalesce(c.price_cents, s.price_cents),
    s.starts_on, s.ends_on, s.basket_count, s.awaiting, s.renews, s.billing_mode, s.billing_count, s.version, s.created_at
  from subscription s
  left join lateral (
    select * from subscription_change c
    where c.garden_id = s.garden_id and c.subscription_id = s.id and c.withdrawn_at is null
      and (c.from_year, c.from_week) <= (extract(isoyear from on_day)::integer, extract(week from on_day)::integer)
    order by c.from_year desc, c.from_week desc
    limit 1
  ) c on true
$$;

-- Requests of every kind. `quantity`: of a postponement, what was moved (kept, whatever becomes of the subscription); of a manual change, what
-- is received; else how many more. Empty columns: as usual.
alter table request
  drop constraint request_kind_check,
  add constraint request_kind_check check (kind in ('cancel', 'postpone', 'double', 'make_up', 'gift', 'move', 'manual')),
  -- The last week of a change of depot for a while.
  add column until_year integer,
  add column until_week integer check (until_week between 1 and 53),
  add column slot_id bigint,
  add column product_id bigint,
  add column quantity integer check (quantity >= 0),
  add column price_cents bigint check (price_cents >= 0),
  -- What becomes of a cancelled basket: nothing, a credit, or one more to be made up before the end.
  add column remedy text check (remedy in ('credit', 'make_up')),
  add column source text not null default 'staff' check (source in ('staff', 'customer', 'garden')),
  -- Allowed by staff beyond the plan's limits.
  add column dispensed boolean not null default false,
  add column note text not null default '',
  add column batch_id bigint,
  add foreign key (garden_id, slot_id) references slot,
  add foreign key (garden_id, product_id) references product,
  add foreign key (garden_id, batch_id) references batch,
  add constraint request_until check ((until_week is null) = (until_year is null) and (until_week is null or kind = 'move')),
  add constraint request_move check (kind <> 'move' or slot_id is not null),
  add constraint request_remedy check (remedy is null or kind = 'cancel');
drop index request_garden_id_subscription_id_year_week_idx;
-- The basket of a week is taken away once; and there is one request of each other kind.
create unique index request_one_taken on request (garden_id, subscription_id, year, week)
  where withdrawn_at is null and kind in ('cancel', 'postpone', 'gift');
create unique index request_one_of_kind on request (garden_id, subscription_id, year, week, kind) where withdrawn_at is null;
create index on request (garden_id, batch_id) where batch_id is not null;

alter table delivery
  -- The bank holiday that was decided about (kept, moved or closed), so that it is asked once.
  add column holiday text not null default '',
  -- How many baskets may be doubled in this delivery, when it is not the garden's usual number.
  add column doubled_cap integer check (doubled_cap >= 0);

-- A place of collection closed for a while: its baskets go to another slot, or are not delivered.
create table slot_closing (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  slot_id bigint not null,
  from_on date not null,
  until_on date not null,
  replacement_slot_id bigint,
  reason text not null default '',
  batch_id bigint,
  created_at timestamptz not null default now(),
  withdrawn_at timestamptz,
  primary key (garden_id, id),
  foreign key (garden_id, slot_id) references slot,
  foreign key (garden_id, replacement_slot_id) references slot,
  foreign key (garden_id, batch_id) references batch,
  check (until_on >= from_on),
  check (replacement_slot_id is distinct from slot_id)
);
create index on slot_closing (garden_id, slot_id);
call tenant_table('slot_closing');

-- Two slots of one depot on one tour (two cabinets, morning and evening) are told apart by a name.
alter table slot
  add column name text not null default '',
  drop constraint slot_garden_id_tour_id_depot_id_key,
  add unique (garden_id, tour_id, depot_id, name);

alter table depot add column access_code text not null default '', add column access_note text not null default '';
-- The code of a door stays out of the trail, like the password.
drop trigger audit_insert on depot;
drop trigger audit_update on depot;
drop trigger audit_delete on depot;
create trigger audit_insert after insert on depot referencing new table as new_rows for each statement execute function audit_changes('password', 'access_code');
create trigger audit_update after update on depot referencing old table as old_rows new table as new_rows for each statement execute function audit_changes('password', 'access_code');
create trigger audit_delete after delete on depot referencing old table as old_rows for each statement execute function audit_changes('password', 'access_code');

create table depot_photo (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  depot_id bigint not null,
  content bytea not null,
  content_type text not null check (content_type in ('image/jpeg', 'image/png', 'image/webp')),
  created_at timestamptz not null default now(),
  primary key (garden_id, id),
  foreign key (garden_id, depot_id) references depot,
  unique (garden_id, depot_id)
);
call tenant_table('depot_photo', 'content');

-- People who wait for a place: the plan they wish, the slots that would do, and the place offered until a day, kept for them meanwhile.
create table waiting_entry (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  customer_id bigint not null,
  plan_id bigint not null,
  frequency text not null check (
    frequency in ('weekly', 'even_weeks', 'odd_weeks', 'first_of_month', 'second_of_month', 'third_of_month', 'fourth_of_month')),
  quantity integer not null default 1 check (quantity > 0),
  wished_from date not null,
  note text not null default '',
  state text not null default 'waiting' check (state in ('waiting', 'offered', 'accepted', 'withdrawn')),
  offered_slot_id bigint,
  offered_until date,
  subscription_id bigint,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  primary key (garden_id, id),
  foreign key (garden_id, customer_id) references customer,
  foreign key (garden_id, plan_id) references plan,
  foreign key (garden_id, offered_slot_id) references slot,
  foreign key (garden_id, subscription_id) references subscription,
  check ((state = 'offered') = (offered_until is not null)),
  check (state <> 'offered' or offered_slot_id is not null),
  check ((state = 'accepted') = (subscription_id is not null))
);
create index on waiting_entry (garden_id, customer_id);
call tenant_table('waiting_entry');

create table waiting_wish (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  entry_id bigint not null,
  slot_id bigint not null,
  position integer not null default 1,
  primary key (garden_id, id),
  foreign key (garden_id, entry_id) references waiting_entry,
  foreign key (garden_id, slot_id) references slot,
  unique (garden_id, entry_id, slot_id)
);
call tenant_table('waiting_wish');

-- Every change that touches more than one customer is a batch.
alter table batch
  drop constraint batch_kind_check,
  add constraint batch_kind_check check (kind in ('import', 'calendar', 'slot_closing', 'plan', 'season', 'renewal', 'subscriptions'));

create or replace function refresh_statistics() returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  analyze customer, membership, mandate, product, season, plan, plan_price, tour, depot, slot, slot_closing, delivery, subscription,
    subscription_change, request, basket, waiting_entry, waiting_wish, audit_entry;
end $$;
