-- What customers do with their baskets in « Mon compte », besides the requests that the rules grant by themselves.

-- Who of the garden looked at an account as its customer sees it: one line per day, which nobody changes.
create table account_look (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  customer_id bigint not null,
  user_id text not null,
  day date not null,
  at timestamptz not null default now(),
  primary key (garden_id, id),
  unique (garden_id, customer_id, user_id, day),
  foreign key (garden_id, customer_id) references customer
);
call append_only_table('account_look');

-- What the plan's rules refuse and the garden may grant all the same.
create table exception_request (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  customer_id bigint not null,
  subscription_id bigint not null,
  -- Her other subscriptions whose baskets of that week follow.
  also bigint[] not null default '{}',
  year integer not null,
  week integer not null check (week between 1 and 53),
  -- As `askFor` takes it (src/domains/account/schema-exceptions.ts).
  wish jsonb not null,
  -- What the rules said when it was asked.
  refusal text not null default '',
  note text not null default '',
  -- open: somebody of the garden has to answer; withdrawn: by the customer.
  state text not null default 'open' check (state in ('open', 'accepted', 'refused', 'withdrawn')),
  answer text not null default '',
  asked_at timestamptz not null default now(),
  handled_by text,
  handled_at timestamptz,
  version integer not null default 1,
  primary key (garden_id, id),
  foreign key (garden_id, customer_id) references customer,
  foreign key (garden_id, subscription_id) references subscription
);
create index on exception_request (garden_id, customer_id);
-- Sent twice, it is asked once; another wish for the same basket takes the place of the first.
create unique index on exception_request (garden_id, subscription_id, year, week) where state = 'open';
call tenant_table('exception_request');

-- A hand offered to the garden: what for, when, in her own words.
create table volunteer_offer (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  customer_id bigint not null,
  tasks text[] not null default '{}',
  moments text[] not null default '{}',
  note text not null default '',
  offered_at timestamptz not null default now(),
  withdrawn_at timestamptz,
  version integer not null default 1,
  primary key (garden_id, id),
  unique (garden_id, customer_id),
  foreign key (garden_id, customer_id) references customer
);
call tenant_table('volunteer_offer');

-- The secret address of her baskets as a calendar. It is made from this salt and the installation's secret: who reads the table cannot open it.
create table calendar_feed (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  customer_id bigint not null,
  salt bytea not null check (length(salt) = 32),
  created_at timestamptz not null default now(),
  revoked_at timestamptz,
  version integer not null default 1,
  primary key (garden_id, id),
  foreign key (garden_id, customer_id) references customer
);
create unique index on calendar_feed (garden_id, customer_id) where revoked_at is null;
call tenant_table('calendar_feed', 'salt');
