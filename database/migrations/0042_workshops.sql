-- Workshops: what the garden invites people to, who comes, who waits for a place, who came, and photos shown as long as everybody on them agrees.

create table workshop (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  title text not null check (title <> ''),
  kind text not null check (kind in ('cooking', 'preserving', 'gardening', 'nutrition', 'other')),
  -- Markdown, as visitors read it.
  description text not null default '',
  day date not null,
  from_time time not null,
  until_time time not null,
  place text not null check (place <> ''),
  address text not null default '',
  seats integer not null check (seats > 0),
  -- Until the end of that day people enrol by themselves.
  enrol_until date not null,
  -- What each person is asked for, on the spot.
  fee_cents integer not null default 0 check (fee_cents >= 0),
  -- What it costs the garden, and who pays for that: its own affair, never shown to the public.
  cost_cents integer not null default 0 check (cost_cents >= 0),
  funder text not null default '',
  -- False: only the team sees it.
  published boolean not null default true,
  cancelled_at timestamptz,
  cancel_reason text not null default '',
  -- Drawn when the form is shown: a form sent twice is one workshop.
  token uuid not null,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  primary key (garden_id, id),
  unique (garden_id, token),
  check (until_time >= from_time),
  check (enrol_until <= day)
);
create index on workshop (garden_id, day);
call tenant_table('workshop', 'token');

-- A party: a customer, or somebody who is none (name and telephone, forgotten a year later), and how many come. In order of arrival (id) for the waiting list.
create table workshop_enrolment (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  workshop_id bigint not null,
  customer_id bigint,
  name text not null default '',
  phone text not null default '',
  seats integer not null check (seats between 1 and 12),
  state text not null check (state in ('enrolled', 'waiting', 'withdrawn')),
  -- How many came; null until somebody says.
  came integer check (came between 0 and 12),
  -- Whether photos that show them may be shown; null until they say.
  photos_agreed boolean,
  token uuid not null,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  primary key (garden_id, id),
  foreign key (garden_id, workshop_id) references workshop,
  foreign key (garden_id, customer_id) references customer,
  unique (garden_id, token),
  check (customer_id is null or name = '')
);
create unique index on workshop_enrolment (garden_id, workshop_id, customer_id) where state <> 'withdrawn';
create index on workshop_enrolment (garden_id, customer_id);
call tenant_table('workshop_enrolment', 'name', 'phone', 'token');

create table workshop_photo (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  workshop_id bigint not null,
  alt text not null default '',
  -- Of the largest size that is kept, in pixels.
  width integer not null check (width > 0),
  height integer not null check (height > 0),
  created_at timestamptz not null default now(),
  primary key (garden_id, id),
  foreign key (garden_id, workshop_id) references workshop
);
create index on workshop_photo (garden_id, workshop_id);
call tenant_table('workshop_photo');

-- Who can be recognised on a photo: it is shown while every one of them agrees.
create table workshop_photo_person (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  photo_id bigint not null,
  enrolment_id bigint not null,
  primary key (garden_id, id),
  foreign key (garden_id, photo_id) references workshop_photo on delete cascade,
  foreign key (garden_id, enrolment_id) references workshop_enrolment,
  unique (garden_id, photo_id, enrolment_id)
);
call tenant_table('workshop_photo_person');

create table workshop_photo_file (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  photo_id bigint not null,
  -- In pixels; names the file among those of its photo.
  width integer not null check (width > 0),
  content bytea not null,
  primary key (garden_id, id),
  foreign key (garden_id, photo_id) references workshop_photo on delete cascade,
  unique (garden_id, photo_id, width)
);
call tenant_table('workshop_photo_file', 'content');

-- Forgetting a customer (0025) also takes back her agreement to be shown; that somebody came stays, as a number.
create function forget_enrolments(who bigint) returns void language sql set search_path = public, pg_temp as $$
  update workshop_enrolment set photos_agreed = false, version = version + 1
  where garden_id = app_garden() and customer_id = who and photos_agreed is distinct from false;
$$;
