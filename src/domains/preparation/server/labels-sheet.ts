import { readSettings } from '#domains/gardens/settings.ts';
import { done, type Outcome } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { type Label, type LabelsSheet, labelFormats } from '../documents/labels-model.ts';
import { fillCrates } from '../rules/crates.ts';
import { sheetName } from '../rules/sheet-name.ts';
import { inSheetOrder } from '../rules/stop-order.ts';
import { type DayRead, type DaySheetAsked, readDay } from './day-sheet.ts';
import type { BasketRow } from './day-store.ts';

export type LabelsAsked = DaySheetAsked & { labelFor?: 'basket' | 'crate' | undefined };

/** The labels of a day as the garden wants them: one per basket, or one per crate of a depot. The refusals of the other sheets. Three queries. */
export async function labelsSheet(actor: Actor, asked: LabelsAsked): Promise<Outcome<LabelsSheet>> {
  requireRight(actor, 'preparation:read');
  const read = await readDay(actor, asked);
  if (!read.ok) return read;
  const { garden } = read.value;
  const { labelFormat, labelFor, labelCode } = readSettings(garden.settings);
  const labels = (asked.labelFor ?? labelFor) === 'crate' ? crateLabels(read.value) : basketLabels(read.value);
  return done({ garden: garden.name, date: asked.date, editedOn: asked.today, format: labelFormats[labelFormat], code: labelCode, labels });
}

const french = new Intl.Collator('fr', { sensitivity: 'base', numeric: true });

type Here = Pick<Label, 'tourCode' | 'stopOrder' | 'depotName'> & { baskets: BasketRow[]; place: string };

/** Stops that receive something, tour after tour, in the order of the garden's sheets; their baskets by kind. */
function stopsServed({ garden, stops, baskets }: DayRead): Here[] {
  const byStop = Map.groupBy(baskets, (basket) => `${basket.deliveryId}-${basket.slotId}`);
  const position = new Map(garden.products.map((product, index) => [product.name, index]));
  const { sheetOrder } = readSettings(garden.settings);
  return [...Map.groupBy(stops, (stop) => stop.deliveryId).values()].flatMap((tour) =>
    inSheetOrder(tour, sheetOrder).flatMap((stop) => {
      const place = `${stop.deliveryId}-${stop.slotId}`;
      const own = byStop.get(place)?.toSorted((a, b) => position.get(a.product)! - position.get(b.product)!);
      return own ? [{ tourCode: stop.tourCode, stopOrder: stop.order, depotName: stop.depotName, baskets: own, place }] : [];
    }),
  );
}

function basketLabels(read: DayRead): Label[] {
  const { labelNames } = readSettings(read.garden.settings);
  return stopsServed(read).flatMap(({ baskets, place, ...stop }) =>
    [...Map.groupBy(baskets, (basket) => basket.product).values()].flatMap((alike) =>
      alike
        .map((basket) => ({ basket, name: sheetName(basket, labelNames) }))
        .toSorted((a, b) => french.compare(a.name, b.name) || a.basket.subscriptionId - b.basket.subscriptionId)
        .flatMap(({ basket, name }) =>
          Array.from({ length: basket.quantity }, (_, at) => ({
            ...stop,
            name,
            what: basket.product,
            part: basket.quantity > 1 ? `${at + 1}/${basket.quantity}` : '',
            code: `${place}-${basket.subscriptionId}`,
          })),
        ),
    ),
  );
}

/** On a crate there is no name: what it holds, and for which depot. What does not go in crates has one label per depot and kind. */
function crateLabels(read: DayRead): Label[] {
  const products = new Map(read.garden.products.map((product) => [product.name, product]));
  return stopsServed(read).flatMap(({ baskets, place, ...stop }) => {
    const kinds = [...Map.groupBy(baskets, (basket) => basket.product)].map(([name, alike]) => ({
      ...{ name, id: products.get(name)!.id, perCrate: products.get(name)!.perCrate },
      baskets: alike.reduce((sum, basket) => sum + basket.quantity, 0),
    }));
    const crates = fillCrates(kinds);
    const say = (kind: number, count: number) => `${count} ${kinds[kind]!.name}`;
    const loose = kinds.filter((kind) => kind.perCrate === null);
    return [
      ...crates.map((crate, at) => ({
        ...{ ...stop, name: '', what: crate.map((one) => say(one.kind, one.baskets)).join(' + ') },
        ...{ part: `caisse ${at + 1}/${crates.length}`, code: `${place}-C${at + 1}` },
      })),
      ...loose.map(({ id, name, baskets: count }) => ({ ...stop, name: '', what: `${count} ${name}`, part: '', code: `${place}-P${id}` })),
    ];
  });
}
