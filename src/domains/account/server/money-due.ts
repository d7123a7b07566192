import { sql } from 'kysely';
import { readSettings } from '#domains/gardens/settings.ts';
import { paysOnline } from '#domains/online/index.server.ts';
import { comingPayments, methods, openItems } from '#domains/payments/index.server.ts';
import type { MethodKind } from '#domains/payments/rules/states.ts';
import { holdOf } from '#domains/receivables/index.server.ts';
import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { lookOwn, type Own } from '#platform/access/own.ts';
import type { Tx } from '#platform/db/index.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import { type Due, dueOf, sayItem } from '../rules/money-due.ts';

export type DueLine = { document: number | null; label: string; dueOn: Day; left: Cents; late: boolean };
export type OwnDue = Due & {
  /** What is to be paid, the oldest first. */
  lines: DueLine[];
  /** Debits that were announced and not answered yet. */
  debits: { dueOn: Day; cents: Cents }[];
  /** Her baskets are held back until what is late is paid. */
  held: boolean;
  /** How she says she pays: `direct_debit`, `transfer`…; null: she did not say. */
  way: string | null;
  /** Kinds that the garden takes. */
  kinds: MethodKind[];
  /** What to write on a transfer or behind a cheque. */
  number: string;
  name: string;
  garden: { name: string; address: string; phone: string };
  /** The garden can be paid online now. */
  online: boolean;
  /** Where a transfer goes; null when the garden gave no account. */
  transfer: { holder: string; iban: string; bic: string } | null;
};

type Facts = Pick<OwnDue, 'debits' | 'way' | 'number' | 'name' | 'transfer'> & {
  settings: unknown;
  gardenName: string;
  address: string;
  phone: string;
};

async function factsOf(tx: Tx, customerId: number): Promise<Facts> {
  const { rows } = await sql<Facts>`
    select c.payment_method as way, c.number, trim(c.first_name || ' ' || c.last_name) as name, g.settings, g.name as "gardenName",
      concat_ws(', ', nullif(g.address, ''), nullif(trim(g.postcode || ' ' || g.city), '')) as address, g.phone,
      coalesce((select json_agg(json_build_object('dueOn', b.due_on, 'cents', l.amount_cents) order by b.due_on, l.id)
        from debit_line l join debit_batch b on b.garden_id = l.garden_id and b.id = l.batch_id
        where l.garden_id = c.garden_id and l.customer_id = c.id and l.state = 'pending'
          and (b.state = 'sent' or b.state = 'draft' and l.notified_at is not null)), '[]') as debits,
      (select json_build_object('holder', a.holder, 'iban', a.iban, 'bic', a.bic) from bank_account a
        where a.garden_id = c.garden_id and a.archived_at is null order by a.id limit 1) as transfer
    from customer c join garden g on g.id = c.garden_id where c.garden_id = app_garden() and c.id = ${customerId}`.execute(tx);
  return rows[0]!;
}

/** What a customer owes, what is on its way, and how she may pay. Six queries. */
export async function ownDue(own: Own, today: Day): Promise<OwnDue> {
  const actor = lookOwn(own, 'customers:read');
  const hold = holdOf(actor, own.customerId, today);
  return readInGarden(actor, async (tx) => {
    const [accounts, coming, ways, facts, held, provider] = await Promise.all([
      openItems(tx, [own.customerId]),
      comingPayments(tx, [own.customerId]),
      methods(tx),
      factsOf(tx, own.customerId),
      hold,
      paysOnline(tx),
    ]);
    const open = accounts.get(own.customerId)?.open ?? [];
    const announced = facts.debits.reduce((sum, { cents }) => sum + cents, 0);
    const { settings, gardenName, address, phone, ...told } = facts;
    return {
      ...told,
      // A debit handed to the bank is a payment to come as well: it is on its way once.
      ...dueOf(open, Math.max(announced, coming.get(own.customerId) ?? 0), today),
      lines: open
        .filter(({ left }) => left > 0)
        .map(({ document, piece, label, dueOn, left }) => ({
          document,
          label: sayItem({ document, piece, label }, told.name),
          dueOn,
          left,
          late: dueOn < today,
        })),
      held: held?.held ?? false,
      online: provider !== null,
      kinds: [...new Set(ways.map(({ kind }) => kind))],
      garden: { name: readSettings(settings).legalName || gardenName, address, phone },
    };
  });
}
