import { subscriptionsToExport } from '#domains/subscriptions/index.server.ts';
import { frequencyLabels } from '#domains/subscriptions/labels.ts';
import { stateLabels } from '#domains/subscriptions/labels-subscribe.ts';
import { enter } from '#edge/enter.ts';
import { exportTable } from '#edge/export.ts';
import { shortDay } from '#kernel/day.ts';
import { askedOf } from '../asked.ts';

/** The list as a file, with the search and the filters of the page. */
export const GET = async (event) => {
  const { actor, today } = enter(event, 'subscriptions:read');
  const rows = await subscriptionsToExport(actor, today, askedOf(event.url.searchParams));
  return exportTable(
    event,
    `abonnements-${today}`,
    [
      'Numéro',
      'Client',
      'État',
      'Formule',
      'Produit',
      'Quantité',
      'Fréquence',
      'Prix',
      'Point de dépôt',
      'Tournée',
      'Début',
      'Fin',
      'Paniers achetés',
      'Paniers à recevoir',
      'Se renouvelle',
      'Raison de la fin',
    ],
    rows.map((row) => [
      row.customerNumber,
      row.customer,
      stateLabels[row.state].label,
      row.plan ?? '',
      row.product,
      row.quantity,
      frequencyLabels[row.frequency],
      row.priceCents / 100,
      row.depot,
      row.tour,
      shortDay(row.startsOn),
      shortDay(row.endsOn),
      row.soldCount ?? '',
      row.left ?? '',
      row.renews ? 'oui' : 'non',
      row.endReason,
    ]),
  );
};
