import { afterAll, beforeAll, expect, test } from 'vitest';
import { deskAlerts } from '../../src/domains/desk/index.server.ts';
import { addEnvelope, moneyOverview, settleGarden, startPath } from '../../src/domains/solidarity/index.server.ts';
import { allRights } from '../../src/platform/access/rights.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { useDatabase } from '../database.ts';
import { type BillingGarden, miss, plantBilling, subscribed } from './billing.garden.ts';
import { sow } from './customers.garden.ts';
import { value } from './solidarity-people.garden.ts';

/**
 * Baskets that nobody pays are told on the first page, to who may decide. A basket is 13,80 €, 2,50 € of it the person's: the town pays 11,30 € out of 25 €, hence
 * two baskets, on 22 and 29 October; from 5 November on nobody pays.
 */

const database = useDatabase();
let garden: BillingGarden;
let one: { customer: number; subscription: number };
let programme: number;
let town: number;
beforeAll(async () => {
  garden = await plantBilling(database.ownerUrl());
  await garden.owner.query(`select install_solidarity(${garden.gardenId})`);
  town = await sow(garden, 'funder', { kind: 'garden', name: 'Ville' });
  programme = await sow(garden, 'programme', { name: 'Pour tous', starts_on: '2025-01-01', person_cents: 250, when_short: 'stop' });
  await sow(garden, 'programme_share', { programme_id: programme, position: 1, funder_id: town, kind: 'remainder' });
  await sow(garden, 'programme_envelope', { programme_id: programme, funder_id: town, starts_on: '2025-01-01', cents: 2500 });
  one = await subscribed(garden, 'aidée');
  const path = {
    programmeId: programme,
    customerId: one.customer,
    subscriptionId: one.subscription,
    affiliation: '',
    place: '',
    household: 2,
  } as const;
  const days = { reference: '', startsOn: '2025-10-20', endsOn: '2025-12-31', atEnd: 'ends' } as const;
  value(await inGarden(garden.marie, (tx) => startPath(tx, garden.gardenId, { ...path, ...days })));
});
afterAll(() => garden.owner.end());

const told = async (day: string, actor = garden.marie) =>
  (await deskAlerts(actor, day, null)).find(({ key: of }) => of === 'undecided') ?? null;

test('as many as the overview says, from the day after; settled or not; gone once somebody decided; to nobody without « solidarité »', async () => {
  for (const settled of [false, true]) {
    if (settled) await settleGarden(garden.marie, '2025-11-13');
    for (const [day, count] of [
      ['2025-11-05', 0],
      ['2025-11-06', 1],
      ['2025-11-13', 2],
    ] as const) {
      // biome-ignore format: pairs
      expect((await moneyOverview(garden.marie, day)).waiting).toHaveLength(count);
      expect((await told(day))?.count ?? 0).toBe(count);
    }
  }
  expect(await told('2025-11-13')).toMatchObject({
    ...{ path: '/solidarite#a-decider', tone: 'danger', text: '2 paniers livrés que personne ne paie : à décider' },
  });
  // To nobody else, whatever her other rights.
  const others = { ...garden.marie, rights: new Set(allRights.filter((right) => !right.startsWith('solidarity'))) };
  expect((await deskAlerts(others, '2025-11-13', null)).filter(({ path }) => path.includes('solidarite'))).toEqual([]);
  // One that was missed and is made good asks nobody for anything.
  const { rows } = await garden.owner.query("select id from delivery where date = '2025-11-12' and tour_id = $1", [
    garden.places.wednesday,
  ]);
  await miss(garden, one.subscription, Number(rows[0].id), 'credit');
  expect((await told('2025-11-13'))?.text).toBe('1 panier livré que personne ne paie : à décider');
  // Money that comes from the day of the decision on is for what follows: what waits asks for money from its own day on.
  const late = { funderId: town, startsOn: '2025-11-13', endsOn: null, cents: 5000, baskets: null, note: '', key: 'tard' };
  value(await addEnvelope(garden.marie, programme, late, '2025-11-13'));
  expect((await told('2025-11-13'))?.count).toBe(1);
  const feed = {
    funderId: town,
    startsOn: (await moneyOverview(garden.marie, '2025-11-13')).waiting[0]!.day,
    endsOn: null,
    cents: 5000,
    baskets: null,
    note: '',
    key: 'encore',
  };
  value(await addEnvelope(garden.marie, programme, feed, '2025-11-13'));
  expect(await told('2025-11-13')).toBeNull();
});
