import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ownRenewal, renewOwn } from '../../src/domains/account/index.server.ts';
import { endStay, makeClaim, type NewPath, settleGarden, startPath, stayPage } from '../../src/domains/solidarity/index.server.ts';
import { proposeRenewal, renew, undoBatch } from '../../src/domains/subscriptions/index.server.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { useDatabase } from '../database.ts';
import { lettersLaid } from '../letters.ts';
import { type BillingGarden, balances, bill, plantBilling, subscribed } from './billing.garden.ts';
import { sow } from './customers.garden.ts';
import { sowCustomer, today } from './places.garden.ts';
import { value } from './solidarity-people.garden.ts';

/**
 * A price that was agreed goes along when the subscription is renewed. A basket is 13,80 €: 2,50 € are hers, 6,00 € the national programme's, and the town
 * pays what is left, 5,30 €. Wednesdays from 22 October to 24 December 2025; the old subscription gives six of them, up to 26 November.
 */

const database = useDatabase();
let garden: BillingGarden;
let programme: number;
let town: number;
beforeAll(async () => {
  garden = await plantBilling(database.ownerUrl());
  await garden.owner.query(`select install_solidarity(${garden.gardenId})`);
  await sow(garden, 'plan_price', { plan_id: garden.places.plan, starts_on: '2000-01-01', price_cents: 1380 });
  const national = await sow(garden, 'funder', {
    ...{ kind: 'national', name: 'Programme national', customer_id: await sowCustomer(garden, 'Programme national') },
  });
  town = await sow(garden, 'funder', { kind: 'commune', name: 'Ville', customer_id: await sowCustomer(garden, 'Ville') });
  await sow(garden, 'funder_treatment', { funder_id: town, starts_on: '2025-01-01', treatment: 'subsidy' });
  programme = await sow(garden, 'programme', { name: 'Paniers pour tous', starts_on: '2025-01-01', person_cents: 250 });
  await sow(garden, 'programme_share', { programme_id: programme, position: 1, funder_id: national, kind: 'amount', cents: 600 });
  await sow(garden, 'programme_share', { programme_id: programme, position: 2, funder_id: town, kind: 'remainder' });
});
afterAll(() => garden.owner.end());
beforeEach(() => garden.owner.query('update garden set settings = $1 where id = $2', [{ startsWhen: 'payment' }, garden.gardenId]));

let people = 0;
/** Somebody whose subscription ends on 30 November, and whose stay ends on a day. */
async function helped(endsOn: string, atEnd: NewPath['atEnd'] = 'ends', more: Record<string, unknown> = {}) {
  people += 1;
  const one = await subscribed(garden, `aidée ${people}`, { ends_on: '2025-11-30', ...more });
  await garden.owner.query('update customer set email = $1 where id = $2', [`aidee${people}@exemple.test`, one.customer]);
  const path: NewPath = {
    ...{ programmeId: programme, customerId: one.customer, subscriptionId: one.subscription, affiliation: '', place: '', household: 2 },
    ...{ reference: '', startsOn: '2025-10-20', endsOn, atEnd },
  };
  const { id } = value(await inGarden(garden.marie, (tx) => startPath(tx, garden.gardenId, path)));
  return { ...one, name: `aidée ${people}`, path: id };
}
const lastLetter = async ({ name }: { name: string }) =>
  (await lettersLaid(garden.owner))
    .filter(({ to }) => to === `${name.replace(' ', '').replace('é', 'e')}@exemple.test`)
    .at(-1)
    ?.text.replaceAll('\u00a0', ' ');
const bulk = (ids: number[], mode: 'preview' | 'apply' = 'apply', notify = true) =>
  renew(garden.marie, { ids, prices: 'new', notify }, { today, mode });
const made = async (from: number) =>
  (
    await garden.owner.query(
      'select id, starts_on::text as "from", ends_on::text as until, price_cents::int as price, awaiting from subscription where renewed_from = $1',
      [from],
    )
  ).rows;
const paid = async (path: number) =>
  Object.fromEntries(
    (
      await garden.owner.query(
        `select coalesce(f.name, 'elle') as name, sum(l.cents)::int as cents from payer_line l left join funder f on f.id = l.funder_id where l.path_id = $1 group by 1`,
        [path],
      )
    ).rows.map(({ name, cents }) => [name, cents]),
  );

test('renewed in bulk while it lasts: her price, who pays the rest, and the claim go along up to the term', async () => {
  const one = await helped('2025-12-17');
  const other = await subscribed(garden, 'autre', { ends_on: '2025-11-30' });
  const done = value(await bulk([one.subscription, other.subscription]))!;
  expect(done.left).toEqual([]);
  const line = done.lines.find(({ id }) => id === one.subscription)!;
  // The line of everybody shows the price of everybody.
  expect(line).toMatchObject({
    becomes: { startsOn: '2025-12-01', endsOn: '2025-12-17', priceCents: 1380 },
    agreed: { ownCents: 250, until: '2025-12-17' },
    remarks: ['son prix convenu continue jusqu’au mercredi 17 décembre 2025, et l’abonnement s’arrête ce jour-là'],
  });
  // It stops with what was agreed, and waits for no payment; the other one goes on for as long as before.
  const [next] = await made(one.subscription);
  expect(next).toMatchObject({ from: '2025-12-01', until: '2025-12-17', price: 1380, awaiting: null });
  expect((await made(other.subscription))[0]).toMatchObject({ awaiting: 'payment' });
  expect(await lastLetter(one)).toContain('2,50 €');
  expect((await stayPage(garden.marie, one.path, today))!.subscription).toMatchObject({ id: next.id, endsOn: '2025-12-17' });

  // Six baskets of the old one, then 3, 10 and 17 December: nine.
  await settleGarden(garden.marie, '2026-01-05');
  expect(await settleGarden(garden.marie, '2026-01-05')).toBe(0);
  expect(await paid(one.path)).toEqual({ elle: 9 * 250, 'Programme national': 9 * 600, Ville: 9 * 530 });
  expect(9 * (250 + 600 + 530)).toBe(9 * 1380);
  await bill(garden, '2025-12-31');
  expect((await balances(garden))[one.name]).toBe(9 * 250);
  const wish = { until: '2025-12-31', day: '2026-01-05', dueOn: '2026-02-05', key: 'renouvelée', funderId: town };
  expect(await makeClaim(garden.marie, { ...wish, seen: 9 * 530 }, '2026-01-05')).toMatchObject({
    ok: true,
    value: [{ number: 'S2026-0001' }],
  });
});

test('over before the new period: left out, and told why; by letter neither', async () => {
  for (const atEnd of ['ends', 'renewal'] as const) {
    const { subscription } = await helped('2025-11-30', atEnd);
    const other = await subscribed(garden, 'à côté', { ends_on: '2025-11-30' });
    const done = value(await bulk([subscription, other.subscription]))!;
    expect(done.left).toEqual([expect.objectContaining({ why: expect.stringContaining('convenu jusqu’au dimanche 30 novembre 2025') })]);
    expect(await made(subscription)).toEqual([]);
    expect(await bulk([subscription])).toMatchObject({ ok: false, reason: expect.stringContaining('la suite se décide') });
    expect(await proposeRenewal(garden.marie, { ids: [subscription], word: '' }, { today: '2025-11-20', mode: 'apply' })).toMatchObject({
      ok: false,
    });
  }
});

test('the price of all was agreed for afterwards: it comes at its day, and is written to her even when nobody ticks it', async () => {
  const within = await helped('2025-12-17', 'ordinary');
  value(await bulk([within.subscription], 'apply', false));
  const [next] = await made(within.subscription);
  expect(next.until > '2025-12-31').toBe(true);
  expect(await lastLetter(within)).toMatch(/2,50 €.+jusqu’au mercredi 17 décembre 2025, puis 13,80 €/);
  await settleGarden(garden.marie, '2026-01-05');
  expect(await paid(within.path)).toEqual({ elle: 9 * 250, 'Programme national': 9 * 600, Ville: 9 * 530 });
  await bill(garden, '2025-12-31');
  // Nine at her price, and 24 December at the price of all; the 31st has no delivery.
  expect((await balances(garden))[within.name]).toBe(9 * 250 + 1380);

  const after = await helped('2025-11-30', 'ordinary');
  const told = value(await bulk([after.subscription], 'apply', false))!;
  expect(told.lines[0]).toMatchObject({ agreed: null, priceOfAll: true });
  expect(await lastLetter(after)).toContain('13,80 €');
});

test('in her account: her price while it lasts; else the price of all, which she sees before she says yes', async () => {
  const lasting = await helped('2025-12-17');
  const own = (customerId: number) => ({ gardenId: garden.gardenId, userId: 'elle', customerId, seenBy: 'customer' as const });
  const day = '2025-11-20';
  const shown = (await ownRenewal(own(lasting.customer), lasting.subscription, day))!;
  expect(shown.line).toMatchObject({ agreed: { ownCents: 250, until: '2025-12-17' }, becomes: { endsOn: '2025-12-17' } });
  value(await renewOwn(own(lasting.customer), lasting.subscription, shown.seen, day));
  expect((await made(lasting.subscription))[0]).toMatchObject({ until: '2025-12-17' });

  const over = await helped('2025-11-30');
  const asked = (await ownRenewal(own(over.customer), over.subscription, day))!;
  expect(asked.line).toMatchObject({ agreed: null, priceOfAll: true, becomes: { priceCents: 1380 } });
  value(await renewOwn(own(over.customer), over.subscription, asked.seen, day));
  expect(await lastLetter(over)).toContain('13,80 €');
});

test('a stay that ends early ends what carries it on too; the undo of a renewal takes the price back with it', async () => {
  const one = await helped('2025-12-17');
  value(await bulk([one.subscription]));
  const { version } = (await stayPage(garden.marie, one.path, today))!;
  value(await endStay(garden.marie, one.path, { version, le: '2025-11-19', raison: 'Déménage' }, today));
  const { rows } = await garden.owner.query(
    `select s.ends_on::text as "on", (select count(*)::int from basket b where b.subscription_id = s.id) as baskets
     from subscription s where s.customer_id = $1 order by s.id`,
    [one.customer],
  );
  expect(rows).toEqual([{ on: '2025-11-19', baskets: 5 }, { on: '2025-10-19', baskets: 0 }]); // biome-ignore format: pairs

  const undone = await helped('2025-12-17');
  const { batchId } = value(await bulk([undone.subscription]))!;
  expect(batchId).not.toBeNull();
  value(await undoBatch(garden.marie, batchId!, today));
  expect(await made(undone.subscription)).toEqual([]);
  const { rows: shares } = await garden.owner.query('select subscription_id::int as id from own_share where source = $1', [
    `path:${undone.path}`,
  ]);
  expect(shares).toEqual([{ id: undone.subscription }]);
});

test('what is owed of a price is the same in a rule and in the database', async () => {
  for (const [price, cents, part] of [
    [1380, 250, 3000],
    [1380, null, 3333],
    [199, 250, 3000],
    [0, 250, 3000],
  ] as const) {
    // biome-ignore format: rows
    const { rows } = await garden.owner.query('select own_price($1::bigint, $2::bigint, $3::int)::int as owed', [price, cents, part]);
    const { owedOf } = await import('../../src/domains/subscriptions/rules/agreed.ts');
    expect(owedOf(price, { startsOn: today, endsOn: null, cents, basisPoints: part, goesOn: true })).toBe(rows[0].owed);
  }
});
