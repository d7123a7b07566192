import { depotFilters, depots } from '#domains/logistics/index.server.ts';
import { depotCategories, sayTime } from '#domains/logistics/labels.ts';
import { enter } from '#edge/enter.ts';
import { exportTable } from '#edge/export.ts';
import { depotFilterList, depotsAsked, readDepotQuery } from '../asked.ts';

const headers = [
  'N°',
  'Nom',
  'Adresse',
  'CP',
  'Ville',
  'Téléphone',
  'Contact',
  'Tournée',
  'Passage',
  'Ordre',
  'Heure de livraison',
  'Retrait',
  'Capacité',
  'Catégorie',
];

/** The list as shown, all its pages, a line per stop. */
export const GET = async (event) => {
  const { actor, garden } = enter(event, 'logistics:read');
  const query = readDepotQuery(event.url.searchParams, depotFilterList(await depotFilters(actor)));
  const { rows } = await depots(actor, depotsAsked(query, true));
  const none = { code: '', name: '', order: null, arrival: null, pickup: '' };
  const cells = rows.flatMap((depot) =>
    (depot.tours.length ? depot.tours : [none]).map((stop) => [
      depot.number,
      depot.name,
      depot.address,
      depot.postcode,
      depot.city,
      depot.phone,
      depot.contact,
      stop.code,
      stop.name,
      stop.order,
      sayTime(stop.arrival),
      stop.pickup,
      depot.capacity,
      depotCategories[depot.category],
    ]),
  );
  return exportTable(event, `points-de-depot-${garden.slug}`, headers, cells);
};
