-- Customers and what they may buy.

create table customer (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  number text not null,
  kind text not null default 'person' check (kind in ('person', 'organisation')),
  civility text not null default '',
  last_name text not null check (last_name <> ''),
  first_name text not null default '',
  address text not null default '',
  postcode text not null default '',
  city text not null default '',
  phone text not null default '',
  email text not null default '',
  category text not null default '',
  volunteer text check (volunteer in ('yes', 'maybe', 'no')),
  payment_method text,
  notes text not null default '',
  -- Brought over from the former tool, to the cent; the ledger opens with it.
  opening_balance_cents bigint not null default 0,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  archived_at timestamptz,
  search text generated always as (search_text(
    last_name || ' ' || first_name || ' ' || last_name || ' ' || number || ' ' || regexp_replace(phone, '\D', '', 'g') || ' ' || phone || ' ' || email || ' ' || city
  )) stored,
  primary key (garden_id, id),
  unique (garden_id, number)
);
create index on customer (garden_id, last_name, first_name);
call tenant_table('customer', 'search');

create table membership (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  customer_id bigint not null,
  starts_on date not null,
  ends_on date not null,
  amount_cents bigint not null check (amount_cents >= 0),
  primary key (garden_id, id),
  foreign key (garden_id, customer_id) references customer,
  unique (garden_id, customer_id, starts_on),
  check (ends_on >= starts_on)
);
call tenant_table('membership');

-- SEPA mandates signed with the former tool keep their reference (RUM) and date exactly.
create table mandate (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  customer_id bigint not null,
  reference text not null,
  iban text not null,
  bic text not null default '',
  signed_on date not null,
  ended_on date,
  primary key (garden_id, id),
  foreign key (garden_id, customer_id) references customer,
  unique (garden_id, reference)
);
create index on mandate (garden_id, customer_id);
call tenant_table('mandate');

create table product (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  name text not null check (name <> ''),
  kind text not null default 'basket' check (kind in ('basket', 'other')),
  position integer not null default 0,
  price_cents bigint not null check (price_cents >= 0),
  vat_basis_points integer not null default 550 check (vat_basis_points between 0 and 10000),
  target_departure_cents bigint,
  wished_margin_basis_points integer,
  version integer not null default 1,
  archived_at timestamptz,
  primary key (garden_id, id),
  unique (garden_id, name)
);
call tenant_table('product');
