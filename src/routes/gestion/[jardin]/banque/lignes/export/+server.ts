import { bankLinesToExport } from '#domains/banking/index.server.ts';
import { lineStates, sayBecame } from '#domains/banking/labels-bank.ts';
import { enter } from '#edge/enter.ts';
import { exportTable } from '#edge/export.ts';
import { shortDay } from '#kernel/day.ts';
import { askedOf } from '../asked.ts';

const headers = [
  'Date',
  'Libellé',
  'Contrepartie',
  'Montant',
  'Compte',
  'État',
  'Rapprochée de',
  'Note',
  'Référence',
  'Mandat',
  'Motif de rejet',
  'Fichier',
];

export const GET = async (event) => {
  const { actor, today } = enter(event, 'payments:read');
  const rows = await bankLinesToExport(actor, askedOf(event.url.searchParams));
  const cells = rows.map((row) => [
    ...[shortDay(row.day), row.label, row.counterparty, row.amount / 100, row.accountName, lineStates[row.state].one],
    ...[row.state === 'matched' ? sayBecame(row) : '', row.note, row.endToEnd, row.mandateReference, row.returnReason, row.fileName],
  ]);
  return exportTable(event, `banque-${today}`, headers, cells);
};
