-- Agreed prices go along with subscriptions made by hand; a basket given is one of those that were bought; receipts are forgotten in their time.

-- Plans of the subscriptions that an agreed price may go along with; null: all of them.
alter table own_share add column plan_ids bigint[];
do $$
declare
  one integer;
begin
  for one in select id from garden loop
    perform set_config('app.garden', one::text, true);
    update own_share o set plan_ids = c.plans
    from path p
    join lateral (select array_agg(n.plan_id order by n.plan_id) as plans from programme_plan n
      where n.garden_id = p.garden_id and n.programme_id = p.programme_id) c on c.plans is not null
    where o.garden_id = one and p.garden_id = one and o.source = 'path:' || p.id;
  end loop;
  perform set_config('app.garden', '', true);
end $$;

-- Baskets that the customer of a subscription gave to somebody else, and stay owed, by their day: those whose delivery takes place, within its period.
create function gifts_made(giver bigint) returns table (year integer, day date, quantity integer) language sql stable as $$
  select r.year, l.date, coalesce(r.quantity, c.quantity, s.quantity)
  from request r
  join subscription s on s.garden_id = r.garden_id and s.id = r.subscription_id and s.awaiting is null
  left join lateral (
    select c.quantity, c.slot_id from subscription_change c
    where c.garden_id = s.garden_id and c.subscription_id = s.id and c.withdrawn_at is null and (c.from_year, c.from_week) <= (r.year, r.week)
    order by c.from_year desc, c.from_week desc limit 1
  ) c on true
  join slot o on o.garden_id = s.garden_id and o.id = coalesce(c.slot_id, s.slot_id)
  join delivery l on l.garden_id = o.garden_id and l.tour_id = o.tour_id and l.year = r.year and l.week = r.week and not l.closed
  where r.garden_id = app_garden() and r.subscription_id = giver and r.kind = 'gift' and not r.as_value and r.withdrawn_at is null
    and l.usual_date between s.starts_on and s.ends_on
$$;

/*
 Receipts and what proves them are kept for six years from the day they were made (LPF, art. L102 B). Then they say their number, their day and amounts, and nobody:
 the row stays, so that numbers follow each other. That one change is let through, once, and no other.
*/
alter table receipt alter column donor_id drop not null;
alter table receipt add column forgotten_on date;

-- Before the statement: nobody updates but `erase_receipts`. For each row: nothing else than what forgetting is.
create function refuse_but_forgetting() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if current_setting('app.forgetting', true) = 'yes' then return null; end if;
  raise exception 'The table is append-only: update of % is refused', tg_table_name using errcode = 'integrity_constraint_violation';
end $$;
create function only_forgetting() returns trigger language plpgsql set search_path = public, pg_temp as $$
declare
  changed text[];
  may boolean;
begin
  if tg_table_name = 'receipt' then
    changed := array['donor_id', 'content', 'forgotten_on'];
    may := old.forgotten_on is null and new.donor_id is null and new.forgotten_on >= (old.day + interval '6 years')::date
      and not new.content ?| array['donor', 'signer'];
  else
    changed := array['reason'];
    may := new.reason = 'Motif effacé' and exists (
      select from receipt r where r.garden_id = old.garden_id and r.id = old.receipt_id and r.forgotten_on is not null);
  end if;
  if may and to_jsonb(old) - changed = to_jsonb(new) - changed then return new; end if;
  raise exception 'The table is append-only: this update of % is refused', tg_table_name using errcode = 'integrity_constraint_violation';
end $$;

do $$
declare
  name text;
begin
  foreach name in array array['receipt', 'receipt_cancellation'] loop
    execute format('drop trigger append_only on %I', name);
    execute format('create trigger append_only before delete or truncate on %I for each statement execute function refuse_rewriting()', name);
    execute format('create trigger append_only_but before update on %I for each statement execute function refuse_but_forgetting()', name);
    execute format('create trigger only_forgetting before update on %I for each row execute function only_forgetting()', name);
  end loop;
end $$;

-- Forgets the receipts made before a day; also why they were cancelled, where they were sent, and that in the trail. @returns how many.
create function erase_receipts(made_before date, on_day date) returns integer language plpgsql security definer set search_path = public, pg_temp as $$
declare
  gone bigint[];
begin
  if app_garden() is null then raise exception 'No garden'; end if;
  select array_agg(id) into gone from receipt where garden_id = app_garden() and forgotten_on is null and day < made_before;
  if gone is null then return 0; end if;
  perform set_config('app.forgetting', 'yes', true);
  -- What is declared each year is counted from days and amounts.
  update receipt r set donor_id = null, forgotten_on = on_day, content = jsonb_build_object('gifts', coalesce((
    select jsonb_agg(jsonb_build_object('day', g -> 'day', 'cents', g -> 'cents')) from jsonb_array_elements(r.content -> 'gifts') g), '[]'))
  where r.garden_id = app_garden() and r.id = any(gone);
  update receipt_cancellation set reason = 'Motif effacé' where garden_id = app_garden() and receipt_id = any(gone);
  perform set_config('app.forgetting', '', true);
  update receipt_sending set address = '' where garden_id = app_garden() and receipt_id = any(gone) and address <> '';
  update audit_entry a set before = a.before - 'address', after = a.after - 'address'
  where a.garden_id = app_garden() and a.table_name = 'receipt_sending'
    and a.row_id in (select id from receipt_sending where garden_id = app_garden() and receipt_id = any(gone));
  return cardinality(gone);
end $$;
revoke execute on function erase_receipts(date, date) from public;
grant execute on function erase_receipts(date, date) to cocagne_app;
