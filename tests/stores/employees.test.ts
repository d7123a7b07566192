import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  agreement,
  agreements,
  closeMonth,
  endAgreement,
  noteAgreement,
  payList,
  paySheet,
} from '../../src/domains/employees/index.server.ts';
import { type AgreementGiven, agreementSchema } from '../../src/domains/employees/schema.ts';
import { post } from '../../src/domains/ledger/index.server.ts';
import type { Day } from '../../src/kernel/day.ts';
import { AccessDenied } from '../../src/platform/access/actor.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { useDatabase } from '../database.ts';
import { plantGarden, sow, type TestGarden } from './customers.garden.ts';

const today = '2026-11-28';
const november = '2026-11-01';
const database = useDatabase();
let here: TestGarden;
let [ana, bob, eva] = [0, 0, 0];
beforeAll(async () => {
  here = await plantGarden(database.ownerUrl());
  await here.owner.query(`select install_ledger(${here.gardenId})`);
  [ana, bob, eva] = (await Promise.all(
    ['Ana', 'Bob', 'Eva'].map((name, at) => sow(here, 'customer', { number: String(at + 1), last_name: name, first_name: 'Test' })),
  )) as [number, number, number];
});
afterAll(() => here.owner.end());

/** What an invoice would write on a customer's account: cents that she owes, below zero for a credit note. */
const bill = (customer: number, cents: number, day: Day) =>
  inGarden(here.marie, (tx) =>
    post(tx, 'VE', [
      {
        ...{ day, label: 'Paniers', document: 'F1', documentDay: day, source: null },
        lines: [
          { account: '411000', amount: cents, customer },
          { account: '701000', amount: -cents },
        ],
      },
    ] as Parameters<typeof post>[2]),
  );
const given = (customer: number, more: Partial<AgreementGiven> = {}): AgreementGiven => ({
  ...{
    customer,
    employeeNumber: `M${customer}`,
    kind: 'real',
    flat: 0,
    most: 6000,
    signedOn: '2026-10-20',
    evidence: 'Classeur RH',
    startsOn: '2026-11-01',
  },
  ...{ lawful: true },
  ...more,
});
const note = async (asked: AgreementGiven) => {
  const made = await noteAgreement(here.marie, asked, today);
  if (!made.ok) throw new Error(made.reason);
  return made.value.id;
};
const balance = async (customer: number, account = '411000') =>
  Number(
    (
      await here.owner.query(
        'select coalesce(sum(l.amount_cents), 0) as cents from entry_line l join account a on a.garden_id = l.garden_id and a.id = l.account_id where a.number = $1 and ($2::bigint is null or l.customer_id = $2)',
        [account, customer || null],
      )
    ).rows[0].cents,
  );

test('an agreement is noted once, one at a time, with its right', async () => {
  const id = await note(given(ana));
  expect(await note(given(ana))).toBe(id);
  expect(await noteAgreement(here.marie, given(ana, { most: 5000 }), today)).toMatchObject({
    ok: false,
    reason: expect.stringContaining('déjà'),
  });
  expect(await noteAgreement(here.marie, given(bob, { signedOn: '2026-12-01' }), today)).toMatchObject({
    ok: false,
    fields: { signedOn: expect.any(String) },
  });
  expect(await agreement(here.marie, id)).toMatchObject({ name: 'Ana Test', rule: expect.stringContaining('L3251-3'), endsOn: null });
  expect(() => noteAgreement(here.with('employees:read'), given(bob), today)).toThrow(AccessDenied);
  expect(() => agreements(here.with('payments:change'))).toThrow(AccessDenied);
});

describe('a month', () => {
  beforeAll(async () => {
    await note(given(bob, { kind: 'flat', flat: 4000 }));
    await note(given(eva));
    // Before the agreement: no business of payroll.
    await bill(ana, 9900, '2026-09-30');
    await bill(ana, 5520, '2026-11-10');
    await bill(bob, 2760, '2026-11-10');
    await bill(eva, 8280, '2026-11-10');
  });

  test('takes what was billed since, up to the ceiling; a flat amount whatever was', async () => {
    const { lines, closed } = await payList(here.marie, november);
    expect(closed).toBeNull();
    expect(lines.map(({ name, owed, cents }) => [name, owed, cents])).toEqual([
      ['Ana Test', 5520, 5520],
      ['Bob Test', 2760, 4000],
      ['Eva Test', 8280, 6000],
    ]);
    expect((await payList(here.marie, '2026-10-01')).lines).toEqual([]);
  });

  test('is given once, even asked twice at once; the ledger has it: debit 421, credit each account', async () => {
    expect(await closeMonth(here.marie, '2026-12-01', today)).toMatchObject({ ok: false });
    expect(await closeMonth(here.marie, '2026-10-01', today)).toMatchObject({ ok: false, reason: expect.stringContaining('rien') });
    expect(() => closeMonth(here.with('employees:read'), november, today)).toThrow(AccessDenied);
    const both = await Promise.all([1, 2].map(() => closeMonth(here.marie, november, today)));
    expect(both.map((one) => one.ok && one.value.cents).sort()).toEqual([0, 15520]);
    expect(await balance(0, '421000')).toBe(15520);
    // No money moves: the bank's journal agrees with the bank, these stand among the other operations. 55,20 € + 40,00 € + 60,00 €.
    const { rows: journals } = await here.owner.query(
      "select j.code, sum(l.amount_cents)::int as cents from entry_line l join account a on a.id = l.account_id join entry e on e.id = l.entry_id join journal j on j.id = e.journal_id where a.number = '421000' group by j.code",
    );
    expect(journals).toEqual([{ code: 'OD', cents: 5520 + 4000 + 6000 }]);
    expect([await balance(ana), await balance(bob), await balance(eva)]).toEqual([9900, -1240, 2280]);
    const { closed, lines } = await payList(here.marie, november);
    expect(closed).toMatchObject({ day: today });
    expect(lines.map(({ cents }) => cents)).toEqual([5520, 4000, 6000]);
    expect((await paySheet(here.marie, november, today)).content.subarray(0, 4).toString()).toBe('%PDF');
  });

  test('what was above the ceiling, and what changed since, comes in the next; a month that was given stays as it was', async () => {
    await bill(eva, 2760, '2026-12-10');
    await bill(ana, -1380, '2026-12-11');
    await bill(ana, 5520, '2026-12-12');
    expect((await payList(here.marie, november)).lines.map(({ cents }) => cents)).toEqual([5520, 4000, 6000]);
    const { lines } = await payList(here.marie, '2026-12-01');
    expect(lines.map(({ owed, cents }) => [owed, cents])).toEqual([
      [expect.any(Number), expect.any(Number)],
      [-1240, 4000],
      [5040, 5040],
    ]);
  });

  test('an agreement that was taken back takes nothing more', async () => {
    const [one] = (await agreements(here.marie)).filter(({ name }) => name === 'Bob Test');
    expect(await endAgreement(here.marie, one!.id, { version: 7, endsOn: '2026-11-30' })).toMatchObject({ ok: false });
    for (const _ of [1, 2])
      expect(await endAgreement(here.marie, one!.id, { version: 1, endsOn: '2026-11-30' })).toMatchObject({ ok: true });
    expect((await payList(here.marie, '2026-12-01')).lines.map(({ name }) => name)).toEqual(['Ana Test', 'Eva Test']);
    expect(await note(given(bob, { startsOn: '2027-01-01' }))).not.toBe(one!.id);
  });
});

test('nobody else sees it: other gardens have no line', async () => {
  const there = await plantGarden(database.ownerUrl(), 'la-bas');
  expect(await agreements(there.marie)).toEqual([]);
  expect((await payList(there.marie, november)).lines).toEqual([]);
  await there.owner.end();
});

test('what forms send: a ceiling, a flat amount below it, and that the ceiling is lawful', () => {
  const typed = { customer: '1', kind: 'flat', flat: '45', most: '50', signedOn: today, evidence: 'x', startsOn: today, lawful: 'on' };
  expect(agreementSchema.parse(typed)).toMatchObject({ flat: 4500, most: 5000 });
  for (const wrong of [{ most: '40' }, { most: '' }, { flat: '' }, { lawful: '' }, { evidence: ' ' }, { kind: 'autre' }])
    expect(agreementSchema.safeParse({ ...typed, ...wrong }).success, JSON.stringify(wrong)).toBe(false);
});
