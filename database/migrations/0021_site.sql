-- A garden's public pages: what it says of itself, its photos, its news, and the messages that visitors leave. What is not written yet has a text of its own
-- in the code (src/domains/site/rules/texts.ts), so that no page is ever empty.

-- The name under which a garden's pages answer besides their path (« www.jardin.fr »): public, as its address is.
alter table garden add column host text unique check (host ~ '^[a-z0-9](-?[a-z0-9])*(\.[a-z0-9](-?[a-z0-9])*)+$');

create table site (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  -- Null: only people who work in the garden see its pages.
  published_at timestamptz,
  facebook text not null default '',
  instagram text not null default '',
  version integer not null default 1,
  primary key (garden_id, id),
  unique (garden_id)
);
call tenant_table('site');

-- Texts that the garden wrote, as Markdown; without a row, the text is the one of the house.
create table site_text (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  key text not null check (key in ('tagline', 'welcome', 'about', 'social', 'baskets', 'how', 'questions', 'opening', 'legal')),
  body text not null,
  version integer not null default 1,
  primary key (garden_id, id),
  unique (garden_id, key)
);
call tenant_table('site_text');

create table article (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  slug text not null check (slug ~ '^[a-z0-9](-?[a-z0-9]+)*$'),
  title text not null check (title <> ''),
  summary text not null default '',
  body text not null default '',
  -- The day it stands under; seen from that day on.
  published_on date not null,
  -- False: only the team sees it.
  published boolean not null default true,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  archived_at timestamptz,
  primary key (garden_id, id),
  unique (garden_id, slug)
);
create index on article (garden_id, published_on desc);
call tenant_table('article');

-- Photos by the place they stand in. One each, but for the gallery. A photo never changes: another is another row, so that browsers may keep them for ever.
create table site_photo (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  place text not null check (place in ('cover', 'logo', 'about', 'social', 'gallery', 'basket', 'article')),
  product_id bigint,
  article_id bigint,
  alt text not null default '',
  -- Of the largest size that is kept, in pixels.
  width integer not null check (width > 0),
  height integer not null check (height > 0),
  position integer not null default 0,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  primary key (garden_id, id),
  foreign key (garden_id, product_id) references product,
  foreign key (garden_id, article_id) references article
);
create unique index on site_photo (garden_id, place) where place in ('cover', 'logo', 'about', 'social');
create unique index on site_photo (garden_id, product_id) where product_id is not null;
create unique index on site_photo (garden_id, article_id) where article_id is not null;
call tenant_table('site_photo');

create table site_photo_file (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  photo_id bigint not null,
  -- In pixels; names the file among those of its photo.
  width integer not null check (width > 0),
  content bytea not null,
  content_type text not null,
  primary key (garden_id, id),
  foreign key (garden_id, photo_id) references site_photo on delete cascade,
  unique (garden_id, photo_id, width)
);
call tenant_table('site_photo_file', 'content');

-- What visitors write to the garden from its contact page. Kept a year after it was handled.
create table contact_message (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  name text not null,
  email text not null,
  phone text not null default '',
  subject text not null default '',
  body text not null,
  -- Drawn when the form is shown: a form sent twice is one message.
  token uuid not null,
  handled_at timestamptz,
  handled_by text,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  primary key (garden_id, id),
  unique (garden_id, token)
);
create index on contact_message (garden_id, created_at desc);
call tenant_table('contact_message', 'name', 'email', 'phone', 'subject', 'body', 'token');
