-- Watching what is owed: steps of reminders, reminders that left, customers who may owe more than the others.

create table reminder_step (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  position integer not null,
  name text not null check (name <> ''),
  -- Days after the due day of the oldest document that is not paid.
  days_late integer not null check (days_late >= 0),
  way text not null default 'mail' check (way in ('mail', 'letter', 'call')),
  subject text not null default '',
  body text not null default '',
  version integer not null default 1,
  archived_at timestamptz,
  primary key (garden_id, id),
  unique (garden_id, name)
);
call tenant_table('reminder_step');

create table reminder (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  customer_id bigint not null,
  step_id bigint not null,
  day date not null,
  -- The debt it is about, by the due day of its oldest document: one reminder per step and debt.
  since date not null,
  amount_cents bigint not null,
  way text not null check (way in ('mail', 'letter', 'call')),
  address text not null default '',
  -- What was written, as it left; a letter printed again says the same.
  subject text not null default '',
  body text not null default '',
  note text not null default '',
  batch_id bigint,
  created_by text,
  created_at timestamptz not null default now(),
  withdrawn_at timestamptz,
  primary key (garden_id, id),
  foreign key (garden_id, customer_id) references customer,
  foreign key (garden_id, step_id) references reminder_step,
  foreign key (garden_id, batch_id) references batch
);
create unique index on reminder (garden_id, customer_id, step_id, since) where withdrawn_at is null;
call tenant_table('reminder');

create index on reminder (garden_id, batch_id) where batch_id is not null;

-- What was decided of a payment that the bank refused: it will be presented again, paid otherwise, waited for, or nothing more is to be done.
create table payment_followup (
  garden_id integer not null references garden,
  id bigint generated always as identity,
  payment_id bigint not null,
  decision text not null check (decision in ('again', 'otherwise', 'wait', 'closed')),
  -- To be looked at again from the day after.
  until_on date,
  note text not null default '',
  version integer not null default 1,
  created_at timestamptz not null default now(),
  primary key (garden_id, id),
  foreign key (garden_id, payment_id) references payment,
  unique (garden_id, payment_id)
);
call tenant_table('payment_followup');

-- Baskets are packed all the same until this day, whatever is owed.
alter table customer add column debt_allowed_until date;

create function install_receivables(garden integer) returns void language sql set search_path = public, pg_temp as $$
  insert into reminder_step (garden_id, position, name, days_late, way, subject, body) values
    (garden, 1, 'Premier rappel', 8, 'mail', 'Petit rappel : un règlement vous attend',
      E'Bonjour {prenom} {nom},\n\nSauf erreur de notre part, il reste {montant} à régler depuis le {depuis}.\n\nSi votre règlement est parti, merci de ne pas tenir compte de ce message.\n\nÀ bientôt,\n{jardin}'),
    (garden, 2, 'Deuxième rappel', 30, 'mail', 'Deuxième rappel : {montant} à régler',
      E'Bonjour {prenom} {nom},\n\nNous n’avons pas reçu les {montant} dus depuis le {depuis}. Une difficulté ? Appelez-nous : nous chercherons ensemble une solution.\n\n{jardin}'),
    (garden, 3, 'Lettre', 60, 'letter', 'Règlement en attente',
      E'{civilite} {nom},\n\nMalgré nos rappels, {montant} restent dus depuis le {depuis} :\n\n{detail}\n\nNous vous remercions de les régler sous huit jours, ou de prendre contact avec nous.\n\n{jardin}')
  on conflict do nothing;
$$;
