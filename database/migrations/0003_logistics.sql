-- Tours, depots, slots, and the deliveries of a season.

create table tour (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  code text not null check (code <> ''),
  name text not null,
  preparation_weekday integer not null check (preparation_weekday between 1 and 7),
  delivery_weekday integer not null check (delivery_weekday between 1 and 7),
  color text not null default '#2f6b2f' check (color ~ '^#[0-9a-f]{6}$'),
  position integer not null default 0,
  version integer not null default 1,
  archived_at timestamptz,
  primary key (garden_id, id),
  unique (garden_id, code)
);
call tenant_table('tour');

create table depot (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  number text not null,
  name text not null check (name <> ''),
  address text not null default '',
  postcode text not null default '',
  city text not null default '',
  phone text not null default '',
  contact text not null default '',
  category text not null default 'open' check (category in ('open', 'reserved', 'professional')),
  mention text not null default '',
  password text not null default '',
  fee_cents bigint not null default 0 check (fee_cents >= 0),
  latitude double precision check (latitude between -90 and 90),
  longitude double precision check (longitude between -180 and 180),
  version integer not null default 1,
  archived_at timestamptz,
  primary key (garden_id, id),
  unique (garden_id, number)
);
call tenant_table('depot', 'password');

-- A depot on a tour. Two cabinets of lockers at one address are two slots.
create table slot (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  tour_id bigint not null,
  depot_id bigint not null,
  stop_order integer not null,
  arrival time,
  pickup text not null default '',
  capacity integer check (capacity >= 0),
  version integer not null default 1,
  archived_at timestamptz,
  primary key (garden_id, id),
  foreign key (garden_id, tour_id) references tour,
  foreign key (garden_id, depot_id) references depot,
  unique (garden_id, tour_id, depot_id)
);
create index on slot (garden_id, depot_id);
call tenant_table('slot');

-- tour × ISO week. The date is an attribute: moving a bank holiday is one update for four hundred baskets.
create table delivery (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  tour_id bigint not null,
  year integer not null,
  week integer not null check (week between 1 and 53),
  usual_date date not null,
  date date not null,
  closed boolean not null default false,
  note text not null default '',
  version integer not null default 1,
  primary key (garden_id, id),
  foreign key (garden_id, tour_id) references tour,
  unique (garden_id, tour_id, year, week)
);
create index on delivery (garden_id, date);
call tenant_table('delivery');
