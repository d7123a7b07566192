-- The house: who may enter, what belongs to a garden, and what remembers every change.
-- Run by the owner. The application connects as cocagne_app, which owns nothing and bypasses nothing.

create schema auth;

-- Tables of better-auth (its names and columns; see src/platform/auth). They belong to persons, not to a garden.
create table auth."user" (
  id text primary key,
  name text not null,
  email text not null unique,
  "emailVerified" boolean not null default false,
  image text,
  "twoFactorEnabled" boolean default false,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now()
);
create table auth.session (
  id text primary key,
  token text not null unique,
  "userId" text not null references auth."user" on delete cascade,
  "expiresAt" timestamptz not null,
  "ipAddress" text,
  "userAgent" text,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now()
);
create index on auth.session ("userId");
create table auth.account (
  id text primary key,
  "accountId" text not null,
  "providerId" text not null,
  "userId" text not null references auth."user" on delete cascade,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  scope text,
  password text,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now()
);
create index on auth.account ("userId");
create table auth.verification (
  id text primary key,
  identifier text not null,
  value text not null,
  "expiresAt" timestamptz not null,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now()
);
create index on auth.verification (identifier);
create table auth."twoFactor" (
  id text primary key,
  secret text not null,
  "backupCodes" text not null,
  "userId" text not null references auth."user" on delete cascade,
  verified boolean default true,
  "failedVerificationCount" integer default 0,
  "lockedUntil" timestamptz
);
create index on auth."twoFactor" ("userId");
create table auth.passkey (
  id text primary key,
  name text,
  "publicKey" text not null,
  "userId" text not null references auth."user" on delete cascade,
  "credentialID" text not null,
  counter integer not null,
  "deviceType" text not null,
  "backedUp" boolean not null,
  transports text,
  aaguid text,
  "createdAt" timestamptz default now()
);
create index on auth.passkey ("userId");
create index on auth.passkey ("credentialID");
create table auth."rateLimit" (
  id text primary key,
  key text not null unique,
  count integer not null,
  "lastRequest" bigint not null
);

grant usage on schema auth to cocagne_app;
grant select, insert, update, delete on all tables in schema auth to cocagne_app;

-- The transaction says for which garden and for whom it works; without it, row-level security shows nothing.
create function app_garden() returns integer language sql stable parallel safe
  return nullif(current_setting('app.garden', true), '')::integer;
create function app_user() returns text language sql stable parallel safe
  return nullif(current_setting('app.user', true), '');
create function app_batch() returns bigint language sql stable parallel safe
  return nullif(current_setting('app.batch', true), '')::bigint;

-- Accents and case do not count in a search: « Gérard », « GERARD » and « gerard » are one.
create function search_text(text) returns text language sql immutable strict parallel safe
  return translate(lower($1), 'àáâãäåçèéêëìíîïñòóôõöùúûüýÿ', 'aaaaaaceeeeiiiinooooouuuuyy');

create table network (
  id integer primary key check (id = 1),
  name text not null,
  created_at timestamptz not null default now()
);

create table network_staff (
  user_id text primary key references auth."user" on delete cascade,
  created_at timestamptz not null default now()
);

create table garden (
  id integer generated always as identity primary key,
  slug text not null unique check (slug ~ '^[a-z0-9](-?[a-z0-9]+)*$'),
  name text not null,
  address text not null default '',
  postcode text not null default '',
  city text not null default '',
  phone text not null default '',
  email text not null default '',
  accent text check (accent ~ '^#[0-9a-f]{6}$'),
  settings jsonb not null default '{}',
  -- The day the garden changed tools: earlier deliveries are history, covered by the opening balances, never billed again.
  taken_over_on date,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  archived_at timestamptz
);

grant select, insert, update on network, garden to cocagne_app;
grant select, insert, delete on network_staff to cocagne_app;

alter table garden enable row level security;
alter table garden force row level security;
-- Names and addresses of gardens are public; a garden is changed by its own people, and created by the network.
create policy garden_read on garden for select using (true);
create policy garden_change on garden for update using (id = app_garden()) with check (id = app_garden());
create policy garden_create on garden for insert with check (current_setting('app.network', true) = 'yes');

-- Who changed what, when, before and after. Written by triggers only, never edited.
create table audit_entry (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  at timestamptz not null default now(),
  user_id text,
  batch_id bigint,
  table_name text not null,
  row_id bigint not null,
  action text not null check (action in ('insert', 'update', 'delete')),
  before jsonb,
  after jsonb,
  primary key (garden_id, id)
);
create index on audit_entry (garden_id, table_name, row_id);
create index on audit_entry (garden_id, batch_id) where batch_id is not null;
alter table audit_entry enable row level security;
alter table audit_entry force row level security;
create policy tenant on audit_entry using (garden_id = app_garden()) with check (garden_id = app_garden());
grant select on audit_entry to cocagne_app;

-- One statement, one insert into the trail, whatever the number of rows. Arguments: columns that are left out of the copies (files, secrets).
-- An update keeps only the columns that changed; one that changes nothing leaves no trace.
create function audit_changes() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    insert into audit_entry (garden_id, user_id, batch_id, table_name, row_id, action, after)
    select n.garden_id, app_user(), app_batch(), tg_table_name, n.id, 'insert', to_jsonb(n) - tg_argv::text[]
    from new_rows n;
  elsif tg_op = 'DELETE' then
    insert into audit_entry (garden_id, user_id, batch_id, table_name, row_id, action, before)
    select o.garden_id, app_user(), app_batch(), tg_table_name, o.id, 'delete', to_jsonb(o) - tg_argv::text[]
    from old_rows o;
  else
    insert into audit_entry (garden_id, user_id, batch_id, table_name, row_id, action, before, after)
    select n.garden_id, app_user(), app_batch(), tg_table_name, n.id, 'update', d.before, d.after
    from new_rows n
    join old_rows o on o.garden_id = n.garden_id and o.id = n.id,
    lateral (
      select jsonb_object_agg(b.key, b.value) as before, jsonb_object_agg(b.key, a.value) as after
      from jsonb_each(to_jsonb(o) - tg_argv::text[]) b
      join jsonb_each(to_jsonb(n) - tg_argv::text[]) a on a.key = b.key and a.value is distinct from b.value
      where b.key <> 'version'
    ) d
    where d.before is not null;
  end if;
  return null;
end $$;

-- The garden's own row keeps its trail among its own records.
create function audit_garden() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into audit_entry (garden_id, user_id, batch_id, table_name, row_id, action, before, after)
  select new.id, app_user(), app_batch(), 'garden', new.id, 'update', jsonb_object_agg(b.key, b.value), jsonb_object_agg(b.key, a.value)
  from jsonb_each(to_jsonb(old)) b
  join jsonb_each(to_jsonb(new)) a on a.key = b.key and a.value is distinct from b.value
  where b.key <> 'version'
  having count(*) > 0;
  return null;
end $$;
create trigger audit_update after update on garden for each row execute function audit_garden();

-- Makes a table a tenant table: row-level security forced and failing closed, the trail, the grants.
create procedure tenant_table(name regclass, variadic left_out text[] default '{}') language plpgsql as $$
declare
  args text := coalesce((select string_agg(quote_literal(c), ', ') from unnest(left_out) c), '');
begin
  execute format('alter table %s enable row level security', name);
  execute format('alter table %s force row level security', name);
  execute format('create policy tenant on %s using (garden_id = app_garden()) with check (garden_id = app_garden())', name);
  execute format('create trigger audit_insert after insert on %s referencing new table as new_rows for each statement execute function audit_changes(%s)', name, args);
  execute format('create trigger audit_update after update on %s referencing old table as old_rows new table as new_rows for each statement execute function audit_changes(%s)', name, args);
  execute format('create trigger audit_delete after delete on %s referencing old table as old_rows for each statement execute function audit_changes(%s)', name, args);
  execute format('grant select, insert, update, delete on %s to cocagne_app', name);
end $$;

-- Staff: a person works in a garden with a role that the garden defines from a list of rights (src/platform/access/rights.ts).
create table role (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  name text not null,
  rights text[] not null default '{}',
  version integer not null default 1,
  primary key (garden_id, id),
  unique (garden_id, name)
);
call tenant_table('role');

create table staff (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  user_id text not null references auth."user",
  role_id bigint not null,
  created_at timestamptz not null default now(),
  ended_at timestamptz,
  version integer not null default 1,
  primary key (garden_id, id),
  foreign key (garden_id, role_id) references role,
  unique (garden_id, user_id)
);
create index on staff (user_id);
call tenant_table('staff');
-- A person sees the gardens that she works in before she has chosen one.
create policy own on staff for select using (user_id = app_user() and app_garden() is null);
create policy own on role for select using (
  app_garden() is null and exists (select from staff s where s.garden_id = role.garden_id and s.role_id = role.id and s.user_id = app_user()));
