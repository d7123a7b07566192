import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { recordPayment } from '../../src/domains/payments/index.server.ts';
import {
  claimEvidence,
  claimPage,
  contestClaim,
  feedEnvelope,
  funderStanding,
  funders,
  maintainClaim,
  makeClaim,
  moveClaimed,
  moveCosts,
  settleGarden,
  startPath,
} from '../../src/domains/solidarity/index.server.ts';
import {
  changeWorkshop,
  claimWorkshop,
  createWorkshop,
  enrolSomebody,
  noteAttendance,
  workshopPage,
  workshopPayers,
} from '../../src/domains/workshops/index.server.ts';
import { addDays } from '../../src/kernel/day.ts';
import { AccessDenied, type Actor } from '../../src/platform/access/actor.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { canReadBack, pagesOf } from '../../src/platform/pdf/read-back.ts';
import { useDatabase } from '../database.ts';
import { type BillingGarden, plantBilling, subscribed } from './billing.garden.ts';
import { sow } from './customers.garden.ts';
import { sowCustomer } from './places.garden.ts';

/**
 * What workshops cost, asked from a funder that contests it. The town pays baskets too (5,30 € of each, a subsidy, out of its envelope; 6,00 € the national
 * programme, a complement of the price); the CAF pays workshops alone.
 */

const database = useDatabase();
let garden: BillingGarden;
const payers: Record<'national' | 'town' | 'caf', number> = { national: 0, town: 0, caf: 0 };
let path: number;
let transfer: number;

beforeAll(async () => {
  garden = await plantBilling(database.ownerUrl());
  await garden.owner.query(`select install_solidarity(${garden.gardenId})`);
  for (const [kind, name] of [
    ['national', 'Réseau'],
    ['commune', 'Ville de Metz'],
    ['caf', 'CAF'],
  ] as const) {
    const customer_id = await sowCustomer(garden, name, { kind: 'organisation' });
    payers[kind === 'commune' ? 'town' : kind] = await sow(garden, 'funder', { kind, name, customer_id });
  }
  await sow(garden, 'funder_treatment', { funder_id: payers.town, starts_on: '2025-01-01', treatment: 'subsidy' });
  const programme = await sow(garden, 'programme', { name: 'Pour tous', starts_on: '2025-01-01', person_cents: 250 });
  await sow(garden, 'programme_share', { programme_id: programme, position: 1, funder_id: payers.national, kind: 'amount', cents: 600 });
  await sow(garden, 'programme_share', { programme_id: programme, position: 2, funder_id: payers.town, kind: 'remainder' });
  const { customer, subscription } = await subscribed(garden, 'Ana');
  const stay = {
    programmeId: programme,
    customerId: customer,
    subscriptionId: subscription,
    affiliation: '',
    place: '',
    reference: '',
  } as const;
  const dates = { startsOn: '2025-10-20', endsOn: '2025-12-31', atEnd: 'ends' } as const;
  const begun = await inGarden(garden.marie, (tx) => startPath(tx, garden.gardenId, { ...stay, ...dates, household: 2 }));
  if (!begun.ok) throw new Error(begun.reason);
  path = begun.value.id;
  await inGarden(garden.marie, (tx) =>
    feedEnvelope(tx, garden.gardenId, {
      ...{ programmeId: programme, funderId: payers.town, startsOn: '2025-01-01', endsOn: null, cents: 20_000, baskets: null },
      ...{ note: '', source: null },
    }),
  );
  await garden.owner.query(`select install_payments(${garden.gardenId})`);
  const { rows } = await garden.owner.query("select id from payment_method where kind = 'transfer' limit 1");
  transfer = Number(rows[0].id);
});
afterAll(() => garden.owner.end());

const value = <T>(outcome: { ok: true; value: T } | { ok: false; reason: string }): T => {
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.value;
};

const invited = (title: string, day: string, cost: number, funderId: number) => ({
  ...{
    version: 0,
    token: randomUUID(),
    title,
    kind: 'cooking' as const,
    description: '',
    day,
    from: '14:00',
    until: '16:30',
    place: 'Salle',
  },
  ...{ address: '', seats: 30, enrolUntil: day, fee: 0, cost, funder: '', funderId, published: true },
});
/** A workshop that took place, with so many who came (null: nobody said). */
async function held(title: string, day: string, came: number | null, cost = 24_000, funderId = payers.caf): Promise<number> {
  const { id } = value(await createWorkshop(garden.marie, invited(title, day, cost, funderId)));
  if (came === null) return id;
  const guest = { customer: null, name: 'Yasmina Belkacem', phone: '', seats: came, agreed: null, token: randomUUID() };
  await enrolSomebody(garden.marie, id, guest, day);
  const [party] = (await workshopPage(garden.marie, id, day))!.enrolments;
  await noteAttendance(garden.marie, id, [{ id: party!.id, came, agreed: null }], day);
  return id;
}
const askedFor = async (id: number, today: string) =>
  value(await claimWorkshop(garden.marie, id, { dueOn: addDays(today, 30) }, today)).claim;
const move = (claim: number, costsTo: number | null, costs: number[], today: string, key: string = randomUUID()) =>
  moveCosts(garden.marie, claim, { costs, costsTo, costsReason: 'Hors de la convention', key }, today);
const owedBy = async (funderId: number) => (await funders(garden.marie)).find(({ id }) => id === funderId)!.unclaimed;
async function claim(funderId: number, day: string): Promise<number[]> {
  await settleGarden(garden.marie, day);
  const wish = { funderId, until: addDays(day, -1), day, dueOn: addDays(day, 30), seen: await owedBy(funderId), key: randomUUID() };
  return value(await makeClaim(garden.marie, wish, day)).map(({ id }) => id);
}
const pay = (funderId: number, amount: number, day: string) =>
  inGarden(garden.marie, async (tx) => {
    const { rows } = await garden.owner.query('select customer_id from funder where id = $1', [funderId]);
    const customer = Number(rows[0].customer_id);
    return value(await recordPayment(tx, garden.gardenId, { customer, method: transfer, amount, day, source: randomUUID() }));
  });

/** On every day, of every funder: what was asked and what is to be asked is its part; the accrual and the account say as much; and claims are their lines. */
async function agree(): Promise<void> {
  const { rows: claims } = await garden.owner.query(
    `select c.cents::int, (select coalesce(sum(p.cents), 0)::int from claim_line l join payer_line p on p.id = l.payer_line_id where l.claim_id = c.id)
         + (select coalesce(sum(w.cents), 0)::int from claim_cost_line l join cost_line w on w.id = l.cost_line_id where l.claim_id = c.id) as lines,
       (select coalesce(sum(l.amount_cents), 0)::int from entry_line l join account a on a.id = l.account_id and a.number = '411000'
        where l.entry_id = coalesce(c.entry_id, (select d.entry_id from document d where d.id = c.document_id))) as posted from claim c`,
  );
  for (const { cents, lines, posted } of claims) expect([lines, posted]).toEqual([cents, cents]);
  const { rows: given } = await garden.owner.query(
    `select coalesce(sum(l.amount_cents), 0)::int as posted, (select coalesce(sum(cents), 0)::int from cost_line) as lines
     from entry_line l join account a on a.id = l.account_id and a.number = '742000'`,
  );
  expect(given[0].posted).toBe(-given[0].lines);
  // A cost is paid once, or the garden bears it.
  const { rows: costs } = await garden.owner.query('select sum(cents)::int as cents from cost_line group by cost_id');
  for (const { cents } of costs) expect([0, 24_000, 18_000]).toContain(cents);
  const { rows: days } = await garden.owner.query(
    "select distinct day::text from entry union select '2025-10-01' union select '2026-03-31' order by 1",
  );
  for (const { day } of days)
    for (const id of [payers.town, payers.caf]) {
      const { rows } = await garden.owner.query(
        `select coalesce(sum(l.amount_cents) filter (where a.number = '418100'), 0)::int as accrued, coalesce(sum(l.amount_cents) filter (where a.number = '411000'), 0)::int as owed
         from funder f join entry_line l on l.customer_id = f.customer_id join account a on a.id = l.account_id join entry e on e.id = l.entry_id
         where f.id = $1 and e.day <= $2`,
        [id, day],
      );
      const told = await funderStanding(garden.marie, id, day);
      expect([day, told.toClaim, told.owed]).toEqual([day, rows[0].accrued, rows[0].owed]);
      expect(told.claimed + told.toClaim).toBe(told.part + told.workshops);
      expect(told.paid + told.owed).toBe(told.claimed);
      // Envelopes are for baskets: a workshop draws nothing of them.
      expect(told.drawn).toBe(told.part);
    }
}

test('its evidence tells workshops: the day, the title, how many came from five on, and nobody', async () => {
  const small = await askedFor(await held('Soupes', '2025-10-25', 4), '2025-10-27');
  const large = await askedFor(await held('Courges', '2025-10-25', 12, 18_000), '2025-10-27');
  const unsaid = await askedFor(await held('Conserves', '2025-10-25', null, 18_000), '2025-10-27');
  const told = async (id: number) => (await claimPage(garden.marie, id))!.evidence.workshops;
  expect(await told(small)).toEqual([{ title: 'Soupes', day: '2025-10-25', present: 'moins de 5', cents: 24_000 }]);
  expect(await told(large)).toMatchObject([{ title: 'Courges', present: '12', cents: 18_000 }]);
  expect(await told(unsaid)).toMatchObject([{ present: 'nombre non noté' }]);
  if (!canReadBack) return;
  const [page] = pagesOf((await claimEvidence(garden.marie, small, '2025-10-28'))!.content);
  expect(page).toMatch(/Justificatif d’ateliers/);
  expect(page).toMatch(/Ateliers tenus le 25\/10\/2025/);
  expect(page).toMatch(/Soupes, le 25\/10\/2025 Présents : moins de 5 240,00/);
  expect(page).not.toMatch(/Paniers|Foyers|Yasmina|Présents : 4/);
  await agree();
});

test('moved to another funder: taken back in the next claim, asked for in the other’s, which may contest it in turn; then the garden bears it', async () => {
  const workshop = await held('Choucroute', '2025-11-01', 9);
  const id = await askedFor(workshop, '2025-11-03');
  const mine = async (claimId: number) => (await claimPage(garden.marie, claimId))!.costs.map(({ id: cost }) => cost);
  expect(await mine(id)).toEqual([]);
  expect(await move(id, payers.town, [1], '2025-11-04')).toMatchObject({ ok: false, reason: expect.stringContaining('pas contestée') });
  await contestClaim(garden.marie, id, 'Une autre ligne de la CAF le paie');
  const [cost] = await mine(id);
  const weak: Actor = { ...garden.marie, rights: new Set(['solidarity:read', 'workshops:change']) };
  expect(() => moveCosts(weak, id, { costs: [cost!], costsTo: null, costsReason: 'x', key: 'x' }, '2025-11-04')).toThrow(AccessDenied);
  expect(await move(id, payers.caf, [cost!], '2025-11-04')).toMatchObject({ ok: false, fields: { costsTo: expect.any(String) } });
  expect(await move(id, payers.town, [cost! + 999], '2025-11-04')).toMatchObject({ ok: false, fields: { costs: expect.any(String) } });
  // Maintained first: nothing moves.
  value(await maintainClaim(garden.marie, id, { maintained: 'La convention le dit', key: randomUUID() }, '2025-11-04'));
  await agree();
  const key = randomUUID();
  expect(await move(id, payers.town, [cost!], '2025-11-05', key)).toMatchObject({ ok: true, value: { costs: 1, cents: 24_000 } });
  expect(await move(id, payers.town, [cost!], '2025-11-05', key)).toMatchObject({ ok: true, value: { costs: 0, cents: 0 } });
  const page = await claimPage(garden.marie, id);
  expect(page).toMatchObject({
    cents: 24_000,
    contestedAt: null,
    decisions: [{ kind: 'moved', costs: 1, baskets: 0, funder: 'Ville de Metz' }, { kind: 'maintained' }],
  });
  expect([await owedBy(payers.caf), await owedBy(payers.town)]).toEqual([-24_000, 24_000]);
  expect(await workshopPayers(garden.marie, workshop)).toMatchObject([
    { funder: 'Ville de Metz', cents: 24_000, claim: null, contested: false },
  ]);
  await agree();
  // The CAF paid what it owes of the others; its next claim gives back 240,00 €.
  await pay(payers.caf, 60_000, '2025-11-06');
  const [back] = await claim(payers.caf, '2025-11-06');
  expect(await claimPage(garden.marie, back!)).toMatchObject({
    cents: -24_000,
    asks: 'workshops',
    evidence: { workshops: [{ cents: -24_000 }] },
  });
  expect(await funderStanding(garden.marie, payers.caf, '2025-11-06')).toMatchObject({
    workshops: 60_000,
    claimed: 60_000,
    paid: 60_000,
    owed: 0,
    toClaim: 0,
  });
  // The town is asked in one claim for its baskets (22 and 29 October, 5 November) and for the workshop, contests the latter alone, and the garden bears it.
  const [next] = await claim(payers.town, '2025-11-06');
  expect(await claimPage(garden.marie, next!)).toMatchObject({
    cents: 3 * 530 + 24_000,
    asks: 'both',
    evidence: { baskets: 3, workshops: [{ title: 'Choucroute', present: '9' }] },
  });
  expect(await workshopPayers(garden.marie, workshop)).toMatchObject([{ claim: next, number: expect.stringContaining('S2025-') }]);
  await contestClaim(garden.marie, next!, 'Pas l’atelier');
  expect((await workshopPayers(garden.marie, workshop))![0]!.contested).toBe(true);
  expect(await mine(next!)).toEqual([cost]);
  expect(await move(next!, null, [cost!], '2025-11-07')).toMatchObject({ ok: true, value: { costs: 1, cents: 24_000 } });
  expect((await claimPage(garden.marie, next!))!.decisions).toMatchObject([{ kind: 'moved', costs: 1, funder: null, cents: 24_000 }]);
  expect(await workshopPayers(garden.marie, workshop)).toEqual([]);
  await agree();
  await settleGarden(garden.marie, '2025-11-14');
  const [last] = await claim(payers.town, '2025-11-14');
  expect(await claimPage(garden.marie, last!)).toMatchObject({ cents: 530 - 24_000, asks: 'both' });
  await agree();
});

test('a workshop that nobody was asked for has no payers; a month that is closed is not written into', async () => {
  const workshop = await held('Semis', '2025-11-08', 7);
  expect(await workshopPayers(garden.marie, workshop)).toBeNull();
  const id = await askedFor(workshop, '2025-11-14');
  await contestClaim(garden.marie, id, 'Non');
  const [cost] = (await claimPage(garden.marie, id))!.costs;
  // Asked from one funder, another is for the claim to decide; the rest of the workshop still changes.
  const { version } = (await workshopPage(garden.marie, workshop, '2025-11-14'))!.workshop;
  const change = (funderId: number) =>
    changeWorkshop(garden.marie, workshop, { ...invited('Semis', '2025-11-08', 25_000, funderId), version }, '2025-11-14');
  expect(await change(payers.town)).toMatchObject({ ok: false, fields: { funderId: expect.any(String) } });
  expect(await change(payers.caf)).toMatchObject({ ok: true });
  await sow(garden, 'closing', { until_on: '2025-11-30', kind: 'month' });
  expect(await move(id, null, [cost!.id], '2025-11-20')).toMatchObject({ ok: true });
  const { rows } = await garden.owner.query(
    'select e.day::text from cost_line l join entry e on e.id = l.entry_id where l.cents < 0 order by l.id desc limit 1',
  );
  expect(rows[0].day).toBe('2025-12-01');
  await agree();
});

test('law: whatever is asked, contested, moved, paid and claimed again, each cost is paid once or by the garden, and the ledger says as much on every day', async () => {
  let day = '2025-12-02';
  const step = fc.record({
    what: fc.constantFrom('ask', 'claim', 'move', 'move', 'baskets', 'pay'),
    from: fc.constantFrom('town', 'caf'),
    to: fc.constantFrom('town', 'caf', 'national', null),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 7 }), async (steps) => {
      for (const { what, from, to } of steps) {
        day = addDays(day, 1);
        if (what === 'ask') await askedFor(await held('Atelier', addDays(day, -1), 6, 18_000, payers[from]), day);
        if (what === 'claim' && (await owedBy(payers[from])) !== 0) await claim(payers[from], day).catch(() => undefined);
        if (what === 'pay') await pay(payers[from], 5000, day);
        if (what !== 'move' && what !== 'baskets') continue;
        const { rows } = await garden.owner.query('select id from claim where funder_id = $1 order by id desc limit 1', [payers[from]]);
        if (!rows[0]) continue;
        const id = Number(rows[0].id);
        await contestClaim(garden.marie, id, 'Contestée');
        const { costs } = (await claimPage(garden.marie, id))!;
        if (what === 'move')
          await move(
            id,
            to === null ? null : payers[to],
            costs.map((one) => one.id),
            day,
          );
        else
          await moveClaimed(
            garden.marie,
            id,
            { stays: [path], from: '2025-10-01', until: '2025-12-31', funderId: payers.national, reason: 'Essai', key: randomUUID() },
            day,
          );
      }
      await agree();
    }),
    { numRuns: 6 },
  );
}, 120_000);
