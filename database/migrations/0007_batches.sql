-- The trail leaves secrets out, and undoing a batch needs them: what a batch changed of them is kept with it, until it is undone.
create table batch_secret (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  batch_id bigint not null,
  table_name text not null,
  row_id bigint not null,
  before jsonb not null,
  primary key (garden_id, id),
  foreign key (garden_id, batch_id) references batch
);
create index on batch_secret (garden_id, batch_id);
call tenant_table('batch_secret', 'before');

create function keep_depot_password() returns trigger language plpgsql as $$
begin
  insert into batch_secret (garden_id, batch_id, table_name, row_id, before)
  values (old.garden_id, app_batch(), 'depot', old.id, jsonb_build_object('password', old.password));
  return null;
end $$;
create trigger keep_password after update on depot for each row
  when (old.password is distinct from new.password and app_batch() is not null)
  execute function keep_depot_password();

-- After thousands of rows have come at once, PostgreSQL must count again or it joins them one by one. Only the owner of tables may ask.
create function refresh_statistics() returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  analyze customer, membership, mandate, product, tour, depot, slot, delivery, subscription, request, basket, audit_entry;
end $$;
revoke execute on function refresh_statistics() from public;
grant execute on function refresh_statistics() to cocagne_app;
