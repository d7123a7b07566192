-- The bank: mandates with their life, direct debits (pain.008), transfers (pain.001), files of the bank (camt, CSV) and what their lines are.

alter table mandate
  add column scheme text not null default 'CORE' check (scheme in ('CORE', 'B2B')),
  add column once boolean not null default false,
  -- How its signature is proved.
  add column evidence text not null default '' check (evidence in ('', 'paper', 'online')),
  add column evidence_note text not null default '',
  add column end_reason text not null default '',
  add column created_at timestamptz not null default now(),
  add column version integer not null default 1;

-- A scan of the signed paper, or the text consented to online.
create table mandate_proof (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  mandate_id bigint not null,
  content bytea not null,
  content_type text not null check (content_type in ('application/pdf', 'image/jpeg', 'image/png', 'image/webp', 'text/plain')),
  created_at timestamptz not null default now(),
  primary key (garden_id, id),
  foreign key (garden_id, mandate_id) references mandate
);
call tenant_table('mandate_proof', 'content');

-- A change of account, or of reference: told to the bank with the next debit.
create table mandate_change (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  mandate_id bigint not null,
  day date not null,
  former_iban text not null default '',
  former_bic text not null default '',
  former_reference text not null default '',
  former_creditor text not null default '',
  same_bank boolean not null default true,
  -- The debit that told it.
  told_by bigint,
  created_at timestamptz not null default now(),
  primary key (garden_id, id),
  foreign key (garden_id, mandate_id) references mandate
);
create index on mandate_change (garden_id, mandate_id);
call tenant_table('mandate_change', 'former_iban');

create table debit_batch (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  bank_account_id bigint not null,
  name text not null check (name <> ''),
  due_on date not null,
  state text not null default 'draft' check (state in ('draft', 'sent', 'confirmed', 'undone')),
  -- MsgId of the file, and the file as it was written.
  message_id text,
  file text,
  file_at timestamptz,
  notified_at timestamptz,
  confirmed_on date,
  -- The form that made it: sent twice, it makes one.
  key text,
  created_by text,
  created_at timestamptz not null default now(),
  undone_at timestamptz,
  version integer not null default 1,
  primary key (garden_id, id),
  foreign key (garden_id, bank_account_id) references bank_account,
  unique (garden_id, key)
);
create unique index on debit_batch (garden_id, message_id) where message_id is not null;
call tenant_table('debit_batch', 'file');
alter table mandate_change add foreign key (garden_id, told_by) references debit_batch;

create table debit_line (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  batch_id bigint not null,
  customer_id bigint not null,
  mandate_id bigint not null,
  payment_id bigint,
  amount_cents bigint not null check (amount_cents > 0),
  end_to_end text not null,
  sequence text not null check (sequence in ('FRST', 'RCUR', 'FNAL', 'OOFF')),
  -- What it pays, in words: « Factures F2025-00012, F2025-00044 ».
  remittance text not null default '',
  state text not null default 'pending' check (state in ('pending', 'confirmed', 'rejected', 'removed')),
  reason_code text not null default '',
  notified_at timestamptz,
  version integer not null default 1,
  primary key (garden_id, id),
  foreign key (garden_id, batch_id) references debit_batch,
  foreign key (garden_id, customer_id) references customer,
  foreign key (garden_id, mandate_id) references mandate,
  foreign key (garden_id, payment_id) references payment,
  unique (garden_id, end_to_end)
);
create unique index on debit_line (garden_id, batch_id, mandate_id) where state <> 'removed';
create index on debit_line (garden_id, mandate_id);
call tenant_table('debit_line');

-- Money given back by transfer.
create table transfer_batch (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  bank_account_id bigint not null,
  name text not null check (name <> ''),
  execute_on date not null,
  state text not null default 'draft' check (state in ('draft', 'sent', 'confirmed', 'undone')),
  message_id text,
  file text,
  confirmed_on date,
  key text,
  created_by text,
  created_at timestamptz not null default now(),
  undone_at timestamptz,
  version integer not null default 1,
  primary key (garden_id, id),
  foreign key (garden_id, bank_account_id) references bank_account,
  unique (garden_id, key)
);
call tenant_table('transfer_batch', 'file');
create table transfer_line (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  batch_id bigint not null,
  payment_id bigint not null,
  name text not null,
  iban text not null,
  bic text not null default '',
  amount_cents bigint not null check (amount_cents > 0),
  end_to_end text not null,
  primary key (garden_id, id),
  foreign key (garden_id, batch_id) references transfer_batch,
  foreign key (garden_id, payment_id) references payment,
  unique (garden_id, end_to_end)
);
call tenant_table('transfer_line', 'iban');

create table bank_file (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  bank_account_id bigint,
  name text not null,
  format text not null check (format in ('camt.053', 'camt.054', 'csv')),
  content bytea not null,
  -- The same file again is the same file.
  digest bytea not null,
  lines integer not null default 0,
  created_by text,
  created_at timestamptz not null default now(),
  primary key (garden_id, id),
  foreign key (garden_id, bank_account_id) references bank_account,
  unique (garden_id, digest)
);
call tenant_table('bank_file', 'content');

create table bank_line (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  file_id bigint not null,
  bank_account_id bigint,
  -- The bank's own reference, or what the line says with its rank among those that say the same: two files with the same line give it once.
  key text not null,
  -- The movement of the account that it is, or is a part of: told again elsewhere, with more detail or less, it is the same.
  entry_key text not null default '',
  entry_cents bigint not null default 0,
  -- How many payments it stands for, when the bank gives them as one.
  transactions integer not null default 1 check (transactions > 0),
  day date not null,
  value_day date,
  -- Above zero: received.
  amount_cents bigint not null check (amount_cents <> 0),
  label text not null default '',
  counterparty text not null default '',
  counterparty_iban text not null default '',
  end_to_end text not null default '',
  mandate_reference text not null default '',
  message_id text not null default '',
  return_reason text not null default '',
  state text not null default 'open' check (state in ('open', 'matched', 'ignored')),
  -- What it turned out to be.
  payment_id bigint,
  debit_batch_id bigint,
  debit_line_id bigint,
  remittance_id bigint,
  transfer_batch_id bigint,
  entry_id bigint,
  -- What accepting it did, and undoing it takes back; 'linked': it was done already.
  act text not null default '' check (act in ('', 'linked', 'recorded', 'paid', 'confirmed', 'rejected', 'deposited', 'posted')),
  note text not null default '',
  version integer not null default 1,
  primary key (garden_id, id),
  foreign key (garden_id, file_id) references bank_file,
  foreign key (garden_id, bank_account_id) references bank_account,
  foreign key (garden_id, payment_id) references payment,
  foreign key (garden_id, debit_batch_id) references debit_batch,
  foreign key (garden_id, debit_line_id) references debit_line,
  foreign key (garden_id, remittance_id) references remittance,
  foreign key (garden_id, transfer_batch_id) references transfer_batch,
  foreign key (garden_id, entry_id) references entry,
  unique (garden_id, key)
);
create index on bank_line (garden_id, state, day);
create index on bank_line (garden_id, entry_key) where entry_key <> '';
create index on bank_line (garden_id, counterparty_iban) where counterparty_iban <> '';
call tenant_table('bank_line', 'counterparty_iban');
