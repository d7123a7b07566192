import { sql } from 'kysely';
import { type Notice, notify } from '#domains/messages/index.server.ts';
import type { Day } from '#kernel/day.ts';
import { done, type Outcome, type Refusal, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { displacedLine, sayStretch } from '../rules/closing.ts';
import { type BulkResult, bulk } from './bulk.ts';
import { checkCapacity } from './capacity.ts';
import { type ConcernedRow, concernedBy } from './closing-store.ts';
import type { Person } from './people.ts';

export type ClosingAsk = {
  slotId: number;
  from: Day;
  until: Day;
  /** Where the baskets go; null: they are not delivered. */
  replacementSlotId: number | null;
  reason: string;
  /** Writes to the customers concerned that have an e-mail. */
  notify: boolean;
  /** Even if the replacement cannot hold them all. */
  beyond: boolean;
};

export type ClosingDifference = BulkResult & {
  /** Of an applied one. */
  closingId: number;
  /** Written to, and to be telephoned: who has no e-mail. */
  written: Person[];
  toCall: Person[];
  /** Deliveries that are prepared already: their baskets go to the closed depot all the same. */
  frozen: { date: Day; baskets: number }[];
};

type Mode = { today: Day; mode: 'preview' | 'apply' };

/**
 * Closes a slot for a while and sends its baskets to another one, or nowhere: a batch, previewed, undone like any other. Each customer
 * concerned is written to in the same transaction. The same form sent twice closes it once.
 */
export async function closeSlot(actor: Actor, ask: ClosingAsk, { today, mode }: Mode): Promise<Outcome<ClosingDifference>> {
  requireRight(actor, 'logistics:change');
  if (ask.until < ask.from) return refuse('Ces dates ne vont pas.', { jusqu: 'La fin vient après le début.' });
  if (ask.until < today) return refuse('Ces dates sont passées.', { jusqu: 'Cette fermeture est déjà finie.' });
  const slot = await inGarden(actor, (tx) => namedSlot(tx, ask.slotId));
  if (!slot) return refuse('Ce passage n’existe plus.');
  let rows: ConcernedRow[] = [];
  let closingId = 0;
  const name = `Fermeture de ${slot.name} ${sayStretch(ask.from, ask.until)}`;
  const outcome = await bulk(actor, { kind: 'slot_closing', name, today, mode }, async (tx, batchId) => {
    const refusal = await mayClose(tx, ask);
    if (refusal) return refusal;
    rows = await concernedBy(tx, ask, today);
    const late = rows.find((row) => row.open && row.instead && !row.instead.open);
    if (late) {
      return refuse('Le dépôt de remplacement est déjà préparé cette semaine-là.', {
        remplacement: `Sa livraison du ${late.instead!.date.split('-').reverse().join('/')} est figée. Commencez la fermeture après elle, ou prenez un autre dépôt.`,
      });
    }
    const arriving = open(rows).flatMap(({ instead, quantity }) =>
      instead ? [{ slotId: instead.slotId, deliveryId: instead.deliveryId, quantity }] : [],
    );
    const full = await checkCapacity(tx, { today, baskets: arriving, beyond: ask.beyond });
    if (full) return full;
    const stored = await tx
      .insertInto('slot_closing')
      .values({
        garden_id: actor.gardenId,
        slot_id: ask.slotId,
        from_on: ask.from,
        until_on: ask.until,
        replacement_slot_id: ask.replacementSlotId,
        reason: ask.reason,
        batch_id: batchId,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    closingId = stored.id;
    if (ask.notify) await notify(tx, actor.gardenId, letters(rows, slot.name, ask));
    return { subscriptionIds: [...new Set(rows.map((row) => row.subscriptionId))] };
  });
  if (!outcome.ok) return outcome;
  return done({ ...outcome.value, closingId, ...peopleOf(rows), frozen: frozenOf(rows) });
}

/** Deliveries that are still to be prepared: the others stay as they are. */
const open = (rows: readonly ConcernedRow[]) => rows.filter((row) => row.open);

async function mayClose(tx: Tx, ask: ClosingAsk): Promise<Refusal | null> {
  const { rows } = await sql<{ from: Day; until: Day }>`
    select from_on as "from", until_on as "until" from slot_closing
    where slot_id = ${ask.slotId} and withdrawn_at is null and from_on <= ${ask.until} and until_on >= ${ask.from} order by from_on limit 1`.execute(
    tx,
  );
  const other = rows[0];
  if (other)
    return refuse(`Ce passage est déjà fermé ${sayStretch(other.from, other.until)}.`, {
      du: 'Ces jours sont déjà fermés, en partie au moins.',
    });
  if (ask.replacementSlotId === null) return null;
  const instead = ask.replacementSlotId === ask.slotId ? null : await namedSlot(tx, ask.replacementSlotId);
  return instead ? null : refuse('Ce remplacement n’est pas possible.', { remplacement: 'Choisissez un autre passage, en service.' });
}

async function namedSlot(tx: Tx, id: number): Promise<{ name: string } | null> {
  const { rows } = await sql<{ name: string }>`
    select d.name || case when s.name = '' then '' else ' (' || s.name || ')' end as name
    from slot s join depot d on d.garden_id = s.garden_id and d.id = s.depot_id where s.id = ${id} and s.archived_at is null`.execute(tx);
  return rows[0] ?? null;
}

function letters(rows: readonly ConcernedRow[], depot: string, { from, until, reason }: ClosingAsk): Notice<'depot_closed'>[] {
  const byCustomer = Map.groupBy(open(rows), (row) => row.person.id);
  return [...byCustomer].map(([customerId, own]) => {
    const paniers = own.map(({ date, quantity, product, instead }) =>
      displacedLine({ date, what: `${quantity} ${product}`, instead }, depot),
    );
    return { event: 'depot_closed', customerId, variables: { depot, quand: sayStretch(from, until), raison: reason, paniers } };
  });
}

function peopleOf(rows: readonly ConcernedRow[]): Pick<ClosingDifference, 'written' | 'toCall'> {
  const people = [...new Map(open(rows).map(({ person: { called: _, ...person } }) => [person.id, person])).values()];
  return { written: people.filter((one) => one.email !== ''), toCall: people.filter((one) => one.email === '') };
}

function frozenOf(rows: readonly ConcernedRow[]): ClosingDifference['frozen'] {
  const sums = new Map<Day, number>();
  for (const row of rows) if (!row.open) sums.set(row.date, (sums.get(row.date) ?? 0) + row.quantity);
  return [...sums].map(([date, baskets]) => ({ date, baskets }));
}
