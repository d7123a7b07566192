-- What is billed: documents that never change, what they are made of, schedules, memberships, containers. Amounts in cents; quantities in thousandths.

-- Where a sale of it goes: an account by its number, an activity by its code.
alter table product
  add column sale_account text not null default '701000',
  add column activity_code text not null default 'MAR';

-- The garden as its documents name it (name, address, legal mentions) on the day they are issued: kept once for as long as it stays the same.
create table letterhead (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  content jsonb not null,
  -- sha256 of it.
  digest bytea not null,
  created_at timestamptz not null default now(),
  primary key (garden_id, id),
  unique (garden_id, digest)
);
call append_only_table('letterhead');

-- Rhythms of billing: periods of the calendar.
alter table plan
  drop constraint plan_billing_rhythm_check,
  add constraint plan_billing_rhythm_check check (billing_rhythm in ('delivery', 'month', 'quarter', 'half_year', 'year', 'once'));

-- A campaign of billing: what was asked stays as it was, so that one that was interrupted goes on where it stopped.
create table billing_run (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  name text not null check (name <> ''),
  -- Everything owed up to this day is billed.
  until_on date not null,
  day date not null,
  due_on date not null,
  filters jsonb not null default '{}',
  state text not null default 'running' check (state in ('running', 'done', 'undoing', 'undone')),
  -- Customers it goes through, counted when it began; how many it went through; the last of them, in the order of their ids.
  customers integer not null default 0,
  passed integer not null default 0,
  last_customer bigint not null default 0,
  -- Of the form it was begun with: one form sent twice begins one run.
  key text,
  created_by text,
  created_at timestamptz not null default now(),
  done_at timestamptz,
  undone_at timestamptz,
  version integer not null default 1,
  primary key (garden_id, id)
);
create unique index on billing_run (garden_id, key) where key is not null;
call tenant_table('billing_run');

-- The last number given, by kind and year, locked while documents are issued.
create table document_counter (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  kind text not null check (kind in ('invoice', 'credit_note')),
  year integer not null,
  last integer not null default 0,
  primary key (garden_id, id),
  unique (garden_id, kind, year)
);
call tenant_table('document_counter');

-- Invoices and credit notes as they were issued. A mistake is credited, never mended.
create table document (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  kind text not null check (kind in ('invoice', 'credit_note')),
  year integer not null,
  -- 1, 2, 3… in its kind and year; `number` is how it is written: F2025-00012.
  sequence integer not null check (sequence > 0),
  number text not null,
  day date not null,
  due_on date not null,
  customer_id bigint not null,
  -- Name and address as they were on that day.
  recipient jsonb not null,
  letterhead_id bigint not null,
  title text not null default '',
  note text not null default '',
  -- The invoice that it credits, whole or in part.
  credits bigint,
  -- What it was made from, said once: asked for twice, it is issued once.
  source text,
  run_id bigint,
  -- A credit note is below zero.
  net_cents bigint not null,
  vat_cents bigint not null default 0,
  gross_cents bigint not null,
  -- In the journal of sales; null when it comes to nothing.
  entry_id bigint,
  user_id text,
  issued_at timestamptz not null default now(),
  primary key (garden_id, id),
  foreign key (garden_id, customer_id) references customer,
  foreign key (garden_id, letterhead_id) references letterhead,
  foreign key (garden_id, credits) references document,
  foreign key (garden_id, run_id) references billing_run,
  foreign key (garden_id, entry_id) references entry,
  unique (garden_id, kind, year, sequence),
  unique (garden_id, number),
  check (gross_cents = net_cents + vat_cents)
);
create unique index on document (garden_id, source) where source is not null;
create index on document (garden_id, customer_id, day);
create index on document (garden_id, day);
create index on document (garden_id, run_id) where run_id is not null;
create index on document (garden_id, credits) where credits is not null;
call append_only_table('document');

-- Something a customer owes, or is given, beside the baskets: billed with the next documents from `bill_on` on.
create table charge (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  customer_id bigint not null,
  subscription_id bigint,
  membership_id bigint,
  kind text not null check (kind in (
    'membership', 'container_fee', 'deposit', 'deposit_back', 'delivery_fee', 'extra', 'discount', 'rejection_fee', 'other')),
  label text not null check (label <> ''),
  -- Below zero for what is given: prices never are (EN 16931, BR-27).
  quantity_milli integer not null default 1000 check (quantity_milli <> 0),
  unit_price_cents bigint not null check (unit_price_cents >= 0),
  vat_basis_points integer not null default 0 check (vat_basis_points between 0 and 10000),
  vat_included boolean not null default true,
  account text not null,
  activity_code text not null default 'MAR',
  -- 'delivery': once for each basket delivered of its subscription, from `bill_on` to `until_on`.
  per text not null default 'once' check (per in ('once', 'delivery')),
  bill_on date not null,
  until_on date,
  note text not null default '',
  source text,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  withdrawn_at timestamptz,
  primary key (garden_id, id),
  foreign key (garden_id, customer_id) references customer,
  foreign key (garden_id, subscription_id) references subscription,
  foreign key (garden_id, membership_id) references membership,
  check (per = 'once' or subscription_id is not null)
);
create unique index on charge (garden_id, source) where source is not null;
create index on charge (garden_id, customer_id);
call tenant_table('charge');

create table document_line (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  document_id bigint not null,
  position integer not null,
  -- What it bills; the modes of billing compare what is owed with what stands in lines of theirs.
  kind text not null check (kind in ('basket', 'advance', 'settlement', 'delivery_fee', 'charge')),
  label text not null check (label <> ''),
  detail text not null default '',
  quantity_milli integer not null,
  unit_price_cents bigint not null,
  vat_basis_points integer not null,
  vat_included boolean not null,
  net_cents bigint not null,
  vat_cents bigint not null default 0,
  gross_cents bigint not null,
  account text not null,
  activity_id bigint,
  product_id bigint,
  subscription_id bigint,
  charge_id bigint,
  -- The line of an invoice that it credits.
  credits_line bigint,
  -- The deliveries it is about.
  from_on date,
  until_on date,
  primary key (garden_id, id),
  foreign key (garden_id, document_id) references document,
  foreign key (garden_id, credits_line) references document_line,
  foreign key (garden_id, activity_id) references activity,
  foreign key (garden_id, product_id) references product,
  foreign key (garden_id, subscription_id) references subscription,
  foreign key (garden_id, charge_id) references charge,
  unique (garden_id, document_id, position),
  check (gross_cents = net_cents + vat_cents)
);
create index on document_line (garden_id, subscription_id) where subscription_id is not null;
create index on document_line (garden_id, charge_id) where charge_id is not null;
-- A line is credited once.
create unique index on document_line (garden_id, credits_line) where credits_line is not null;
call append_only_table('document_line');

-- Each time a document left: by mail, or printed.
create table document_sending (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  document_id bigint not null,
  way text not null check (way in ('mail', 'print')),
  address text not null default '',
  user_id text,
  created_at timestamptz not null default now(),
  primary key (garden_id, id),
  foreign key (garden_id, document_id) references document
);
create index on document_sending (garden_id, document_id);
call tenant_table('document_sending');

-- What a subscription in instalments pays, and when: told before anybody signs.
create table instalment (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  subscription_id bigint not null,
  position integer not null check (position > 0),
  due_on date not null,
  amount_cents bigint not null,
  primary key (garden_id, id),
  foreign key (garden_id, subscription_id) references subscription,
  unique (garden_id, subscription_id, position)
);
call tenant_table('instalment');

-- Kinds of membership: a fixed year (whole price, or less from a day of the year on), or a year from the day one joins.
create table membership_type (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  name text not null check (name <> ''),
  amount_cents bigint not null check (amount_cents >= 0),
  period text not null default 'fixed_year' check (period in ('fixed_year', 'anniversary')),
  -- Month and day, « 01-01 ».
  year_starts text not null default '01-01' check (year_starts ~ '^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$'),
  -- [{ "from": "07-01", "amountCents": 1500 }]: who joins from that day of the year on pays that.
  steps jsonb not null default '[]',
  account text not null default '756000',
  position integer not null default 0,
  version integer not null default 1,
  archived_at timestamptz,
  primary key (garden_id, id),
  unique (garden_id, name)
);
call tenant_table('membership_type');
alter table membership
  add column type_id bigint,
  add foreign key (garden_id, type_id) references membership_type;
-- Buys without being a member, by decision of the garden.
alter table customer add column membership_dispensed boolean not null default false;

-- Containers that come back: crates, bags, jars, with their deposit.
create table returnable (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  name text not null check (name <> ''),
  deposit_cents bigint not null check (deposit_cents >= 0),
  position integer not null default 0,
  version integer not null default 1,
  archived_at timestamptz,
  primary key (garden_id, id),
  unique (garden_id, name)
);
call tenant_table('returnable');
create table returnable_move (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  customer_id bigint not null,
  returnable_id bigint not null,
  day date not null,
  -- 'given': the customer leaves the deposit to the garden.
  kind text not null check (kind in ('lent', 'returned', 'given')),
  quantity integer not null check (quantity > 0),
  -- Of one of them, on the day it was lent: what comes back is worth what it was.
  deposit_cents bigint not null check (deposit_cents >= 0),
  charge_id bigint,
  -- In the ledger, when it is given.
  entry_id bigint,
  -- The form that told it: sent twice, it counts once.
  source text,
  created_at timestamptz not null default now(),
  withdrawn_at timestamptz,
  primary key (garden_id, id),
  foreign key (garden_id, customer_id) references customer,
  foreign key (garden_id, returnable_id) references returnable,
  foreign key (garden_id, charge_id) references charge,
  foreign key (garden_id, entry_id) references entry
);
create index on returnable_move (garden_id, customer_id);
call tenant_table('returnable_move');

create function install_billing(garden integer) returns void language sql set search_path = public, pg_temp as $$
  insert into membership_type (garden_id, name, amount_cents, position) values (garden, 'Adhésion annuelle', 1500, 1), (garden, 'Adhésion de soutien', 3000, 2)
  on conflict do nothing;
$$;

-- As in 0013, but its cost does not grow with the ledger: under row-level security an index serves only what is compared by leakproof means alone, and
-- « ->> » is none. So sources are taken out of the JSON first.
create or replace function post_entries(journal_code text, given jsonb) returns table (id bigint, number integer, source text) language plpgsql as $$
#variable_conflict use_column
declare
  book bigint;
  last integer;
  previous bytea;
  unknown text;
begin
  -- Whoever posts in this journal at the same moment waits here: numbers follow each other, and so do hashes.
  select j.id into book from journal j where j.garden_id = app_garden() and j.code = journal_code for no key update;
  if book is null then
    raise exception 'There is no journal %', journal_code using errcode = 'foreign_key_violation', constraint = 'journal';
  end if;
  select string_agg(distinct l ->> 'account', ', ') into unknown
  from jsonb_array_elements(given) e, jsonb_array_elements(e -> 'lines') l
  where not exists (select from account a where a.garden_id = app_garden() and a.number = l ->> 'account' and a.archived_at is null);
  if unknown is not null then
    raise exception 'No such account in use: %', unknown using errcode = 'foreign_key_violation', constraint = 'account';
  end if;
  select e.number, e.hash into last, previous from entry e where e.garden_id = app_garden() and e.journal_id = book order by e.number desc limit 1;
  return query
  with given_sources as materialized (
    select g.place, g.entry, g.entry ->> 'source' as source from jsonb_array_elements(given) with ordinality g (entry, place)
  ), asked as materialized (
    select row_number() over (order by g.place)::integer + coalesce(last, 0) as number, g.entry, (
        select jsonb_agg(jsonb_build_object('account', l ->> 'account', 'amount', (l ->> 'amount')::bigint, 'customer', (l ->> 'customer')::bigint,
          'activity', (l ->> 'activity')::bigint, 'label', coalesce(l ->> 'label', '')) order by t.place)
        from jsonb_array_elements(g.entry -> 'lines') with ordinality t (l, place)
      ) as lines
    from given_sources g
    where not exists (select from entry s where s.garden_id = app_garden() and s.source = g.source)
  ), made as (
    insert into entry (garden_id, journal_id, number, day, label, document, document_day, reverses, source, batch_id, user_id, hash)
    select app_garden(), book, a.number, (a.entry ->> 'day')::date, a.entry ->> 'label', a.entry ->> 'document', (a.entry ->> 'documentDay')::date,
      (a.entry ->> 'reverses')::bigint, a.entry ->> 'source', coalesce((a.entry ->> 'batch')::bigint, app_batch()), app_user(),
      chain(coalesce(previous, chain_start()), entry_body(a.number, (a.entry ->> 'day')::date, a.entry ->> 'label', a.entry ->> 'document',
        (a.entry ->> 'documentDay')::date, (a.entry ->> 'reverses')::bigint, a.entry ->> 'source', a.lines)) over (order by a.number)
    from asked a
    returning entry.id, entry.number, entry.source
  ), paired as materialized (
    -- Each entry with its lines before they are taken apart: otherwise all lines are taken apart once for each entry.
    select m.id, a.lines from made m join asked a on a.number = m.number
  ), written as (
    insert into entry_line (garden_id, entry_id, position, account_id, amount_cents, customer_id, activity_id, label)
    select app_garden(), m.id, t.place, c.id, (l ->> 'amount')::bigint, (l ->> 'customer')::bigint, (l ->> 'activity')::bigint, l ->> 'label'
    from paired m
    cross join lateral jsonb_array_elements(m.lines) with ordinality t (l, place)
    join account c on c.garden_id = app_garden() and c.number = l ->> 'account'
  )
  select m.id, m.number, m.source from made m order by m.number;
end $$;

-- A billing run goes on in the queue, when it is longer than a page may wait.
create or replace function enqueue_job(task text, payload jsonb) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if task not in ('send_mail', 'billing_run') then raise exception 'Unknown job: %', task; end if;
  perform graphile_worker.add_job(task, payload::json, max_attempts => 8);
end $$;
