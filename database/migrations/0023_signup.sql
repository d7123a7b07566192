-- People who subscribe by themselves: what they have chosen so far, what they sent, and what became of it.

-- A place kept for somebody whose sign-up waits for the garden's answer. It counts as taken until the answer comes.
create table place_hold (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  plan_id bigint not null,
  slot_id bigint not null,
  frequency text not null,
  quantity integer not null check (quantity > 0),
  -- By count: so many baskets, then it ends.
  basket_count integer check (basket_count > 0),
  starts_on date not null,
  ends_on date not null,
  primary key (garden_id, id),
  foreign key (garden_id, plan_id) references plan,
  foreign key (garden_id, slot_id) references slot,
  check (ends_on >= starts_on)
);
call tenant_table('place_hold');

create table signup (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  -- What the device's cookie says, digested: the database alone opens no draft.
  token bytea not null,
  state text not null default 'draft' check (state in ('draft', 'sent', 'accepted', 'waiting', 'refused')),
  -- What was typed, step by step, as it was typed; read anew each time (src/domains/signup/schema.ts).
  answers jsonb not null default '{}',
  -- What was agreed to, with its words, its moment and where it came from: the mandate, the garden's conditions.
  consent jsonb not null default '{}',
  -- The dates and amounts that were shown at the end.
  shown jsonb,
  -- Why it was not let through: the garden reads all of them, the person may be known already, the depot is full.
  why text not null default '' check (why in ('', 'garden', 'known', 'full')),
  -- Who signed in, and whose record it is: known, or made from it.
  user_id text,
  customer_id bigint,
  subscription_id bigint,
  waiting_entry_id bigint,
  hold_id bigint,
  -- What the garden wrote when it said no.
  reason text not null default '',
  created_at timestamptz not null default now(),
  touched_at timestamptz not null default now(),
  sent_at timestamptz,
  handled_at timestamptz,
  handled_by text,
  version integer not null default 1,
  email text generated always as (lower(coalesce(answers -> 'vous' ->> 'email', ''))) stored,
  primary key (garden_id, id),
  foreign key (garden_id, customer_id) references customer,
  foreign key (garden_id, subscription_id) references subscription,
  foreign key (garden_id, waiting_entry_id) references waiting_entry,
  foreign key (garden_id, hold_id) references place_hold,
  unique (garden_id, token),
  check ((state = 'draft') = (sent_at is null))
);
create index on signup (garden_id, state, sent_at);
create index on signup (garden_id, customer_id) where customer_id is not null;
-- Somebody who stops on the way is forgotten after a while, the trail included: it keeps neither names nor accounts.
call tenant_table('signup', 'token', 'answers', 'consent', 'shown', 'touched_at', 'email');
