-- New areas of work: solidarity baskets, gifts, workshops, baskets of employees. Who makes the team decides; gifts are money, workshops are for who meets customers.
-- Solidarity is given to nobody else: only who is named for it sees it.
do $$
declare
  one integer;
begin
  for one in select id from garden loop
    perform set_config('app.garden', one::text, true);
    update role set rights = rights || '{solidarity:change,giving:change,workshops:change,employees:change}' where rights @> '{staff:change}';
    update role set rights = rights || '{giving:change}' where rights @> '{payments:change}' and not rights @> '{staff:change}';
    update role set rights = rights || '{workshops:change}' where rights @> '{customers:change}' and not rights @> '{staff:change}';
  end loop;
  perform set_config('app.garden', '', true);
end $$;
