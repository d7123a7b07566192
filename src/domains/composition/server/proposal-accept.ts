import { sql } from 'kysely';
import { type Day, sayDay } from '#kernel/day.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import type { Unit, UnitPrice } from '#kernel/quantity.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden, markBatch } from '#platform/db/tenancy.ts';
import type { Line } from '../rules/proposal/ask.ts';
import { basketsOfDay, type Composition, loadCompositions, lockCompositions, removeComposition, writeComposition } from './store.ts';

/** A proposal as it comes back to be accepted. `locked`: kept by the next proposal too. */
export type Accepted = {
  tours: { tourId: number | null; sizes: { productId: number; lines: (Line & { locked: boolean })[] }[] }[];
  stored: { id: number; version: number }[];
};

/**
 * Writes a proposal as the compositions of its day, in one step that « Opérations » takes back. When the day's baskets are the same on all
 * tours, what a tour had of its own gives way to them. Refused when somebody changed a composition of the day since; sent twice, it acts once.
 */
export function acceptProposal(actor: Actor, day: Day, accepted: Accepted, today: Day): Promise<Outcome<{ batchId: number | null }>> {
  requireRight(actor, 'composition:change');
  return inGarden(actor, async (tx) => {
    await lockCompositions(tx, actor.gardenId);
    const stored = await loadCompositions(tx, day);
    if (stands(stored, accepted)) return done({ batchId: null });
    const same =
      stored.length === accepted.stored.length &&
      stored.every(({ id, version }) => accepted.stored.some((one) => one.id === id && one.version === version));
    if (!same)
      return refuse('Les compositions de ce jour ont changé depuis cette proposition. Demandez-en une autre : elle en tiendra compte.');
    const wrong = await unknown(tx, day, accepted);
    if (wrong) return refuse(wrong);
    const batchId = await beginBatch(tx, actor, day, today, sayCount(accepted));
    const terms = await termsOf(tx, day, accepted);
    for (const { tourId, sizes } of accepted.tours)
      for (const { productId, lines } of sizes) {
        if (tourId === null)
          for (const own of stored)
            if (own.productId === productId && own.tourId !== null) await removeComposition(tx, productId, day, own.tourId);
        await writeComposition(tx, actor.gardenId, {
          ...{ productId, day, tourId },
          lines: lines.map((line) => ({ ...line, ...terms.get(line.produceId)! })),
        });
      }
    return done({ batchId });
  });
}

/** What is stored says already what was accepted, as it does when a form is sent twice. */
function stands(stored: readonly Composition[], { tours }: Accepted): boolean {
  const text = (lines: readonly Line[]) =>
    lines
      .map(({ produceId, quantity }) => `${produceId}:${quantity}`)
      .sort()
      .join();
  return tours.every(({ tourId, sizes }) =>
    sizes.every(({ productId, lines }) => {
      const own = stored.filter((one) => one.productId === productId);
      if (tourId === null && own.some((one) => one.tourId !== null)) return false;
      const found = own.find((one) => one.tourId === tourId);
      return found !== undefined && text(found.lines) === text(lines);
    }),
  );
}

/** Tours, baskets and produce that are of that day and that garden. @returns what is wrong, in French. */
async function unknown(tx: Tx, day: Day, { tours }: Accepted): Promise<string | null> {
  const counts = await basketsOfDay(tx, day);
  const leaves = (tourId: number | null, productId: number) =>
    counts.some((count) => count.productId === productId && (tourId === null || count.tourId === tourId));
  if (!tours.every(({ tourId, sizes }) => sizes.every(({ productId }) => leaves(tourId, productId))))
    return 'Des paniers de cette proposition ne partent plus ce jour-là. Demandez-en une autre.';
  const ids = [...new Set(tours.flatMap(({ sizes }) => sizes.flatMap(({ lines }) => lines.map(({ produceId }) => produceId))))];
  const { rows } = await sql<{
    found: number;
  }>`select count(*)::int as found from produce where id = any(${`{${ids.join()}}`}::bigint[])`.execute(tx);
  return rows[0]!.found === ids.length ? null : 'Un produit de cette proposition n’existe plus. Demandez-en une autre.';
}

/** Unit and reference price of each produce, as lines keep them. */
async function termsOf(tx: Tx, day: Day, { tours }: Accepted): Promise<Map<number, { unit: Unit; unitPrice: UnitPrice | null }>> {
  const ids = tours.flatMap(({ sizes }) => sizes.flatMap(({ lines }) => lines.map(({ produceId }) => produceId)));
  const { rows } = await sql<{ id: number; unit: Unit; unitPrice: UnitPrice | null }>`
    select p.id, p.unit, (
      select unit_price from reference_price r
      where r.garden_id = p.garden_id and r.produce_id = p.id and r.starts_on <= ${day} order by r.starts_on desc limit 1) as "unitPrice"
    from produce p where p.id = any(${`{${ids.join()}}`}::bigint[])`.execute(tx);
  return new Map(rows.map(({ id, ...terms }) => [id, terms]));
}

/** « 4 compositions écrites. » */
function sayCount({ tours }: Accepted): string {
  const count = tours.reduce((sum, { sizes }) => sum + sizes.length, 0);
  return count === 1 ? 'Une composition écrite.' : `${count} compositions écrites.`;
}

async function beginBatch(tx: Tx, actor: Actor, day: Day, today: Day, said: string): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into batch (garden_id, kind, name, year, state, applied_at, created_by, summary)
    values (${actor.gardenId}, 'composition', ${`Compositions proposées pour le ${sayDay(day)}`}, ${Number(today.slice(0, 4))}, 'applied', now(),
      ${actor.userId}, ${JSON.stringify({ said })}::jsonb)
    returning id`.execute(tx);
  await markBatch(tx, rows[0]!.id);
  return rows[0]!.id;
}
