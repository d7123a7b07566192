import { harvestDay, harvestDays, saveAvailability, saveTally, shareHarvest } from '#domains/composition/index.server.ts';
import { sharesOf, split, usualStep } from '#domains/composition/rules/split.ts';
import { lossReasons } from '#domains/composition/schema-harvest.ts';
import type { Day } from '#kernel/day.ts';
import type { Outcome } from '#kernel/outcome.ts';
import type { Unit } from '#kernel/quantity.ts';
import type { Actor } from '#platform/access/actor.ts';
import { type Chance, chance } from './random.ts';

/** What the garden says of its harvests: what there is for the next two deliveries, what came of the last three. */
export async function keepHarvests(actor: Actor, today: Day): Promise<void> {
  const luck = chance(actor.gardenId * 7919);
  for (const { date } of await harvestDays(actor, { from: today, days: 2 })) await sayAvailable(actor, date, luck);
  for (const { date } of await harvestDays(actor, { before: today, days: 3 })) await sayTally(actor, date, luck);
}

async function sayAvailable(actor: Actor, day: Day, luck: Chance): Promise<void> {
  const { rows, needs, products } = await harvestDay(actor, day);
  const needed = new Map(needs.map(({ produceId, quantity }) => [produceId, quantity]));
  const own = rows.filter(({ supplierId }) => supplierId === null);
  const taken = own.filter(({ produceId }) => needed.has(produceId));
  const month = Number(day.slice(5, 7));
  const baskets = products.reduce((sum, product) => sum + product.baskets, 0);
  // Where nothing is composed yet, what the month gives.
  const told = taken.length ? taken : own.filter(({ months }) => months.includes(month)).slice(0, 9);
  const available = told.map((row, at) => ({
    ...{ produceId: row.produceId, version: row.version, useUp: at % 4 === 1, mustHave: at % 5 === 0 },
    available: rounded((needed.get(row.produceId) ?? baskets * (row.unit === 'kg' ? 400 : 1000)) * luck.between(97, 118) * 0.01, row.unit),
  }));
  expect(await saveAvailability(actor, day, available));
  if (taken.length || !told.length) return;
  const sizes = products.filter(({ kind }) => kind === 'basket');
  const shares = sharesOf(sizes.map(({ priceCents }) => priceCents));
  for (const { produceId, available: total } of available.slice(0, 5)) {
    const { unit } = told.find((row) => row.produceId === produceId)!;
    const { perBasket } = split(
      total,
      sizes.map((size, at) => ({ baskets: size.baskets, share: shares[at]! })),
      usualStep(unit),
    );
    const given = sizes.map(({ productId, baskets: count }, at) => ({
      productId,
      baskets: count,
      share: shares[at]!,
      quantity: perBasket[at]!,
    }));
    expect(await shareHarvest(actor, day, produceId, { version: 1, total, unit, sizes: given }));
  }
}

async function sayTally(actor: Actor, day: Day, luck: Chance): Promise<void> {
  const { rows, needs, products } = await harvestDay(actor, day);
  const baskets = products.reduce((sum, product) => sum + product.baskets, 0);
  const month = Number(day.slice(5, 7));
  const needed = rows.flatMap((row) =>
    needs.filter(({ produceId, unit }) => produceId === row.produceId && unit === row.unit).map(({ quantity }) => ({ row, quantity })),
  );
  // What was composed, or what the month gave.
  const packed = needed.length
    ? needed
    : rows
        .filter(({ months, supplierId }) => supplierId === null && months.includes(month))
        .slice(0, 8)
        .map((row) => ({ row, quantity: rounded(baskets * (row.unit === 'kg' ? 400 : 1000), row.unit) }));
  const tally = packed.map(({ row: { produceId, unit, version }, quantity }) => {
    const lost = luck.between(0, 3) === 0 ? rounded(quantity * luck.between(2, 9) * 0.01, unit) : 0;
    const put = luck.between(0, 5) === 0 ? rounded(quantity * 0.98, unit) : quantity;
    const lossReason = lost ? lossReasons[luck.between(0, lossReasons.length - 1)]! : '';
    return { produceId, version, picked: rounded(put + lost + quantity * 0.01, unit), packed: put, lost: lost || null, lossReason };
  });
  expect(await saveTally(actor, day, tally));
}

/** Half kilos, whole pieces. */
const rounded = (quantity: number, unit: Unit): number =>
  unit === 'kg' ? Math.round(quantity / 500) * 500 : Math.round(quantity / 1000) * 1000;

function expect(outcome: Outcome<unknown>): void {
  if (!outcome.ok) throw new Error(outcome.reason);
}
