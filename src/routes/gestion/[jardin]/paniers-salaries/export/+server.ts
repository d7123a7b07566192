import { payList } from '#domains/employees/index.server.ts';
import { enter } from '#edge/enter.ts';
import { exportTable } from '#edge/export.ts';
import { monthAsked } from '../month.ts';

/** What the pay software needs of a month: who, under which number, how much. */
export const GET = async (event) => {
  const { actor, today } = enter(event, 'employees:read');
  const month = monthAsked(event.url, today);
  const { lines } = await payList(actor, month);
  const rows = lines
    .filter(({ cents }) => cents > 0)
    .map(({ employeeNumber, name, cents }) => [month.slice(0, 7), employeeNumber, name, cents / 100]);
  return exportTable(event, `retenues-${month.slice(0, 7)}`, ['Mois', 'Matricule', 'Nom', 'À retenir'], rows);
};
