import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { claimPage, funderStanding } from '../../src/domains/solidarity/index.server.ts';
import {
  cancelWorkshop,
  changeWorkshop,
  claimWorkshop,
  createWorkshop,
  enrolOwn,
  enrolSomebody,
  noteAttendance,
  withdrawOwn,
  workshopPage,
} from '../../src/domains/workshops/index.server.ts';
import type { WorkshopGiven } from '../../src/domains/workshops/schema.ts';
import { AccessDenied, type Actor } from '../../src/platform/access/actor.ts';
import type { Own } from '../../src/platform/access/own.ts';
import { useDatabase } from '../database.ts';
import { type BillingGarden, balances, bill, plantBilling } from './billing.garden.ts';
import { sow } from './customers.garden.ts';
import { sowCustomer } from './places.garden.ts';

/** What workshops are paid with: 6,00 € a person, on the bill; 240,00 € from the CAF. */

const database = useDatabase();
let garden: BillingGarden;
let ana: number;
let bruno: number;
let caf: number;
const [before, eve, day, after] = ['2025-11-03', '2025-11-07', '2025-11-08', '2025-11-10'] as const;

beforeAll(async () => {
  garden = await plantBilling(database.ownerUrl());
  await garden.owner.query(`select install_solidarity(${garden.gardenId})`);
  ana = await sowCustomer(garden, 'Ana', { email: 'ana@exemple.test' });
  bruno = await sowCustomer(garden, 'Bruno', { email: 'bruno@exemple.test' });
  caf = await sow(garden, 'funder', { kind: 'caf', name: 'CAF', customer_id: await sowCustomer(garden, 'CAF', { kind: 'organisation' }) });
});
afterAll(() => garden.owner.end());

const given = (more: Partial<WorkshopGiven> = {}): WorkshopGiven => ({
  ...{
    version: 0,
    token: randomUUID(),
    title: 'Cuisiner les courges',
    kind: 'cooking',
    description: '',
    day,
    from: '14:00',
    until: '16:30',
  },
  ...{ place: 'Salle du jardin', address: '', seats: 6, enrolUntil: eve, fee: 600, feeBilled: 'enrolled', feeVat: 2000, cost: 24_000 },
  ...{ funder: 'CAF', funderId: caf, published: true, ...more },
});
async function create(more: Partial<WorkshopGiven> = {}): Promise<number> {
  const made = await createWorkshop(garden.marie, given(more));
  if (!made.ok) throw new Error(made.reason);
  return made.value.id;
}
const put = (id: number, customer: number | null, seats: number) =>
  enrolSomebody(garden.marie, id, { customer, name: customer ? '' : 'Zoé', phone: '', seats, agreed: null, token: randomUUID() }, before);
const enrolments = async (id: number) => (await workshopPage(garden.marie, id, after))!.enrolments;
const own = (customerId: number): Own => ({ gardenId: garden.gardenId, userId: 'x', customerId, seenBy: 'customer' });
/** Charges that stand, as « who people × price ». */
const charges = async (id: number): Promise<string[]> =>
  (
    await garden.owner.query(
      `select c.last_name as who, x.quantity_milli / 1000 as people, x.unit_price_cents::int as cents from charge x join customer c on c.id = x.customer_id
       where x.source like $1 and x.withdrawn_at is null order by 1`,
      [`workshop:${id}:%`],
    )
  ).rows.map(({ who, people, cents }) => `${who} ${people} × ${cents}`);

test('who is put down is billed, with the next documents; what is not due any more comes back', async () => {
  const id = await create();
  await put(id, ana, 2);
  await put(id, null, 1);
  expect(await enrolOwn(own(bruno), { workshop: id, seats: 1, agreed: null, token: randomUUID() }, before)).toMatchObject({ ok: true });
  expect(await charges(id)).toEqual(['Ana 2 × 600', 'Bruno 1 × 600']);
  // Billed on the day of the workshop, not before: 2 × 6 € and 6 €, VAT 20 % included.
  await bill(garden, eve);
  expect(await balances(garden)).toMatchObject({ Ana: 0, Bruno: 0 });
  // Bruno withdraws on the eve: nothing is due. Ana stays.
  const mine = (await enrolments(id)).find(({ customerId }) => customerId === bruno)!;
  expect(await withdrawOwn(own(bruno), mine.id, eve)).toMatchObject({ ok: true });
  expect(await charges(id)).toEqual(['Ana 2 × 600']);
  await bill(garden, day);
  expect(await balances(garden)).toMatchObject({ Ana: 1200, Bruno: 0 });
  const { rows } = await garden.owner.query(
    "select a.number, sum(l.amount_cents)::int as cents from entry_line l join account a on a.id = l.account_id where a.number in ('706000', '445710') group by 1 order by 1",
  );
  // 12 € with VAT are 10 € and 2 €.
  expect(rows.find(({ number }) => number === '706000')).toEqual({ number: '706000', cents: -1000 });
  // Three came for two seats: one more; the fee falls to 5 €: each change is billed by difference.
  const [party] = (await enrolments(id)).filter(({ customerId }) => customerId === ana);
  await noteAttendance(garden.marie, id, [{ id: party!.id, came: 3, agreed: null }], after);
  expect(await charges(id)).toEqual(['Ana 3 × 600']);
  await bill(garden, after);
  expect((await balances(garden)).Ana).toBe(1800);
  const { version } = (await workshopPage(garden.marie, id, after))!.workshop;
  expect(await changeWorkshop(garden.marie, id, given({ version, fee: 500 }), after)).toMatchObject({ ok: true });
  await bill(garden, '2025-11-12');
  expect((await balances(garden)).Ana).toBe(1500);
});

test('a workshop that is cancelled is owed by nobody, even when it was billed', async () => {
  const id = await create({ day: '2025-11-22', enrolUntil: '2025-11-21' });
  await put(id, bruno, 2);
  await bill(garden, '2025-11-22');
  expect((await balances(garden)).Bruno).toBe(1200);
  const cancelled = await cancelWorkshop(garden.marie, id, { version: 1, reason: 'Neige' }, '2025-11-22');
  expect(cancelled).toMatchObject({ ok: true });
  expect(await charges(id)).toEqual([]);
  await bill(garden, '2025-11-24');
  expect((await balances(garden)).Bruno).toBe(0);
});

test('billed by presence: who came, and nobody before it is said; withdrawn on the day it is owed when those put down are billed', async () => {
  const id = await create({ feeBilled: 'attended', day: '2025-12-06', enrolUntil: '2025-12-06' });
  await put(id, ana, 2);
  expect(await charges(id)).toEqual([]);
  const [party] = await enrolments(id);
  await noteAttendance(garden.marie, id, [{ id: party!.id, came: 1, agreed: null }], '2025-12-06');
  expect(await charges(id)).toEqual(['Ana 1 × 600']);
  const other = await create({ day: '2025-12-06', enrolUntil: '2025-12-06' });
  await put(other, bruno, 1);
  const [mine] = await enrolments(other);
  await withdrawOwn(own(bruno), mine!.id, '2025-12-06');
  expect(await charges(other)).toEqual(['Bruno 1 × 600']);
});

test('a funder is asked once for what a workshop cost, in the ledger and where it stands', async () => {
  const id = await create({ day, cost: 24_000 });
  await put(id, ana, 2);
  expect(await claimWorkshop(garden.marie, id, { dueOn: '2025-12-10' }, before)).toMatchObject({ ok: false });
  const weak: Actor = { ...garden.marie, rights: new Set(['workshops:change']) };
  expect(() => claimWorkshop(weak, id, { dueOn: '2025-12-10' }, after)).toThrow(AccessDenied);
  const asked = await claimWorkshop(garden.marie, id, { dueOn: '2025-12-10' }, after);
  const again = await claimWorkshop(garden.marie, id, { dueOn: '2025-12-10' }, after);
  expect(asked).toMatchObject({ ok: true, value: { number: 'S2025-0001' } });
  expect(again).toEqual(asked);
  if (!asked.ok) return;
  const claim = await claimPage(garden.marie, asked.value.claim);
  expect(claim).toMatchObject({ cents: 24_000, left: 24_000, asks: 'workshops', from: day, until: day });
  expect(await funderStanding(garden.marie, caf, after)).toMatchObject({
    claimed: 24_000,
    owed: 24_000,
    paid: 0,
    part: 0,
    workshops: 24_000,
    toClaim: 0,
  });
  expect((await workshopPage(garden.marie, id, after))!.workshop.claimId).toBe(asked.value.claim);
});
