import type { AccountLedger } from '#domains/accounting/index.server.ts';

export const ledgerHeaders = [
  'Compte',
  'Intitulé',
  'Date',
  'Journal',
  'N°',
  'Pièce',
  'Libellé',
  'Client',
  'Activité',
  'Débit',
  'Crédit',
  'Solde',
];

/** The lines of an account for a file: its opening, then each line with the balance after it. */
export const ledgerCells = ({ number, name, opening, lines }: AccountLedger): (string | number | null)[][] => [
  ...(opening ? [[number, name, null, null, null, null, 'Solde au début', null, null, null, null, opening / 100]] : []),
  ...lines.map((line) => [
    ...[number, name, line.day, line.journal, line.number, line.document, line.label, line.customer, line.activity],
    ...[line.amount > 0 ? line.amount / 100 : null, line.amount < 0 ? -line.amount / 100 : null, line.running / 100],
  ]),
];
