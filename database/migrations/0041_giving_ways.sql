-- Ways of giving: online (a payment says what it is about), regularly, with each basket, to a programme.

-- What a try to pay is about, for who asked for it: « gift:12 ». Tried again, it is about the same. Who pays, when she is not the customer in whose name it is written.
alter table online_payment add column about text, add column payer jsonb;
create index on online_payment (garden_id, about) where about is not null;

create or replace function enqueue_online(task text, payload jsonb, at timestamptz, key text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  -- online_settled: what is known of a payment changed; who asked for it is told.
  if task not in ('online_check', 'online_test_notice', 'online_settled') then raise exception 'Unknown job: %', task; end if;
  perform graphile_worker.add_job(task, payload::json, run_at => at, max_attempts => 8, job_key => key);
end $$;

-- A gift asked with the bills: « arrondi solidaire » of each basket, a monthly gift.
alter table charge
  drop constraint charge_kind_check,
  add constraint charge_kind_check check (kind in (
    'membership', 'container_fee', 'deposit', 'deposit_back', 'delivery_fee', 'extra', 'discount', 'rejection_fee', 'gift', 'other'));
do $$
declare
  one integer;
begin
  for one in select id from garden loop
    perform set_config('app.garden', one::text, true);
    update charge set kind = 'gift' where kind = 'other' and account = '754100' and per = 'delivery' and source like 'signup:%';
  end loop;
  perform set_config('app.garden', '', true);
end $$;

-- What is given every month, until it is stopped.
create table regular_gift (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  donor_id bigint not null,
  campaign_id bigint,
  cents bigint not null check (cents > 0),
  -- With her bill (a customer), or by a transfer of hers that the garden waits for.
  way text not null check (way in ('bill', 'transfer')),
  starts_on date not null,
  ends_on date,
  -- Of the form it comes from, said once.
  source text,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  primary key (garden_id, id),
  foreign key (garden_id, donor_id) references donor,
  foreign key (garden_id, campaign_id) references campaign,
  check (ends_on >= starts_on)
);
create unique index on regular_gift (garden_id, source) where source is not null;
create index on regular_gift (garden_id, donor_id);
call tenant_table('regular_gift');

-- The programme of solidarity baskets that a campaign's gifts feed.
alter table campaign add column programme_id bigint, add foreign key (garden_id, programme_id) references programme;

-- What was spent of the gifts kept for a project, as the garden tells it for its accounts.
create table campaign_use (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  campaign_id bigint not null,
  day date not null,
  cents bigint not null check (cents <> 0),
  label text not null check (label <> ''),
  source text,
  user_id text,
  created_at timestamptz not null default now(),
  primary key (garden_id, id),
  foreign key (garden_id, campaign_id) references campaign
);
create unique index on campaign_use (garden_id, source) where source is not null;
create index on campaign_use (garden_id, campaign_id);
call append_only_table('campaign_use');
