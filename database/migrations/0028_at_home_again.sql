-- The records that an address opens: `address` was also the name of a column of `customer`, so that the question failed as soon as it was put.
drop function customers_at_home(text);
create function customers_at_home(wanted text) returns table (
  garden_id integer, slug text, garden_name text, accent text, settings jsonb, customer_id bigint, customer_number text, customer_name text
) language plpgsql set search_path = public, pg_temp as $$
declare
  garden_before text := coalesce(current_setting('app.garden', true), '');
begin
  perform set_config('app.garden', '', true), set_config('app.email', lower(wanted), true);
  return query
    select c.garden_id, g.slug, g.name, g.accent, g.settings, c.id, c.number, trim(c.first_name || ' ' || c.last_name)
    from customer c join garden g on g.id = c.garden_id and g.archived_at is null
    where lower(c.email) = lower(wanted) and c.email <> '' and c.archived_at is null
    order by search_text(g.name), c.id;
  perform set_config('app.garden', garden_before, true), set_config('app.email', '', true);
end $$;
