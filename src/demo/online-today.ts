import { sql } from 'kysely';
import { tokenOf } from '#domains/online/rules/token.ts';
import { recordPayment } from '#domains/payments/index.server.ts';
import type { Day } from '#kernel/day.ts';
import type { Actor } from '#platform/access/actor.ts';
import { inGarden } from '#platform/db/tenancy.ts';

type Bill = { id: number; number: string; customer: number; cents: number; late: boolean };

/** How far customers went who began to pay, one after the other. */
const ends = ['paid', 'paid', 'failed', 'paid', 'open', 'abandoned'] as const;

/**
 * The garden is paid online, through the provider for trying: some paid their bill, one card was refused, one page was closed, one is open. As the pages leave it, without
 * asking anybody: a load is no demonstration yet, and that provider serves nobody else.
 */
export async function payOnline(actor: Actor, today: Day): Promise<void> {
  await inGarden(actor, async (tx) => {
    const { rows: methods } = await sql<{ id: number }>`
      insert into payment_method (garden_id, kind, name, account, position) values (${actor.gardenId}, 'card', 'Carte en ligne', '511500', 8)
      on conflict (garden_id, name) do update set name = excluded.name returning id`.execute(tx);
    const method = methods[0]!.id;
    await sql`insert into online_provider (garden_id, kind, active, method_id) values (${actor.gardenId}, 'test', true, ${method})
      on conflict (garden_id, kind) do nothing`.execute(tx);
    // Bills of people who are not debited, that nothing pays yet.
    const { rows: bills } = await sql<Bill>`
      select d.id, d.number, d.customer_id as customer, d.gross_cents as cents, d.due_on < ${today} as late
      from document d join customer c on c.garden_id = d.garden_id and c.id = d.customer_id
      where d.garden_id = app_garden() and d.kind = 'invoice' and d.gross_cents > 500 and coalesce(c.payment_method, '') <> 'direct_debit'
        and not exists (select from payment p where p.garden_id = d.garden_id and p.customer_id = d.customer_id and p.document_id = d.id)
        and not exists (select from document n where n.garden_id = d.garden_id and n.credits = d.id)
      order by d.id desc limit ${ends.length}`.execute(tx);
    for (const [at, bill] of bills.entries()) await begin(actor, tx, { bill, at, method, today });
  });
}

type Begun = { bill: Bill; at: number; method: number; today: Day };

async function begin(actor: Actor, tx: Parameters<typeof recordPayment>[0], { bill, at, method, today }: Begun): Promise<void> {
  const end = ends[at]!;
  const purpose = `Facture ${bill.number}`;
  const name = tokenOf(actor.gardenId, `demonstration${at}`.padEnd(22, '0'));
  const { rows } = await sql<{ id: number }>`
    insert into online_payment (garden_id, token, customer_id, provider, amount_cents, purpose, document_id, return_to, state, reason, reference,
      created_at, started_at, checked_at, expires_at, settled_at)
    values (${actor.gardenId}, ${name}, ${bill.customer}, 'test', ${bill.cents}, ${purpose}, ${bill.id}, '/mon-compte', ${end},
      ${end === 'failed' ? 'La banque a refusé la carte.' : ''}, ${`essai-${name}`}, now() - make_interval(hours => ${3 * at + 1}),
      now() - make_interval(hours => ${3 * at + 1}), now(), now() + interval '1 hour', ${end === 'open' ? null : sql`now()`})
    returning id`.execute(tx);
  if (end !== 'paid') return;
  const source = `online:${rows[0]!.id}`;
  const paid = await recordPayment(tx, actor.gardenId, {
    ...{ customer: bill.customer, method, amount: bill.cents, day: today, document: bill.id, source, note: purpose },
  });
  if (!paid.ok) throw new Error(paid.reason);
  await sql`
    update online_payment set payment_id = ${paid.value.id}, received_cents = amount_cents, provider_payment = ${`essai-${name}-p`}
    where garden_id = app_garden() and id = ${rows[0]!.id}`.execute(tx);
  await sql`insert into online_notice (garden_id, online_payment_id, event, outcome) values (${actor.gardenId}, ${rows[0]!.id}, 'payment.paid', 'Payé')`.execute(
    tx,
  );
}
