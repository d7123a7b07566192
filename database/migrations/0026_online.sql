-- Paying online: who takes the money for the garden, what each customer started to pay, and the local provider for trying it.

create table online_provider (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  kind text not null check (kind in ('test', 'helloasso', 'stripe')),
  active boolean not null default false,
  -- What is no secret: the organisation's name at HelloAsso, whether it is its sandbox…
  settings jsonb not null default '{}',
  -- Keys, sealed with the installation's secret (src/platform/auth/seal.ts); empty: none given.
  secrets text not null default '',
  -- The way of paying under which the money is written.
  method_id bigint,
  version integer not null default 1,
  primary key (garden_id, id),
  foreign key (garden_id, method_id) references payment_method,
  unique (garden_id, kind)
);
create unique index on online_provider (garden_id) where active;
call tenant_table('online_provider', 'secrets');

-- One try to pay. It never says that money came: `payment` does, once the provider was asked.
create table online_payment (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  -- In the addresses of the payer, who may not be signed in: guessed by nobody.
  token text not null,
  customer_id bigint not null,
  provider text not null check (provider in ('test', 'helloasso', 'stripe')),
  amount_cents bigint not null check (amount_cents > 0),
  -- What the payer reads: « Facture F2026-00012 ».
  purpose text not null,
  document_id bigint,
  -- The page of ours to go back to.
  return_to text not null,
  state text not null default 'new' check (state in ('new', 'open', 'paid', 'failed', 'abandoned', 'refunded')),
  -- What failed, in words; or what is still to do.
  reason text not null default '',
  -- The provider's: its session, the address to go to, its payment once there is one.
  reference text,
  address text,
  provider_payment text,
  received_cents bigint,
  payment_id bigint,
  refund_id bigint,
  -- What it was made from, said once: a form sent twice is one try.
  key text,
  created_at timestamptz not null default now(),
  -- When somebody last took it upon themselves to open a session, and to ask the provider.
  started_at timestamptz,
  checked_at timestamptz,
  expires_at timestamptz,
  settled_at timestamptz,
  version integer not null default 1,
  primary key (garden_id, id),
  foreign key (garden_id, customer_id) references customer,
  foreign key (garden_id, document_id) references document,
  foreign key (garden_id, payment_id) references payment,
  foreign key (garden_id, refund_id) references payment,
  unique (garden_id, token),
  unique (garden_id, key)
);
create unique index on online_payment (garden_id, provider, reference) where reference is not null;
create index on online_payment (garden_id, customer_id, id desc);
create index on online_payment (garden_id, provider, provider_payment) where provider_payment is not null;
call tenant_table('online_payment', 'token', 'address', 'checked_at', 'started_at');

-- What providers announced of our payments, and what it led to. Nothing is believed of it but that it is time to ask.
create table online_notice (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  online_payment_id bigint not null,
  event text not null default '',
  outcome text not null default '',
  received_at timestamptz not null default now(),
  primary key (garden_id, id),
  foreign key (garden_id, online_payment_id) references online_payment
);
create index on online_notice (garden_id, online_payment_id, id);
call tenant_table('online_notice');

-- The provider for trying (demonstration and development): its own memory, as another company's would be.
create table online_test_session (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  token text not null,
  label text not null default '',
  amount_cents bigint not null,
  -- Our name for it, given back with each notification.
  ours text not null default '',
  return_url text not null default '',
  cancel_url text not null default '',
  state text not null default 'open' check (state in ('open', 'paid', 'failed', 'expired', 'refunded')),
  -- A payment that takes its time is known from then on.
  known_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (garden_id, id),
  unique (garden_id, token)
);
call tenant_table('online_test_session', 'token', 'ours', 'return_url', 'cancel_url');

-- Jobs of these payments, at their hour. One with the key of a job that waits takes its place.
create function enqueue_online(task text, payload jsonb, at timestamptz, key text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if task not in ('online_check', 'online_test_notice') then raise exception 'Unknown job: %', task; end if;
  perform graphile_worker.add_job(task, payload::json, run_at => at, max_attempts => 8, job_key => key);
end $$;
revoke execute on function enqueue_online(text, jsonb, timestamptz, text) from public;
grant execute on function enqueue_online(text, jsonb, timestamptz, text) to cocagne_app;
