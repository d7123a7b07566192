import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  addStep,
  changeStep,
  previewReminder,
  proposedReminders,
  putStepAside,
  remind,
  reminderBatch,
  reminderBatches,
  reminderLetters,
  reminderSteps,
  undoReminders,
} from '../../src/domains/receivables/index.server.ts';
import { listOperations, undoBatch } from '../../src/domains/subscriptions/index.server.ts';
import { AccessDenied } from '../../src/platform/access/actor.ts';
import { canReadBack, pagesOf } from '../../src/platform/pdf/read-back.ts';
import { useDatabase } from '../database.ts';
import { lettersLaid } from '../letters.ts';
import { countingQueries } from '../queries.ts';
import { type OwingGarden, owingGarden, today } from './receivables.garden.ts';

const { ownerUrl } = useDatabase();
let garden: OwingGarden;
let [claire, nadia, small, soon, sent]: number[] = [];

beforeAll(async () => {
  garden = await owingGarden(ownerUrl());
  await garden.owner.query(
    "update garden set name = 'Jardin d’essai', address = '2 rue Haute', postcode = '57000', city = 'Metz', phone = '03 87 00 00 00'",
  );
  claire = await garden.customer('Martin', { email: 'claire@exemple.test' });
  nadia = await garden.customer('Noël', { address: '3 rue des Lilas', postcode: '57000', city: 'Metz', civility: 'Mme' });
  small = await garden.customer('Petit', { email: 'petit@exemple.test' });
  soon = await garden.customer('Vite', { email: 'vite@exemple.test' });
  sent = await garden.customer('Débit', { email: 'debit@exemple.test' });
  await garden.invoice(claire!, 5520, '2025-09-20');
  await garden.invoice(nadia!, 3000, '2025-07-01');
  await garden.invoice(small!, 499, '2025-07-01');
  await garden.invoice(soon!, 2000, '2025-10-16');
  await garden.invoice(sent!, 2000, '2025-07-01');
  await garden.paid(sent!, 2000, '2025-10-25', { state: 'scheduled' });
});
afterAll(() => garden?.owner.end());

const proposed = async (day = today) => (await proposedReminders(garden.marie, day)).steps.flatMap(({ people }) => people);
const chosenOf = (people: Awaited<ReturnType<typeof proposed>>) =>
  people.map(({ id, stepId, since }) => ({ customerId: id, stepId, since }));
const jobs = async () => (await lettersLaid(garden.owner)).filter(({ state }) => state === 'waiting');

describe('reminding', () => {
  test('who gets which step, and who gets none and why, in six queries', async () => {
    const { result, queries } = await countingQueries(() => proposedReminders(garden.marie, today));
    expect(queries).toHaveLength(6);
    expect(result.steps.map(({ name, people }) => [name, people.map(({ id, way }) => [id, way])])).toEqual([
      [
        'Premier rappel',
        [
          [nadia, 'letter'],
          [claire, 'mail'],
        ],
      ],
    ]);
    expect(Object.fromEntries(result.others.map(({ id, why, from }) => [id, [why, from]]))).toEqual({
      [small!]: ['small', null],
      [soon!]: ['wait', '2025-10-24'],
      [sent!]: ['coming', null],
    });
  });

  test('a letter is seen before it leaves', async () => {
    const [step] = await reminderSteps(garden.marie);
    const preview = await previewReminder(garden.marie, { customerId: claire!, stepId: step!.id, today });
    expect(preview).toMatchObject({
      to: 'claire@exemple.test',
      way: 'mail',
      name: 'Claire Martin',
      subject: 'Petit rappel : un règlement vous attend',
    });
    expect(preview!.body).toMatch(
      /^Bonjour Claire Martin,\n\nSauf erreur de notre part, il reste 55,20\s€ à régler depuis le samedi 20 septembre 2025\./,
    );
    expect(await previewReminder(garden.marie, { customerId: 999_999, stepId: step!.id, today })).toBeNull();
  });

  test('mails go into the queue, letters into one PDF, each once; two at the same moment too', async () => {
    const chosen = chosenOf(await proposed());
    const [one, other] = await Promise.all([remind(garden.marie, chosen, today), remind(garden.marie, chosen, today)]);
    expect(one).toMatchObject({ ok: true, value: { mails: 1, letters: 1, calls: 0, left: 0 } });
    expect(other).toEqual(one);
    expect((await jobs()).map(({ to }) => to)).toEqual(['claire@exemple.test']);
    expect(await proposed()).toEqual([]);
    expect(await remind(garden.paul, chosen, today)).toMatchObject({ ok: false, reason: expect.stringContaining('Plus personne') });

    const { rows, total } = await reminderBatches(garden.marie);
    expect([total, rows[0]]).toMatchObject([
      1,
      { name: 'Rappels du 22/10/2025', customers: 2, mails: 1, letters: 1, amount: 8520, by: 'Marie Curien', undone: false },
    ]);
    const batch = (await reminderBatch(garden.marie, rows[0]!.id))!;
    expect(batch.sent.map(({ name, way, balance }) => [name, way, balance])).toEqual([
      ['Mme Claire Noël', 'letter', 3000],
      ['Claire Martin', 'mail', 5520],
    ]);
    const letters = await reminderLetters(garden.marie, batch.id);
    expect(letters.ok).toBe(true);
    if (!letters.ok || !canReadBack) return;
    const pages = pagesOf(letters.value.pdf);
    expect(pages).toHaveLength(1);
    expect(pages[0]).toMatch(/Mme Claire Noël 3 rue des Lilas 57000 Metz/);
    expect(pages[0]).toMatch(/il reste 30,00 € à régler depuis le/);
  });

  test('the next step comes after as many days as between their delays', async () => {
    expect(await proposed('2025-11-12')).toMatchObject([{ id: soon }]);
    expect((await proposed('2025-11-13')).map(({ id }) => id)).toContain(claire);
  });

  test('undone, they do not stand any more, and are proposed again; from the list of operations too', async () => {
    const [batch] = (await reminderBatches(garden.marie)).rows;
    expect(await undoReminders(garden.marie, batch!.id)).toMatchObject({ ok: true });
    expect(await undoReminders(garden.marie, batch!.id)).toMatchObject({ ok: true });
    expect(await reminderLetters(garden.marie, batch!.id)).toMatchObject({ ok: false });
    const again = await proposed();
    expect(again.map(({ id }) => id)).toEqual([nadia, claire]);
    expect(await remind(garden.marie, chosenOf(again).slice(0, 1), today)).toMatchObject({ ok: true, value: { letters: 1, mails: 0 } });
    const [operation] = (await listOperations(garden.marie)).rows;
    expect(operation).toMatchObject({ kind: 'reminders', said: '1 lettre à imprimer', mayUndo: true });
    expect(await undoBatch(garden.marie, operation!.id, today)).toMatchObject({ ok: true, value: { kind: 'reminders' } });
    expect((await proposed()).map(({ id }) => id)).toEqual([nadia, claire]);
  });

  test('what was paid since it was shown is left out, and told', async () => {
    const chosen = chosenOf(await proposed());
    await garden.paid(nadia!, 3000);
    expect(await remind(garden.marie, chosen, today)).toMatchObject({ ok: true, value: { mails: 1, letters: 0, left: 1 } });
  });

  test('without the right, nothing leaves', () => {
    expect(() => remind(garden.with('payments:read', 'billing:change'), [], today)).toThrow(AccessDenied);
    expect(() => undoReminders(garden.with('payments:read'), 1)).toThrow(AccessDenied);
  });
});

describe('steps', () => {
  const values = { name: 'Avant huissier', daysLate: 90, way: 'letter' as const, subject: 'Dernier courrier', body: 'Bonjour {nom}' };

  test('added once, changed at its version, put aside and taken up again', async () => {
    const added = await addStep(garden.marie, values);
    expect(await addStep(garden.marie, values)).toEqual(added);
    const id = added.ok ? added.value.id : 0;
    expect(await addStep(garden.marie, { ...values, subject: 'Autre' })).toMatchObject({ ok: false });
    expect(await addStep(garden.marie, { ...values, name: 'Autre' })).toMatchObject({
      fields: { daysLate: expect.stringContaining('Avant huissier') },
    });
    expect(await changeStep(garden.marie, id, 1, { ...values, daysLate: 100 })).toEqual({ ok: true, value: null });
    expect(await changeStep(garden.marie, id, 1, { ...values, daysLate: 100 })).toEqual({ ok: true, value: null });
    expect(await changeStep(garden.paul, id, 1, { ...values, daysLate: 110 })).toMatchObject({
      ok: false,
      fields: { daysLate: 'Maintenant enregistré : « 100 ».' },
    });
    expect(await putStepAside(garden.marie, id, true)).toMatchObject({ ok: true });
    expect((await reminderSteps(garden.marie)).at(-1)).toMatchObject({ name: 'Avant huissier', archived: true });
    expect(await putStepAside(garden.marie, id, false)).toMatchObject({ ok: true });
    expect((await reminderSteps(garden.marie)).map(({ daysLate }) => daysLate)).toEqual([8, 30, 60, 100]);
  });
});
