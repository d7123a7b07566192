import { expect, test } from 'vitest';
import { readTours } from './logistics.ts';
import { rejectsFile } from './rejects.ts';
import { sample } from './sample.ts';

const good = { code: 'ME1', name: 'Mercredi', deliveryWeekday: 'mercredi' };
const bad = { code: 'VE1', name: ' Vendredi ', deliveryWeekday: 'férié' };

test('the lines as they were, with which and why', () => {
  const [table, mapping] = sample('tours', good, bad);
  const { rejected } = readTours(table, mapping);
  expect(rejectsFile(table, rejected)).toEqual({
    headers: [...table.headers, 'Ligne', 'Raison'],
    rows: [['VE1', ' Vendredi ', '', 'férié', '', '3', 'Jour de livraison « férié » : jour de la semaine attendu, par exemple mercredi.']],
  });
});

test('imported again as it is, it gives the same faults in the same two columns; mended, it goes in', () => {
  const [table, mapping] = sample('tours', good, bad);
  const { headers, rows } = rejectsFile(table, readTours(table, mapping).rejected);
  const again = { ...table, headers, rows: rows.map((cells, index) => ({ line: index + 2, cells })) };
  const { headers: twice, rows: still } = rejectsFile(again, readTours(again, mapping).rejected);
  expect(twice).toEqual(headers);
  expect(still[0]!.slice(0, 5)).toEqual(rows[0]!.slice(0, 5));
  expect(still[0]![5]).toBe('2');

  again.rows[0]!.cells[3] = 'vendredi';
  expect(readTours(again, mapping)).toMatchObject({ rejected: [], lines: [{ value: { code: 'VE1', deliveryWeekday: 5 } }] });
});
