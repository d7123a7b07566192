import { sql } from 'kysely';
import { changedMeanwhile, differingFields } from '#kernel/conflict.ts';
import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { whyNotDay } from '../rules/pile.ts';
import type { MethodKind, PaymentState } from '../rules/states.ts';
import type { Completion } from '../schema.ts';
import { markPaid } from './record.ts';
import { cancelPayment, rejectPayment } from './reject.ts';

/** What may still be said of a payment: its number, its bank, what it pays first, a remark. Amount, day and customer do not change. */
export function completePayment(actor: Actor, id: number, version: number, values: Completion): Promise<Outcome<null>> {
  requireRight(actor, 'payments:change');
  return inGarden(actor, async (tx) => {
    const { rows } = await sql<Completion & { version: number; customer: number | null }>`
      select version, reference, bank, document_id as document, note, customer_id as customer
      from payment where garden_id = app_garden() and id = ${id} for update`.execute(tx);
    const stored = rows[0];
    if (!stored) return refuse(gone);
    if (differingFields<Completion>(stored, values).length === 0) return done(null);
    if (stored.version !== version) {
      const { document: _, ...told } = values;
      return changedMeanwhile<Omit<Completion, 'document'>>('Cet encaissement', stored, told, (field) => stored[field]);
    }
    if (values.document !== null && values.document !== stored.document && !(await isOf(tx, values.document, stored.customer)))
      return refuse('Cette facture n’est pas à ce client.', { document: 'Choisissez une de ses factures.' });
    await sql`
      update payment set reference = ${values.reference}, bank = ${values.bank}, document_id = ${values.document}, note = ${values.note},
        version = version + 1
      where garden_id = app_garden() and id = ${id}`.execute(tx);
    return done(null);
  });
}

/** What was announced or doubtful is there. */
export function receivePayment(actor: Actor, id: number, day: Day, today: Day): Promise<Outcome<null>> {
  return act(actor, id, 'receive', async (tx) => {
    const late = whyNotDay(day, today);
    return late ? refuse('La date est à revoir.', { day: late }) : markPaid(tx, [id], day);
  });
}

/** The bank sent it back. @param fee null: nothing is asked for it. */
export function refusePayment(
  actor: Actor,
  id: number,
  { fee, ...rejection }: { day: Day; reason: string; fee: Cents | null },
  today: Day,
): Promise<Outcome<null>> {
  return act(actor, id, 'refuse', async (tx) => {
    const late = whyNotDay(rejection.day, today);
    return late
      ? refuse('La date est à revoir.', { day: 'Un rejet est d’aujourd’hui ou d’avant.' })
      : rejectPayment(tx, id, { ...rejection, fee: fee ?? 0 });
  });
}

/** It was a mistake of ours. */
export function withdrawPayment(actor: Actor, id: number, reason: string, today: Day): Promise<Outcome<null>> {
  return act(actor, id, 'withdraw', (tx) => cancelPayment(tx, id, { day: today, reason }));
}

/** What a person may do with a payment, by its state. What a file of debits or transfers holds is dealt with there. */
export type Act = 'receive' | 'refuse' | 'withdraw' | 'bounce' | 'settle';
export function actsOn({
  state,
  kind,
  source,
  taking,
  customerId,
}: {
  state: PaymentState;
  kind: MethodKind;
  source: string | null;
  taking: number | null;
  customerId: number | null;
}): Act[] {
  if (taking !== null) {
    // What was sold was sold: a cheque that comes back is owed by somebody (`market-cheque.ts`).
    if (state === 'rejected' && customerId === null) return ['settle'];
    if (state !== 'paid') return [];
    const again: Act[] = source?.startsWith('again:') ? ['withdraw'] : [];
    return kind === 'cash' ? again : ['bounce', ...again];
  }
  if (inBankFile({ state, source })) return [];
  if (state === 'expected' || state === 'uncertain') return ['receive', 'withdraw'];
  if (state !== 'paid') return [];
  // Given back by the provider who took it: it stays so.
  if (source?.startsWith('online-refund:')) return [];
  // Seen on the bank's file, or paid online: taken back there, with its line or by its provider.
  if (/^(bank|online):/.test(source ?? '')) return ['refuse'];
  return kind === 'cash' ? ['withdraw'] : ['refuse', 'withdraw'];
}

const inBankFile = ({ state, source }: { state: PaymentState; source: string | null }) =>
  state === 'scheduled' || (source !== null && /^(debit|transfer)/.test(source));

type Here = Exclude<Act, 'bounce' | 'settle'>;

function act(actor: Actor, id: number, what: Here, work: (tx: Tx) => Promise<Outcome<unknown>>): Promise<Outcome<null>> {
  requireRight(actor, 'payments:change');
  return inGarden(actor, async (tx) => {
    const { rows } = await sql<{
      state: PaymentState;
      kind: MethodKind;
      source: string | null;
      taking: number | null;
      customerId: number | null;
    }>`
      select p.state, m.kind, p.source, p.taking_id as taking, p.customer_id as "customerId" from payment p join payment_method m on m.garden_id = p.garden_id and m.id = p.method_id
      where p.garden_id = app_garden() and p.id = ${id} for update of p`.execute(tx);
    if (!rows[0]) return refuse(gone);
    if (rows[0].state === after[what]) return done(null);
    if (!actsOn(rows[0]).includes(what))
      return refuse(
        inBankFile(rows[0])
          ? 'Il est dans un fichier envoyé à la banque : c’est là que l’on note ce qu’il devient.'
          : 'Cet encaissement a changé entre-temps : regardez où il en est.',
      );
    const outcome = await work(tx);
    return outcome.ok ? done(null) : outcome;
  });
}

const after: Record<Here, PaymentState> = { receive: 'paid', refuse: 'rejected', withdraw: 'cancelled' };
const gone = 'Cet encaissement n’existe pas.';

async function isOf(tx: Tx, document: number, customer: number | null): Promise<boolean> {
  const { rows } =
    await sql`select from document where garden_id = app_garden() and id = ${document} and customer_id = ${customer}`.execute(tx);
  return rows.length > 0;
}
