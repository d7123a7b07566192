import { customersToExport } from '#domains/customers/index.server.ts';
import { sayReceives } from '#domains/subscriptions/labels.ts';
import { enter } from '#edge/enter.ts';
import { exportTable } from '#edge/export.ts';
import { can } from '#platform/access/actor.ts';
import { askedOf } from '../asked.ts';

/** The list as a file, with the search and the filters of the page. */
export const GET = async (event) => {
  const { actor, today } = enter(event, 'customers:read');
  const rows = await customersToExport(actor, today, askedOf(event.url.searchParams, actor));
  const sells = can(actor, 'subscriptions:read');
  const balances = can(actor, 'billing:read');
  const headers = ['Numéro', 'Nom', 'Prénom', 'Téléphone', 'E-mail', 'Ville', 'Catégorie'];
  return exportTable(
    event,
    `clients-${today}`,
    [...headers, ...(sells ? ['Reçoit', 'Point de dépôt'] : []), ...(balances ? ['Solde (au-dessus de zéro : à régler)'] : [])],
    rows.map((row) => [
      row.number,
      row.lastName,
      row.firstName,
      row.phone,
      row.email,
      row.city,
      row.category,
      ...(sells ? [row.receives!.map(sayReceives).join(' ; '), row.receives!.map((one) => one.depot).join(' ; ')] : []),
      ...(balances ? [row.balanceCents! / 100] : []),
    ]),
  );
};
