import { dayOfWeek, daysBetween, weekOf, weeksInYear } from '#kernel/day.ts';
import type { Table } from '#kernel/table.ts';
import { type Cells, readLines } from './cells.ts';
import type { Context, ImportedDepot, ImportedProduct, ImportedTour, ImportedWeek, Mapping, Read } from './model.ts';
import { toBasisPoints, toClock, toColor, toDecimal, toPhone, toPostcode, toWeek, toWeekday, toWhole } from './parse.ts';
import { withoutRepeats } from './repeats.ts';
import { fold } from './words.ts';

const weekdayWanted = 'jour de la semaine attendu, par exemple mercredi';

export function readTours(table: Table, mapping: Mapping): Read<ImportedTour> {
  const read = readLines('tours', table, mapping, (cells): ImportedTour => {
    const deliveryWeekday = cells.value('deliveryWeekday', toWeekday, weekdayWanted) ?? 1;
    return {
      code: cells.text('code'),
      name: cells.text('name'),
      preparationWeekday: cells.value('preparationWeekday', toWeekday, weekdayWanted) ?? deliveryWeekday,
      deliveryWeekday,
      color: cells.value('color', toColor, 'couleur attendue sous la forme #2e7d32'),
    };
  });
  return withoutRepeats('tours', read);
}

function toCategory(text: string): ImportedDepot['category'] | null {
  const word = fold(text);
  if (/^(ouvert|public|tout public|libre)/.test(word)) return 'open';
  if (/^(reserve|prive|ferme)/.test(word)) return 'reserved';
  return /^pro/.test(word) ? 'professional' : null;
}

const within = (most: number) => (text: string) => {
  const degrees = toDecimal(text);
  return degrees !== null && Math.abs(degrees) <= most ? degrees : null;
};
const atLeast = (least: number) => (text: string) => {
  const whole = toWhole(text);
  return whole !== null && whole >= least ? whole : null;
};

export function readDepots(table: Table, mapping: Mapping): Read<ImportedDepot> {
  const read = readLines(
    'depots',
    table,
    mapping,
    (cells): ImportedDepot => ({
      number: cells.text('number'),
      name: cells.text('name'),
      ...readAddress(cells),
      contact: cells.text('contact'),
      tourCode: cells.text('tourCode'),
      stopOrder: cells.value('stopOrder', atLeast(0), 'nombre entier attendu'),
      arrival: cells.value('arrival', toClock, 'heure attendue, par exemple 08h20'),
      pickup: cells.text('pickup'),
      capacity: cells.value('capacity', atLeast(0), 'nombre entier de paniers attendu'),
      category: cells.value('category', toCategory, 'ouvert, réservé ou professionnel attendu') ?? 'open',
      mention: cells.text('mention'),
      password: cells.text('password'),
      feeCents: cells.cents('fee') ?? 0,
      latitude: cells.value('latitude', within(90), 'degrés entre -90 et 90 attendus'),
      longitude: cells.value('longitude', within(180), 'degrés entre -180 et 180 attendus'),
    }),
  );
  return withoutRepeats('depots', read);
}

/** Postal address and telephone, the same for customers and depots. */
export const readAddress = (cells: Cells) => ({
  address: cells.text('address'),
  postcode: cells.value('postcode', toPostcode, 'cinq chiffres attendus') ?? '',
  city: cells.text('city'),
  phone: cells.value('phone', toPhone, 'dix chiffres attendus') ?? '',
});

const toRate = (text: string) => {
  const points = toBasisPoints(text);
  return points !== null && points <= 10_000 ? points : null;
};

export function readProducts(table: Table, mapping: Mapping): Read<ImportedProduct> {
  const read = readLines(
    'products',
    table,
    mapping,
    (cells): ImportedProduct => ({
      name: cells.text('name'),
      priceCents: cells.cents('price') ?? 0,
      // The rate of food, and so of every basket, unless the file says otherwise.
      vatBasisPoints: cells.value('vat', toRate, 'taux attendu, par exemple 5,5 %') ?? 550,
      targetDepartureCents: cells.cents('targetDeparture'),
      wishedMarginBasisPoints: cells.value('wishedMargin', toBasisPoints, 'taux attendu, par exemple 40 %'),
    }),
  );
  return withoutRepeats('products', read);
}

/** A week number that exists in the year, or a fault. */
export function readWeek(cells: Cells, key: string, year: number): number | null {
  const week = cells.value(key, toWeek, 'numéro de semaine attendu, de 1 à 53');
  const last = weeksInYear(year);
  return week !== null && (week < 1 || week > last) ? cells.fault(key, `l’année ${year} va de la semaine 1 à la semaine ${last}`) : week;
}

const toYear = (text: string) => (/^20\d\d$/.test(text) ? Number(text) : null);
const closedWord = /^(ferm|pas de livraison|aucune|conge|vacances|neant)/;

/** A line without a date, or that says « fermeture » instead, closes the week; without a tour, it holds for all of them. */
export function readCalendar(table: Table, mapping: Mapping, context: Context): Read<ImportedWeek> {
  const read = readLines('calendar', table, mapping, (cells): ImportedWeek => {
    const year = cells.value('year', toYear, 'année attendue, par exemple 2025') ?? context.year;
    const week = readWeek(cells, 'week', year) ?? 1;
    const closed = cells.raw('date').trim() === '' || closedWord.test(fold(cells.raw('date')));
    const date = closed ? null : cells.day('date');
    if (date && Math.abs(daysBetween(dayOfWeek({ year, week }, 1), dayOfWeek(weekOf(date), 1))) > 7) {
      cells.fault('date', `trop loin de la semaine ${week} de ${year} (une semaine d’écart au plus)`);
    }
    const tour = cells.text('tourCode');
    return { year, week, tourCode: tour === '' || /^tou(te)?s/.test(fold(tour)) ? null : tour, date, note: cells.text('note') };
  });
  return withoutRepeats('calendar', read);
}
