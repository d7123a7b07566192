-- Solidarity baskets. A subscription keeps its public price; what its customer owes of it is billing's (`own_share`), who pays the rest is solidarity's.

-- From a day to another, a basket of a subscription is owed by its customer at less than its price: so much at most, and such a part of it at most.
create table own_share (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  subscription_id bigint not null,
  starts_on date not null,
  ends_on date,
  cents bigint check (cents >= 0),
  basis_points integer not null default 10000 check (basis_points between 0 and 10000),
  -- What it was written for, said once: « path:12 ».
  source text,
  created_at timestamptz not null default now(),
  primary key (garden_id, id),
  foreign key (garden_id, subscription_id) references subscription,
  check (ends_on >= starts_on),
  -- One at most on a day: a basket has one price.
  exclude using gist (int4range(garden_id, garden_id, '[]') with &&, int8range(subscription_id, subscription_id, '[]') with &&,
    daterange(starts_on, ends_on, '[]') with &&)
);
create index on own_share (garden_id, subscription_id);
create unique index on own_share (garden_id, source) where source is not null;
call tenant_table('own_share');

-- What the customer owes of a price in cents: never more than it, rounded down. Without a share, the price.
create function own_price(price bigint, cents bigint, basis_points integer) returns bigint language sql immutable parallel safe as $$
  select least(price, cents, price * basis_points / 10000)
$$;

-- Who pays what people do not. What it pays is claimed from its customer record; the garden itself and gifts have none.
create table funder (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  customer_id bigint,
  kind text not null check (kind in ('national', 'caf', 'msa', 'commune', 'company', 'other', 'garden', 'donations')),
  name text not null check (name <> ''),
  -- How its agreement is called: number, date.
  reference text not null default '',
  version integer not null default 1,
  archived_at timestamptz,
  primary key (garden_id, id),
  foreign key (garden_id, customer_id) references customer,
  unique (garden_id, name),
  check (customer_id is null or kind not in ('garden', 'donations'))
);
call tenant_table('funder');

-- How VAT holds for what a funder pays, from a day on: a complement of the price is taxed as the basket (CGI, article 266, 1, a); a subsidy is not.
create table funder_treatment (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  funder_id bigint not null,
  starts_on date not null,
  treatment text not null check (treatment in ('price_complement', 'subsidy')),
  primary key (garden_id, id),
  foreign key (garden_id, funder_id) references funder,
  unique (garden_id, funder_id, starts_on)
);
call tenant_table('funder_treatment');

create table programme (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  name text not null check (name <> ''),
  starts_on date not null,
  ends_on date,
  -- The person's own part of a basket: an amount, never more than such a part of the public price; without an amount, that part.
  person_cents bigint check (person_cents >= 0),
  person_basis_points integer not null default 3000 check (person_basis_points between 0 and 3000),
  term_months integer not null default 6 check (term_months between 1 and 24),
  -- When an envelope has not enough left: who comes next pays, nobody does until somebody decides, or the envelope goes below zero.
  when_short text not null default 'stop' check (when_short in ('stop', 'next', 'allow')),
  -- Said to run low below that part of an envelope.
  warn_basis_points integer not null default 2000 check (warn_basis_points between 0 and 10000),
  note text not null default '',
  version integer not null default 1,
  archived_at timestamptz,
  primary key (garden_id, id),
  unique (garden_id, name),
  check (ends_on >= starts_on)
);
call tenant_table('programme');

-- The plans it covers; none: all of them.
create table programme_plan (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  programme_id bigint not null,
  plan_id bigint not null,
  primary key (garden_id, id),
  foreign key (garden_id, programme_id) references programme,
  foreign key (garden_id, plan_id) references plan,
  unique (garden_id, programme_id, plan_id)
);
call tenant_table('programme_plan');

-- Who pays the rest of a basket, in order: amounts and parts of the public price, then what is left, in equal parts among those who take it.
create table programme_share (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  programme_id bigint not null,
  position integer not null check (position > 0),
  funder_id bigint not null,
  kind text not null check (kind in ('remainder', 'amount', 'percent')),
  cents bigint check (cents >= 0),
  basis_points integer check (basis_points between 0 and 10000),
  -- Of which persons: those of this fund, of this commune; empty: everybody.
  affiliation text not null default '' check (affiliation in ('', 'caf', 'msa')),
  place text not null default '',
  primary key (garden_id, id),
  foreign key (garden_id, programme_id) references programme,
  foreign key (garden_id, funder_id) references funder,
  unique (garden_id, programme_id, position),
  check (kind <> 'amount' or cents is not null),
  check (kind <> 'percent' or basis_points is not null)
);
call tenant_table('programme_share');

-- What a funder gives to a programme between two days: euros, baskets or both; what is empty has no limit.
create table programme_envelope (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  programme_id bigint not null,
  funder_id bigint not null,
  starts_on date not null,
  ends_on date,
  cents bigint check (cents >= 0),
  baskets integer check (baskets >= 0),
  note text not null default '',
  -- What it was fed by, said once: « gift:12 ».
  source text,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  withdrawn_at timestamptz,
  primary key (garden_id, id),
  foreign key (garden_id, programme_id) references programme,
  foreign key (garden_id, funder_id) references funder,
  check (ends_on >= starts_on)
);
create index on programme_envelope (garden_id, programme_id);
create unique index on programme_envelope (garden_id, source) where source is not null;
call tenant_table('programme_envelope');

-- A person's stay in a programme. What is known of her beside her customer record stays out of the trail: it is erased when it is not needed any more.
create table path (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  programme_id bigint not null,
  customer_id bigint not null,
  -- Null until it begins.
  subscription_id bigint,
  affiliation text not null default '' check (affiliation in ('', 'caf', 'msa')),
  place text not null default '',
  household integer check (household between 1 and 30),
  reference text not null default '',
  starts_on date not null,
  -- The last day, the agreed one, or an earlier one.
  ends_on date not null,
  at_end text not null default 'ends' check (at_end in ('ends', 'ordinary', 'renewal')),
  -- Ended before the agreed day, and why.
  ended_at timestamptz,
  end_reason text not null default '',
  renewed_from bigint,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  primary key (garden_id, id),
  foreign key (garden_id, programme_id) references programme,
  foreign key (garden_id, customer_id) references customer,
  foreign key (garden_id, subscription_id) references subscription,
  foreign key (garden_id, renewed_from) references path,
  check (ends_on >= starts_on)
);
create index on path (garden_id, customer_id);
create index on path (garden_id, subscription_id);
create index on path (garden_id, programme_id);
create unique index on path (garden_id, renewed_from) where renewed_from is not null;
call tenant_table('path', 'affiliation', 'place', 'household', 'reference', 'end_reason');

-- A call for subsidy, or the invoice that claims from a funder what it pays. What it claims stands in `claim_line`.
create table claim (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  funder_id bigint not null,
  kind text not null check (kind in ('invoice', 'call')),
  number text not null,
  day date not null,
  due_on date not null,
  from_on date not null,
  until_on date not null,
  cents bigint not null,
  document_id bigint,
  entry_id bigint,
  -- Of the form it was made with: one form sent twice makes one claim.
  key text,
  sent_at timestamptz,
  contested_at timestamptz,
  contest_note text not null default '',
  version integer not null default 1,
  created_at timestamptz not null default now(),
  primary key (garden_id, id),
  foreign key (garden_id, funder_id) references funder,
  foreign key (garden_id, document_id) references document,
  foreign key (garden_id, entry_id) references entry,
  unique (garden_id, number)
);
create unique index on claim (garden_id, key) where key is not null;
call tenant_table('claim');

-- Each basket received, and who pays what of it: the person (no funder) and funders. The lines of a basket add up to its public price, or to nothing
-- once it was taken back by its mirror.
create table payer_line (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  path_id bigint not null,
  subscription_id bigint not null,
  -- The day of its delivery, and which of the baskets of that day: 1, 2…
  day date not null,
  unit integer not null check (unit > 0),
  product_id bigint not null,
  funder_id bigint,
  envelope_id bigint,
  -- 1, or -1 for what is taken back.
  quantity integer not null check (quantity in (-1, 1)),
  cents bigint not null,
  -- What of it is VAT, as it was posted.
  treatment text check (treatment in ('price_complement', 'subsidy')),
  entry_id bigint,
  created_at timestamptz not null default now(),
  primary key (garden_id, id),
  foreign key (garden_id, path_id) references path,
  foreign key (garden_id, subscription_id) references subscription,
  foreign key (garden_id, product_id) references product,
  foreign key (garden_id, funder_id) references funder,
  foreign key (garden_id, envelope_id) references programme_envelope,
  foreign key (garden_id, entry_id) references entry,
  check (funder_id is not null or envelope_id is null)
);
create index on payer_line (garden_id, subscription_id, day);
create index on payer_line (garden_id, funder_id, day);
create index on payer_line (garden_id, envelope_id) where envelope_id is not null;
create index on payer_line (garden_id, path_id);
call append_only_table('payer_line');

create table claim_line (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  claim_id bigint not null,
  payer_line_id bigint not null,
  primary key (garden_id, id),
  foreign key (garden_id, claim_id) references claim,
  foreign key (garden_id, payer_line_id) references payer_line,
  -- Claimed once.
  unique (garden_id, payer_line_id)
);
create index on claim_line (garden_id, claim_id);
call append_only_table('claim_line');

-- Who looked at what of solidarity: one line for each person, record and day.
create table solidarity_reading (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  user_id text not null,
  day date not null,
  -- A kind of record (« path », « people », « claim »…), and which one; 0: the list of them.
  what text not null check (what <> ''),
  record_id bigint not null default 0,
  created_at timestamptz not null default now(),
  primary key (garden_id, id),
  unique (garden_id, user_id, day, what, record_id)
);
create index on solidarity_reading (garden_id, day);
call append_only_table('solidarity_reading');

create function install_solidarity(garden integer) returns void language sql set search_path = public, pg_temp as $$
  insert into account (garden_id, number, name) values
    (garden, '418100', 'Clients : factures et demandes à établir'), (garden, '741000', 'Subventions : paniers solidaires')
  on conflict do nothing;
$$;
do $$
declare
  one integer;
begin
  for one in select id from garden loop
    perform set_config('app.garden', one::text, true);
    perform install_solidarity(one);
  end loop;
  perform set_config('app.garden', '', true);
end $$;
