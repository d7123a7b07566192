import { readSettings } from '#domains/gardens/settings.ts';
import { preparationDay } from '#domains/logistics/index.server.ts';
import { sayTime } from '#domains/logistics/labels.ts';
import { type Day, sayDayAndYear } from '#kernel/day.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import type { CustomerLine, DaySheet, StopSheet, TourSheet } from '../documents/model.ts';
import { alphabetically } from '../documents/names.ts';
import { otherNames, otherPhones, type SheetNames, sheetName } from '../rules/sheet-name.ts';
import { contentsOf } from './day-contents.ts';
import {
  type BasketRow,
  type ContentRow,
  type GardenRow,
  loadBaskets,
  loadContents,
  loadGarden,
  loadStops,
  nearestDeliveries,
  type StopRow,
} from './day-store.ts';
import { type HeldBasket, loadHeld } from './held.ts';

export type DaySheetAsked = {
  /** The day of delivery. */
  date: Day;
  /** For « édité le … ». */
  today: Day;
  /** Code of the only tour wanted. */
  tour?: string | undefined;
  /** With what baskets hold, for the preparation sheet. */
  contents?: boolean;
};

/**
 * What the sheets of a day print: the deliveries whose date it is, moved ones included. No price is printed, nor who pays. Three queries,
 * four with what baskets hold, five where the garden holds some back.
 * Refused when no delivery takes place that day (the nearest days are named), or not the one of the tour.
 */
export function daySheet(actor: Actor, asked: DaySheetAsked): Promise<Outcome<DaySheet>> {
  requireRight(actor, 'preparation:read');
  return readDay(actor, asked).then((read) => (read.ok ? done(assemble(asked, read.value)) : read));
}

export type DayRead = { garden: GardenRow; stops: StopRow[]; baskets: BasketRow[]; contents: ContentRow[]; held: HeldBasket[] };

/** The rows of a day's sheets; the same refusals. */
export function readDay(actor: Actor, asked: DaySheetAsked): Promise<Outcome<DayRead>> {
  requireRight(actor, 'preparation:read');
  return readInGarden(actor, async (tx) => {
    const all = await loadStops(tx, asked.date);
    if (all.length === 0) return refuse(sayNoDelivery(asked.date, await nearestDeliveries(tx, asked.date)));
    const stops = asked.tour ? all.filter((stop) => stop.tourCode === asked.tour) : all;
    if (stops.length === 0) {
      const codes = [...new Set(all.map((stop) => stop.tourCode))].join(', ');
      return refuse(`La tournée ${asked.tour} ne livre pas le ${sayDayAndYear(asked.date)}. Ce jour-là : ${codes}.`);
    }
    const garden = await loadGarden(tx, actor.gardenId);
    const ids = [...new Set(stops.map((stop) => stop.deliveryId))];
    const baskets = await loadBaskets(tx, ids, asked.today);
    if (!asked.contents) return done({ garden, stops, baskets, contents: [], held: [] });
    const holds = readSettings(garden.settings).debtLimitCents !== null;
    return done({
      ...{ garden, stops, baskets },
      contents: await loadContents(tx, asked.date),
      held: holds ? await loadHeld(tx, ids, asked.today) : [],
    });
  });
}

/** « Aucune livraison n’a lieu le jeudi 23 octobre 2025. Les plus proches : le mercredi 22 octobre 2025 et le vendredi 24 octobre 2025. » */
function sayNoDelivery(date: Day, nearest: Day[]): string {
  const start = `Aucune livraison n’a lieu le ${sayDayAndYear(date)}.`;
  const days = nearest.map((day) => `le ${sayDayAndYear(day)}`).join(' et ');
  if (!days) return `${start} Le calendrier du jardin n’a encore aucune livraison.`;
  return `${start} ${nearest.length > 1 ? 'Les plus proches' : 'La plus proche'} : ${days}.`;
}

function assemble({ date, today }: DaySheetAsked, { garden, stops, baskets, contents, held: kept }: DayRead): DaySheet {
  const settings = readSettings(garden.settings);
  const used = new Set(baskets.map((basket) => basket.product));
  const own = garden.products.filter((product) => used.has(product.name));
  const products = own.map((product) => product.name);
  const tours = new Map<number, TourSheet>();
  const sheets = new Map<string, StopSheet>();
  for (const stop of stops) {
    let tour = tours.get(stop.deliveryId);
    if (!tour) {
      const { tourCode: code, tourName: name, color, week } = stop;
      const held = contentsOf(contents, stop.tourId, own);
      tour = {
        code,
        name,
        color,
        week,
        preparedOn: preparationDay(date, stop),
        stops: [],
        contents: held,
        held: heldOf(kept, stop.deliveryId),
      };
      tours.set(stop.deliveryId, tour);
    }
    if (stop.slotId === null) continue;
    const { order, depotNumber, depotName, address, postcode, city, phone, contact, mention, pickup, capacity } = stop;
    const place = { order, depotNumber, depotName, address, postcode, city, phone, contact, mention, pickup, capacity };
    const access = [stop.accessCode && `Code d’accès : ${stop.accessCode}`, stop.accessNote].filter(Boolean).join(' · ');
    const sheet: StopSheet = { ...place, access, arrival: sayTime(stop.arrival), counts: products.map(() => 0), customers: [] };
    tour.stops.push(sheet);
    sheets.set(stopKey(stop.deliveryId, stop.slotId), sheet);
  }
  fill(sheets, baskets, products, settings.sheetNames);
  for (const sheet of sheets.values()) sheet.customers = alphabetically(sheet.customers);
  return {
    ...{ garden: garden.name, phone: garden.phone, date, editedOn: today, products, carriers: settings, order: settings.sheetOrder },
    perCrate: own.map((product) => product.perCrate),
    tours: [...tours.values()],
  };
}

const heldOf = (held: HeldBasket[], deliveryId: number) =>
  held
    .filter((one) => one.deliveryId === deliveryId)
    .map(({ order, depotName, name, product, quantity }) => ({ order, depotName, name, product, quantity }));

const stopKey = (deliveryId: number, slotId: number) => `${deliveryId}/${slotId}`;

/** One line per customer and stop, whatever the number of her subscriptions; two customers of one name stay two lines. */
function fill(sheets: Map<string, StopSheet>, baskets: BasketRow[], products: string[], sheetNames: SheetNames): void {
  const column = new Map(products.map((product, index) => [product, index]));
  const lines = new Map<string, CustomerLine>();
  for (const basket of baskets) {
    const key = stopKey(basket.deliveryId, basket.slotId);
    const sheet = sheets.get(key);
    const at = column.get(basket.product);
    if (!sheet || at === undefined) throw new Error(`A basket of delivery ${basket.deliveryId} has no stop or product on the sheet.`);
    let line = lines.get(`${key}/${basket.customerId}`);
    if (!line) {
      const others = otherNames(basket.household, sheetNames);
      const otherPhone = otherPhones(basket.household, sheetNames);
      // A garden that prints numbers does so to keep its customers unknown at the depot: their telephone stays out too.
      line = {
        name: sheetName(basket, sheetNames),
        phone: sheetNames === 'number' ? '' : basket.phone,
        counts: products.map(() => 0),
        ...(others && { others }),
        ...(otherPhone && { otherPhone }),
      };
      lines.set(`${key}/${basket.customerId}`, line);
      sheet.customers.push(line);
    }
    line.counts[at]! += basket.quantity;
    sheet.counts[at]! += basket.quantity;
  }
}
