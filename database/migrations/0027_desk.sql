-- The desk: what people of a garden write down so as not to forget it, and how far a new garden's first steps are shown.

create table post_it (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  text text not null check (text <> ''),
  -- Null: shown until it is done.
  due_on date,
  -- False: whoever wrote it sees it alone.
  shared boolean not null default true,
  author_id text not null,
  -- The form it comes from: sent twice, it is one.
  key text not null,
  created_at timestamptz not null default now(),
  done_at timestamptz,
  done_by text,
  version integer not null default 1,
  primary key (garden_id, id),
  unique (garden_id, key)
);
create index on post_it (garden_id, due_on) where done_at is null;
-- The trail does not keep what a personal note says.
call tenant_table('post_it', 'text');
