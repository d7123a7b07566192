-- Messages to customers: the garden's own texts, what leaves and what became of it, who wants what, addresses that no longer answer.

-- A garden's own version of a text; without a row, the text of the house (src/domains/messages/rules/events*.ts).
create table message_template (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  event text not null,
  subject text not null default '',
  body text not null default '',
  sms text not null default '',
  -- False: the text of the house. What leaves, and by which way, is chosen apart from the words.
  own_text boolean not null default false,
  by_mail boolean not null default true,
  by_sms boolean not null default false,
  version integer not null default 1,
  primary key (garden_id, id),
  unique (garden_id, event)
);
call tenant_table('message_template');

-- A message written to several customers; a draft until it is sent.
create table message_group (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  subject text not null default '',
  body text not null default '',
  -- 'news' may be refused by customers; 'service' concerns their baskets.
  kind text not null default 'news' check (kind in ('news', 'service')),
  channel text not null default 'mail' check (channel in ('mail', 'sms')),
  -- How its recipients were found, as it was said to whoever wrote.
  found_by text not null default '',
  state text not null default 'draft' check (state in ('draft', 'sent', 'stopped')),
  created_by text,
  created_at timestamptz not null default now(),
  sent_at timestamptz,
  archived_at timestamptz,
  version integer not null default 1,
  primary key (garden_id, id)
);
call tenant_table('message_group', 'body');

create table message_recipient (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  group_id bigint not null,
  customer_id bigint not null,
  removed boolean not null default false,
  primary key (garden_id, id),
  foreign key (garden_id, group_id) references message_group,
  foreign key (garden_id, customer_id) references customer,
  unique (garden_id, group_id, customer_id)
);
call tenant_table('message_recipient');

create table message_group_file (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  group_id bigint not null,
  name text not null,
  content_type text not null,
  content bytea not null,
  primary key (garden_id, id),
  foreign key (garden_id, group_id) references message_group
);
create index on message_group_file (garden_id, group_id);
call tenant_table('message_group_file', 'content');

-- The outbox, and the archive of what left. The words are kept as Markdown: the HTML and the plain text are made of them when it leaves.
create table message (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  event text,
  group_id bigint,
  -- Null: somebody who is not a customer (yet).
  customer_id bigint,
  kind text not null default 'service' check (kind in ('service', 'reminder', 'news')),
  channel text not null default 'mail' check (channel in ('mail', 'sms')),
  to_address text not null,
  -- Whom an answer goes to, when it is not the garden.
  reply_to text not null default '',
  subject text not null default '',
  body text not null,
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'failed', 'bounced', 'unsent')),
  tries integer not null default 0,
  -- In words: why it was not sent, or what the server answered.
  error text not null default '',
  created_by text,
  created_at timestamptz not null default now(),
  sent_at timestamptz,
  primary key (garden_id, id),
  foreign key (garden_id, customer_id) references customer,
  foreign key (garden_id, group_id) references message_group
);
create index on message (garden_id, customer_id, id desc);
create index on message (garden_id, id desc);
create index on message (garden_id, group_id) where group_id is not null;
create index on message (garden_id, state) where state in ('waiting', 'failed', 'bounced');
call tenant_table('message', 'subject', 'body', 'tries', 'sent_at');

-- Files that go with one message. Their content is let go of some months after it left; their name stays.
create table message_file (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  message_id bigint not null,
  name text not null,
  content_type text not null,
  content bytea,
  primary key (garden_id, id),
  foreign key (garden_id, message_id) references message
);
create index on message_file (garden_id, message_id);
call tenant_table('message_file', 'content');

-- What a customer does not want, or wants again. Without a row: wanted.
create table message_preference (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  customer_id bigint not null,
  kind text not null check (kind in ('reminder', 'news')),
  wanted boolean not null,
  -- 'link': by the link of a letter; 'account': at home; 'garden': said to the garden.
  said_by text not null default 'garden' check (said_by in ('link', 'account', 'garden')),
  changed_at timestamptz not null default now(),
  primary key (garden_id, id),
  foreign key (garden_id, customer_id) references customer,
  unique (garden_id, customer_id, kind)
);
call tenant_table('message_preference');

-- Addresses that answered that they do not exist, or that letters come back from. Nothing more is sent there until somebody says otherwise.
create table message_bounce (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  address text not null,
  message_id bigint,
  reason text not null default '',
  noted_at timestamptz not null default now(),
  cleared_at timestamptz,
  primary key (garden_id, id),
  foreign key (garden_id, message_id) references message
);
create unique index on message_bounce (garden_id, lower(address)) where cleared_at is null;
call tenant_table('message_bounce');

-- How a garden's letters and text messages leave. Passwords and keys are sealed with the installation's key, and stay out of the trail.
create table message_sender (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  -- Empty: by the installation's own server.
  smtp_host text not null default '',
  smtp_port integer not null default 465,
  smtp_security text not null default 'tls' check (smtp_security in ('tls', 'starttls')),
  smtp_user text not null default '',
  smtp_password text,
  from_name text not null default '',
  from_address text not null default '',
  reply_to text not null default '',
  signature text not null default '',
  sms_by text not null default 'none' check (sms_by in ('none', 'brevo')),
  sms_name text not null default '',
  sms_key text,
  version integer not null default 1,
  primary key (garden_id, id),
  unique (garden_id)
);
call tenant_table('message_sender', 'smtp_password', 'sms_key');

-- The jobs that the application may ask for. Later parts of the house that add one name it here again, with all the others.
create or replace function enqueue_job(task text, payload jsonb) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  here timestamp := now() at time zone 'Europe/Paris';
  -- « quiet »: what would ring at night waits for eight o'clock in the morning.
  hushed boolean := coalesce((payload->>'quiet')::boolean, false) and extract(hour from here) not between 8 and 20;
begin
  if task not in ('send_mail', 'billing_run', 'deliver_message', 'sign_in_link', 'public_facts', 'verify_payment') then
    raise exception 'Unknown job: %', task;
  end if;
  perform graphile_worker.add_job(task, payload::json,
    run_at => case when hushed
      then (date_trunc('day', here) + case when extract(hour from here) < 8 then interval '8 hours' else interval '32 hours' end) at time zone 'Europe/Paris'
      else now() end,
    -- A message is tried for about a day and a half before it is given up.
    max_attempts => case task when 'deliver_message' then 14 else 8 end);
end $$;
