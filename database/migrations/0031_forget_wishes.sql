-- Forgetting a customer (0025) also forgets what she wrote about her baskets, the hand she offered, and her calendar's address. Runs for the owner, as nobody
-- else may touch the trail; in the garden at hand only.
create function forget_wishes(who bigint) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare
  told text[] := array['note', 'answer'];
begin
  if app_garden() is null then raise exception 'No garden'; end if;
  update exception_request set note = '', answer = '', state = case state when 'open' then 'withdrawn' else state end, version = version + 1
  where garden_id = app_garden() and customer_id = who;
  update audit_entry a set before = a.before - told, after = a.after - told
  where a.garden_id = app_garden() and a.table_name = 'exception_request'
    and a.row_id in (select id from exception_request e where e.garden_id = app_garden() and e.customer_id = who);
  delete from volunteer_offer where garden_id = app_garden() and customer_id = who;
  delete from calendar_feed where garden_id = app_garden() and customer_id = who;
  delete from audit_entry a where a.garden_id = app_garden() and a.table_name in ('volunteer_offer', 'calendar_feed')
    and coalesce(a.before, a.after) ->> 'customer_id' = who::text;
end $$;
revoke execute on function forget_wishes(bigint) from public;
grant execute on function forget_wishes(bigint) to cocagne_app;
