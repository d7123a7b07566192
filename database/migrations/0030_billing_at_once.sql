-- Billing hundreds of documents at once, for less: what stands for good is looked at once per statement, and entries are made in one pass.

-- A row that others point to for good is never removed; its key never changes, since identifiers are generated and row-level security holds its garden.
create function refuse_leaving() returns trigger language plpgsql as $$
begin
  raise exception 'Rows of % stay: others point to them', tg_table_name using errcode = 'foreign_key_violation', constraint = 'stays';
end $$;

/*
 Stands for foreign keys of a table whose rows never change, to tables whose rows stay: what was there when a row was added is there for good, so that
 one look per statement holds what a lock per row would. Arguments: a column and its table, in turns. Its garden is that of what it points to.
 A trigger of its own for each table: what it asks is then planned once for each connection.
*/
create procedure points_for_good(name regclass, variadic pointed text[]) language plpgsql as $outer$
declare
  key record;
  checks text := '';
begin
  for key in
    select conname from pg_constraint where conrelid = name and contype = 'f' and (confrelid = 'garden'::regclass
      or conkey[cardinality(conkey)] in (select attnum from pg_attribute where attrelid = name and attname = any(pointed)))
  loop
    execute format('alter table %s drop constraint %I', name, key.conname);
  end loop;
  for at in 1 .. cardinality(pointed) by 2 loop
    checks := checks || format($check$
  select n.%1$I into missing from new_rows n
  where n.%1$I is not null and not exists (select from %2$I t where t.garden_id = n.garden_id and t.id = n.%1$I) limit 1;
  if found then
    raise exception '%1$s of %3$s is not in %2$s: %%', missing using errcode = 'foreign_key_violation', constraint = 'pointed';
  end if;$check$, pointed[at], pointed[at + 1], name);
  end loop;
  execute format($function$create function %I() returns trigger language plpgsql as $body$
declare
  missing bigint;
begin%s
  return null;
end $body$$function$, 'pointed_' || name, checks);
  -- The arguments tell the catalogue what it points to.
  execute format('create trigger pointed after insert on %s referencing new table as new_rows for each statement execute function %I(%s)', name,
    'pointed_' || name, (select string_agg(quote_literal(p), ', ') from unnest(pointed) p));
end $outer$;

create trigger stays before delete on account for each row execute function refuse_leaving();
create trigger stays before delete on activity for each row execute function refuse_leaving();
create trigger stays before delete on journal for each row execute function refuse_leaving();
create trigger stays before delete on billing_run for each row execute function refuse_leaving();

call points_for_good('entry', 'journal_id', 'journal');
call points_for_good('entry_line', 'entry_id', 'entry', 'account_id', 'account', 'activity_id', 'activity');
call points_for_good('document', 'letterhead_id', 'letterhead', 'entry_id', 'entry', 'run_id', 'billing_run');
call points_for_good('document_line', 'document_id', 'document', 'activity_id', 'activity');

-- An entry has its lines at the end of the statement that adds it, and they sum to zero: nothing is added to it afterwards.
create or replace function check_entry_lines() returns trigger language plpgsql as $$
declare
  wrong record;
begin
  select n.*, s.standing into wrong
  from (select garden_id, entry_id, sum(amount_cents) as sum, count(*) as lines from new_rows group by garden_id, entry_id) n
  cross join lateral (select count(*) as standing from entry_line l where l.garden_id = n.garden_id and l.entry_id = n.entry_id) s
  where n.sum <> 0 or n.lines < 2 or n.lines <> s.standing
  limit 1;
  if found then
    raise exception 'Entry % is refused: its % lines sum to % cents, with % standing', wrong.entry_id, wrong.lines, wrong.sum, wrong.standing
      using errcode = 'check_violation', constraint = 'entry_balances';
  end if;
  return null;
end $$;
drop trigger entry_has_lines on entry;
create or replace function check_entry_has_lines() returns trigger language plpgsql as $$
declare
  bare bigint;
begin
  select n.id into bare from new_rows n
  where not exists (select from entry_line l where l.garden_id = n.garden_id and l.entry_id = n.id) limit 1;
  if bare is not null then
    raise exception 'Entry % has no lines', bare using errcode = 'check_violation', constraint = 'entry_balances';
  end if;
  return null;
end $$;
create trigger entry_has_lines after insert on entry referencing new table as new_rows for each statement execute function check_entry_has_lines();

-- As in 0013, in the language whose functions cost less to call.
create or replace function chain_next(state bytea, start bytea, body text) returns bytea language plpgsql immutable parallel safe as $$
begin
  return sha256(coalesce(state, start) || convert_to(body, 'UTF8'));
end $$;

-- What is hashed of an entry, written as `entry_body` writes it (0013), without making JSON of it first: `ledger_breaks` reads one with the other.
-- Said to be stable, as what they call is: otherwise PostgreSQL would call them instead of writing them into the query.
create function line_text(account text, amount bigint, customer bigint, activity bigint, label text) returns text language sql stable parallel safe
  return '{"label": ' || to_json($5)::text || ', "amount": ' || $2 || ', "account": ' || to_json($1)::text || ', "activity": ' || coalesce($4::text, 'null')
    || ', "customer": ' || coalesce($3::text, 'null') || '}';
create function entry_text(number integer, day date, label text, document text, document_day date, reverses bigint, source text, lines text) returns text
  language sql stable parallel safe
  return '{"day": ' || to_json($2)::text || ', "label": ' || to_json($3)::text || ', "lines": [' || $8 || '], "number": ' || $1 || ', "source": '
    || coalesce(to_json($7)::text, 'null') || ', "document": ' || to_json($4)::text || ', "reverses": ' || coalesce($6::text, 'null')
    || ', "documentDay": ' || to_json($5)::text || '}';

/*
 Posts entries in one journal, in the order given: numbered after the last, chained to it; one statement whatever their number.
 entries: [{ place, day, label, document, documentDay, reverses?, source?, batch? }]; lines: [{ entry, position, account, amount, customer?, activity?,
 label? }], each of the entry whose place it tells, accounts by their number, amounts in signed cents. An entry whose source was posted already is left out:
 what is sent twice counts once.
*/
create function post_entries(journal_code text, entries json, lines json) returns table (id bigint, number integer, source text) language plpgsql as $$
#variable_conflict use_column
declare
  book bigint;
  last integer;
  previous bytea;
  unknown text;
  known text[];
begin
  -- Whoever posts in this journal at the same moment waits here: numbers follow each other, and so do hashes.
  select j.id into book from journal j where j.garden_id = app_garden() and j.code = journal_code for no key update;
  if book is null then
    raise exception 'There is no journal %', journal_code using errcode = 'foreign_key_violation', constraint = 'journal';
  end if;
  select string_agg(distinct l.account, ', ') into unknown from json_to_recordset(lines) as l (account text)
  where not exists (select from account a where a.garden_id = app_garden() and a.number = l.account and a.archived_at is null);
  if unknown is not null then
    raise exception 'No such account in use: %', unknown using errcode = 'foreign_key_violation', constraint = 'account';
  end if;
  select e.number, e.hash into last, previous from entry e where e.garden_id = app_garden() and e.journal_id = book order by e.number desc limit 1;
  select coalesce(array_agg(s.source), '{}') into known from entry s
  where s.garden_id = app_garden() and s.source = any(array(select g.source from json_to_recordset(entries) as g (source text) where g.source is not null));
  return query
  with line as materialized (
    select l.entry, l.position, a.id as account_id, l.account, l.amount, l.customer, l.activity, coalesce(l.label, '') as label
    from json_to_recordset(lines) as l (entry integer, position integer, account text, amount bigint, customer bigint, activity bigint, label text)
    join account a on a.garden_id = app_garden() and a.number = l.account
  ), asked as materialized (
    select row_number() over (order by g.place)::integer + coalesce(last, 0) as number, g.*, t.text
    from json_to_recordset(entries) as g (place integer, day date, label text, document text, "documentDay" date, reverses bigint, source text, batch bigint)
    left join (
      select l.entry, string_agg(line_text(l.account, l.amount, l.customer, l.activity, l.label), ', ' order by l.position) as text from line l group by l.entry
    ) t on t.entry = g.place
    where g.source is null or g.source <> all(known)
  ), made as (
    insert into entry (garden_id, journal_id, number, day, label, document, document_day, reverses, source, batch_id, user_id, hash)
    select app_garden(), book, a.number, a.day, a.label, a.document, a."documentDay", a.reverses, a.source, coalesce(a.batch, app_batch()), app_user(),
      chain(coalesce(previous, chain_start()), entry_text(a.number, a.day, a.label, a.document, a."documentDay", a.reverses, a.source, a.text))
        over (order by a.number)
    from asked a
    returning entry.id, entry.number, entry.source
  ), written as (
    insert into entry_line (garden_id, entry_id, position, account_id, amount_cents, customer_id, activity_id, label)
    select app_garden(), m.id, l.position, l.account_id, l.amount, l.customer, l.activity, l.label
    from made m join asked a on a.number = m.number join line l on l.entry = a.place
  )
  select m.id, m.number, m.source from made m order by m.number;
end $$;

-- The same, each entry with its lines in it: [{ day, label, …, lines: [{ account, amount, … }] }].
create or replace function post_entries(journal_code text, given jsonb) returns table (id bigint, number integer, source text) language sql
  begin atomic
    select * from post_entries(journal_code,
      (select coalesce(json_agg((g.entry - 'lines') || jsonb_build_object('place', g.place)), '[]') from jsonb_array_elements(given) with ordinality g (entry, place)),
      (select coalesce(json_agg(l.line || jsonb_build_object('entry', g.place, 'position', l.place)), '[]')
        from jsonb_array_elements(given) with ordinality g (entry, place),
          jsonb_array_elements(g.entry -> 'lines') with ordinality l (line, place)));
  end;
