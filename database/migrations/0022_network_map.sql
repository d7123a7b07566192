-- What the network's map shows of each garden: facts that the garden itself makes public, written by its own jobs and commands from its own rows. Nobody reads
-- another garden's rows for it: as with shared recipes, these are tables of the network in which a garden writes its own lines alone.

create table public_garden (
  garden_id integer primary key references garden,
  -- False: kept for the day its pages open, seen by nobody else.
  published boolean not null default false,
  latitude double precision check (latitude between -90 and 90),
  longitude double precision check (longitude between -180 and 180),
  tagline text not null default '',
  activities text[] not null default '{}',
  solidarity boolean not null default false,
  -- The least that a basket on offer costs.
  from_cents integer check (from_cents >= 0),
  -- Places of collection that still take somebody; and all of them.
  open_places integer not null default 0,
  places integer not null default 0,
  told_at timestamptz not null default now()
);

create table public_place (
  garden_id integer not null references garden,
  depot_id bigint not null,
  name text not null,
  address text not null default '',
  postcode text not null default '',
  city text not null default '',
  latitude double precision not null check (latitude between -90 and 90),
  longitude double precision not null check (longitude between -180 and 180),
  state text not null check (state in ('open', 'few', 'full', 'reserved')),
  -- « Mercredi 16h-19h ».
  times text not null default '',
  primary key (garden_id, depot_id),
  foreign key (garden_id, depot_id) references depot
);

alter table public_garden enable row level security;
alter table public_garden force row level security;
create policy public_read on public_garden for select using (published or garden_id = app_garden());
create policy own_write on public_garden for insert with check (garden_id = app_garden());
create policy own_change on public_garden for update using (garden_id = app_garden()) with check (garden_id = app_garden());

alter table public_place enable row level security;
alter table public_place force row level security;
create policy public_read on public_place for select
  using (garden_id = app_garden() or exists (select from public_garden g where g.garden_id = public_place.garden_id and g.published));
create policy own_write on public_place for insert with check (garden_id = app_garden());
create policy own_change on public_place for update using (garden_id = app_garden()) with check (garden_id = app_garden());
create policy own_removal on public_place for delete using (garden_id = app_garden());

grant select, insert, update on public_garden to cocagne_app;
grant select, insert, update, delete on public_place to cocagne_app;

-- What the network says of itself on its own pages; texts that are not written yet have one of the house in the code (src/domains/site/rules/network-texts.ts).
create table network_site (
  id integer primary key check (id = 1),
  texts jsonb not null default '{}',
  version integer not null default 1,
  updated_at timestamptz not null default now()
);
grant select, insert, update on network_site to cocagne_app;
