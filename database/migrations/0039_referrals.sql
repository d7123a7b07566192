-- People who are helped: who sends them, what was asked for them, what they were told. What concerns a person here is kept apart from customers, seen by who is
-- named for solidarity alone, and erased on schedule (docs/decisions/0034). Neither names nor addresses enter the trail: it could not forget them.

-- An organisation that sends people to the garden.
create table prescriber (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  name text not null check (name <> ''),
  kind text not null check (kind in ('ccas', 'social', 'grocery', 'student', 'association', 'other')),
  city text not null default '',
  archived_at timestamptz,
  version integer not null default 1,
  primary key (garden_id, id)
);
call tenant_table('prescriber');

-- Somebody who works there. Her address is the key of her space, as a customer's is (0019): one person, one organisation of a garden.
create table prescriber_person (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  prescriber_id bigint not null,
  name text not null check (name <> ''),
  email text not null check (email <> ''),
  phone text not null default '',
  archived_at timestamptz,
  version integer not null default 1,
  primary key (garden_id, id),
  foreign key (garden_id, prescriber_id) references prescriber
);
create unique index on prescriber_person (garden_id, lower(email)) where archived_at is null;
create index on prescriber_person (lower(email)) where archived_at is null;
create index on prescriber_person (garden_id, prescriber_id);
call tenant_table('prescriber_person');

-- Before a garden is chosen, an address shows the spaces that it opens.
create policy own on prescriber_person for select using (app_garden() is null and lower(email) = app_email() and archived_at is null);
create policy own on prescriber for select using (app_garden() is null and archived_at is null
  and exists (select from prescriber_person p where p.garden_id = prescriber.garden_id and p.prescriber_id = prescriber.id));

-- The spaces of prescribers that an address opens. As customers_at_home (0028): with the caller's own rights, its settings empty again when it ends.
create function prescribers_at(wanted text) returns table (
  garden_id integer, slug text, garden_name text, accent text, settings jsonb, person_id bigint, person_name text, prescriber_id bigint, prescriber_name text
) language plpgsql set search_path = public, pg_temp as $$
declare
  garden_before text := coalesce(current_setting('app.garden', true), '');
begin
  perform set_config('app.garden', '', true), set_config('app.email', lower(wanted), true);
  return query
    select p.garden_id, g.slug, g.name, g.accent, g.settings, p.id, p.name, o.id, o.name
    from prescriber_person p
    join prescriber o on o.garden_id = p.garden_id and o.id = p.prescriber_id and o.archived_at is null
    join garden g on g.id = p.garden_id and g.archived_at is null
    where lower(p.email) = lower(wanted) and p.archived_at is null
    order by search_text(g.name), p.id;
  perform set_config('app.garden', garden_before, true), set_config('app.email', '', true);
end $$;

-- Somebody is sent to the garden, or her help is asked to go on (renews_path_id). The least that is needed; the proof is seen and dated, never kept.
create table referral (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  -- Given by the form: one form sent twice is one referral.
  key uuid not null,
  -- Null: the person came to the garden by herself.
  prescriber_id bigint,
  person_id bigint,
  state text not null default 'sent' check (state in ('sent', 'waiting', 'accepted', 'refused', 'withdrawn')),
  last_name text not null default '',
  first_name text not null default '',
  phone text not null default '',
  email text not null default '',
  place text not null default '',
  household integer check (household between 1 and 30),
  affiliation text not null default '' check (affiliation in ('', 'caf', 'msa')),
  -- A band of income, or what the prescriber calls her file.
  reference text not null default '',
  months integer not null check (months between 1 and 12),
  proof text not null check (proof in ('income', 'benefit', 'student', 'judged')),
  proof_seen_on date not null,
  -- The person agreed, and was told what is kept of her.
  informed_on date not null,
  received_on date not null,
  customer_id bigint,
  path_id bigint,
  renews_path_id bigint,
  -- What the garden answered when it said no; why somebody was taken before her turn.
  reason text not null default '',
  out_of_turn text not null default '',
  created_by text,
  created_at timestamptz not null default now(),
  handled_by text,
  handled_at timestamptz,
  -- When what it said of the person was erased.
  erased_on date,
  version integer not null default 1,
  primary key (garden_id, id),
  unique (garden_id, key),
  foreign key (garden_id, prescriber_id) references prescriber,
  foreign key (garden_id, person_id) references prescriber_person,
  foreign key (garden_id, customer_id) references customer,
  foreign key (garden_id, path_id) references path,
  foreign key (garden_id, renews_path_id) references path
);
create index on referral (garden_id, state, received_on);
create index on referral (garden_id, person_id);
create index on referral (garden_id, path_id) where path_id is not null;
-- One renewal at a time is asked for a stay.
create unique index on referral (garden_id, renews_path_id) where renews_path_id is not null and state in ('sent', 'waiting', 'accepted');
call tenant_table('referral', 'last_name', 'first_name', 'phone', 'email', 'place', 'household', 'affiliation', 'reference', 'proof', 'reason', 'out_of_turn');

-- That a term comes was told, to the person and to who sent her: once each, by letter or by mouth. Without it nobody goes on to the ordinary price.
create table path_notice (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  path_id bigint not null,
  addressee text not null check (addressee in ('person', 'prescriber')),
  -- False: the letter could not leave, somebody has to call.
  reached boolean not null,
  -- Said by mouth, by this person of the team.
  told_by text,
  day date not null,
  created_at timestamptz not null default now(),
  primary key (garden_id, id),
  unique (garden_id, path_id, addressee, reached),
  foreign key (garden_id, path_id) references path
);
call append_only_table('path_notice');
