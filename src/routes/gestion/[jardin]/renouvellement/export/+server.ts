import { endings } from '#domains/subscriptions/index.server.ts';
import { frequencyLabels } from '#domains/subscriptions/labels.ts';
import { renewalLabels } from '#domains/subscriptions/labels-renewal.ts';
import { enter } from '#edge/enter.ts';
import { exportTable } from '#edge/export.ts';
import { endingsAsked } from '../asked.ts';

/** The ends of subscriptions as listed, all pages: for calls and mailings. */
export const GET = async (event) => {
  const { actor, today } = enter(event, 'subscriptions:read');
  const { rows } = await endings(actor, endingsAsked(event.url.searchParams, today));
  const headers = [
    'N° client',
    'Nom',
    'Prénom',
    'Téléphone',
    'E-mail',
    'Formule',
    'Saison',
    'Panier',
    'Quantité',
    'Fréquence',
    'Point de dépôt',
    'Tournée',
  ];
  const cells = rows.map((row) => [
    ...[row.number, row.lastName, row.firstName, row.phone, row.email, row.plan ?? '', row.season ?? '', row.product, row.quantity],
    ...[frequencyLabels[row.frequency], row.depot, row.tour, row.priceCents / 100, row.startsOn, row.overOn, row.basketCount],
    ...[renewalLabels[row.state].one, row.endReason],
  ]);
  return exportTable(
    event,
    `fins-d-abonnement-${today}`,
    [...headers, 'Prix', 'Début', 'Fin', 'Nombre de paniers', 'État', 'Motif de fin'],
    cells,
  );
};
