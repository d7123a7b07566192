-- For the accountant and the tax office: financial years, exports and what they took, closings of the till.

create table fiscal_year (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  starts_on date not null,
  ends_on date not null,
  closed_at timestamptz,
  version integer not null default 1,
  primary key (garden_id, id),
  unique (garden_id, starts_on),
  check (ends_on >= starts_on)
);
call tenant_table('fiscal_year');

create table ledger_export (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  name text not null check (name <> ''),
  journals text[] not null default '{}',
  from_on date not null,
  until_on date not null,
  entries integer not null default 0,
  created_by text,
  created_at timestamptz not null default now(),
  cancelled_at timestamptz,
  version integer not null default 1,
  primary key (garden_id, id)
);
call tenant_table('ledger_export');
create table ledger_export_entry (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  export_id bigint not null,
  entry_id bigint not null,
  primary key (garden_id, id),
  foreign key (garden_id, export_id) references ledger_export,
  foreign key (garden_id, entry_id) references entry,
  unique (garden_id, export_id, entry_id)
);
create index on ledger_export_entry (garden_id, entry_id);
call tenant_table('ledger_export_entry');

-- Article 286, I-3° bis du CGI: totals of each day, month and year, with the perpetual total, chained and signed.
create table till_closing (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  kind text not null check (kind in ('day', 'month', 'year')),
  from_on date not null,
  until_on date not null,
  -- By means of payment and by rate of VAT.
  totals jsonb not null,
  total_cents bigint not null,
  perpetual_cents bigint not null,
  payments integer not null,
  -- sha256 of the closing before it and of all that stands in this one.
  hash bytea not null check (length(hash) = 32),
  user_id text,
  created_at timestamptz not null default now(),
  primary key (garden_id, id),
  unique (garden_id, kind, until_on)
);
call append_only_table('till_closing');

-- Each archive that was made: which days it holds, what it is (sha256) and who can check it (ed25519, raw public key).
create table till_archive (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  from_on date not null,
  until_on date not null,
  payments integer not null,
  digest bytea not null check (length(digest) = 32),
  public_key bytea not null check (length(public_key) = 32),
  user_id text,
  created_at timestamptz not null default now(),
  primary key (garden_id, id)
);
call append_only_table('till_archive');

-- Who bills may do all of money; who reads balances may read it.
do $$
declare
  one integer;
begin
  for one in select id from garden loop
    perform set_config('app.garden', one::text, true);
    perform install_billing(one);
    perform install_payments(one);
    perform install_receivables(one);
    update role set rights = rights || '{payments:change,accounting:change}' where rights @> '{billing:change}';
    update role set rights = rights || '{payments:read}' where rights @> '{billing:read}' and not rights @> '{billing:change}';
  end loop;
  perform set_config('app.garden', '', true);
end $$;

alter table batch
  drop constraint batch_kind_check,
  add constraint batch_kind_check check (kind in (
    'import', 'calendar', 'slot_closing', 'plan', 'season', 'renewal', 'subscriptions', 'composition', 'delivered', 'stops', 'reminders'));

create or replace function refresh_statistics() returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  analyze customer, membership, mandate, product, season, plan, plan_price, tour, depot, slot, slot_closing, delivery, subscription,
    subscription_change, request, basket, waiting_entry, waiting_wish, produce, reference_price, composition, composition_line, harvest,
    packing, stop_mark, basket_outcome, audit_entry, entry, entry_line, document, document_line, charge, payment, debit_line, bank_line;
end $$;
