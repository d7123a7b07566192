import { expect, test } from 'vitest';
import type { Right } from '#platform/access/rights.ts';
import { type HistoryEntry, type TableLabels, tellEntry } from './say.ts';

const tables: Record<string, TableLabels> = {
  subscription: {
    name: 'Abonnement',
    right: 'subscriptions:read',
    columns: {
      slot_id: { label: 'Dépôt', refers: true },
      price_cents: { label: 'Prix', say: (value) => `${Number(value) / 100} €`, right: 'billing:read' },
      ends_on: { label: 'Fin', empty: 'sans fin' },
    },
  },
  basket: {
    name: 'Paniers',
    right: 'subscriptions:read',
    columns: {},
    summary: ({ after }) => `${(after as { baskets: number }).baskets} paniers prévus`,
  },
};
const entry = (change: Partial<HistoryEntry>): HistoryEntry => ({
  id: 1,
  at: new Date('2025-10-20T08:00:00Z'),
  person: 'Marie',
  batch: null,
  table: 'subscription',
  rowId: 5,
  action: 'update',
  before: null,
  after: null,
  ...change,
});
const names = { slot_id: { 3: 'Mairie', 4: 'Gare' } };
const may = (rights: Right[]) => (right: Right) => rights.includes(right);

test('a change tells before and after, with the names of the records it refers to', () => {
  const told = tellEntry(
    entry({ before: { slot_id: 3, ends_on: '2025-12-31' }, after: { slot_id: 9, ends_on: null } }),
    tables,
    names,
    may(['subscriptions:read']),
  );
  expect(told).toMatchObject({ who: 'Marie', what: 'Abonnement : modification' });
  expect(told?.changes).toEqual([
    { label: 'Dépôt', before: 'Mairie', after: 'n° 9' },
    { label: 'Fin', before: '2025-12-31', after: 'sans fin' },
  ]);
});

test('a creation tells only what says something', () => {
  const told = tellEntry(entry({ action: 'insert', after: { slot_id: 4, ends_on: null } }), tables, names, may(['subscriptions:read']));
  expect(told?.changes).toEqual([{ label: 'Dépôt', before: null, after: 'Gare' }]);
});

test('a column that asks for another right is left out, and a change of it alone is not told', () => {
  const change = entry({ before: { price_cents: 1380 }, after: { price_cents: 1400 } });
  expect(tellEntry(change, tables, names, may(['subscriptions:read']))).toBeNull();
  expect(tellEntry(change, tables, names, may(['subscriptions:read', 'billing:read']))?.changes).toHaveLength(1);
});

test('a batch is named beside the person', () => {
  const told = tellEntry(
    entry({ batch: { id: 2, name: 'Import du 20 décembre' }, before: { ends_on: 'a' }, after: { ends_on: 'b' } }),
    tables,
    names,
    may(['subscriptions:read']),
  );
  expect(told?.who).toBe('Marie (Import du 20 décembre)');
});

test('nothing is told of a table the person may not read, or that nobody labelled', () => {
  expect(tellEntry(entry({}), tables, names, may(['customers:read']))).toBeNull();
  expect(tellEntry(entry({ table: 'secret' }), tables, names, may(['subscriptions:read']))).toBeNull();
});

test('a table may be told in one sentence; the tools of the house have a name', () => {
  const told = tellEntry(
    entry({ table: 'basket', action: 'insert', person: null, after: { baskets: 12 } }),
    tables,
    names,
    may(['subscriptions:read']),
  );
  expect(told).toMatchObject({ what: '12 paniers prévus', who: 'le logiciel', changes: [] });
});
