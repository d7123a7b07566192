import { describe, expect, test } from 'vitest';
import type { FileRead, Kind, Known } from './model.ts';
import { readFile } from './read.ts';
import { crossCheck, nothingKnown, subscriptionKey } from './references.ts';
import { sample } from './sample.ts';

const rows: Record<Kind, Record<string, string>> = {
  tours: { code: 'ME1', name: 'Mercredi', deliveryWeekday: 'mercredi' },
  depots: { number: '3', name: 'Café', tourCode: 'ME1' },
  products: { name: 'Fruité 1', price: '14,50' },
  calendar: { week: '19', tourCode: 'ME1' },
  customers: { number: '1001', lastName: 'Barré' },
  subscriptions: {
    customerNumber: '1001',
    productName: 'Fruité 1',
    frequency: 'hebdomadaire',
    depotNumber: '3',
    start: '01/01/2025',
    end: '31/12/2025',
  },
  requests: { customerNumber: '1001', productName: 'Fruité 1', week: '43' },
};
const file = (kind: Kind, ...changes: Record<string, string>[]): FileRead => {
  const [table, mapping] = sample(kind, ...changes.map((change) => ({ ...rows[kind], ...change })));
  return readFile(kind, table, mapping, { year: 2025 });
};
const known: Known = {
  tours: new Set(['ME1']),
  depots: new Set(['3']),
  products: new Set(['Fruité 1']),
  customers: new Set(['1001']),
  subscriptions: new Set([subscriptionKey('1001', 'Fruité 1')]),
};
const reasons = (files: FileRead[], from: Known) => crossCheck(files, from).flatMap(({ rejected }) => rejected.map(({ reason }) => reason));

test('a whole run refers to itself, whatever the order of its files', () => {
  const files = (Object.keys(rows) as Kind[]).reverse().map((kind) => file(kind, {}));
  const checked = crossCheck(files, nothingKnown());
  expect(checked.map(({ kind }) => kind)).toEqual(files.map(({ kind }) => kind));
  expect(checked.flatMap(({ rejected }) => rejected)).toEqual([]);
  expect(checked.map(({ lines }) => lines.length)).toEqual(files.map(() => 1));
});

test.each(['depots', 'calendar', 'subscriptions', 'requests'] as const)('%s may refer to what the database holds', (kind) => {
  expect(reasons([file(kind, {})], known)).toEqual([]);
});

test.each<[Kind, Record<string, string>, string]>([
  ['depots', { tourCode: 'XX' }, 'Tournée « XX » : aucune tournée n’a ce code.'],
  ['calendar', { tourCode: 'XX' }, 'Tournée « XX » : aucune tournée n’a ce code.'],
  ['subscriptions', { customerNumber: '99999' }, 'N° adhérent « 99999 » : aucun client n’a ce numéro, ou sa ligne a été rejetée.'],
  ['subscriptions', { productName: 'Géant' }, 'Panier « Géant » : aucun panier n’a ce nom.'],
  ['subscriptions', { depotNumber: '999' }, 'N° dépôt « 999 » : aucun point de dépôt n’a ce numéro.'],
  [
    'subscriptions',
    { productName: 'Géant', depotNumber: '999' },
    'Panier « Géant » : aucun panier n’a ce nom. N° dépôt « 999 » : aucun point de dépôt n’a ce numéro.',
  ],
  ['requests', { customerNumber: '2' }, 'N° adhérent « 2 » : aucun client n’a ce numéro, ou sa ligne a été rejetée.'],
])('%s %j', (kind, change, expected) => expect(reasons([file(kind, change)], known)).toEqual([expected]));

test('a calendar line for every tour refers to none', () =>
  expect(reasons([file('calendar', { tourCode: '' })], nothingKnown())).toEqual([]));

test('a request needs a subscription to that very product', () => {
  const both = { ...known, products: new Set(['Fruité 1', 'Simple']) };
  expect(reasons([file('requests', { productName: 'Simple' })], both)).toEqual(['Le client n° 1001 n’a pas d’abonnement « Simple ».']);
});

test('a rejected line takes along those that refer to it', () => {
  const files = [file('customers', { postcode: '8815' }), file('subscriptions', {}), file('requests', {})];
  const base = { ...nothingKnown(), depots: known.depots, products: known.products };
  expect(crossCheck(files, base).map(({ lines, rejected }) => [lines.length, rejected.length])).toEqual([
    [0, 1],
    [0, 1],
    [0, 1],
  ]);
});

test('accents, case and zeros in front do not count; the known name is kept', () => {
  const [checked] = crossCheck([file('subscriptions', { productName: 'FRUITE 1', depotNumber: '03', customerNumber: '01001' })], known);
  expect(checked!.lines[0]!.value).toMatchObject({ productName: 'Fruité 1', depotNumber: '3', customerNumber: '1001' });
});

describe('two files of one kind in a run', () => {
  test('a thing told in both is taken from the first', () => {
    const second = { ...file('customers', { lastName: 'Autre' }), file: 'suite.csv' } as FileRead;
    const checked = crossCheck([file('customers', {}), second], nothingKnown());
    expect(checked[0]!.lines).toHaveLength(1);
    expect(checked[1]).toMatchObject({
      lines: [],
      rejected: [{ line: 2, reason: 'Le client n° 1001 est déjà dans « customers.csv », ligne 2, sous un autre nom (Barré).' }],
    });
  });
});

test('nothing given is changed', () => {
  const from = nothingKnown();
  const files = [file('tours', {}), file('depots', { tourCode: 'XX' })];
  const before = structuredClone(files);
  crossCheck(files, from);
  expect(files).toEqual(before);
  expect(from).toEqual(nothingKnown());
});
