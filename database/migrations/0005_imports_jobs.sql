-- Every big operation is a batch with a name and an undo; its trail is in audit_entry.batch_id.

create table batch (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  kind text not null check (kind in ('import')),
  name text not null,
  state text not null default 'proposed' check (state in ('proposed', 'applied', 'undone')),
  year integer not null,
  summary jsonb not null default '{}',
  created_by text,
  created_at timestamptz not null default now(),
  applied_at timestamptz,
  undone_at timestamptz,
  version integer not null default 1,
  primary key (garden_id, id)
);
call tenant_table('batch');

-- The files as they were given: they are read again between the first pass, which changes nothing, and the second.
create table import_file (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  batch_id bigint not null,
  name text not null,
  content bytea not null,
  kind text,
  mapping jsonb not null default '{}',
  rejected jsonb not null default '[]',
  primary key (garden_id, id),
  foreign key (garden_id, batch_id) references batch
);
create index on import_file (garden_id, batch_id);
call tenant_table('import_file', 'content', 'rejected');

-- The mapping of columns that a garden settled for files with these headers.
create table import_mapping (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  headers_key text not null,
  kind text not null,
  mapping jsonb not null,
  primary key (garden_id, id),
  unique (garden_id, headers_key)
);
call tenant_table('import_mapping');
