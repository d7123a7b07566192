-- What was said of people who are helped goes in one way: at its time, when a prescriber takes it back, or with a customer's own record.

-- What referrals say of people goes; their number, dates and outcome stay, to be counted. Those that waited for an answer wait no more.
create function erase_referrals(which bigint[], on_day date) returns integer language plpgsql set search_path = public, pg_temp as $$
declare
  many integer;
begin
  update referral set last_name = '', first_name = '', phone = '', email = '', place = '', household = null, affiliation = '', reference = '', reason = '',
    out_of_turn = '', erased_on = on_day, version = version + 1,
    handled_at = case when state in ('sent', 'waiting') then now() else handled_at end,
    state = case when state in ('sent', 'waiting') then 'withdrawn' else state end
  where garden_id = app_garden() and id = any(which) and erased_on is null;
  get diagnostics many = row_count;
  return many;
end $$;

-- Of stays, what funders do not ask for: her fund and her commune say who paid, and stay with what was paid.
create function erase_stays(which bigint[]) returns integer language plpgsql set search_path = public, pg_temp as $$
declare
  many integer;
begin
  update path set reference = '', end_reason = '', household = null, version = version + 1
  where garden_id = app_garden() and id = any(which) and (reference <> '' or end_reason <> '' or household is not null);
  get diagnostics many = row_count;
  return many;
end $$;

-- With a customer's own record (forget_customer), in the same act.
create function forget_help(who bigint, on_day date) returns void language sql set search_path = public, pg_temp as $$
  select erase_referrals(array(select r.id from referral r where r.garden_id = app_garden() and (r.customer_id = who
      or r.path_id in (select p.id from path p where p.garden_id = app_garden() and p.customer_id = who))), on_day),
    erase_stays(array(select p.id from path p where p.garden_id = app_garden() and p.customer_id = who));
$$;
