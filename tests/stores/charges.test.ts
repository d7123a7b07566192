import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  addCharge,
  addMembership,
  chargeLines,
  creditDocument,
  customerAccount,
  dispenseMembership,
  endCharge,
  issue,
  membershipProposal,
  membershipTypes,
  moveReturnable,
  returnables,
  saveMembershipType,
  saveReturnable,
  settleDeposit,
  withdrawCharge,
  withdrawMove,
} from '../../src/domains/billing/index.server.ts';
import { lineAmounts } from '../../src/domains/billing/rules/draft.ts';
import type { ChargeValues } from '../../src/domains/billing/schema-charges.ts';
import { accountBalances } from '../../src/domains/ledger/index.server.ts';
import { ensureSeason } from '../../src/domains/logistics/index.server.ts';
import { planBaskets } from '../../src/domains/subscriptions/index.server.ts';
import { AccessDenied } from '../../src/platform/access/actor.ts';
import type { Tx } from '../../src/platform/db/index.ts';
import { inGarden, readInGarden } from '../../src/platform/db/tenancy.ts';
import { useDatabase } from '../database.ts';
import { plantGarden, sow, sowLogistics, type TestGarden } from './customers.garden.ts';

const { ownerUrl } = useDatabase();
let garden: TestGarden;
let lea: number;
let basket: number;
let place: Awaited<ReturnType<typeof sowLogistics>>;

beforeAll(async () => {
  garden = await plantGarden(ownerUrl());
  await garden.owner.query(`select install_ledger(${garden.gardenId})`);
  const ids = await sowLogistics(garden);
  place = ids;
  await garden.owner.query('update slot set capacity = null');
  lea = await sow(garden, 'customer', { number: '1', last_name: 'Dupont', first_name: 'Léa' });
  basket = await sow(garden, 'subscription', {
    ...{ customer_id: lea, product_id: ids.simple, slot_id: ids.stationSlot, frequency: 'weekly', quantity: 2, price_cents: 1380 },
    ...{ starts_on: '2025-10-01', ends_on: '2025-12-31', deposit_cents: 2000, container_fee_cents: 500 },
  });
  await inGarden(garden.marie, async (tx) => {
    await ensureSeason(tx, garden.gardenId, 2025);
    await planBaskets(tx, garden.gardenId, { today: '2025-09-01' });
  });
});
afterAll(() => garden?.owner.end());

const work = <T>(does: (tx: Tx) => Promise<T>) => inGarden(garden.marie, does);
const lines = (until: string, customerIds?: number[]) =>
  work((tx) => chargeLines(tx, garden.gardenId, customerIds ? { until, customerIds } : { until }));
const preview = (until: string) => readInGarden(garden.marie, (tx) => chargeLines(tx, garden.gardenId, { until }));

test('a preview tells deposits and fees of new subscriptions, and a run keeps them as charges, once', async () => {
  const said = (await preview('2025-10-31')).get(lea)!;
  expect(said.map(({ label, unitPrice, charge, account }) => [label, unitPrice, charge, account])).toEqual([
    ['Caution (Simple)', 2000, null, '419600'],
    ['Frais de contenant (Simple)', 500, null, '708800'],
  ]);
  expect(await preview('2025-09-30')).toEqual(new Map());
  const kept = await Promise.all([lines('2025-10-31'), lines('2025-10-31')]);
  for (const one of kept) expect(one.get(lea)).toMatchObject(said.map(({ label }) => ({ label, charge: expect.any(Number) })));
  expect((await garden.owner.query('select count(*)::int as n from charge')).rows[0].n).toBe(2);
  expect((await preview('2025-10-31')).get(lea)).toHaveLength(2);
});

const today = '2025-11-22';
/** Bills whatever is to bill of a customer up to a day. */
const bill = (customer: number, until: string, source: string) =>
  work(async (tx) => {
    const some = (await chargeLines(tx, garden.gardenId, { until, customerIds: [customer] })).get(customer) ?? [];
    return some.length ? issue(tx, garden.gardenId, [{ customer, day: until, dueOn: until, source, lines: some }]) : [];
  });
const toBill = async (customer: number, until: string) =>
  ((await preview(until)).get(customer) ?? []).map((line) => [line.label, line.quantity / 1000, lineAmounts(line).gross]);
let keys = 0;
const charge = (more: Partial<ChargeValues> = {}): ChargeValues => ({
  ...{ key: `charge-${++keys}`, kind: 'extra', label: 'Œufs', quantity: 1000, unitPriceCents: 240, vatIncluded: true, vatBasisPoints: 550 },
  ...{ account: '', activity: '', subscriptionId: null, billOn: '2025-10-01', untilOn: null, note: '' },
  ...more,
});
const account = async (customer: number) => (await customerAccount(garden.marie, customer, today))!;
const someone = (name: string) => sow(garden, 'customer', { number: name, last_name: name });

test('a charge is billed once; credited, it is to bill again; withdrawn once billed, it comes back', async () => {
  const paul = await someone('Paul');
  const given = charge({ kind: 'discount', label: 'Geste commercial', unitPriceCents: 500 });
  expect((await addCharge(garden.marie, paul, given)).ok).toBe(true);
  expect((await addCharge(garden.marie, paul, given)).ok).toBe(true);
  expect((await addCharge(garden.marie, paul, charge({ quantity: 2000 }))).ok).toBe(true);
  expect(await toBill(paul, today)).toEqual([
    ['Geste commercial', -1, -500],
    ['Œufs', 2, 480],
  ]);
  const [first] = await bill(paul, '2025-10-31', 'run:1');
  expect(first).toMatchObject({ kind: 'credit_note', gross: -20 });
  expect(await toBill(paul, today)).toEqual([]);
  await work((tx) => creditDocument(tx, garden.gardenId, first!.id, { day: '2025-11-01' }));
  expect(await toBill(paul, today)).toHaveLength(2);
  await bill(paul, '2025-11-05', 'run:2');
  const eggs = (await account(paul)).charges.find(({ label }) => label === 'Œufs')!;
  expect(eggs).toMatchObject({ billed: 2000, withdrawn: false, document: { number: expect.any(String) } });
  expect(await withdrawCharge(garden.marie, eggs.id!)).toMatchObject({ value: { billed: true } });
  expect(await toBill(paul, today)).toEqual([['Œufs', -2, -480]]);
  await bill(paul, '2025-11-06', 'run:3');
  expect(await toBill(paul, today)).toEqual([]);
  expect((await account(paul)).balance).toBe(-500);
});

test('a charge of each delivery follows what is received, until it is ended', async () => {
  const received = (
    await garden.owner.query(
      'select date::text from basket b join delivery v on v.id = b.delivery_id where b.subscription_id = $1 order by date',
      [basket],
    )
  ).rows.map((row) => row.date as string);
  await addCharge(
    garden.marie,
    lea,
    charge({ kind: 'delivery_fee', label: 'Livraison à domicile', unitPriceCents: 300, subscriptionId: basket }),
  );
  const until = received[4]!;
  const home = async (day = until) => (await toBill(lea, day)).filter(([label]) => label === 'Livraison à domicile');
  expect(await home()).toEqual([['Livraison à domicile', 5, 1500]]);
  await bill(lea, until, 'run:lea');
  expect(await home()).toEqual([]);
  // A basket noted missing after it was billed comes back; half of one does not.
  const delivery = async (day: string) =>
    (
      await garden.owner.query(
        'select v.id from delivery v join basket b on b.delivery_id = v.id where b.subscription_id = $1 and v.date = $2',
        [basket, day],
      )
    ).rows[0].id;
  const missing = { subscription_id: basket, kind: 'missing', remedy: 'credit' };
  await sow(garden, 'basket_outcome', { ...missing, delivery_id: await delivery(received[1]!), quantity: 2 });
  await sow(garden, 'basket_outcome', { ...missing, delivery_id: await delivery(received[2]!), quantity: 1 });
  expect(await home()).toEqual([['Livraison à domicile', -1, -300]]);
  const id = (await account(lea)).charges.find(({ label }) => label === 'Livraison à domicile')!.id!;
  expect(await endCharge(garden.marie, id, '2025-01-01')).toMatchObject({ fields: { untilOn: expect.any(String) } });
  expect((await endCharge(garden.marie, id, received[3]!)).ok).toBe(true);
  expect(await home('2025-12-31')).toEqual([['Livraison à domicile', -2, -600]]);
});

test('a membership makes a charge, once, at the price of its kind', async () => {
  const nina = await someone('Nina');
  const values = {
    name: 'Demi-année',
    amountCents: 2000,
    period: 'fixed_year' as const,
    yearStarts: '01-01',
    account: '756000',
    position: 0,
  };
  const made = await saveMembershipType(
    garden.marie,
    null,
    { version: 0, values: { ...values, steps: [{ from: '07-01', amountCents: 1000 }] } },
    today,
  );
  if (!made.ok) throw new Error(made.reason);
  const proposal = (await membershipProposal(garden.marie, nina, today, made.value.id))!;
  expect(proposal).toMatchObject({ startsOn: '2025-01-01', endsOn: '2025-12-31', amount: '10,00', typeId: made.value.id });
  const { startsOn, endsOn, amountCents, typeId } = proposal;
  const add = () => addMembership(garden.marie, nina, { startsOn, endsOn, amountCents, typeId, charged: true }, today);
  expect((await Promise.all([add(), add()])).every(({ ok }) => ok)).toBe(true);
  expect(await toBill(nina, today)).toEqual([['Demi-année du 01/01/2025 au 31/12/2025', 1, 1000]]);
  expect((await membershipTypes(garden.marie, today)).types.find(({ id }) => id === typeId)).toMatchObject({ members: 1, version: 1 });
  const changed = { version: 1, values: { ...values, steps: [], name: 'Année' } };
  expect((await saveMembershipType(garden.marie, made.value.id, changed, today)).ok).toBe(true);
  expect(
    await saveMembershipType(garden.marie, made.value.id, { ...changed, values: { ...changed.values, amountCents: 1 } }, today),
  ).toMatchObject({
    fields: { amountCents: expect.stringContaining('20') },
  });
  expect((await dispenseMembership(garden.marie, nina, true)).ok).toBe(true);
  expect((await membershipProposal(garden.marie, nina, today))!.customer.dispensed).toBe(true);
  expect(() => saveMembershipType(garden.with('billing:read'), null, changed, today)).toThrow(AccessDenied);
});

test('containers are lent, come back for what they were lent for, or are given', async () => {
  const zoe = await someone('Zoé');
  const made = await saveReturnable(garden.marie, null, 0, { name: 'Caisse', depositCents: 500, position: 0 });
  if (!made.ok) throw new Error(made.reason);
  const returnableId = made.value.id;
  const move = (kind: 'lent' | 'returned' | 'given', quantity: number, key = `move-${++keys}`) =>
    moveReturnable(garden.marie, zoe, { key, returnableId, kind, quantity, day: '2025-11-03' });
  expect((await Promise.all([move('lent', 2, 'same-form'), move('lent', 2, 'same-form')])).every(({ ok }) => ok)).toBe(true);
  await saveReturnable(garden.marie, returnableId, 1, { name: 'Caisse', depositCents: 600, position: 0 });
  await move('lent', 1);
  expect(await toBill(zoe, today)).toEqual([
    ['Consigne : Caisse', 2, 1000],
    ['Consigne : Caisse', 1, 600],
  ]);
  await bill(zoe, today, 'run:zoe');
  expect(await move('returned', 4)).toMatchObject({ fields: { quantity: 'Ce client n’en a que 3.' } });
  expect((await move('given', 1)).ok).toBe(true);
  expect((await move('returned', 2)).ok).toBe(true);
  expect(await toBill(zoe, today)).toEqual([
    ['Consigne rendue : Caisse', -1, -500],
    ['Consigne rendue : Caisse', -1, -600],
  ]);
  const gifts = async () => (await work((tx) => accountBalances(tx))).find(({ number }) => number === '754100')?.balance;
  expect(await gifts()).toBe(-500);
  expect((await account(zoe)).containers).toEqual([]);
  // A return told by mistake, then the gift: what was lent is there again, what was given is nobody's gift.
  const { moves } = await account(zoe);
  for (const { id } of moves.filter(({ kind }) => kind !== 'lent')) expect((await withdrawMove(garden.marie, id, today)).ok).toBe(true);
  expect(await toBill(zoe, today)).toEqual([]);
  expect(await gifts()).toBe(0);
  expect((await returnables(garden.marie)).holders).toMatchObject([{ name: 'Zoé', quantity: 3, cents: 1600 }]);
  expect((await withdrawCharge(garden.marie, moves[0]!.chargeId!)).ok).toBe(false);
});

test('the deposit of a subscription is given back once, or left to the garden', async () => {
  const [theo, lou] = [await someone('Théo'), await someone('Lou')];
  const took = async (customer: number) =>
    sow(garden, 'subscription', {
      ...{
        customer_id: customer,
        product_id: place.simple,
        slot_id: place.schoolSlot,
        frequency: 'weekly',
        quantity: 1,
        price_cents: 1380,
      },
      ...{ starts_on: '2025-10-01', ends_on: '2025-10-31', deposit_cents: 2000 },
    });
  const [his, hers] = [await took(theo), await took(lou)];
  await bill(theo, today, 'run:theo');
  await bill(lou, today, 'run:lou');
  const settle = (customer: number, subscription: number, fate: 'returned' | 'given') =>
    settleDeposit(garden.marie, customer, { subscription, fate }, today);
  expect((await Promise.all([settle(theo, his, 'returned'), settle(theo, his, 'returned')])).every(({ ok }) => ok)).toBe(true);
  expect(await settle(theo, his, 'given')).toMatchObject({ ok: false });
  await bill(theo, today, 'run:theo:2');
  expect(await account(theo)).toMatchObject({ balance: 0, deposits: [{ fate: 'returned', cents: 2000 }] });
  expect((await settle(lou, hers, 'given')).ok).toBe(true);
  expect(await account(lou)).toMatchObject({ balance: 2000, deposits: [{ fate: 'given' }] });
  expect(await settle(theo, hers, 'returned')).toMatchObject({ ok: false });
});
