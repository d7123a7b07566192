import type { Day } from '#kernel/day.ts';
import { done, type Outcome, type Refusal, refuse } from '#kernel/outcome.ts';
import { formatQuantity, type Thousandths } from '#kernel/quantity.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { applying } from '../rules/applying.ts';
import { cellName, changedCells, mergeCells, noteName, readCell, type TypedColumn } from '../rules/cells.ts';
import { loadComposedProducts, loadDayTours, loadSheetProduce, type SheetProduce } from './sheet-store.ts';
import {
  type Composition,
  type CompositionLine,
  loadCompositions,
  lockCompositions,
  removeComposition,
  writeComposition,
} from './store.ts';

export type SheetPlace = { day: Day; tourId: number | null };

const changedByOther =
  'Ces paniers viennent d’être modifiés par quelqu’un d’autre. Votre saisie est gardée : comparez-la avec ce qui est écrit à côté, puis enregistrez à nouveau.';

/**
 * Writes what a person changed on the sheet, basket by basket, over what is stored by now: cells that others changed meanwhile stay as they
 * made them. Where both changed the same cell nothing at all is written, and each such cell says what is stored. On a tour, a basket that
 * nobody changed goes on following the day. What changes nothing is not written, so a form sent twice acts once.
 * @returns how many baskets were written.
 */
export function saveCompositions(
  actor: Actor,
  { day, tourId }: SheetPlace,
  columns: readonly TypedColumn[],
): Promise<Outcome<{ written: number }>> {
  requireRight(actor, 'composition:change');
  return inGarden(actor, async (tx) => {
    await lockCompositions(tx, actor.gardenId);
    const wrong = await whyNotPlace(tx, { day, tourId });
    if (wrong) return wrong;
    const compositions = await loadCompositions(tx, day);
    const used = compositions.flatMap(({ lines }) => lines.map(({ produceId }) => produceId));
    const produce = new Map((await loadSheetProduce(tx, day, used)).map((one) => [one.id, one]));
    const known = new Set((await loadComposedProducts(tx, [day])).map(({ id }) => id));
    const asked = columns.filter(({ productId }) => known.has(productId));
    const merged = asked.map((column) => mergeColumn(column, applying(compositions, column.productId, tourId), produce));
    const errors = Object.assign({}, ...merged.map((one) => one.errors)) as Record<string, string>;
    if (Object.keys(errors).length) return refuse('Une quantité au moins est à revoir.', errors);
    const conflicts = Object.assign({}, ...merged.map((one) => one.conflicts)) as Record<string, string>;
    if (Object.keys(conflicts).length) return refuse(changedByOther, conflicts);
    let written = 0;
    for (const { productId, changed, lines, note } of merged) {
      if (!changed) continue;
      const wish = { productId, day, tourId, lines, note };
      if ((await writeComposition(tx, actor.gardenId, wish)).changed) written += 1;
    }
    return done({ written });
  });
}

async function whyNotPlace(tx: Tx, { day, tourId }: SheetPlace): Promise<Refusal | null> {
  if (tourId === null) return null;
  const tours = await loadDayTours(tx, day);
  return tours.some(({ id }) => id === tourId) ? null : refuse('Cette tournée ne livre plus ce jour-là.');
}

type Merged = {
  productId: number;
  changed: boolean;
  lines: CompositionLine[];
  note: string;
  errors: Record<string, string>;
  conflicts: Record<string, string>;
};

function mergeColumn(column: TypedColumn, stored: Composition | undefined, produce: ReadonlyMap<number, SheetProduce>): Merged {
  const { productId } = column;
  const lines = new Map((stored?.lines ?? []).map((line) => [line.produceId, line]));
  const unitOf = (produceId: number) => lines.get(produceId)?.unit ?? produce.get(produceId)?.unit;
  const mine = new Map<number, Thousandths>(column.base);
  const errors: Record<string, string> = {};
  for (const [produceId, text] of changedCells(column)) {
    const unit = unitOf(produceId);
    const quantity = unit && readCell(text, unit);
    if (quantity === undefined) errors[cellName(productId, produceId)] = 'Ce produit n’existe plus.';
    else if (quantity === null) errors[cellName(productId, produceId)] = unit === 'kg' ? 'Par exemple 0,5 ou 500 g.' : 'Par exemple 1.';
    else mine.set(produceId, quantity);
  }
  const now = new Map([...lines].map(([id, { quantity }]) => [id, quantity]));
  const merged = mergeCells(column.base, mine, now);
  const conflicts = Object.fromEntries(
    merged.conflicts.map((id): [string, string] => [
      cellName(productId, id),
      now.has(id) ? `Maintenant enregistré : ${formatQuantity(now.get(id)!, unitOf(id)!)}.` : 'Maintenant retiré par quelqu’un d’autre.',
    ]),
  );
  const storedNote = stored?.note ?? '';
  const noted = column.note !== column.baseNote;
  if (noted && storedNote !== column.baseNote && storedNote !== column.note)
    conflicts[noteName(productId)] = storedNote ? `Maintenant enregistré : « ${storedNote} ».` : 'Maintenant effacé par quelqu’un d’autre.';
  const kept = [...merged.cells].map(([produceId, quantity]): CompositionLine => {
    const line = lines.get(produceId);
    if (line) return { ...line, quantity };
    const { unit, unitPrice } = produce.get(produceId) ?? { unit: 'kg' as const, unitPrice: null };
    return { produceId, quantity, unit, unitPrice, locked: false };
  });
  const same = kept.length === now.size && kept.every(({ produceId, quantity }) => now.get(produceId) === quantity);
  const note = noted ? column.note : storedNote;
  return { productId, changed: !same || note !== storedNote, lines: kept, note, errors, conflicts };
}

/** A tour gets, basket by basket, a copy of what the day holds, and follows it no more. What it has of its own stays. */
export function ownCompositions(actor: Actor, day: Day, tourId: number): Promise<Outcome<{ written: number }>> {
  requireRight(actor, 'composition:change');
  return inGarden(actor, async (tx) => {
    await lockCompositions(tx, actor.gardenId);
    const wrong = await whyNotPlace(tx, { day, tourId });
    if (wrong) return wrong;
    const compositions = await loadCompositions(tx, day);
    let written = 0;
    for (const { productId, tourId: whole, lines, note } of compositions) {
      if (whole !== null || compositions.some((own) => own.productId === productId && own.tourId === tourId)) continue;
      await writeComposition(tx, actor.gardenId, { productId, day, tourId, lines, note });
      written += 1;
    }
    return done({ written });
  });
}

/** A tour follows the day again, for one basket or for all. */
export function followDay(actor: Actor, day: Day, tourId: number, productId: number | null): Promise<Outcome<{ removed: number }>> {
  requireRight(actor, 'composition:change');
  return inGarden(actor, async (tx) => {
    await lockCompositions(tx, actor.gardenId);
    const own = (await loadCompositions(tx, day)).filter((one) => one.tourId === tourId && (productId ?? one.productId) === one.productId);
    for (const one of own) await removeComposition(tx, one.productId, day, tourId);
    return done({ removed: own.length });
  });
}

/** Lines take the reference prices in force on their day, as they are by now. What is counted in another unit since keeps its price. */
export function repriceDay(actor: Actor, { day, tourId }: SheetPlace): Promise<Outcome<{ written: number }>> {
  requireRight(actor, 'composition:change');
  return inGarden(actor, async (tx) => {
    await lockCompositions(tx, actor.gardenId);
    const compositions = (await loadCompositions(tx, day)).filter((one) => one.tourId === tourId);
    const used = compositions.flatMap(({ lines }) => lines.map(({ produceId }) => produceId));
    const produce = new Map((await loadSheetProduce(tx, day, used)).map((one) => [one.id, one]));
    let written = 0;
    for (const { productId, lines } of compositions) {
      const priced = lines.map((line) => {
        const now = produce.get(line.produceId)!;
        return now.unit === line.unit ? { ...line, unitPrice: now.unitPrice } : line;
      });
      if ((await writeComposition(tx, actor.gardenId, { productId, day, tourId, lines: priced })).changed) written += 1;
    }
    return done({ written });
  });
}
