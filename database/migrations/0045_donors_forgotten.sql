-- A customer record that serves the accounts alone is nobody: it stands in no list of people. Donors are forgotten in their time.

alter table customer add column technical boolean not null default false;
do $$
declare
  one integer;
begin
  for one in select id from garden loop
    perform set_config('app.garden', one::text, true);
    -- The account by which gifts pass (0035).
    update customer set technical = true, category = '' where number = 'DONS';
  end loop;
  perform set_config('app.garden', '', true);
end $$;

alter table donor add column forgotten_on date;

/*
 What is said of donors goes; what they gave stays, with the ledger, and receipts say what they said for as long as the tax office may ask (LPF, art. L102 B). Also
 in the trail, in letters about their gifts, and where they paid online. @returns how many.
*/
create function erase_donors(which bigint[], on_day date) returns integer language plpgsql security definer set search_path = public, pg_temp as $$
declare
  told text[] := array['last_name', 'first_name', 'legal_form', 'siren', 'address', 'postcode', 'city', 'email', 'note', 'payer', 'to_address'];
  addresses text[];
  gone bigint[];
begin
  if app_garden() is null then raise exception 'No garden'; end if;
  select array_agg(id), array_agg(lower(email)) filter (where email <> '') into gone, addresses from donor
  where garden_id = app_garden() and id = any(which) and forgotten_on is null;
  if gone is null then return 0; end if;
  update donor set last_name = 'Donateur effacé', first_name = '', legal_form = '', siren = '', address = '', postcode = '', city = '', email = '', note = '',
    receipts = 'none', forgotten_on = on_day, archived_at = coalesce(archived_at, now()), version = version + 1
  where garden_id = app_garden() and id = any(gone);
  update gift set note = '', version = version + 1 where garden_id = app_garden() and donor_id = any(gone) and note <> '';
  update receipt_sending s set address = '' from receipt r
  where s.garden_id = app_garden() and s.address <> '' and r.garden_id = s.garden_id and r.id = s.receipt_id and r.donor_id = any(gone);
  update online_payment p set payer = null from gift g
  where p.garden_id = app_garden() and p.payer is not null and g.garden_id = p.garden_id and p.about = 'gift:' || g.id and g.donor_id = any(gone);
  update message set to_address = '', subject = 'Message effacé', body = ''
  where garden_id = app_garden() and event in ('gift_received', 'gift_promised', 'gift_receipt') and lower(to_address) = any(addresses);
  update audit_entry a set before = a.before - told, after = a.after - told
  where a.garden_id = app_garden() and (
    a.table_name = 'donor' and a.row_id = any(gone)
    or a.table_name = 'gift' and a.row_id in (select id from gift where garden_id = app_garden() and donor_id = any(gone))
    or a.table_name = 'online_payment' and a.row_id in (
      select p.id from online_payment p join gift g on g.garden_id = p.garden_id and p.about = 'gift:' || g.id where p.garden_id = app_garden() and g.donor_id = any(gone))
    or a.table_name = 'message' and a.row_id in (select id from message where garden_id = app_garden() and subject = 'Message effacé'));
  return cardinality(gone);
end $$;
revoke execute on function erase_donors(bigint[], date) from public;
grant execute on function erase_donors(bigint[], date) to cocagne_app;

-- With a customer's own record (forget_customer), in the same act: what she gave every month stops.
create function forget_giving(who bigint, on_day date) returns void language plpgsql set search_path = public, pg_temp as $$
declare
  gone bigint[] := array(select id from donor where garden_id = app_garden() and customer_id = who);
begin
  update regular_gift set ends_on = greatest(starts_on, on_day), version = version + 1
  where garden_id = app_garden() and donor_id = any(gone) and (ends_on is null or ends_on > on_day);
  perform erase_donors(gone, on_day);
end $$;
