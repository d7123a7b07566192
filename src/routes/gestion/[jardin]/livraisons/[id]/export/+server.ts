import { error } from '@sveltejs/kit';
import { delivery, deliveryBaskets } from '#domains/preparation/index.server.ts';
import { sayOutcome } from '#domains/subscriptions/labels-outcome.ts';
import { enter } from '#edge/enter.ts';
import { exportTable } from '#edge/export.ts';
import { idIn } from '#edge/id.ts';
import { basketFilters, basketsAsked, readBasketQuery } from '../asked.ts';

/** The baskets as listed, all pages. No price, as on every list that leaves with baskets. */
export const GET = async (event) => {
  const { actor, today } = enter(event, 'logistics:read');
  const found = await delivery(actor, idIn(event.params.id), today);
  if (!found) error(404, { message: 'Cette livraison n’existe pas.' });
  const { rows } = await deliveryBaskets(
    actor,
    basketsAsked(found.head.id, readBasketQuery(event.url.searchParams, basketFilters(found)), true),
  );
  const headers = [
    'N° client',
    'Nom',
    'Prénom',
    'Téléphone',
    'Retire aussi',
    'Arrêt',
    'Point de dépôt',
    'Panier',
    'Quantité',
    'Reporté de la semaine',
    'Ce qui est arrivé',
  ];
  const cells = rows.map((row) => [
    row.number,
    row.lastName,
    row.firstName,
    row.phone,
    row.others,
    row.order,
    row.depotName,
    row.product,
    row.quantity,
    row.postponedFrom.join(', '),
    row.outcomes.map((one) => sayOutcome(one, row.quantity)).join(' ; '),
  ]);
  return exportTable(event, `livraison-${found.head.tour.code}-${found.head.date}`, headers, cells);
};
