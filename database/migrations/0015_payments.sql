-- What is paid: ways of paying, payments, slips handed to the bank, takings of a market, the garden's accounts at banks.

create table bank_account (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  name text not null check (name <> ''),
  holder text not null default '',
  iban text not null,
  bic text not null default '',
  -- ICS of the garden, for direct debit.
  creditor_identifier text not null default '',
  account text not null default '512000',
  version integer not null default 1,
  archived_at timestamptz,
  primary key (garden_id, id),
  unique (garden_id, iban)
);
call tenant_table('bank_account', 'iban');

create table payment_method (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  kind text not null check (kind in ('direct_debit', 'cheque', 'card', 'cash', 'transfer', 'meal_voucher', 'local_currency', 'other')),
  name text not null check (name <> ''),
  -- Where the money stands until the bank has it.
  account text not null,
  -- Handed to the bank with a slip.
  remitted boolean not null default false,
  position integer not null default 0,
  version integer not null default 1,
  archived_at timestamptz,
  primary key (garden_id, id),
  unique (garden_id, name)
);
call tenant_table('payment_method');

-- A slip of cheques, cash or vouchers: numbered, with its total.
create table remittance (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  method_id bigint not null,
  bank_account_id bigint,
  number integer not null check (number > 0),
  day date not null,
  total_cents bigint not null,
  payments integer not null,
  state text not null default 'made' check (state in ('made', 'deposited', 'undone')),
  deposited_on date,
  entry_id bigint,
  created_by text,
  created_at timestamptz not null default now(),
  undone_at timestamptz,
  version integer not null default 1,
  primary key (garden_id, id),
  foreign key (garden_id, method_id) references payment_method,
  foreign key (garden_id, bank_account_id) references bank_account,
  foreign key (garden_id, entry_id) references entry,
  unique (garden_id, number)
);
call tenant_table('remittance');

-- A day of market, without customers: what was sold by rate of VAT, and its payments by means.
create table taking (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  day date not null,
  place text not null check (place <> ''),
  activity_id bigint,
  -- [{ "label", "account", "vatBasisPoints", "grossCents" }]
  lines jsonb not null,
  total_cents bigint not null,
  entry_id bigint,
  key text not null,
  note text not null default '',
  created_by text,
  created_at timestamptz not null default now(),
  reversed_at timestamptz,
  version integer not null default 1,
  primary key (garden_id, id),
  foreign key (garden_id, activity_id) references activity,
  foreign key (garden_id, entry_id) references entry,
  unique (garden_id, key)
);
call tenant_table('taking');

create table payment (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  -- Null: a taking without customer.
  customer_id bigint,
  taking_id bigint,
  method_id bigint not null,
  -- 'out': given back to the customer.
  direction text not null default 'in' check (direction in ('in', 'out')),
  amount_cents bigint not null check (amount_cents > 0),
  -- When it was received, or is expected.
  day date not null,
  state text not null check (state in ('expected', 'scheduled', 'paid', 'rejected', 'uncertain', 'cancelled')),
  -- Number of a cheque, of a transfer…
  reference text not null default '',
  bank text not null default '',
  -- The document that it pays first.
  document_id bigint,
  note text not null default '',
  remittance_id bigint,
  -- In the ledger, once it is paid; and its reversal, if it was rejected or taken back.
  entry_id bigint,
  reversal_id bigint,
  rejected_on date,
  reason text not null default '',
  -- What it was made from, said once: a form's key, a line of a bank's file, a line of a debit.
  source text,
  created_by text,
  created_at timestamptz not null default now(),
  version integer not null default 1,
  primary key (garden_id, id),
  foreign key (garden_id, customer_id) references customer,
  foreign key (garden_id, taking_id) references taking,
  foreign key (garden_id, method_id) references payment_method,
  foreign key (garden_id, document_id) references document,
  foreign key (garden_id, remittance_id) references remittance,
  foreign key (garden_id, entry_id) references entry,
  foreign key (garden_id, reversal_id) references entry,
  check (customer_id is not null or taking_id is not null)
);
create unique index on payment (garden_id, source) where source is not null;
create index on payment (garden_id, customer_id, day);
create index on payment (garden_id, day);
create index on payment (garden_id, remittance_id) where remittance_id is not null;
call tenant_table('payment');

-- Till rules (article 286, I-3° bis du CGI): what was received is never rewritten; a correction is a rejection, or another payment.
create function keep_payment() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'A payment is never removed' using errcode = 'integrity_constraint_violation';
  end if;
  if old.entry_id is not null and (old.customer_id, old.taking_id, old.method_id, old.direction, old.amount_cents, old.day, old.entry_id, old.source)
    is distinct from (new.customer_id, new.taking_id, new.method_id, new.direction, new.amount_cents, new.day, new.entry_id, new.source) then
    raise exception 'Payment % stands in the ledger: what it says does not change', old.id using errcode = 'integrity_constraint_violation';
  end if;
  return coalesce(new, old);
end $$;
create trigger keep before update or delete on payment for each row execute function keep_payment();

create function install_payments(garden integer) returns void language sql set search_path = public, pg_temp as $$
  insert into payment_method (garden_id, kind, name, account, remitted, position) values
    (garden, 'direct_debit', 'Prélèvement', '512000', false, 1), (garden, 'cheque', 'Chèque', '511200', true, 2),
    (garden, 'transfer', 'Virement', '512000', false, 3), (garden, 'cash', 'Espèces', '530000', true, 4),
    (garden, 'card', 'Carte bancaire', '511500', false, 5), (garden, 'meal_voucher', 'Titre-restaurant', '511700', true, 6),
    (garden, 'local_currency', 'Monnaie locale', '511800', true, 7)
  on conflict do nothing;
$$;
