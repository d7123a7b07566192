-- Customers at home in « Mon compte »: whoever can read the letters of a customer's address may open that customer's account, and nothing else.
-- The address of a sign-in is verified (a link that was opened, an invitation), so no table ties people to customers: a changed address moves the key with it.

create index on customer (lower(email)) where email <> '' and archived_at is null;

-- Before a garden is chosen, an address shows the customers that bear it, in whatever garden.
create function app_email() returns text language sql stable parallel safe
  return nullif(current_setting('app.email', true), '');
create policy own on customer for select using (app_garden() is null and lower(email) = app_email());

-- The records that an address opens. Runs with the caller's own rights; the settings it needs are empty again when it ends.
create function customers_at_home(address text) returns table (
  garden_id integer, slug text, garden_name text, accent text, settings jsonb, customer_id bigint, customer_number text, customer_name text
) language plpgsql set search_path = public, pg_temp as $$
declare
  garden_before text := coalesce(current_setting('app.garden', true), '');
begin
  perform set_config('app.garden', '', true), set_config('app.email', lower(address), true);
  return query
    select c.garden_id, g.slug, g.name, g.accent, g.settings, c.id, c.number, trim(c.first_name || ' ' || c.last_name)
    from customer c join garden g on g.id = c.garden_id and g.archived_at is null
    where lower(c.email) = lower(address) and c.email <> '' and c.archived_at is null
    order by search_text(g.name), c.id;
  perform set_config('app.garden', garden_before, true), set_config('app.email', '', true);
end $$;

-- Who works with customers writes to them; who may change a garden's settings may change its public pages.
do $$
declare
  one integer;
begin
  for one in select id from garden loop
    perform set_config('app.garden', one::text, true);
    update role set rights = rights || '{messages:change}' where rights @> '{customers:change}';
    update role set rights = rights || '{messages:read}' where rights @> '{customers:read}' and not rights @> '{customers:change}';
    update role set rights = rights || '{site:change}' where rights @> '{customers:change}' or rights @> '{settings:change}';
  end loop;
  perform set_config('app.garden', '', true);
end $$;
