-- From field to basket: what goes into baskets and its reference prices, compositions, harvests, what is published, the packing shed, the rounds.
-- Quantities are whole thousandths of the unit (grams of a kilogram); reference prices are whole ten-thousandths of a euro per unit, without VAT.

-- Who grows or makes what the garden does not.
create table supplier (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  name text not null check (name <> ''),
  contact text not null default '',
  phone text not null default '',
  email text not null default '',
  note text not null default '',
  version integer not null default 1,
  archived_at timestamptz,
  primary key (garden_id, id),
  unique (garden_id, name)
);
call tenant_table('supplier');

-- Field crews: the harvest list is cut by crew.
create table crew (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  name text not null check (name <> ''),
  position integer not null default 0,
  version integer not null default 1,
  archived_at timestamptz,
  primary key (garden_id, id),
  unique (garden_id, name)
);
call tenant_table('crew');

-- What a basket is made of: vegetables, fruit, eggs, bread… A `product` is what a customer buys.
create table produce (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  name text not null check (name <> ''),
  family text not null default '',
  category text not null default 'vegetable' check (category in ('vegetable', 'fruit', 'herb', 'other')),
  unit text not null default 'kg' check (unit in ('kg', 'piece', 'bunch', 'box')),
  -- Weight of one piece, bunch or box, in grams: weighs a basket, and turns kilograms harvested into pieces.
  piece_grams integer check (piece_grams > 0),
  organic text not null default 'organic' check (organic in ('organic', 'conversion', 'conventional')),
  -- Months in which it is harvested; empty: all year.
  months integer[] not null default '{}' check (0 < all (months) and 13 > all (months)),
  storage text not null default '',
  emoji text not null default '',
  -- Null: own produce.
  supplier_id bigint,
  crew_id bigint,
  -- As it is bought: 1 « colis de 10 » holds 10 000 thousandths of the unit.
  container text not null default '',
  container_quantity integer check (container_quantity > 0),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  archived_at timestamptz,
  primary key (garden_id, id),
  foreign key (garden_id, supplier_id) references supplier,
  foreign key (garden_id, crew_id) references crew,
  unique (garden_id, name)
);
call tenant_table('produce');

create table produce_photo (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  produce_id bigint not null,
  content bytea not null,
  content_type text not null check (content_type in ('image/jpeg', 'image/png', 'image/webp')),
  created_at timestamptz not null default now(),
  primary key (garden_id, id),
  foreign key (garden_id, produce_id) references produce,
  unique (garden_id, produce_id)
);
call tenant_table('produce_photo', 'content');

-- From a day on, until the next: the latest that has begun holds. A null price: none from that day on.
create table reference_price (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  produce_id bigint not null,
  starts_on date not null,
  -- Ten-thousandths of a euro for one unit, without VAT.
  unit_price integer check (unit_price >= 0),
  note text not null default '',
  created_at timestamptz not null default now(),
  primary key (garden_id, id),
  foreign key (garden_id, produce_id) references produce,
  unique (garden_id, produce_id, starts_on)
);
call tenant_table('reference_price');

-- Two that do not go together in one basket.
create table produce_pair (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  produce_id bigint not null,
  other_id bigint not null,
  primary key (garden_id, id),
  foreign key (garden_id, produce_id) references produce,
  foreign key (garden_id, other_id) references produce,
  unique (garden_id, produce_id, other_id),
  check (produce_id <= other_id)
);
call tenant_table('produce_pair');

-- What a basket product holds on a delivery day; with a tour, on that tour alone, instead of what the day says.
create table composition (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  product_id bigint not null,
  day date not null,
  tour_id bigint,
  note text not null default '',
  version integer not null default 1,
  created_at timestamptz not null default now(),
  primary key (garden_id, id),
  foreign key (garden_id, product_id) references product,
  foreign key (garden_id, tour_id) references tour,
  unique nulls not distinct (garden_id, product_id, day, tour_id)
);
create index on composition (garden_id, day);
call tenant_table('composition');

create table composition_line (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  composition_id bigint not null,
  produce_id bigint not null,
  -- Of one basket; the unit and the reference price as they were when the line was written.
  quantity integer not null check (quantity > 0),
  unit text not null check (unit in ('kg', 'piece', 'bunch', 'box')),
  unit_price integer check (unit_price >= 0),
  -- Kept as it is by a new proposal.
  locked boolean not null default false,
  primary key (garden_id, id),
  foreign key (garden_id, composition_id) references composition,
  foreign key (garden_id, produce_id) references produce,
  unique (garden_id, composition_id, produce_id)
);
create index on composition_line (garden_id, produce_id);
call tenant_table('composition_line');

-- What there is of something for a delivery day, how it is shared, and what came of it.
create table harvest (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  day date not null,
  produce_id bigint not null,
  available integer check (available >= 0),
  use_up boolean not null default false,
  must_have boolean not null default false,
  -- Per cent of the total by basket product, as typed: {"12": 17, "13": 33}.
  shares jsonb not null default '{}',
  picked integer check (picked >= 0),
  packed integer check (packed >= 0),
  lost integer check (lost >= 0),
  loss_reason text not null default '',
  note text not null default '',
  version integer not null default 1,
  primary key (garden_id, id),
  foreign key (garden_id, produce_id) references produce,
  unique (garden_id, day, produce_id)
);
call tenant_table('harvest');

create table recipe (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  name text not null check (name <> ''),
  -- One ingredient a line, then the steps, a line each.
  ingredients text not null default '',
  body text not null default '',
  servings integer check (servings > 0),
  minutes integer check (minutes > 0),
  -- Where it stands for all gardens, when it is shared (shared_recipe).
  shared_id bigint,
  -- The shared recipe it was copied from, which its garden may have taken back since.
  copied_from bigint,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  archived_at timestamptz,
  primary key (garden_id, id),
  unique (garden_id, name),
  unique (garden_id, copied_from)
);
call tenant_table('recipe');

create table recipe_produce (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  recipe_id bigint not null,
  produce_id bigint not null,
  primary key (garden_id, id),
  foreign key (garden_id, recipe_id) references recipe,
  foreign key (garden_id, produce_id) references produce,
  unique (garden_id, recipe_id, produce_id)
);
call tenant_table('recipe_produce');

-- « Feuille de chou »: the page that goes with a delivery day's baskets.
create table newsletter (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  day date not null,
  title text not null default '',
  news text not null default '',
  recipe_id bigint,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  primary key (garden_id, id),
  foreign key (garden_id, recipe_id) references recipe,
  unique (garden_id, day)
);
call tenant_table('newsletter');

-- How many of a basket fit in a crate; the rest (crates per pallet…) is a setting of the garden.
alter table product add column per_crate integer check (per_crate > 0);

-- The packing shed: how many baskets of a kind are ready for a stop, who said so, and who does what.
create table packing (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  delivery_id bigint not null,
  slot_id bigint not null,
  product_id bigint not null,
  packed integer not null default 0 check (packed >= 0),
  version integer not null default 1,
  primary key (garden_id, id),
  foreign key (garden_id, delivery_id) references delivery,
  foreign key (garden_id, slot_id) references slot,
  foreign key (garden_id, product_id) references product,
  unique (garden_id, delivery_id, slot_id, product_id)
);
call tenant_table('packing');

create table packing_task (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  delivery_id bigint not null,
  -- Null: the whole tour.
  product_id bigint,
  who text not null check (who <> ''),
  version integer not null default 1,
  primary key (garden_id, id),
  foreign key (garden_id, delivery_id) references delivery,
  foreign key (garden_id, product_id) references product,
  unique nulls not distinct (garden_id, delivery_id, product_id)
);
call tenant_table('packing_task');

-- The vehicle of a tour: how many baskets it takes, and when it leaves the garden.
alter table tour
  add column vehicle_baskets integer check (vehicle_baskets > 0),
  add column leaves_at time;

-- What the driver says of a stop. `key` is made where it is said, so that what is sent twice counts once.
create table stop_mark (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  delivery_id bigint not null,
  slot_id bigint not null,
  key uuid not null,
  kind text not null check (kind in ('done', 'problem')),
  -- When it was said, by the clock of who says it; it may arrive later.
  said_at timestamptz not null,
  user_id text references auth."user",
  note text not null default '',
  created_at timestamptz not null default now(),
  withdrawn_at timestamptz,
  primary key (garden_id, id),
  foreign key (garden_id, delivery_id) references delivery,
  foreign key (garden_id, slot_id) references slot,
  unique (garden_id, key)
);
create unique index on stop_mark (garden_id, delivery_id, slot_id) where kind = 'done' and withdrawn_at is null;
call tenant_table('stop_mark');

create table stop_photo (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  mark_id bigint not null,
  content bytea not null,
  content_type text not null check (content_type in ('image/jpeg', 'image/png', 'image/webp')),
  created_at timestamptz not null default now(),
  primary key (garden_id, id),
  foreign key (garden_id, mark_id) references stop_mark,
  unique (garden_id, mark_id)
);
call tenant_table('stop_photo', 'content');

-- « Livraison effectuée »: every basket is delivered but those of `basket_outcome`, which have their effect from then on.
alter table delivery
  add column delivered_at timestamptz,
  add column delivered_batch_id bigint,
  add foreign key (garden_id, delivered_batch_id) references batch;

create table basket_outcome (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  delivery_id bigint not null,
  subscription_id bigint not null,
  kind text not null check (kind in ('missing', 'refused', 'spoiled', 'unclaimed')),
  quantity integer not null check (quantity > 0),
  -- What the customer gets for it: nothing, a credit, or one more basket to be made up.
  remedy text check (remedy in ('credit', 'make_up')),
  -- What became of the basket itself; asked for one that was not collected.
  decision text not null default '' check (decision in ('', 'given', 'kept', 'composted', 'sold')),
  note text not null default '',
  version integer not null default 1,
  created_at timestamptz not null default now(),
  primary key (garden_id, id),
  foreign key (garden_id, delivery_id) references delivery,
  foreign key (garden_id, subscription_id) references subscription,
  unique (garden_id, delivery_id, subscription_id, kind)
);
create index on basket_outcome (garden_id, subscription_id);
call tenant_table('basket_outcome');

alter table batch
  drop constraint batch_kind_check,
  add constraint batch_kind_check check (kind in (
    'import', 'calendar', 'slot_closing', 'plan', 'season', 'renewal', 'subscriptions', 'composition', 'delivered', 'stops'));

-- Recipes shared with every garden of the network: a copy, with the name of the garden that gives it.
create table shared_recipe (
  id bigint generated always as identity primary key,
  garden_name text not null,
  name text not null,
  ingredients text not null default '',
  body text not null,
  servings integer,
  minutes integer,
  -- Names of its vegetables, as that garden writes them.
  produce text[] not null default '{}',
  -- The garden that gives it: it alone changes or takes it back.
  given_by integer not null references garden,
  updated_at timestamptz not null default now()
);
alter table shared_recipe enable row level security;
create policy shared_recipe_read on shared_recipe for select using (true);
create policy shared_recipe_give on shared_recipe for insert with check (given_by = app_garden());
create policy shared_recipe_change on shared_recipe for update using (given_by = app_garden()) with check (given_by = app_garden());
create policy shared_recipe_take_back on shared_recipe for delete using (given_by = app_garden());
grant select, insert, update, delete on shared_recipe to cocagne_app;

-- Who may sell may compose; who prepares may say what was delivered.
do $$
declare
  one integer;
begin
  for one in select id from garden loop
    perform set_config('app.garden', one::text, true);
    update role set rights = rights || '{composition:change}' where rights @> '{catalogue:change}' and not rights @> '{composition:change}';
    update role set rights = rights || '{composition:read}' where rights @> '{preparation:change}' and not rights && '{composition:change,composition:read}';
    update role set rights = rights || '{rounds:change}' where rights @> '{preparation:change}' and not rights @> '{rounds:change}';
  end loop;
  perform set_config('app.garden', '', true);
end $$;

create or replace function refresh_statistics() returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  analyze customer, membership, mandate, product, season, plan, plan_price, tour, depot, slot, slot_closing, delivery, subscription,
    subscription_change, request, basket, waiting_entry, waiting_wish, produce, reference_price, composition, composition_line, harvest,
    packing, stop_mark, basket_outcome, audit_entry;
end $$;
