import { changedMeanwhile } from '#kernel/conflict.ts';
import { type Day, sayDay } from '#kernel/day.ts';
import { done, type Outcome, type Refusal, refuse } from '#kernel/outcome.ts';
import { formatQuantity, type Thousandths, type Unit } from '#kernel/quantity.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import type { AvailabilityRow, ShareValues, TallyRow } from '../schema-harvest.ts';
import { loadHarvestDay } from './harvest.ts';
import { type HarvestRow, isDeliveryDay, loadHarvest, writeHarvest } from './harvest-store.ts';
import { type CompositionLine, lockCompositions, writeComposition } from './store.ts';

/** Says what there is for a delivery day. Rows that say nothing new are not written; sent twice, it acts once. */
export const saveAvailability = (actor: Actor, day: Day, rows: readonly AvailabilityRow[]): Promise<Outcome<{ changed: number }>> =>
  saveRows(actor, day, rows, 'available', ['available', 'useUp', 'mustHave']);

/** Says what was picked, packed and lost. The same manners. */
export const saveTally = (actor: Actor, day: Day, rows: readonly TallyRow[]): Promise<Outcome<{ changed: number }>> =>
  saveRows(actor, day, rows, 'picked', ['picked', 'packed', 'lost', 'lossReason']);

type Field = 'available' | 'useUp' | 'mustHave' | 'picked' | 'packed' | 'lost' | 'lossReason';

/** `first`: the field beside which a conflict that has no field of its own is told. */
function saveRows<Row extends { produceId: number; version: number }>(
  actor: Actor,
  day: Day,
  rows: readonly Row[],
  first: Field,
  fields: readonly (Field & keyof Row)[],
): Promise<Outcome<{ changed: number }>> {
  requireRight(actor, 'composition:change');
  return inGarden(actor, async (tx) => {
    await lockCompositions(tx, actor.gardenId);
    if (!(await isDeliveryDay(tx, day))) return noDelivery(day);
    const stored = new Map((await loadHarvest(tx, day)).map((row) => [row.produceId, row]));
    const gone = rows.find(({ produceId }) => !stored.has(produceId));
    if (gone)
      return refuse('Un de ces produits n’est plus à la mercuriale. Rechargez la page.', {
        [fieldName(first, gone.produceId)]: 'Ce produit n’existe plus.',
      });
    const differing = rows.filter((row) => fields.some((field) => stored.get(row.produceId)![field] !== row[field]));
    const late = differing.filter((row) => stored.get(row.produceId)!.version !== row.version);
    if (late.length > 0) return conflict(late, stored, fields);
    const writes = differing.map((row) => ({
      produceId: row.produceId,
      ...Object.fromEntries(fields.map((field) => [field, row[field]])),
    }));
    await writeHarvest(tx, actor.gardenId, day, writes);
    return done({ changed: writes.length });
  });
}

const names: Partial<Record<Field, string>> = { lossReason: 'reason' };
const fieldName = (field: Field, produceId: number): string => `${names[field] ?? field}_${produceId}`;
const noDelivery = (day: Day): Refusal => refuse(`Aucune livraison n’est prévue le ${sayDay(day)}.`);

function conflict<Row extends { produceId: number }>(
  late: readonly Row[],
  stored: Map<number, HarvestRow>,
  fields: readonly (Field & keyof Row)[],
): Refusal {
  const told: Record<string, string> = {};
  let reason = '';
  for (const row of late) {
    const now = stored.get(row.produceId)!;
    const pick = (from: object) => Object.fromEntries(fields.map((field) => [field, from[field as keyof typeof from]]));
    const refusal = changedMeanwhile<Record<string, unknown>>('Ce tableau', pick(now), pick(row), (field) => say(now, field as Field));
    reason = refusal.reason;
    for (const [field, text] of Object.entries(refusal.fields ?? {})) told[fieldName(field as Field, row.produceId)] = text;
  }
  return refuse(reason, told);
}

function say(row: HarvestRow, field: Field): string {
  const value = row[field];
  if (typeof value === 'boolean') return value ? 'oui' : 'non';
  return typeof value === 'number' ? formatQuantity(value, row.unit) : (value ?? '');
}

/**
 * Puts a shared harvest into the day's baskets: each basket product holds so much of it, on all tours, those with a composition of their own
 * included; what else they hold stays. Refused when it takes more than there is. Sent twice, it acts once.
 */
export function shareHarvest(
  actor: Actor,
  day: Day,
  produceId: number,
  { version, total, unit, sizes }: ShareValues,
): Promise<Outcome<{ changed: number }>> {
  requireRight(actor, 'composition:change');
  return inGarden(actor, async (tx) => {
    await lockCompositions(tx, actor.gardenId);
    const { products, rows, baskets, compositions } = await loadHarvestDay(tx, day);
    const row = rows.find((one) => one.produceId === produceId);
    if (!row) return refuse('Ce produit n’existe plus.');
    if (row.unit !== unit) return refuse('L’unité de ce produit vient de changer. Rechargez la page.');
    const sold = new Map(products.map((product) => [product.productId, product]));
    const unknown = sizes.find(({ productId }) => !sold.has(productId));
    if (unknown) return refuse('Un de ces paniers ne part plus ce jour-là. Rechargez la page.');
    // The number of baskets that leave, not the one that was on the page: somebody may have subscribed since.
    const used = sizes.reduce((sum, { productId, quantity }) => sum + quantity * sold.get(productId)!.baskets, 0);
    if (used > total) return exceeds(used, total, unit);
    const shares = Object.fromEntries(sizes.filter(({ share }) => share > 0).map(({ productId, share }) => [productId, share / 100]));
    const same = row.available === total && JSON.stringify(row.shares) === JSON.stringify(shares);
    if (!same && row.version !== version)
      return changedMeanwhile<{ total: Thousandths | null }>('Ce partage', { total: row.available }, { total }, () =>
        row.available === null ? '' : formatQuantity(row.available, unit),
      );
    await writeHarvest(tx, actor.gardenId, day, [{ produceId, available: total, shares }]);
    let changed = 0;
    for (const { productId, quantity } of sizes) {
      const own = compositions.filter((one) => one.productId === productId);
      const rest = baskets.some(
        (one) => one.productId === productId && !own.some(({ tourId }) => tourId === null || tourId === one.tourId),
      );
      const written = quantity > 0 && rest ? [{ tourId: null, lines: [] }, ...own] : own;
      for (const { tourId, lines } of written)
        changed += await giveEach(tx, actor.gardenId, { day, productId, tourId, row, quantity }, lines);
    }
    return done({ changed });
  });
}

const exceeds = (used: Thousandths, total: Thousandths, unit: Unit): Refusal =>
  refuse(`Ces paniers prennent ${formatQuantity(used, unit)} et il y en a ${formatQuantity(total, unit)}.`, {
    total: `Il manque ${formatQuantity(used - total, unit)}. Réduisez les quantités, ou corrigez le total.`,
  });

type Given = { day: Day; productId: number; tourId: number | null; row: HarvestRow; quantity: Thousandths };

/** Writes the quantity in a basket that holds these lines; none of it takes it out. @returns 1 when that changes something. */
async function giveEach(tx: Tx, gardenId: number, { row, quantity, ...which }: Given, lines: readonly CompositionLine[]): Promise<0 | 1> {
  const others = lines.filter(({ produceId }) => produceId !== row.produceId);
  const line = { produceId: row.produceId, quantity, unit: row.unit, unitPrice: row.unitPrice };
  const { changed } = await writeComposition(tx, gardenId, { ...which, lines: quantity > 0 ? [...others, line] : others });
  return changed ? 1 : 0;
}
