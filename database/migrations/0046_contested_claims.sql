-- What was decided of a claim that its funder contests: baskets are paid by somebody else, or the garden maintains what it asked. Decided by somebody, with a reason.
create table claim_decision (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  claim_id bigint not null,
  kind text not null check (kind in ('moved', 'maintained')),
  -- Who pays instead, how many baskets, and how much.
  funder_id bigint,
  baskets integer not null default 0,
  cents bigint not null default 0,
  reason text not null check (reason <> ''),
  -- What the funder said.
  contested text not null default '',
  -- Null: the garden's own tools.
  decided_by text,
  day date not null,
  -- Of the form it was made with: sent twice, it decides once.
  key text not null,
  created_at timestamptz not null default now(),
  primary key (garden_id, id),
  foreign key (garden_id, claim_id) references claim,
  foreign key (garden_id, funder_id) references funder,
  unique (garden_id, key),
  check (kind = 'moved' or funder_id is null)
);
create index on claim_decision (garden_id, claim_id);
call append_only_table('claim_decision');
alter table claim_decision add check (cents >= 0 and baskets >= 0);

-- Lines that a decision wrote.
alter table payer_line add column decision_id bigint;
alter table payer_line add foreign key (garden_id, decision_id) references claim_decision;

-- What a claim asks for beside baskets, in words: « Atelier de cuisine du 28 novembre ». Empty: baskets, which stand in its lines.
alter table claim add column about text not null default '';
