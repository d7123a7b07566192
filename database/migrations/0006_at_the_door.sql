-- Who is at the door: the person of a session, where she works, and (when the address names one) her garden and rights there.
-- One call per request instead of three queries. It runs with the caller's own rights: row-level security applies inside, and the
-- settings it needs (her, and no garden chosen: the policies « own ») are empty again when it ends.
create function person_at_work(session_token text, garden_slug text) returns jsonb
language plpgsql
set search_path = public, pg_temp
as $$
declare
  who record;
  answer jsonb;
begin
  select s."expiresAt" as expires_at, u.id, u.name, u.email into who
  from auth.session s join auth."user" u on u.id = s."userId"
  where s.token = session_token and s."expiresAt" > now();
  if not found then return null; end if;
  perform set_config('app.garden', '', true), set_config('app.user', who.id, true);
  answer := (
    select jsonb_build_object(
      'expiresAt', who.expires_at,
      'person', jsonb_build_object('id', who.id, 'name', who.name, 'email', who.email),
      'networkStaff', exists (select from network_staff n where n.user_id = who.id),
      'gardens', coalesce(jsonb_agg(jsonb_build_object('slug', g.slug, 'name', g.name) order by search_text(g.name)), '[]'),
      'garden', (jsonb_agg(jsonb_build_object(
        'id', g.id, 'slug', g.slug, 'name', g.name, 'accent', g.accent, 'settings', g.settings, 'takenOverOn', g.taken_over_on
      )) filter (where g.slug = garden_slug)) -> 0,
      'rights', (jsonb_agg(to_jsonb(r.rights)) filter (where g.slug = garden_slug)) -> 0
    )
    from staff s
    join garden g on g.id = s.garden_id and g.archived_at is null
    join role r on r.garden_id = s.garden_id and r.id = s.role_id
    where s.user_id = who.id and s.ended_at is null
  );
  perform set_config('app.user', '', true);
  return answer;
end $$;

-- Jobs are stored in the transaction that causes them. The queue belongs to the owner (graphile-worker keeps it in a schema of its
-- own); the application may only add, and only the jobs that exist.
create function enqueue_job(task text, payload jsonb) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if task not in ('send_mail') then raise exception 'Unknown job: %', task; end if;
  perform graphile_worker.add_job(task, payload::json, max_attempts => 8);
end $$;
revoke execute on function enqueue_job(text, jsonb) from public;
grant execute on function enqueue_job(text, jsonb) to cocagne_app;
