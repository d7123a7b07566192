import { afterAll, beforeAll, expect, test } from 'vitest';
import { openItems } from '../../src/domains/payments/index.server.ts';
import {
  feedEnvelope,
  makeClaim,
  type NewPath,
  programmes,
  renewPath,
  report,
  settleGarden,
  startPath,
} from '../../src/domains/solidarity/index.server.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { useDatabase } from '../database.ts';
import { type BillingGarden, balances, bill, miss, plantBilling, standing, subscribed } from './billing.garden.ts';
import { sow } from './customers.garden.ts';
import { sowCustomer } from './places.garden.ts';

/** Who pays what of baskets received, in lines and in the ledger, up to the claim. A basket is 13,80 €, each Wednesday from 22 October 2025. */

const database = useDatabase();
let garden: BillingGarden;
let national: number;
let commune: number;
let town: number;
beforeAll(async () => {
  garden = await plantBilling(database.ownerUrl());
  await garden.owner.query(`select install_solidarity(${garden.gardenId})`);
  town = await sowCustomer(garden, 'Ville de Metz');
  const network = await sowCustomer(garden, 'Programme national');
  national = await sow(garden, 'funder', { kind: 'national', name: 'Programme national', customer_id: network });
  commune = await sow(garden, 'funder', { kind: 'commune', name: 'Ville de Metz', customer_id: town });
  await sow(garden, 'funder_treatment', { funder_id: commune, starts_on: '2025-01-01', treatment: 'subsidy' });
});
afterAll(() => garden.owner.end());

async function programme(name: string, more: Record<string, unknown> = {}): Promise<number> {
  const id = await sow(garden, 'programme', { name, starts_on: '2025-01-01', person_cents: 250, ...more });
  await sow(garden, 'programme_share', { programme_id: id, position: 1, funder_id: national, kind: 'amount', cents: 600 });
  await sow(garden, 'programme_share', { programme_id: id, position: 2, funder_id: commune, kind: 'remainder' });
  return id;
}
const stay = (programmeId: number, one: { customer: number; subscription: number }, more: Partial<NewPath> = {}): NewPath => ({
  ...{ programmeId, customerId: one.customer, subscriptionId: one.subscription, affiliation: '', place: '', household: 2, reference: '' },
  ...{ startsOn: '2025-10-20', endsOn: '2025-12-31', atEnd: 'ends', ...more },
});
const start = (path: NewPath) => inGarden(garden.marie, (tx) => startPath(tx, garden.gardenId, path));
const sums = async () =>
  (
    await garden.owner.query(
      'select coalesce(f.name, $1) as name, sum(l.cents)::int as cents from payer_line l left join funder f on f.id = l.funder_id group by 1',
      ['elle'],
    )
  ).rows;
const byName = async () => Object.fromEntries((await sums()).map(({ name, cents }) => [name, cents]));

test('each basket is split once received; the ledger says what funders owe; what was missing comes back in the next claim', async () => {
  const one = await subscribed(garden, 'aidée');
  const plan = await programme('Paniers pour tous');
  expect(await start(stay(plan, one))).toMatchObject({ ok: true });
  expect(await settleGarden(garden.marie, '2025-10-30')).toBe(6);
  expect(await settleGarden(garden.marie, '2025-10-30')).toBe(0);
  // 22 and 29 October.
  expect(await byName()).toEqual({ elle: 500, 'Programme national': 1200, 'Ville de Metz': 1060 });
  // The national programme completes the price (VAT 5,5 %: 6 € are 5,69 €), the town subsidises.
  expect(await standing(garden, '418100')).toBe(2 * 569 + 1060);
  expect(await standing(garden, '741000')).toBe(-1060);
  expect(await standing(garden, '701000')).toBe(-2 * 569);
  await bill(garden, '2025-10-31');
  expect((await balances(garden)).aidée).toBe(500);

  const wish = { until: '2025-10-31', day: '2025-11-03', dueOn: '2025-12-03', key: 'un' };
  expect(await makeClaim(garden.marie, { ...wish, funderId: national, seen: 1100 }, '2025-11-03')).toMatchObject({ ok: false });
  const claimed = await makeClaim(garden.marie, { ...wish, funderId: national, seen: 1200 }, '2025-11-03');
  const again = await makeClaim(garden.marie, { ...wish, funderId: national, seen: 1200 }, '2025-11-03');
  expect(claimed).toMatchObject({ ok: true, value: [{ number: 'F2025-00002' }] });
  expect(again).toEqual(claimed);
  const called = await makeClaim(garden.marie, { ...wish, key: 'deux', funderId: commune, seen: 1060 }, '2025-11-03');
  expect(called).toMatchObject({ ok: true, value: [{ number: 'S2025-0001' }] });
  expect(await standing(garden, '418100')).toBe(0);
  const owed = await inGarden(garden.marie, (tx) => openItems(tx, [town]));
  expect(owed.get(town)!.balance).toBe(1060);

  // The basket of the 29th was missing after all, and is credited.
  const [{ id: delivery }] = (await garden.owner.query("select id from delivery where date = '2025-10-29' limit 1")).rows;
  await miss(garden, one.subscription, delivery, 'credit');
  await settleGarden(garden.marie, '2025-11-06');
  // 5 November came meanwhile: one more, one less.
  expect(await byName()).toEqual({ elle: 500, 'Programme national': 1200, 'Ville de Metz': 1060 });
  expect(await standing(garden, '418100')).toBe(0);
  const none = await makeClaim(
    garden.marie,
    { ...wish, until: '2025-11-05', day: '2025-11-06', key: 'trois', funderId: national, seen: 0 },
    '2025-11-06',
  );
  expect(none).toMatchObject({ ok: false, reason: expect.stringContaining('rien à demander') });
  await settleGarden(garden.marie, '2025-11-13');
  const next = { ...wish, until: '2025-11-12', day: '2025-11-13', dueOn: '2025-12-13' };
  expect(await makeClaim(garden.marie, { ...next, key: 'quatre', funderId: commune, seen: 530 }, '2025-11-13')).toMatchObject({ ok: true });
  const { rows } =
    await garden.owner.query(`select c.cents::int, (select sum(p.cents)::int from claim_line l join payer_line p on p.id = l.payer_line_id
    where l.claim_id = c.id) as lines from claim c`);
  for (const { cents, lines } of rows) expect(cents).toBe(lines);
  // The report counts what stands: 22 October, 5 and 12 November; the basket that was missing is nowhere.
  const told = await report(garden.marie, { from: '2025-10-01', until: '2025-11-30' });
  expect(told).toMatchObject({
    people: 1,
    baskets: 3,
    cents: 3 * 1380,
    months: [
      { month: '2025-10', baskets: 1 },
      { month: '2025-11', baskets: 2 },
    ],
  });
  expect(told.payers.reduce((sum, { cents }) => sum + cents, 0)).toBe(told.cents);
  expect((await report(garden.marie, { from: '2025-10-29', until: '2025-10-29' })).people).toBe(0);
});

test('what is refused: a subscription that goes on at the full price, a plan outside of the programme, two stays at once', async () => {
  const one = await subscribed(garden, 'refusée');
  const plan = await programme('Refus');
  expect(await start(stay(plan, one, { endsOn: '2025-11-30' }))).toMatchObject({
    ok: false,
    fields: { endsOn: expect.stringContaining('31 décembre') },
  });
  expect((await garden.owner.query('select from path where programme_id = $1', [plan])).rowCount).toBe(0);
  expect(await start(stay(plan, one, { endsOn: '2025-11-30', atEnd: 'ordinary' }))).toMatchObject({ ok: true });
  expect(await start(stay(plan, one))).toMatchObject({ ok: false });
  const other = await subscribed(garden, 'autre formule');
  const elsewhere = await sow(garden, 'plan', { name: 'Ailleurs', product_id: garden.places.simple });
  await sow(garden, 'programme_plan', { programme_id: plan, plan_id: elsewhere });
  // Plans are told as numbers, as those of the choices they are compared with.
  expect((await programmes(garden.marie, '2025-11-01')).find(({ id }) => id === plan)?.planIds).toEqual([elsewhere]);
  expect(await start(stay(plan, other))).toMatchObject({ ok: false, reason: expect.stringContaining('formule') });
});

test('an envelope is fed once by its source, and a stay is renewed once', async () => {
  const plan = await programme('Enveloppes', { when_short: 'stop' });
  const feed = {
    programmeId: plan,
    funderId: null,
    startsOn: '2025-01-01',
    endsOn: null,
    cents: 5000,
    baskets: null,
    note: '',
    source: 'gift:1',
  };
  const first = await inGarden(garden.marie, (tx) => feedEnvelope(tx, garden.gardenId, feed));
  expect(await inGarden(garden.marie, (tx) => feedEnvelope(tx, garden.gardenId, feed))).toEqual(first);
  const one = await subscribed(garden, 'renouvelée');
  const begun = await start(stay(plan, one, { endsOn: '2025-11-30', atEnd: 'ordinary' }));
  if (!begun.ok) throw new Error(begun.reason);
  const renew = () =>
    inGarden(garden.marie, (tx) =>
      renewPath(tx, garden.gardenId, begun.value.id, { endsOn: '2025-12-31', atEnd: 'ends', subscriptionId: one.subscription }),
    );
  const renewed = await renew();
  expect(renewed).toMatchObject({ ok: true });
  expect(await renew()).toEqual(renewed);
});
