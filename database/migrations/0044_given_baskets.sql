-- A basket given while one is away: to an organisation, which receives it where it collects, or its value to the garden's giving.

-- « given »: no week is its own; it receives what others give (`gifts_received`), and owes nothing.
alter table subscription
  drop constraint subscription_frequency_check,
  add constraint subscription_frequency_check check (frequency in
    ('weekly', 'even_weeks', 'odd_weeks', 'first_of_month', 'second_of_month', 'third_of_month', 'fourth_of_month', 'given'));

alter table request
  -- Of a gift: the subscription by which an organisation receives it.
  add column recipient_id bigint,
  -- Of a gift: its value is given. It is not prepared, and no basket is owed for it.
  add column as_value boolean not null default false,
  add foreign key (garden_id, recipient_id) references subscription,
  add constraint request_given check ((recipient_id is null and not as_value) or (kind = 'gift' and (recipient_id is null or not as_value)));
create index on request (garden_id, recipient_id) where recipient_id is not null;

/*
 What a subscription receives of others' gifts, week by week: those whose own delivery takes place, within their period. Weeks before `since` are left out.
*/
create function gifts_received(reception bigint, since integer) returns table (year integer, week integer, quantity integer) language sql stable as $$
  select r.year, r.week, sum(coalesce(r.quantity, c.quantity, s.quantity))::integer
  from request r
  join subscription s on s.garden_id = r.garden_id and s.id = r.subscription_id and s.awaiting is null
  left join lateral (
    select c.quantity, c.slot_id from subscription_change c
    where c.garden_id = s.garden_id and c.subscription_id = s.id and c.withdrawn_at is null and (c.from_year, c.from_week) <= (r.year, r.week)
    order by c.from_year desc, c.from_week desc limit 1
  ) c on true
  join slot o on o.garden_id = s.garden_id and o.id = coalesce(c.slot_id, s.slot_id)
  join delivery l on l.garden_id = o.garden_id and l.tour_id = o.tour_id and l.year = r.year and l.week = r.week and not l.closed
  where r.garden_id = app_garden() and r.recipient_id = reception and r.withdrawn_at is null and r.year >= since
    and l.usual_date between s.starts_on and s.ends_on
  group by r.year, r.week
$$;

-- Organisations to which customers may give their baskets: a customer record, and where it collects.
create table recipient (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  customer_id bigint not null,
  slot_id bigint not null,
  -- What it does, in one line, for who chooses.
  about text not null default '',
  version integer not null default 1,
  created_at timestamptz not null default now(),
  archived_at timestamptz,
  primary key (garden_id, id),
  foreign key (garden_id, customer_id) references customer,
  foreign key (garden_id, slot_id) references slot,
  unique (garden_id, customer_id)
);
call tenant_table('recipient');

-- The campaign to which the value of a given basket goes. Without a row: all that the garden does.
create table given_basket (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  request_id bigint not null,
  campaign_id bigint not null,
  created_at timestamptz not null default now(),
  primary key (garden_id, id),
  foreign key (garden_id, request_id) references request,
  foreign key (garden_id, campaign_id) references campaign,
  unique (garden_id, request_id)
);
call tenant_table('given_basket');
