-- What funders are asked for beside baskets: what a workshop cost. Contested, it is asked from another funder, or the garden bears it.

-- As it was on the day it was first asked: what it is, when it took place, how many came. Nobody's name.
create table asked_cost (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  -- What it comes from, said once: « workshop:12 ».
  source text not null,
  title text not null check (title <> ''),
  held_on date not null,
  -- Null: nobody said how many came.
  people integer check (people >= 0),
  created_at timestamptz not null default now(),
  primary key (garden_id, id),
  unique (garden_id, source)
);
call append_only_table('asked_cost');

-- Who pays it: as much, and its mirror when somebody decides otherwise. What stands of a cost and a funder is their sum; what the garden bears has no line.
create table cost_line (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  cost_id bigint not null,
  funder_id bigint not null,
  cents bigint not null check (cents <> 0),
  -- What the funder owes of it: asked at once with the claim, or on the accrual until the next one.
  entry_id bigint not null,
  decision_id bigint,
  created_at timestamptz not null default now(),
  primary key (garden_id, id),
  foreign key (garden_id, cost_id) references asked_cost,
  foreign key (garden_id, funder_id) references funder,
  foreign key (garden_id, entry_id) references entry,
  foreign key (garden_id, decision_id) references claim_decision
);
create index on cost_line (garden_id, cost_id);
create index on cost_line (garden_id, funder_id);
call append_only_table('cost_line');

create table claim_cost_line (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  claim_id bigint not null,
  cost_line_id bigint not null,
  primary key (garden_id, id),
  foreign key (garden_id, claim_id) references claim,
  foreign key (garden_id, cost_line_id) references cost_line,
  -- Claimed once.
  unique (garden_id, cost_line_id)
);
create index on claim_cost_line (garden_id, claim_id);
call append_only_table('claim_cost_line');

-- How many workshops a decision is about. Moved without a funder: the garden bears them.
alter table claim_decision add column costs integer not null default 0 check (costs >= 0);

-- Claims made so far for what a workshop cost, which said it in words.
do $$
declare
  one integer;
begin
  for one in select id from garden loop
    perform set_config('app.garden', one::text, true);
    insert into asked_cost (garden_id, source, title, held_on, people)
    select w.garden_id, 'workshop:' || w.id, w.title, w.day,
      (select sum(e.came) filter (where e.state <> 'withdrawn') from workshop_enrolment e where e.garden_id = w.garden_id and e.workshop_id = w.id)
    from workshop w where w.garden_id = one and w.claim_id is not null order by w.claim_id;
    insert into cost_line (garden_id, cost_id, funder_id, cents, entry_id)
    select c.garden_id, k.id, c.funder_id, c.cents, c.entry_id
    from workshop w
    join claim c on c.garden_id = w.garden_id and c.id = w.claim_id
    join asked_cost k on k.garden_id = w.garden_id and k.source = 'workshop:' || w.id
    where w.garden_id = one order by c.id;
    insert into claim_cost_line (garden_id, claim_id, cost_line_id)
    select w.garden_id, w.claim_id, l.id
    from workshop w
    join asked_cost k on k.garden_id = w.garden_id and k.source = 'workshop:' || w.id
    join cost_line l on l.garden_id = k.garden_id and l.cost_id = k.id
    where w.garden_id = one and w.claim_id is not null;
  end loop;
  perform set_config('app.garden', '', true);
end $$;

alter table claim drop column about;
