-- The ledger of a garden: double-entry, append-only, numbered without gaps in each journal, chained by hash.
-- Amounts are whole cents, signed: a debit is above zero, a credit below; the lines of an entry sum to zero.

-- Row-level security and grants of a table that is its own trail: rows are added, never changed nor deleted, by anybody.
create function refuse_rewriting() returns trigger language plpgsql as $$
begin
  raise exception 'The ledger is append-only: % of % is refused', lower(tg_op), tg_table_name using errcode = 'integrity_constraint_violation';
end $$;
create procedure append_only_table(name regclass) language plpgsql as $$
begin
  execute format('alter table %s enable row level security', name);
  execute format('alter table %s force row level security', name);
  execute format('create policy tenant on %s using (garden_id = app_garden()) with check (garden_id = app_garden())', name);
  execute format('create trigger append_only before update or delete or truncate on %s for each statement execute function refuse_rewriting()', name);
  execute format('grant select, insert on %s to cocagne_app', name);
end $$;

-- Chart of accounts (règlement ANC 2018-06 for associations, on the plan comptable général); the garden renames and adds.
create table account (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  number text not null check (number ~ '^[1-9][0-9]{2,9}$'),
  name text not null check (name <> ''),
  version integer not null default 1,
  archived_at timestamptz,
  primary key (garden_id, id),
  unique (garden_id, number)
);
call tenant_table('account');

-- Analytic axis: what the money is about (market gardening, processing, shop…).
create table activity (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  code text not null check (code <> ''),
  name text not null check (name <> ''),
  position integer not null default 0,
  version integer not null default 1,
  archived_at timestamptz,
  primary key (garden_id, id),
  unique (garden_id, code)
);
call tenant_table('activity');

create table journal (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  code text not null check (code ~ '^[A-Z0-9]{2,6}$'),
  name text not null check (name <> ''),
  version integer not null default 1,
  primary key (garden_id, id),
  unique (garden_id, code)
);
call tenant_table('journal');

-- Days that take no entry any more, up to `until_on`: each closing adds one; the latest counts. Reopening does not exist.
create table closing (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  until_on date not null,
  kind text not null check (kind in ('month', 'year')),
  user_id text,
  created_at timestamptz not null default now(),
  primary key (garden_id, id),
  unique (garden_id, kind, until_on)
);
call append_only_table('closing');

create table entry (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  journal_id bigint not null,
  -- 1, 2, 3… in its journal: given when it is posted, under the journal's lock, so that a transaction taken back leaves no gap.
  number integer not null check (number > 0),
  day date not null,
  label text not null check (label <> ''),
  -- The document it rests on: its number and its date (FEC: PieceRef, PieceDate).
  document text not null,
  document_day date not null,
  -- A correction is the same entry with its signs turned; an entry is reversed once.
  reverses bigint,
  -- What it was made from, said once: « basket:12:345 ». The same thing is never posted twice.
  source text,
  batch_id bigint,
  user_id text,
  posted_at timestamptz not null default now(),
  -- sha256 of the hash before it in its journal and of all that stands in it and in its lines.
  hash bytea not null check (length(hash) = 32),
  primary key (garden_id, id),
  foreign key (garden_id, journal_id) references journal,
  foreign key (garden_id, reverses) references entry,
  foreign key (garden_id, batch_id) references batch,
  unique (garden_id, journal_id, number)
);
create unique index on entry (garden_id, source) where source is not null;
create unique index on entry (garden_id, reverses) where reverses is not null;
create index on entry (garden_id, day);
call append_only_table('entry');

create table entry_line (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  entry_id bigint not null,
  position integer not null,
  account_id bigint not null,
  amount_cents bigint not null check (amount_cents <> 0),
  -- The customer's own account (FEC: CompAuxNum), and the activity it is about.
  customer_id bigint,
  activity_id bigint,
  label text not null default '',
  primary key (garden_id, id),
  foreign key (garden_id, entry_id) references entry,
  foreign key (garden_id, account_id) references account,
  foreign key (garden_id, customer_id) references customer,
  foreign key (garden_id, activity_id) references activity,
  unique (garden_id, entry_id, position)
);
create index on entry_line (garden_id, account_id);
create index on entry_line (garden_id, customer_id) where customer_id is not null;
call append_only_table('entry_line');

-- The lines of an entry come in one statement and sum to zero: nothing can be added to an entry afterwards.
create function check_entry_lines() returns trigger language plpgsql as $$
declare
  wrong record;
begin
  select n.entry_id, sum(n.amount_cents) as sum, count(*) as lines,
    (select count(*) from entry_line l where l.garden_id = n.garden_id and l.entry_id = n.entry_id) as standing
  into wrong
  from new_rows n group by n.garden_id, n.entry_id
  having sum(n.amount_cents) <> 0 or count(*) < 2
    or count(*) <> (select count(*) from entry_line l where l.garden_id = n.garden_id and l.entry_id = n.entry_id)
  limit 1;
  if found then
    raise exception 'Entry % is refused: its % lines sum to % cents, with % standing', wrong.entry_id, wrong.lines, wrong.sum, wrong.standing
      using errcode = 'check_violation', constraint = 'entry_balances';
  end if;
  return null;
end $$;
create trigger entry_balances after insert on entry_line referencing new table as new_rows for each statement execute function check_entry_lines();

-- And an entry has lines when its transaction ends.
create function check_entry_has_lines() returns trigger language plpgsql as $$
begin
  if not exists (select from entry_line l where l.garden_id = new.garden_id and l.entry_id = new.id) then
    raise exception 'Entry % has no lines', new.id using errcode = 'check_violation', constraint = 'entry_balances';
  end if;
  return null;
end $$;
create constraint trigger entry_has_lines after insert on entry deferrable initially deferred for each row execute function check_entry_has_lines();

-- A closed period takes no entry. The lock is shared by those who post and taken whole by who closes: neither slips past the other.
create function check_period_open() returns trigger language plpgsql as $$
declare
  closed date;
  wrong date;
begin
  perform pg_advisory_xact_lock_shared(4, app_garden());
  select max(until_on) into closed from closing where garden_id = app_garden();
  select min(day) into wrong from new_rows where day <= closed;
  if wrong is not null then
    raise exception 'The period is closed until %: an entry of % is refused', closed, wrong using errcode = 'check_violation', constraint = 'period_open';
  end if;
  return null;
end $$;
create trigger period_open after insert on entry referencing new table as new_rows for each statement execute function check_period_open();

create function check_closing() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock(4, new.garden_id);
  return new;
end $$;
create trigger whole_lock before insert on closing for each row execute function check_closing();

-- What is hashed of an entry: everything that an accountant reads, in an order that never changes (jsonb sorts its keys).
create function entry_body(number integer, day date, label text, document text, document_day date, reverses bigint, source text, lines jsonb) returns text
  language sql immutable parallel safe
  return jsonb_build_object('number', $1, 'day', $2, 'label', $3, 'document', $4, 'documentDay', $5, 'reverses', $6, 'source', $7, 'lines', $8)::text;

-- Each hash takes in the one before: `chain(start, body) over (order by number)`, where `start` stands before the first.
create function chain_next(state bytea, start bytea, body text) returns bytea language sql immutable parallel safe
  return sha256(coalesce(state, start) || convert_to(body, 'UTF8'));
create aggregate chain(bytea, text) (sfunc = chain_next, stype = bytea);
create function chain_start() returns bytea language sql immutable parallel safe return decode(repeat('00', 32), 'hex');

/*
 Posts entries in one journal, in the order given: numbered after the last, chained to it; one statement whatever their number.
 given: [{ day, label, document, documentDay, reverses?, source?, batch?, lines: [{ account, amount, customer?, activity?, label? }] }], accounts by
 their number, amounts in signed cents. An entry whose source was posted already is left out: what is sent twice counts once.
*/
create function post_entries(journal_code text, given jsonb) returns table (id bigint, number integer, source text) language plpgsql as $$
#variable_conflict use_column
declare
  book bigint;
  last integer;
  previous bytea;
  unknown text;
begin
  -- Whoever posts in this journal at the same moment waits here: numbers follow each other, and so do hashes.
  select j.id into book from journal j where j.garden_id = app_garden() and j.code = journal_code for no key update;
  if book is null then
    raise exception 'There is no journal %', journal_code using errcode = 'foreign_key_violation', constraint = 'journal';
  end if;
  select string_agg(distinct l ->> 'account', ', ') into unknown
  from jsonb_array_elements(given) e, jsonb_array_elements(e -> 'lines') l
  where not exists (select from account a where a.garden_id = app_garden() and a.number = l ->> 'account' and a.archived_at is null);
  if unknown is not null then
    raise exception 'No such account in use: %', unknown using errcode = 'foreign_key_violation', constraint = 'account';
  end if;
  select e.number, e.hash into last, previous from entry e where e.garden_id = app_garden() and e.journal_id = book order by e.number desc limit 1;
  return query
  with asked as materialized (
    select row_number() over (order by g.place)::integer + coalesce(last, 0) as number, g.entry, (
        select jsonb_agg(jsonb_build_object('account', l ->> 'account', 'amount', (l ->> 'amount')::bigint, 'customer', (l ->> 'customer')::bigint,
          'activity', (l ->> 'activity')::bigint, 'label', coalesce(l ->> 'label', '')) order by t.place)
        from jsonb_array_elements(g.entry -> 'lines') with ordinality t (l, place)
      ) as lines
    from jsonb_array_elements(given) with ordinality g (entry, place)
    where not exists (select from entry s where s.garden_id = app_garden() and s.source = g.entry ->> 'source')
  ), made as (
    insert into entry (garden_id, journal_id, number, day, label, document, document_day, reverses, source, batch_id, user_id, hash)
    select app_garden(), book, a.number, (a.entry ->> 'day')::date, a.entry ->> 'label', a.entry ->> 'document', (a.entry ->> 'documentDay')::date,
      (a.entry ->> 'reverses')::bigint, a.entry ->> 'source', coalesce((a.entry ->> 'batch')::bigint, app_batch()), app_user(),
      chain(coalesce(previous, chain_start()), entry_body(a.number, (a.entry ->> 'day')::date, a.entry ->> 'label', a.entry ->> 'document',
        (a.entry ->> 'documentDay')::date, (a.entry ->> 'reverses')::bigint, a.entry ->> 'source', a.lines)) over (order by a.number)
    from asked a
    returning entry.id, entry.number, entry.source
  ), written as (
    insert into entry_line (garden_id, entry_id, position, account_id, amount_cents, customer_id, activity_id, label)
    select app_garden(), m.id, t.place, c.id, (l ->> 'amount')::bigint, (l ->> 'customer')::bigint, (l ->> 'activity')::bigint, l ->> 'label'
    from made m
    join asked a on a.number = m.number
    cross join lateral jsonb_array_elements(a.lines) with ordinality t (l, place)
    join account c on c.garden_id = app_garden() and c.number = l ->> 'account'
  )
  select m.id, m.number, m.source from made m order by m.number;
end $$;

-- The first entry of each journal that is not what it was when it was posted, or does not follow the one before it. None: nothing was touched.
create function ledger_breaks() returns table (journal text, number integer, why text) language sql stable as $$
  with stored as (
    select j.code, e.number, e.hash, row_number() over (partition by e.journal_id order by e.number) as place,
      chain(chain_start(), entry_body(e.number, e.day, e.label, e.document, e.document_day, e.reverses, e.source, l.lines))
        over (partition by e.journal_id order by e.number) as expected
    from entry e
    join journal j on j.garden_id = e.garden_id and j.id = e.journal_id
    cross join lateral (
      select jsonb_agg(jsonb_build_object('account', a.number, 'amount', l.amount_cents, 'customer', l.customer_id, 'activity', l.activity_id,
        'label', l.label) order by l.position) as lines
      from entry_line l join account a on a.garden_id = l.garden_id and a.id = l.account_id
      where l.garden_id = e.garden_id and l.entry_id = e.id
    ) l
    where e.garden_id = app_garden()
  )
  select distinct on (code) code, number, case when number <> place then 'gap' else 'changed' end
  from stored where number <> place or hash is distinct from expected
  order by code, number
$$;

-- The number of an account stands in hashes and in files sent to the accountant: it never changes. Its name may.
create function keep_account_number() returns trigger language plpgsql as $$
begin
  if new.number <> old.number then
    raise exception 'The number of account % cannot change', old.number using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger keep_number before update on account for each row execute function keep_account_number();

-- What a garden starts with.
create function install_ledger(garden integer) returns void language sql set search_path = public, pg_temp as $$
  insert into account (garden_id, number, name) values
    (garden, '102000', 'Fonds associatifs sans droit de reprise'), (garden, '110000', 'Report à nouveau'), (garden, '120000', 'Résultat de l’exercice (excédent)'),
    (garden, '129000', 'Résultat de l’exercice (déficit)'), (garden, '401000', 'Fournisseurs'),
    (garden, '411000', 'Clients'), (garden, '416000', 'Clients douteux'), (garden, '419100', 'Clients : avances et acomptes reçus'),
    (garden, '419600', 'Clients : consignes'), (garden, '441000', 'Subventions à recevoir'), (garden, '445510', 'TVA à décaisser'),
    (garden, '445660', 'TVA déductible'), (garden, '445710', 'TVA collectée'), (garden, '467000', 'Autres comptes débiteurs ou créditeurs'),
    (garden, '471000', 'Compte d’attente'), (garden, '511200', 'Chèques à encaisser'), (garden, '511500', 'Cartes bancaires à encaisser'),
    (garden, '511700', 'Titres-restaurant à encaisser'), (garden, '511800', 'Monnaie locale à encaisser'), (garden, '512000', 'Banque'),
    (garden, '530000', 'Caisse'), (garden, '580000', 'Virements internes'), (garden, '627000', 'Services bancaires'),
    (garden, '654000', 'Pertes sur créances irrécouvrables'), (garden, '658000', 'Charges diverses de gestion courante'),
    (garden, '701000', 'Ventes de produits du jardin'), (garden, '706000', 'Prestations de services'), (garden, '707000', 'Ventes de produits achetés'),
    (garden, '708500', 'Frais de livraison facturés'), (garden, '708800', 'Autres produits annexes (contenants)'),
    (garden, '709000', 'Remises accordées'), (garden, '740000', 'Subventions d’exploitation'), (garden, '754100', 'Dons'),
    (garden, '756000', 'Cotisations'), (garden, '758000', 'Produits divers de gestion courante'), (garden, '890000', 'Bilan d’ouverture')
  on conflict do nothing;
  insert into activity (garden_id, code, name, position) values
    (garden, 'MAR', 'Maraîchage', 1), (garden, 'TRA', 'Transformation', 2), (garden, 'BOU', 'Boutique', 3), (garden, 'PRE', 'Prestations', 4), (garden, 'ASS', 'Vie associative', 5)
  on conflict do nothing;
  insert into journal (garden_id, code, name) values
    (garden, 'AN', 'À-nouveaux'), (garden, 'VE', 'Ventes'), (garden, 'BQ', 'Banque'), (garden, 'CA', 'Caisse'), (garden, 'OD', 'Opérations diverses')
  on conflict do nothing;
$$;
do $$
declare
  one integer;
begin
  for one in select id from garden loop
    perform set_config('app.garden', one::text, true);
    perform install_ledger(one);
  end loop;
  perform set_config('app.garden', '', true);
end $$;
