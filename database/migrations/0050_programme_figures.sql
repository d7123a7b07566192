-- What a garden tells the network of baskets that its national programme pays a part of: counts of a quarter alone, nobody under five, as the garden saw them
-- before it sent them. A table of the network in which a garden writes its own lines (0022): the head office reads these, and no row of a garden.
create table programme_figure (
  garden_id integer not null references garden,
  year integer not null check (year between 2000 and 2200),
  quarter integer not null check (quarter between 1 and 4),
  -- All null when fewer than five people were helped.
  people integer check (people >= 5),
  baskets integer check (baskets >= 0),
  -- Public price, and who paid of it: the national programme, the people themselves.
  cents bigint,
  national_cents bigint,
  person_cents bigint,
  grams bigint check (grams >= 0),
  -- How many baskets the weight is of.
  weighed integer check (weighed >= 0),
  -- Households by size, as they may be told: [{ name, count }], count null when it is not shown.
  households jsonb not null default '[]',
  sent_on date not null,
  primary key (garden_id, year, quarter),
  check ((people is null) = (baskets is null) and (people is null) = (cents is null) and (people is null) = (grams is null))
);
alter table programme_figure enable row level security;
alter table programme_figure force row level security;
create policy own_or_network on programme_figure for select using (garden_id = app_garden() or current_setting('app.network', true) = 'yes');
create policy own_write on programme_figure for insert with check (garden_id = app_garden());
create policy own_change on programme_figure for update using (garden_id = app_garden()) with check (garden_id = app_garden());
create policy own_removal on programme_figure for delete using (garden_id = app_garden());
grant select, insert, update, delete on programme_figure to cocagne_app;
