-- Giving: donors, campaigns, gifts, and tax receipts, numbered without gaps and never changed. Amounts in cents.

create table donor (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  -- When somebody the garden knows gives.
  customer_id bigint,
  kind text not null default 'person' check (kind in ('person', 'company')),
  -- Of a company: its name.
  last_name text not null check (last_name <> ''),
  first_name text not null default '',
  legal_form text not null default '',
  siren text not null default '',
  address text not null default '',
  postcode text not null default '',
  city text not null default '',
  email text not null default '',
  -- When she wants her receipts: all of a year together, after each gift, never.
  receipts text not null default 'year' check (receipts in ('year', 'once', 'none')),
  note text not null default '',
  version integer not null default 1,
  created_at timestamptz not null default now(),
  archived_at timestamptz,
  primary key (garden_id, id),
  foreign key (garden_id, customer_id) references customer
);
create unique index on donor (garden_id, customer_id) where customer_id is not null;
call tenant_table('donor');

create table campaign (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  -- In addresses.
  slug text not null check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  title text not null check (title <> ''),
  lead text not null default '',
  -- Markdown.
  body text not null default '',
  goal_cents bigint check (goal_cents > 0),
  starts_on date not null,
  ends_on date,
  -- What one gets for a gift, told to everybody. With anything here, no gift of the campaign has a tax receipt.
  counterpart text not null default '',
  -- What the gifts are kept for: dedicated funds at the end of the year. Empty: for all that the garden does.
  project text not null default '',
  published boolean not null default false,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  archived_at timestamptz,
  primary key (garden_id, id),
  unique (garden_id, slug),
  check (ends_on >= starts_on)
);
call tenant_table('campaign');

-- Receipts of a year are numbered 1, 2, 3…: the last number given, locked while some are made.
create table receipt_counter (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  year integer not null,
  last integer not null default 0,
  primary key (garden_id, id),
  unique (garden_id, year)
);
call tenant_table('receipt_counter');

-- A tax receipt as it was made. A mistake is cancelled by another, never mended.
create table receipt (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  year integer not null,
  sequence integer not null check (sequence > 0),
  number text not null,
  kind text not null check (kind in ('person', 'company')),
  donor_id bigint not null,
  day date not null,
  cents bigint not null check (cents > 0),
  -- All that is printed: the garden, the donor, the gifts, the articles, who signs (src/domains/giving/documents/model.ts).
  content jsonb not null,
  -- The one that it takes the place of.
  replaces bigint,
  source text,
  user_id text,
  created_at timestamptz not null default now(),
  primary key (garden_id, id),
  foreign key (garden_id, donor_id) references donor,
  foreign key (garden_id, replaces) references receipt,
  unique (garden_id, year, sequence),
  unique (garden_id, number)
);
create unique index on receipt (garden_id, source) where source is not null;
create unique index on receipt (garden_id, replaces) where replaces is not null;
create index on receipt (garden_id, donor_id);
call append_only_table('receipt');

create table receipt_cancellation (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  receipt_id bigint not null,
  day date not null,
  reason text not null check (reason <> ''),
  user_id text,
  created_at timestamptz not null default now(),
  primary key (garden_id, id),
  foreign key (garden_id, receipt_id) references receipt,
  unique (garden_id, receipt_id)
);
call append_only_table('receipt_cancellation');

-- Each time a receipt was handed over: what is printed after that says « duplicata ».
create table receipt_sending (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  receipt_id bigint not null,
  way text not null check (way in ('mail', 'print')),
  address text not null default '',
  user_id text,
  created_at timestamptz not null default now(),
  primary key (garden_id, id),
  foreign key (garden_id, receipt_id) references receipt
);
create index on receipt_sending (garden_id, receipt_id);
call tenant_table('receipt_sending');

create table gift (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  donor_id bigint not null,
  campaign_id bigint,
  -- money; something one was owed and gives up; goods.
  nature text not null check (nature in ('money', 'claim', 'goods')),
  origin text not null default 'direct' check (origin in ('direct', 'online', 'regular', 'per_basket', 'deposit', 'basket')),
  -- How money came, as receipts name it.
  means text check (means in ('cash', 'cheque', 'transfer')),
  cents bigint not null check (cents > 0),
  -- When it was received; of what is promised, when it was promised.
  day date not null,
  state text not null default 'received' check (state in ('promised', 'received', 'cancelled')),
  -- Something was given for it: never a receipt.
  counterpart boolean not null default false,
  -- Goods: what they are, and how the donor valued them.
  label text not null default '',
  valuation text not null default '',
  note text not null default '',
  payment_id bigint,
  entry_id bigint,
  -- The line of an invoice by which it was asked (« +1 € par panier »).
  line_id bigint,
  -- The receipt that stands for it; none any more once that is cancelled.
  receipt_id bigint,
  reason text not null default '',
  -- What it was made from, said once.
  source text,
  version integer not null default 1,
  created_by text,
  created_at timestamptz not null default now(),
  primary key (garden_id, id),
  foreign key (garden_id, donor_id) references donor,
  foreign key (garden_id, campaign_id) references campaign,
  foreign key (garden_id, payment_id) references payment,
  foreign key (garden_id, entry_id) references entry,
  foreign key (garden_id, line_id) references document_line,
  foreign key (garden_id, receipt_id) references receipt,
  check (nature <> 'goods' or label <> '')
);
create unique index on gift (garden_id, source) where source is not null;
create index on gift (garden_id, donor_id);
create index on gift (garden_id, campaign_id) where campaign_id is not null;
create index on gift (garden_id, day);
create index on gift (garden_id, receipt_id) where receipt_id is not null;
call tenant_table('gift');

-- What the garden stated of its right to make receipts, from a day on: each statement is a row; the latest that has begun holds, and none of it changes.
create table giving_statement (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  starts_on date not null,
  -- False: from that day on, no receipt any more.
  eligible boolean not null,
  -- What the garden is before articles 200 and 238 bis of the CGI (src/domains/giving/rules/eligibility.ts).
  body text not null default '',
  articles text[] not null default '{}',
  -- Its object, as the receipt tells it.
  object text not null default '',
  -- The answer of the tax office, if it was asked: « rescrit du 12/03/2024 ».
  ruling text not null default '',
  signer text not null default '',
  signer_title text not null default '',
  user_id text,
  created_at timestamptz not null default now(),
  primary key (garden_id, id)
);
call append_only_table('giving_statement');

-- Accounts of giving (règlement ANC 2018-06, article 142-1 and chapter IX).
create function install_giving(garden integer) returns void language sql set search_path = public, pg_temp as $$
  insert into account (garden_id, number, name) values
    (garden, '754100', 'Dons'), (garden, '754200', 'Mécénats'),
    (garden, '196000', 'Fonds dédiés sur ressources liées à la générosité du public'),
    (garden, '689600', 'Reports en fonds dédiés sur ressources liées à la générosité du public'),
    (garden, '789600', 'Utilisations de fonds dédiés sur ressources liées à la générosité du public'),
    (garden, '860000', 'Secours en nature'), (garden, '870000', 'Dons en nature')
  on conflict do nothing;
$$;
do $$
declare
  one integer;
begin
  for one in select id from garden loop
    perform set_config('app.garden', one::text, true);
    perform install_giving(one);
  end loop;
  perform set_config('app.garden', '', true);
end $$;
