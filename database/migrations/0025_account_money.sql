-- What customers do by themselves in « Mon compte », besides their baskets: who else collects, another e-mail address, ending a subscription, leaving.

-- People of the house who also collect the basket; on the lists of the depot they stand after the customer.
create table household_member (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  customer_id bigint not null,
  name text not null check (name <> ''),
  phone text not null default '',
  version integer not null default 1,
  created_at timestamptz not null default now(),
  primary key (garden_id, id),
  foreign key (garden_id, customer_id) references customer
);
create unique index on household_member (garden_id, customer_id, search_text(name));
call tenant_table('household_member');

-- Another address for a record, until the letter sent there is answered. The secret of its link is kept as a digest: who reads the table cannot confirm.
create table address_change (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  customer_id bigint not null,
  email text not null,
  digest bytea not null,
  -- The sign-in that asked: its address moves along.
  user_id text,
  asked_at timestamptz not null default now(),
  expires_at timestamptz not null,
  confirmed_at timestamptz,
  withdrawn_at timestamptz,
  version integer not null default 1,
  primary key (garden_id, id),
  foreign key (garden_id, customer_id) references customer
);
create index on address_change (garden_id, customer_id);
call tenant_table('address_change', 'digest');

-- What customers asked from their account, for the garden to act upon: the notice they gave of a subscription, with the fate of its deposit; their
-- data erased.
create table account_request (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  customer_id bigint not null,
  kind text not null check (kind in ('ending', 'erasure')),
  subscription_id bigint,
  -- ending: the last day, as it was told.
  ends_on date,
  reason text not null default '',
  note text not null default '',
  -- ending: what she wishes of the deposit; '': there is none.
  deposit text not null default '' check (deposit in ('', 'back', 'gift')),
  -- open: somebody of the garden has something to do; done, refused; withdrawn: by the customer.
  state text not null default 'open' check (state in ('open', 'done', 'refused', 'withdrawn')),
  answer text not null default '',
  asked_by text,
  asked_at timestamptz not null default now(),
  handled_by text,
  handled_at timestamptz,
  version integer not null default 1,
  primary key (garden_id, id),
  foreign key (garden_id, customer_id) references customer,
  foreign key (garden_id, subscription_id) references subscription
);
create index on account_request (garden_id, customer_id);
-- Sent twice, it is asked once.
create unique index on account_request (garden_id, subscription_id) where kind = 'ending' and state <> 'withdrawn';
create unique index on account_request (garden_id, customer_id) where kind = 'erasure' and state = 'open';
call tenant_table('account_request');

-- Forgets a customer: her record keeps its number alone, what she wrote and was written goes, and the trail forgets what it said of her. Documents, entries,
-- payments and mandates stay for as long as the law asks: they carry what they need by themselves. Runs for the owner, as nobody else may touch the
-- trail; in the garden at hand only.
create function forget_customer(who bigint) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare
  told text[] := array['civility', 'last_name', 'first_name', 'address', 'postcode', 'city', 'phone', 'email', 'category', 'volunteer', 'notes',
    'to_address', 'reply_to', 'reason', 'note', 'answer', 'refusal', 'wish', 'tasks', 'moments', 'name', 'answers'];
begin
  if app_garden() is null then raise exception 'No garden'; end if;
  update customer set civility = '', last_name = 'Client effacé', first_name = '', address = '', postcode = '', city = '', phone = '', email = '', category = '',
    volunteer = null, notes = '', archived_at = coalesce(archived_at, now()), version = version + 1
  where garden_id = app_garden() and id = who;
  delete from household_member where garden_id = app_garden() and customer_id = who;
  delete from address_change where garden_id = app_garden() and customer_id = who;
  delete from volunteer_offer where garden_id = app_garden() and customer_id = who;
  delete from calendar_feed where garden_id = app_garden() and customer_id = who;
  update account_request set reason = '', note = '', version = version + 1 where garden_id = app_garden() and customer_id = who;
  update exception_request set note = '', answer = '', version = version + 1 where garden_id = app_garden() and customer_id = who;
  update signup set answers = '{}' where garden_id = app_garden() and customer_id = who;
  update message set to_address = '', reply_to = '', subject = 'Message effacé', body = '' where garden_id = app_garden() and customer_id = who;
  update message_file f set name = 'effacé', content = null from message m
  where f.garden_id = app_garden() and m.garden_id = f.garden_id and m.id = f.message_id and m.customer_id = who;
  update audit_entry a set before = a.before - told, after = a.after - told
  where a.garden_id = app_garden() and (
    a.table_name = 'customer' and a.row_id = who
    or a.table_name in ('household_member', 'address_change', 'volunteer_offer') and coalesce(a.before, a.after) ->> 'customer_id' = who::text
    or a.table_name = 'account_request' and a.row_id in (select id from account_request where garden_id = app_garden() and customer_id = who)
    or a.table_name = 'exception_request' and a.row_id in (select id from exception_request where garden_id = app_garden() and customer_id = who)
    or a.table_name = 'signup' and a.row_id in (select id from signup where garden_id = app_garden() and customer_id = who)
    or a.table_name = 'message' and a.row_id in (select id from message where garden_id = app_garden() and customer_id = who)
    or a.table_name = 'message_file' and a.row_id in (select f.id from message_file f join message m on m.garden_id = f.garden_id and m.id = f.message_id
      where f.garden_id = app_garden() and m.customer_id = who));
end $$;
revoke execute on function forget_customer(bigint) from public;
grant execute on function forget_customer(bigint) to cocagne_app;
