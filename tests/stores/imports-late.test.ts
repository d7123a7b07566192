import { expect, test } from 'vitest';
import { importDirectory, undoImport } from '../../src/domains/imports/index.server.ts';
import { askFor, deliveryTotals } from '../../src/domains/subscriptions/index.server.ts';
import type { Actor } from '../../src/platform/access/actor.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { useDatabase } from '../database.ts';
import { csv } from './imports.garden.ts';
import { smallGarden, today } from './logistics.garden.ts';

useDatabase();

const ask = async (actor: Actor, ...lines: string[]) => {
  const files = [csv('absences.csv', 'N° adhérent;Panier;Semaine;Demande;Reporté en semaine', ...lines)];
  const done = await importDirectory(actor, { files, year: 2025 }, { today });
  if (!done.ok) throw new Error(done.reason);
  return done.value.report.rejected;
};
const late = (line: number, week: number) => ({
  file: 'absences.csv',
  line,
  reason: expect.stringContaining(`semaine ${week} est passée`),
});

test('a file of requests that comes too late for a delivery neither gives a basket twice nor loses one', async () => {
  const actor = await smallGarden('retards');
  const before = await deliveryTotals(actor, 2025);
  // Wednesday of week 43 is frozen: its basket was prepared already, or cannot be added any more.
  const rejected = await ask(
    actor,
    '1003;Familial;43;report;45',
    '1003;Simple;44;report;43',
    '1004;Familial;43;annulation;',
    // Émile's goes to week 44 since before the freeze: it cannot be sent further, nor come back.
    '1001;Simple;43;report;46',
  );
  expect(rejected).toEqual([late(2, 43), late(3, 43), late(4, 43), late(5, 43)]);
  expect(await deliveryTotals(actor, 2025)).toEqual(before);
});

test('what a file says again of a frozen week stands; what it asks of open ones is done', async () => {
  const actor = await smallGarden('suite');
  expect(await ask(actor, '1001;Simple;43;report;44', '1002;Simple;43;annulation;', '1004;Simple;43;report;45')).toEqual([]);
  const fridays = (await deliveryTotals(actor, 2025)).filter(({ tour, week }) => tour === 'VE1' && [43, 45].includes(week));
  expect(fridays.map(({ totals }) => totals.Simple ?? 0)).toEqual([0, 4]);
});

test('an import is not undone once deliveries that it changed are frozen: its baskets would be lost, or its days rewritten', async () => {
  const actor = await smallGarden('regrets');
  const requests = await importDirectory(
    actor,
    {
      files: [csv('absences.csv', 'N° adhérent;Panier;Semaine;Demande;Reporté en semaine', '1003;Familial;44;report;46')],
      year: 2025,
    },
    { today },
  );
  const calendar = await importDirectory(
    actor,
    { files: [csv('calendrier.csv', 'Année;Semaine;Tournée;Date de livraison;Remarque', '2025;44;VE1;30/10/2025;avancée')], year: 2025 },
    { today },
  );
  if (!requests.ok || !calendar.ok) throw new Error('not imported');
  const served = await deliveryTotals(actor, 2025);
  for (const { value } of [requests, calendar])
    expect(await undoImport(actor, value.batchId, { today: '2025-11-03' })).toMatchObject({
      ok: false,
      reason: expect.stringContaining('déjà préparées'),
    });
  expect(await deliveryTotals(actor, 2025)).toEqual(served);
  // In time, both are.
  for (const { value } of [calendar, requests]) expect(await undoImport(actor, value.batchId, { today })).toMatchObject({ ok: true });
});

test('a postponement keeps how many it moves; a double stands beside it; a basket that was given is not taken away again', async () => {
  const actor = await smallGarden('nombres');
  const requests = () =>
    inGarden(actor, (tx) =>
      tx.selectFrom('request').select(['subscription_id', 'kind', 'week', 'quantity']).where('week', '>=', 45).orderBy('id').execute(),
    );
  expect(await ask(actor, '1003;Familial;45;report;46')).toEqual([]);
  const [moved] = await requests();
  expect(moved).toMatchObject({ kind: 'postpone', quantity: 2 });
  const asked = { subscriptionId: moved!.subscription_id, beyond: true };
  const week = (number: number) => ({ year: 2025, week: number });
  await askFor(actor, { ...asked, from: week(47), wish: { kind: 'double', quantity: 1 } }, today);
  await askFor(actor, { ...asked, from: week(48), wish: { kind: 'gift' } }, today);
  const rejected = await ask(actor, '1003;Familial;45;annulation;', '1003;Familial;47;report;49', '1003;Familial;48;annulation;');
  expect(rejected).toEqual([{ file: 'absences.csv', line: 4, reason: expect.stringContaining('déjà donné') }]);
  expect((await requests()).map(({ kind, week, quantity }) => [kind, week, quantity])).toEqual([
    ['cancel', 45, null],
    ['double', 47, 1],
    ['gift', 48, null],
    ['postpone', 47, 2],
  ]);
});
