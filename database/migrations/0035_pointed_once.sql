-- Billing hundreds of documents at once, for less again: all that rows of the ledger and of documents point to is looked at once per statement.

/*
 Refuses that rows leave which others point to, as a foreign key does: they are looked for when the statement that removes them ends. Whoever adds one
 that points to them holds them from leaving until he is done (`pointing`), and what he added is seen here once he is: in « read committed » alone,
 where each statement sees what is committed when it begins. Arguments: a table and its column, in turns.
*/
create function refuse_leaving_pointed() returns trigger language plpgsql as $$
declare
  held bigint;
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'Rows of % leave in « read committed » alone', tg_table_name using errcode = 'invalid_transaction_state';
  end if;
  for at in 0 .. tg_nargs - 1 by 2 loop
    execute format('select o.id from old_rows o where exists (select from %I p where p.garden_id = o.garden_id and p.%I = o.id) limit 1',
      tg_argv[at], tg_argv[at + 1]) into held;
    if held is not null then
      raise exception '% of % stays: % of % points to it', held, tg_table_name, tg_argv[at + 1], tg_argv[at]
        using errcode = 'foreign_key_violation', constraint = 'pointed';
    end if;
  end loop;
  return null;
end $$;

/*
 Stands for foreign keys of a table whose rows never change: one look per statement at each row that is pointed to, instead of one per row that points.
 Where rows never leave (`stays`, `append_only`), what is there is there for good. Elsewhere they are locked as a foreign key locks them (`for key
 share`), so that nobody removes them meanwhile, and `refuse_leaving_pointed` keeps them afterwards: it has to be laid on the table. Arguments: a column
 and its table, in turns. Its garden is that of what it points to. Takes the place of `points_for_good` (0030), which knew only rows that never leave.
*/
create procedure pointing(name regclass, variadic pointed text[]) language plpgsql as $outer$
declare
  key record;
  checks text := '';
  leaves boolean;
begin
  for key in
    select conname from pg_constraint where conrelid = name and contype = 'f' and (confrelid = 'garden'::regclass
      or conkey[cardinality(conkey)] in (select attnum from pg_attribute where attrelid = name and attname = any(pointed)))
  loop
    execute format('alter table %s drop constraint %I', name, key.conname);
  end loop;
  execute format('drop trigger if exists pointed on %s; drop function if exists %I', name, 'pointed_' || name);
  for at in 1 .. cardinality(pointed) by 2 loop
    leaves := not exists (select from pg_trigger where tgrelid = pointed[at + 1]::regclass and tgname in ('stays', 'append_only'));
    checks := checks || format($check$
  select n.pointed into missing from (select distinct garden_id, %1$I as pointed from new_rows where %1$I is not null) n
  left join lateral (select t.id from %2$I t where t.garden_id = n.garden_id and t.id = n.pointed%4$s) t on true
  where t.id is null limit 1;
  if found then
    raise exception '%1$s of %3$s is not in %2$s: %%', missing using errcode = 'foreign_key_violation', constraint = 'pointed';
  end if;$check$, pointed[at], pointed[at + 1], name, case when leaves then ' for key share' else '' end);
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
drop procedure points_for_good;

call pointing('entry', 'journal_id', 'journal', 'reverses', 'entry', 'batch_id', 'batch');
call pointing('entry_line', 'entry_id', 'entry', 'account_id', 'account', 'activity_id', 'activity', 'customer_id', 'customer');
call pointing('document', 'letterhead_id', 'letterhead', 'entry_id', 'entry', 'run_id', 'billing_run', 'credits', 'document', 'customer_id', 'customer');
call pointing('document_line', 'document_id', 'document', 'activity_id', 'activity', 'credits_line', 'document_line', 'product_id', 'product',
  'subscription_id', 'subscription', 'charge_id', 'charge');

create trigger pointed_at after delete on batch referencing old table as old_rows for each statement
  execute function refuse_leaving_pointed('entry', 'batch_id');
create trigger pointed_at after delete on customer referencing old table as old_rows for each statement
  execute function refuse_leaving_pointed('entry_line', 'customer_id', 'document', 'customer_id');
create trigger pointed_at after delete on product referencing old table as old_rows for each statement
  execute function refuse_leaving_pointed('document_line', 'product_id');
create trigger pointed_at after delete on subscription referencing old table as old_rows for each statement
  execute function refuse_leaving_pointed('document_line', 'subscription_id');
create trigger pointed_at after delete on charge referencing old table as old_rows for each statement
  execute function refuse_leaving_pointed('document_line', 'charge_id');

-- Said where an account is looked for and not found.
create function no_account(wanted text) returns bigint language plpgsql as $$
begin
  raise exception 'No such account in use: %', wanted using errcode = 'foreign_key_violation', constraint = 'account';
end $$;

/*
 As in 0030, reading the lines once: accounts are looked for where lines are read.
*/
create or replace function post_entries(journal_code text, entries json, lines json) returns table (id bigint, number integer, source text) language plpgsql as $$
#variable_conflict use_column
declare
  book bigint;
  last integer;
  previous bytea;
  known text[];
begin
  -- Whoever posts in this journal at the same moment waits here: numbers follow each other, and so do hashes.
  select j.id into book from journal j where j.garden_id = app_garden() and j.code = journal_code for no key update;
  if book is null then
    raise exception 'There is no journal %', journal_code using errcode = 'foreign_key_violation', constraint = 'journal';
  end if;
  select e.number, e.hash into last, previous from entry e where e.garden_id = app_garden() and e.journal_id = book order by e.number desc limit 1;
  select coalesce(array_agg(s.source), '{}') into known from entry s
  where s.garden_id = app_garden() and s.source = any(array(select g.source from json_to_recordset(entries) as g (source text) where g.source is not null));
  return query
  with line as materialized (
    select l.entry, l.position, coalesce(a.id, no_account(l.account)) as account_id, l.account, l.amount, l.customer, l.activity,
      coalesce(l.label, '') as label
    from json_to_recordset(lines) as l (entry integer, position integer, account text, amount bigint, customer bigint, activity bigint, label text)
    left join account a on a.garden_id = app_garden() and a.number = l.account and a.archived_at is null
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
