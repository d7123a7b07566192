import { error } from '@sveltejs/kit';
import { deliveryChanges } from '#domains/preparation/index.server.ts';
import { changeWords } from '#domains/preparation/labels.ts';
import { enter } from '#edge/enter.ts';
import { exportTable } from '#edge/export.ts';
import { idIn } from '#edge/id.ts';

/** The changes as listed. No price, as on every list that leaves with baskets. */
export const GET = async (event) => {
  const { actor } = enter(event, 'preparation:read');
  const found = await deliveryChanges(actor, idIn(event.params.id));
  if (!found) error(404, { message: 'Cette livraison n’existe pas.' });
  const headers = ['Arrêt', 'Point de dépôt', 'N° client', 'Nom', 'Prénom', 'Changement', 'Détail', 'Paniers en plus ou en moins'];
  const rows = found.stops.flatMap((stop) =>
    stop.lines.map((line) => [
      stop.order,
      stop.depotName,
      line.number,
      line.lastName,
      line.firstName,
      line.kinds.map((kind) => changeWords[kind]).join(', '),
      line.what,
      line.more,
    ]),
  );
  return exportTable(event, `changements-${found.delivery.tour.code}-${found.delivery.date}`, headers, rows);
};
