import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  claimPage,
  contestClaim,
  feedEnvelope,
  funderStanding,
  funders,
  maintainClaim,
  makeClaim,
  moveClaimed,
  settleGarden,
  solidarityGlance,
  startPath,
} from '../../src/domains/solidarity/index.server.ts';
import { addDays } from '../../src/kernel/day.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { useDatabase } from '../database.ts';
import { type BillingGarden, plantBilling, subscribed } from './billing.garden.ts';
import { sow } from './customers.garden.ts';
import { sowCustomer } from './places.garden.ts';

/**
 * Claims that are contested. A basket is 13,80 €, each Wednesday from 22 October 2025: 2,50 € the person, 6,00 € the national programme (a complement of the
 * price), 5,30 € the town (a subsidy, out of its envelope).
 */

const database = useDatabase();
let garden: BillingGarden;
let national: number;
let commune: number;
let own: number;
let programme: number;
const paths: number[] = [];

beforeAll(async () => {
  garden = await plantBilling(database.ownerUrl());
  await garden.owner.query(`select install_solidarity(${garden.gardenId})`);
  national = await sow(garden, 'funder', {
    kind: 'national',
    name: 'Programme national',
    customer_id: await sowCustomer(garden, 'National'),
  });
  commune = await sow(garden, 'funder', { kind: 'commune', name: 'Ville de Metz', customer_id: await sowCustomer(garden, 'Metz') });
  own = await sow(garden, 'funder', { kind: 'garden', name: 'Le jardin' });
  await sow(garden, 'funder_treatment', { funder_id: commune, starts_on: '2025-01-01', treatment: 'subsidy' });
  programme = await sow(garden, 'programme', { name: 'Pour tous', starts_on: '2025-01-01', person_cents: 250 });
  await sow(garden, 'programme_share', { programme_id: programme, position: 1, funder_id: national, kind: 'amount', cents: 600 });
  await sow(garden, 'programme_share', { programme_id: programme, position: 2, funder_id: commune, kind: 'remainder' });
  for (const name of ['Ana', 'Bruno']) {
    const one = await subscribed(garden, name);
    const stay = {
      programmeId: programme,
      customerId: one.customer,
      subscriptionId: one.subscription,
      affiliation: '',
      place: '',
      reference: '',
    } as const;
    const dates = { startsOn: '2025-10-20', endsOn: '2025-12-31', atEnd: 'ends' } as const;
    const begun = await inGarden(garden.marie, (tx) => startPath(tx, garden.gardenId, { ...stay, ...dates, household: 2 }));
    if (!begun.ok) throw new Error(begun.reason);
    paths.push(begun.value.id);
  }
  await feed(commune, 20_000);
  await settleGarden(garden.marie, '2025-11-06');
});
afterAll(() => garden.owner.end());

const feed = (funderId: number, cents: number) =>
  inGarden(garden.marie, (tx) =>
    feedEnvelope(tx, garden.gardenId, {
      ...{ programmeId: programme, funderId, startsOn: '2025-01-01', endsOn: null, cents, baskets: null, note: '', source: null },
    }),
  );
const owedBy = async (funderId: number) => (await funders(garden.marie)).find(({ id }) => id === funderId)!.unclaimed;
async function claim(funderId: number, day: string): Promise<number> {
  await settleGarden(garden.marie, day);
  const wish = { funderId, until: addDays(day, -1), day, dueOn: addDays(day, 30), seen: await owedBy(funderId), key: randomUUID() };
  const made = await makeClaim(garden.marie, wish, day);
  if (!made.ok) throw new Error(made.reason);
  return made.value[0]!.id;
}
const move = (id: number, funderId: number, more: Partial<Parameters<typeof moveClaimed>[2]> = {}, today = '2025-11-06') =>
  moveClaimed(
    garden.marie,
    id,
    { stays: paths, from: '2025-10-01', until: '2025-12-31', funderId, reason: 'Hors de la convention', key: randomUUID(), ...more },
    today,
  );

/** On account 418100 and 411000 of a funder's customer, up to a day, in cents. */
async function ledgerOf(funderId: number, day: string): Promise<{ accrued: number; owed: number }> {
  const { rows } = await garden.owner.query(
    `select coalesce(sum(l.amount_cents) filter (where a.number = '418100'), 0)::int as accrued, coalesce(sum(l.amount_cents) filter (where a.number = '411000'), 0)::int as owed
     from funder f join entry_line l on l.customer_id = f.customer_id join account a on a.id = l.account_id join entry e on e.id = l.entry_id
     where f.id = $1 and e.day <= $2`,
    [funderId, day],
  );
  return rows[0];
}
/** Claims are the lines that they took; what is not claimed stands on the accrual; each basket adds up to its price; envelopes hold. */
async function agree(): Promise<void> {
  const { rows: claims } = await garden.owner.query(
    `select c.cents::int, (select coalesce(sum(p.cents), 0)::int from claim_line l join payer_line p on p.id = l.payer_line_id where l.claim_id = c.id) as lines,
       (select coalesce(sum(l.amount_cents), 0)::int from entry_line l join account a on a.id = l.account_id and a.number = '411000'
        where l.entry_id = coalesce(c.entry_id, (select d.entry_id from document d where d.id = c.document_id))) as posted from claim c`,
  );
  for (const { cents, lines, posted } of claims) expect([lines, posted]).toEqual([cents, cents]);
  const { rows: baskets } = await garden.owner.query('select sum(cents)::int as cents from payer_line group by subscription_id, day, unit');
  for (const { cents } of baskets) expect([0, 1380]).toContain(cents);
  const { rows: envelopes } = await garden.owner.query(
    `select e.cents::int as given, coalesce(sum(l.cents), 0)::int as drawn from programme_envelope e left join payer_line l on l.envelope_id = e.id group by e.id, e.cents`,
  );
  for (const { given, drawn } of envelopes) {
    expect(drawn).toBeGreaterThanOrEqual(0);
    expect(drawn).toBeLessThanOrEqual(given);
  }
  const { rows: days } = await garden.owner.query(
    "select distinct day::text from entry union select '2025-10-01' union select '2026-01-31' order by 1",
  );
  for (const { day } of days) {
    const [told, ledger] = [await funderStanding(garden.marie, commune, day), await ledgerOf(commune, day)];
    expect([day, told.toClaim, told.owed]).toEqual([day, ledger.accrued, ledger.owed]);
    expect(told.claimed + told.toClaim).toBe(told.part);
    expect(told.drawn).toBe(told.part);
    expect(told.paid).toBe(0);
  }
}

test('baskets of a contested claim are paid by the garden: the ledger follows, the next claim corrects', async () => {
  // 22 and 29 October, 5 November, for two: six baskets of 5,30 €.
  const id = await claim(commune, '2025-11-06');
  expect(await move(id, own)).toMatchObject({ ok: false, reason: expect.stringContaining('pas contestée') });
  await contestClaim(garden.marie, id, 'Ana a déménagé');
  expect((await claimPage(garden.marie, id))!.stays).toMatchObject([
    { name: expect.stringContaining('Ana'), baskets: 3, cents: 1590 },
    { name: expect.stringContaining('Bruno'), baskets: 3, cents: 1590 },
  ]);
  expect(await move(id, commune)).toMatchObject({ ok: false, fields: { funderId: expect.any(String) } });
  expect(await move(id, own, { from: '2024-01-01', until: '2024-12-31' })).toMatchObject({ ok: false });
  const key = randomUUID();
  const wish = { stays: [paths[0]!], from: '2025-10-29', key };
  expect(await move(id, own, wish)).toMatchObject({ ok: true, value: { baskets: 2, cents: 1060 } });
  expect(await move(id, own, wish)).toMatchObject({ ok: true, value: { baskets: 0, cents: 0 } });
  // Moved twice, there is nothing left to move.
  await contestClaim(garden.marie, id, 'Encore');
  expect(await move(id, own, { ...wish, key: randomUUID() })).toMatchObject({ ok: false, reason: expect.stringContaining('plus rien') });
  // The claim stands as it was made; 10,60 € are to be given back with the next one.
  expect(await claimPage(garden.marie, id)).toMatchObject({
    cents: 3180,
    left: 3180,
    decisions: [{ kind: 'moved', baskets: 2, cents: 1060, funder: 'Le jardin' }],
  });
  expect(await owedBy(commune)).toBe(-1060);
  // Due on 6 December: told on the first page from the day after.
  const late = async (day: string) => (await solidarityGlance(garden.marie, day)).lateClaims;
  expect([await late('2025-12-06'), await late('2025-12-07')]).toEqual([0, 1]);
  expect(await ledgerOf(commune, '2025-11-06')).toEqual({ accrued: -1060, owed: 3180 });
  expect((await funderStanding(garden.marie, own, '2025-11-06')).part).toBe(1060);
  await agree();
  // A week later: two baskets more, 10,60 €, less 10,60 €.
  await settleGarden(garden.marie, '2025-11-13');
  expect(await owedBy(commune)).toBe(0);
  await settleGarden(garden.marie, '2025-11-20');
  const next = await claim(commune, '2025-11-20');
  expect((await claimPage(garden.marie, next))!.cents).toBe(1060);
  expect(await ledgerOf(commune, '2025-11-20')).toEqual({ accrued: 0, owed: 4240 });
  await agree();
});

test('maintained: nothing moves, the reason is kept, once', async () => {
  const id = await claim(national, '2025-11-20');
  const wish = { maintained: 'La convention les couvre', key: randomUUID() };
  expect(await maintainClaim(garden.marie, id, wish, '2025-11-20')).toMatchObject({ ok: false });
  await contestClaim(garden.marie, id, 'Nous ne payons pas');
  await maintainClaim(garden.marie, id, wish, '2025-11-20');
  await maintainClaim(garden.marie, id, wish, '2025-11-20');
  const page = await claimPage(garden.marie, id);
  expect(page!.contestedAt).not.toBeNull();
  expect(page!.decisions).toMatchObject([{ kind: 'maintained', reason: 'La convention les couvre', contested: 'Nous ne payons pas' }]);
  expect(page!.decisions).toHaveLength(1);
  await agree();
});

test('who should pay instead has not enough: refused, and nothing moves', async () => {
  // 200 € of which 42,40 € are drawn; the garden's 4 € are whole.
  expect((await solidarityGlance(garden.marie, '2025-11-20')).lowEnvelopes).toBe(0);
  await feed(own, 400);
  const id = (await garden.owner.query('select id from claim where funder_id = $1 order by id limit 1', [commune])).rows[0].id;
  await contestClaim(garden.marie, Number(id), 'Bruno aussi');
  const before = (await garden.owner.query('select count(*)::int as n from payer_line')).rows[0].n;
  expect(await move(Number(id), own, { stays: [paths[1]!] }, '2025-11-20')).toMatchObject({
    ok: false,
    fields: { funderId: expect.stringContaining('11,90') },
  });
  expect((await garden.owner.query('select count(*)::int as n from payer_line')).rows[0].n).toBe(before);
});

test('law: whatever is claimed, contested, moved and claimed again, claims are their lines, and the ledger says as much on every day', async () => {
  let day = '2025-11-26';
  await feed(own, 50_000);
  const step = fc.record({
    what: fc.constantFrom('claim', 'move', 'settle'),
    from: fc.constantFrom('commune', 'national'),
    to: fc.constantFrom('commune', 'national', 'own'),
    stay: fc.integer({ min: 0, max: 1 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 5 }), async (steps) => {
      const of = { commune, national, own };
      for (const { what, from, to, stay } of steps) {
        day = addDays(day, 1);
        if (what === 'settle') await settleGarden(garden.marie, day);
        if (what === 'claim' && (await owedBy(of[from])) !== 0) await claim(of[from], day).catch(() => undefined);
        if (what === 'move') {
          const { rows } = await garden.owner.query('select id from claim where funder_id = $1 order by id desc limit 1', [of[from]]);
          if (!rows[0]) continue;
          await contestClaim(garden.marie, Number(rows[0].id), 'Contestée');
          await move(Number(rows[0].id), of[to], { stays: [paths[stay]!] }, day);
        }
      }
      await agree();
    }),
    { numRuns: 6 },
  );
}, 120_000);
