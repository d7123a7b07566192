-- The trail of tables that leave no column out was empty: without arguments, tg_argv is null, and what is taken away from null is null.
create or replace function audit_changes() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  left_out text[] := coalesce(tg_argv::text[], '{}');
begin
  if tg_op = 'INSERT' then
    insert into audit_entry (garden_id, user_id, batch_id, table_name, row_id, action, after)
    select n.garden_id, app_user(), app_batch(), tg_table_name, n.id, 'insert', to_jsonb(n) - left_out
    from new_rows n;
  elsif tg_op = 'DELETE' then
    insert into audit_entry (garden_id, user_id, batch_id, table_name, row_id, action, before)
    select o.garden_id, app_user(), app_batch(), tg_table_name, o.id, 'delete', to_jsonb(o) - left_out
    from old_rows o;
  else
    insert into audit_entry (garden_id, user_id, batch_id, table_name, row_id, action, before, after)
    select n.garden_id, app_user(), app_batch(), tg_table_name, n.id, 'update', d.before, d.after
    from new_rows n
    join old_rows o on o.garden_id = n.garden_id and o.id = n.id,
    lateral (
      select jsonb_object_agg(b.key, b.value) as before, jsonb_object_agg(b.key, a.value) as after
      from jsonb_each(to_jsonb(o) - left_out) b
      join jsonb_each(to_jsonb(n) - left_out) a on a.key = b.key and a.value is distinct from b.value
      where b.key <> 'version'
    ) d
    where d.before is not null;
  end if;
  return null;
end $$;
