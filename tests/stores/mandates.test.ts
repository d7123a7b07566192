import { sql } from 'kysely';
import { afterAll, expect, test } from 'vitest';
import {
  addProof,
  bankAccounts,
  changeAccount,
  changeMandateAccount,
  changeMandateReference,
  confirmRefunds,
  createAccount,
  createMandate,
  createRefunds,
  endMandate,
  mandate,
  mandateProof,
  mandates,
  refundFile,
  refunds,
  takeBackRefunds,
} from '../../src/domains/banking/index.server.ts';
import { customerBalances } from '../../src/domains/ledger/index.server.ts';
import { methods, recordPayment } from '../../src/domains/payments/index.server.ts';
import type { Outcome } from '../../src/kernel/outcome.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { useDatabase } from '../database.ts';
import { type Debits, plantDebits, today } from './debits.garden.ts';

const { ownerUrl } = useDatabase();
const gardens: Debits[] = [];
let n = 0;
const plant = async () => {
  const one = await plantDebits(ownerUrl(), `mandats-${++n}`);
  gardens.push(one);
  return one;
};
afterAll(() => Promise.all(gardens.map(({ owner }) => owner.end())));

const value = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.value;
};
const pdf = new TextEncoder().encode('%PDF-1.7 signed');
const given = (customerId: number) => ({
  customerId,
  reference: '',
  iban: 'FR7630004000031234567890143',
  bic: '',
  signedOn: '2025-10-19',
  scheme: 'CORE' as const,
  once: false,
  payByDebit: true,
  proof: { evidence: 'paper' as const, note: '', scan: pdf },
});

test('a mandate is given the next reference and its scan; the one before ends; the customer pays by debit', async () => {
  const g = await plant();
  await g.owner.query(`update customer set payment_method = 'cheque' where id = ${g.claire}`);
  const one = value(await createMandate(g.marie, given(g.claire), today));
  expect(value(await createMandate(g.marie, given(g.claire), today))).toEqual(one);
  const page = (await mandate(g.marie, one.id, today))!;
  expect(page).toMatchObject({ reference: one.reference, state: 'active', evidence: 'paper', lapsesOn: '2028-10-19', lastDebitOn: null });
  expect(await mandateProof(g.marie, one.id, page.proofs[0]!.id)).toMatchObject({ type: 'application/pdf' });
  expect((await mandate(g.marie, g.mandates.claire, today))!).toMatchObject({ endedOn: today, endReason: `Remplacé par ${one.reference}` });
  const { rows } = await g.owner.query(`select payment_method from customer where id = ${g.claire}`);
  expect(rows[0].payment_method).toBe('direct_debit');
});

test('what proves nothing is refused; consent given online is kept in its words', async () => {
  const g = await plant();
  const online = { evidence: 'online' as const, note: '', scan: null };
  expect(await createMandate(g.marie, { ...given(g.zoe), proof: online }, today)).toMatchObject({
    fields: { evidenceNote: expect.anything() },
  });
  const zip = { evidence: 'paper' as const, note: '', scan: new Uint8Array([80, 75, 3, 4]) };
  expect(await createMandate(g.marie, { ...given(g.zoe), proof: zip }, today)).toMatchObject({ fields: { scan: expect.anything() } });
  expect(await createMandate(g.marie, { ...given(g.zoe), signedOn: '2025-10-21' }, today)).toMatchObject({
    fields: { signedOn: expect.anything() },
  });
  expect(await createMandate(g.marie, { ...given(g.zoe), reference: 'COC0001-3' }, today)).toMatchObject({
    fields: { reference: expect.anything() },
  });
  expect((await mandates(g.marie, today, { search: 'zola' })).total).toBe(0);
  const { id } = value(
    await createMandate(g.marie, { ...given(g.zoe), proof: { ...online, note: 'Le 19/10 par courriel : « d’accord »' } }, today),
  );
  const page = (await mandate(g.marie, id, today))!;
  expect(String(Buffer.from((await mandateProof(g.marie, id, page.proofs[0]!.id))!.content))).toContain('d’accord');
  // The proof of one mandate is not another's.
  expect(await mandateProof(g.marie, g.mandates.paul, page.proofs[0]!.id)).toBeNull();
  expect(await addProof(g.marie, id, { evidence: 'paper', note: '', scan: null })).toMatchObject({ ok: false });
  value(await addProof(g.marie, id, { evidence: 'paper', note: '', scan: pdf }));
  expect((await mandate(g.marie, id, today))!.proofs).toHaveLength(2);
});

test('a change of account is to be told once debits were made, and not before; the bank is told by the IBANs', async () => {
  const g = await plant();
  const change = { version: 1, iban: 'FR7630006000011234567890189', bic: '', bank: 'unknown' as const };
  // Paul's was signed here, and never used.
  value(await changeMandateAccount(g.marie, g.mandates.paul, change, today));
  expect((await mandate(g.marie, g.mandates.paul, today))!.changes).toEqual([]);
  const moved = { ...change, iban: 'FR7630004000031234567890143' };
  value(await changeMandateAccount(g.marie, g.mandates.claire, moved, today));
  value(await changeMandateAccount(g.marie, g.mandates.claire, moved, today));
  expect((await mandate(g.marie, g.mandates.claire, today))!.changes).toMatchObject([
    { formerIban: 'FR7630006000011234567890189', sameBank: false, told: null },
  ]);
  expect(await changeMandateAccount(g.marie, g.mandates.claire, { ...change, iban: 'DE89370400440532013000' }, today)).toMatchObject({
    reason: expect.stringContaining('quelqu’un d’autre'),
  });
  value(await changeMandateReference(g.marie, g.mandates.claire, { version: 2, reference: 'NOUVELLE' }, today));
  expect((await mandate(g.marie, g.mandates.claire, today))!.changes[0]).toMatchObject({ formerReference: 'COC0001-3' });
});

test('mandates by their state: the list says what the rule says', async () => {
  const g = await plant();
  const later = '2028-07-01';
  const list = async (state: 'active' | 'lapsing' | 'lapsed' | 'ended' | 'all', day = today) =>
    (await mandates(g.marie, day, { state, sort: 'name', direction: 'asc' })).rows.map(({ reference }) => reference);
  expect(await list('active')).toEqual(['COC0002-1', 'COC0001-3']);
  expect(await list('ended')).toEqual(['COC0004-1']);
  expect(await list('lapsing', later)).toEqual(['COC0001-3', 'COC0002-1'].sort().reverse());
  expect(await list('lapsed', '2028-09-01')).toEqual(['COC0001-3']);
  for (const day of [today, later, '2028-09-01', '2028-10-01'])
    for (const row of (await mandates(g.marie, day, { state: 'all' })).rows) {
      const { state } = (await mandate(g.marie, row.id, day))!;
      expect(row.state === 'lapsing' ? 'active' : row.state, `${row.reference} ${day}`).toBe(state);
    }
  value(await endMandate(g.marie, g.mandates.claire, { version: 1, endedOn: today, reason: 'Déménage' }));
  expect(await changeMandateReference(g.marie, g.mandates.claire, { version: 2, reference: 'X' }, today)).toMatchObject({
    reason: expect.stringContaining('terminé'),
  });
});

test('accounts of the garden: one creditor identifier for all; another one is told with the next debits', async () => {
  const g = await plant();
  const [account] = await bankAccounts(g.marie);
  const { id, version, archived: _, ...values } = account!;
  const second = { ...values, name: 'Livret', iban: 'FR1420041010050500013M02606', creditorIdentifier: 'FR46ZZZ005002' };
  expect(await createAccount(g.marie, second)).toMatchObject({ fields: { creditorIdentifier: expect.stringContaining('FR72ZZZ123456') } });
  expect(await createAccount(g.marie, { ...second, creditorIdentifier: '', account: '512999' })).toMatchObject({
    fields: { account: expect.anything() },
  });
  const added = value(await createAccount(g.marie, { ...second, creditorIdentifier: '' }));
  expect(value(await createAccount(g.marie, { ...second, creditorIdentifier: '' }))).toEqual(added);
  expect(await createAccount(g.marie, { ...values, name: 'Le même' })).toMatchObject({
    fields: { iban: expect.stringContaining('Compte courant') },
  });
  value(await changeAccount(g.marie, id, version, { ...values, creditorIdentifier: 'FR46ZZZ005002' }));
  // Paul's mandate was never used: nobody knows the former identifier.
  const changes = await g.owner.query(`select mandate_id, former_creditor from mandate_change where garden_id = ${g.gardenId}`);
  expect(changes.rows.map((row) => [Number(row.mandate_id), row.former_creditor])).toEqual([[g.mandates.claire, 'FR72ZZZ123456']]);
  expect(await changeAccount(g.marie, id, version, { ...values, name: 'Autre' })).toMatchObject({
    reason: expect.stringContaining('quelqu’un d’autre'),
  });
});

test('money in hand is given back by transfer: nobody is served before the bank has done it', async () => {
  const g = await plant();
  const cheque = (await inGarden(g.marie, (tx) => methods(tx))).find(({ kind }) => kind === 'cheque')!.id;
  for (const [customer, amount] of [
    [g.claire, 3000],
    [g.zoe, 500],
  ] as const)
    await inGarden(g.marie, (tx) =>
      recordPayment(tx, g.gardenId, { customer, method: cheque, amount, day: today, source: `p${customer}` }),
    );
  const before = await refunds(g.marie);
  expect(before.refundable.map(({ customer, amount, why }) => [customer, amount, why === null])).toEqual([
    [g.claire, 3000, true],
    [g.zoe, 500, false],
  ]);
  const asked = { key: crypto.randomUUID(), accountId: g.account, executeOn: '2025-10-21', customers: [g.claire] };
  expect(await createRefunds(g.marie, { ...asked, customers: [g.claire, g.zoe] }, today)).toMatchObject({ ok: false });
  const { id } = value(await createRefunds(g.marie, asked, today));
  expect(value(await createRefunds(g.marie, asked, today))).toEqual({ id });
  expect((await refunds(g.marie)).refundable.map(({ customer }) => customer)).toEqual([g.zoe]);
  expect((await refundFile(g.marie, id))!.content).toMatch(/<CtrlSum>30.00<[\s\S]*<IBAN>FR7630006000011234567890189</);
  const balance = async () =>
    (await inGarden(g.marie, (tx) => customerBalances(tx))).find(({ customer }) => customer === g.claire)?.balance ?? 0;
  expect(await balance()).toBe(-3000);
  value(await confirmRefunds(g.marie, id, '2025-10-21', '2025-10-21'));
  value(await confirmRefunds(g.marie, id, '2025-10-21', '2025-10-21'));
  expect(await balance()).toBe(0);
  value(await takeBackRefunds(g.marie, id, '2025-10-22'));
  expect(await balance()).toBe(-3000);
  expect(
    await inGarden(
      g.marie,
      async (tx) => (await sql`select from payment where state = 'paid' and direction = 'out'`.execute(tx)).rows.length,
    ),
  ).toBe(0);
});
