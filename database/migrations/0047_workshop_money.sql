-- Workshops' money: what people are asked for may be billed, and what a workshop cost may be asked from a funder.
alter table workshop
  -- 'on_spot': paid there; 'enrolled': billed to customers who are put down, unless they withdraw in time; 'attended': to those who came.
  add column fee_billed text not null default 'on_spot' check (fee_billed in ('on_spot', 'enrolled', 'attended')),
  -- Included in what they are asked for.
  add column fee_vat_basis_points integer not null default 2000 check (fee_vat_basis_points between 0 and 10000),
  -- Who may be asked for its cost, and the claim that did.
  add column funder_id bigint,
  add column claim_id bigint,
  add foreign key (garden_id, funder_id) references funder,
  add foreign key (garden_id, claim_id) references claim;
create unique index on workshop (garden_id, claim_id) where claim_id is not null;

-- The day a party withdrew: the eve of the workshop at the latest, it owes nothing.
alter table workshop_enrolment add column withdrawn_on date;

create or replace function install_solidarity(garden integer) returns void language sql set search_path = public, pg_temp as $$
  insert into account (garden_id, number, name) values
    (garden, '418100', 'Clients : factures et demandes à établir'), (garden, '741000', 'Subventions : paniers solidaires'),
    (garden, '742000', 'Subventions : ateliers')
  on conflict do nothing;
$$;
do $$
declare
  one integer;
begin
  for one in select id from garden loop
    perform set_config('app.garden', one::text, true);
    perform install_solidarity(one);
  end loop;
  perform set_config('app.garden', '', true);
end $$;
