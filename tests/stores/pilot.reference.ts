import { pilotFile } from './imports.garden.ts';

/**
 * What the pilot's files must give, computed a second time in the plainest way: straight from the text of the files, with JavaScript's own
 * dates, none of the application's rules. `known bad` lines are given by the caller; nothing is checked here.
 */
type Row = Record<string, string>;

function rows(name: string, bad: { file: string; line: number }[] = []): Row[] {
  const bytes = pilotFile(name).content;
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    text = new TextDecoder('windows-1252').decode(bytes);
  }
  const [headers, ...lines] = text.trimEnd().split('\r\n');
  const names = headers!.replace('\ufeff', '').split(';');
  const left = new Set(bad.filter(({ file }) => file === name).map(({ line }) => line));
  return lines.flatMap((line, index) =>
    left.has(index + 2) ? [] : [Object.fromEntries(line.split(';').map((cell, at) => [names[at]!, cell]))],
  );
}

const weekdays = ['dimanche', 'lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi'];
const iso = (day: Date) => day.toISOString().slice(0, 10);
const french = (text: string) => text.split('/').reverse().join('-');

export type Expected = {
  tour: string;
  week: number;
  date: string;
  totals: Record<string, number>;
  depots: Record<string, Record<string, number>>;
};

/** The deliveries of 2025 that take place, in the form of `deliveries --json`, sorted by tour and week. */
export function expectedDeliveries(bad: { file: string; line: number }[]): Expected[] {
  const calendar = rows('calendrier.csv');
  const tourOf = new Map(rows('points-de-depot.csv').map((depot) => [depot['N°']!, depot.Tournée!]));
  const deliveries = new Map<string, Expected & { usual: string }>();
  // Monday of week 1 of 2025 is 30 December 2024.
  for (const tour of rows('tournees.csv'))
    for (let week = 1; week <= 52; week++) {
      if (calendar.some((line) => line.Semaine === String(week) && line.Tournée === '')) continue;
      const usual = new Date(Date.UTC(2024, 11, 30 + 7 * (week - 1) + weekdays.indexOf(tour['Jour de livraison']!) - 1));
      const moved = calendar.find((line) => line.Semaine === String(week) && line.Tournée === tour.Code);
      const date = moved ? french(moved['Date de livraison']!) : iso(usual);
      deliveries.set(`${tour.Code} ${week}`, { tour: tour.Code!, week, date, usual: iso(usual), totals: {}, depots: {} });
    }

  const requests = rows('absences.csv', bad);
  for (const line of rows('abonnements.csv', bad)) {
    const depot = line['N° dépôt']!;
    const tour = tourOf.get(depot)!;
    const quantity = Number(line.Quantité);
    const product = line.Panier!;
    const gives = (week: number): boolean => {
      const delivery = deliveries.get(`${tour} ${week}`);
      if (!delivery || delivery.usual < french(line.Début!) || delivery.usual > french(line.Fin!)) return false;
      if (line.Fréquence === 'semaines paires') return week % 2 === 0;
      if (line.Fréquence === 'semaines impaires') return week % 2 === 1;
      // The first delivery day of a month is one of its first seven days.
      return line.Fréquence === 'hebdomadaire' || Number(delivery.usual.slice(8)) <= 7;
    };
    const add = (week: number, baskets: number) => {
      const { totals, depots } = deliveries.get(`${tour} ${week}`)!;
      depots[depot] ??= {};
      for (const counts of [totals, depots[depot]]) counts[product] = (counts[product] ?? 0) + baskets;
    };
    for (let week = 1; week <= 52; week++) if (gives(week)) add(week, quantity);
    for (const request of requests.filter((one) => one['N° adhérent'] === line['N° adhérent'] && one.Panier === product)) {
      if (!gives(Number(request.Semaine))) continue;
      add(Number(request.Semaine), -quantity);
      if (request.Demande === 'report') add(Number(request['Reporté en semaine']), quantity);
    }
  }
  const withoutZeros = (counts: Record<string, number>) =>
    Object.fromEntries(Object.entries(counts).filter(([, baskets]) => baskets !== 0));
  return [...deliveries.values()].map(({ usual: _, totals, depots, ...delivery }) => ({
    ...delivery,
    totals: withoutZeros(totals),
    depots: Object.fromEntries(
      Object.entries(depots)
        .map(([depot, counts]) => [depot, withoutZeros(counts)] as const)
        .filter(([, counts]) => Object.keys(counts).length > 0),
    ),
  }));
}
