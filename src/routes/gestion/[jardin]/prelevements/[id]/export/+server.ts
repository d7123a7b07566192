import { error } from '@sveltejs/kit';
import { batchPage } from '#domains/banking/index.server.ts';
import { lineStates } from '#domains/banking/labels.ts';
import { maskAccount } from '#domains/banking/rules/account.ts';
import { reasonOf } from '#domains/banking/rules/reasons.ts';
import { enter } from '#edge/enter.ts';
import { exportTable } from '#edge/export.ts';
import { idIn } from '#edge/id.ts';

const headers = ['N°', 'Client', 'Montant', 'Pour', 'RUM', 'Compte', 'État', 'Raison du rejet', 'Référence'];

export const GET = async (event) => {
  const { actor, today } = enter(event, 'payments:read');
  const found = await batchPage(actor, idIn(event.params.id), today);
  if (!found) error(404, { message: 'Ce prélèvement n’existe pas.' });
  const rows = found.lines.map((line) => [
    line.number,
    line.name,
    line.amount / 100,
    line.remittance,
    line.mandate.reference,
    maskAccount(line.mandate.iban),
    lineStates[line.state].says,
    line.reasonCode ? reasonOf(line.reasonCode).says : '',
    line.endToEnd,
  ]);
  return exportTable(event, `prelevement-${found.batch.dueOn}`, headers, rows);
};
