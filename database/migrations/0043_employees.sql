-- Baskets of employees: what an employee signed so that baskets are taken from pay, and what was taken, month by month. Her subscription is anybody's: nothing here
-- stands in it.

create table pay_agreement (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  customer_id bigint not null,
  -- Under which payroll knows the person.
  employee_number text not null default '',
  -- Real: what stands on her account; flat: the same every month, on account.
  kind text not null check (kind in ('real', 'flat')),
  flat_cents integer not null default 0 check (flat_cents >= 0),
  -- Never more than that in a month: written on what she signed.
  most_cents integer not null check (most_cents > 0),
  signed_on date not null,
  -- Where what she signed is kept; the paper itself is not here.
  evidence text not null check (evidence <> ''),
  -- The rule of law under which the ceiling was checked (employees/rules/law.ts).
  rule text not null,
  starts_on date not null,
  ends_on date,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  primary key (garden_id, id),
  foreign key (garden_id, customer_id) references customer,
  check (flat_cents <= most_cents),
  check (ends_on is null or ends_on >= starts_on)
);
create unique index on pay_agreement (garden_id, customer_id) where ends_on is null;
call tenant_table('pay_agreement');

-- A month given to payroll. Closed once; what was wrong is put right in the next.
create table pay_list (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  -- Its first day.
  month date not null,
  -- The day under which payments stand in the ledger.
  day date not null,
  closed_by text,
  created_at timestamptz not null default now(),
  primary key (garden_id, id),
  unique (garden_id, month)
);
call tenant_table('pay_list');

create table pay_line (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  list_id bigint not null,
  agreement_id bigint not null,
  -- What stood on the account, and what was taken.
  owed_cents integer not null,
  cents integer not null check (cents > 0),
  payment_id bigint not null,
  primary key (garden_id, id),
  foreign key (garden_id, list_id) references pay_list,
  foreign key (garden_id, agreement_id) references pay_agreement,
  foreign key (garden_id, payment_id) references payment,
  unique (garden_id, list_id, agreement_id)
);
call tenant_table('pay_line');
