import { giftsToExport } from '#domains/giving/index.server.ts';
import { donorLabels, natureLabels, originLabels, stateLabels } from '#domains/giving/labels.ts';
import { enter } from '#edge/enter.ts';
import { exportTable } from '#edge/export.ts';
import { shortDay } from '#kernel/day.ts';
import { askedOf } from '../asked.ts';

/** The list as a file, with the search and the filters of the page. */
export const GET = async (event) => {
  const { actor, today } = enter(event, 'giving:read');
  const rows = await giftsToExport(actor, askedOf(event.url.searchParams));
  return exportTable(
    event,
    `dons-${today}`,
    ['Date', 'Donateur', 'Qui', 'Nature', 'Origine', 'Description', 'Collecte', 'Contrepartie', 'État', 'Reçu fiscal', 'Montant'],
    rows.map((row) => [
      ...[
        shortDay(row.day),
        row.name,
        donorLabels[row.kind],
        natureLabels[row.nature].one,
        originLabels[row.origin as keyof typeof originLabels],
      ],
      ...[
        row.label,
        row.campaign ?? '',
        row.counterpart ? 'oui' : 'non',
        stateLabels[row.state].one,
        row.receiptNumber ?? '',
        row.cents / 100,
      ],
    ]),
  );
};
