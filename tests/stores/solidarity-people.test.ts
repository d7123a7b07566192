import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ownData } from '../../src/domains/account/index.server.ts';
import {
  acceptReferral,
  acceptRenewal,
  addPerson,
  addPrescriber,
  askRenewal,
  endStay,
  forgetOldHelp,
  forgottenSoFar,
  holdTerms,
  noteReferral,
  queueReferral,
  readings,
  refer,
  referralList,
  referralPage,
  refuseReferral,
  sentPerson,
  stayList,
  stayPage,
  tellTerms,
  toldByMouth,
} from '../../src/domains/solidarity/index.server.ts';
import { acceptanceForm, referralForm, renewalForm } from '../../src/domains/solidarity/schema-referral.ts';
import { AccessDenied } from '../../src/platform/access/actor.ts';
import type { Prescribing } from '../../src/platform/access/own.ts';
import { useDatabase } from '../database.ts';
import { plantGarden, sow, type TestGarden } from './customers.garden.ts';
import { type Places, plantPlaces, today } from './places.garden.ts';
import { value } from './solidarity-people.garden.ts';

/** From a referral to a basket like anybody's, to its term, to oblivion. */

const { ownerUrl } = useDatabase();
let garden: TestGarden;
let places: Places;
let programme: number;
let nora: Prescribing;

beforeAll(async () => {
  garden = await plantGarden(ownerUrl());
  await garden.owner.query(`select install_ledger(${garden.gardenId})`);
  places = await plantPlaces(garden);
  await sow(garden, 'plan_price', { plan_id: places.plan, starts_on: '2000-01-01', price_cents: 1000 });
  const funder = await sow(garden, 'funder', { kind: 'garden', name: 'Le jardin' });
  programme = await sow(garden, 'programme', {
    name: 'Panier pour tous',
    starts_on: '2025-01-01',
    person_cents: 300,
    person_basis_points: 3000,
  });
  await sow(garden, 'programme_share', { programme_id: programme, position: 1, funder_id: funder, kind: 'remainder' });
  const ccas = value(await addPrescriber(garden.marie, { nom: 'CCAS', structure: 'ccas', commune: 'Bourg' })).id;
  const personId = value(await addPerson(garden.marie, ccas, { nom: 'Nora Weber', email: 'nora@ccas.test', telephone: '' })).id;
  nora = { gardenId: garden.gardenId, userId: 'nora', personId, prescriberId: ccas };
});
afterAll(() => garden.owner.end());

let people = 0;
const asked = (more: object = {}) => {
  people += 1;
  return referralForm.parse({
    ...{
      prenom: 'Awa',
      nom: `Diallo${people}`,
      telephone: '',
      email: `awa${people}@exemple.test`,
      commune: 'Bourg',
      foyer: '4',
      caisse: 'caf',
    },
    ...{ reference: `T${people}`, duree: '3', justificatif: 'income', vuLe: today, accord: 'on', cle: randomUUID(), ...more },
  });
};
const sent = async (more: object = {}, on = today) => value(await refer(nora, { ...asked(more), vuLe: on }, on)).id;
const page = async (id: number) => (await referralPage(garden.marie, id, today))!;
const accepting = async (id: number, more: object = {}) =>
  acceptanceForm.parse({
    ...{
      version: (await page(id)).row.version,
      client: 'nouveau',
      programme,
      formule: places.plan,
      creneau: places.openSlot,
      frequence: 'weekly',
    },
    ...{ debut: '', ensuite: 'ends', depasser: '', tour: '', ...more },
  });
const accepted = async (id: number, more: object = {}) => value(await acceptReferral(garden.marie, id, await accepting(id, more), today));
const one = async <T = Record<string, unknown>>(text: string, values: unknown[] = []): Promise<T> =>
  (await garden.owner.query(text, values)).rows[0] as T;
const letters = async (customerId: number) =>
  (await garden.owner.query('select event from message where customer_id = $1 order by id', [customerId])).rows.map(({ event }) => event);

describe('an acceptance', () => {
  test('makes a customer, a subscription at the public price, and a stay; who is named for solidarity decides, nobody else', async () => {
    const id = await sent();
    const others = garden.with('customers:change', 'subscriptions:change');
    const form = await accepting(id);
    expect(() => acceptReferral(others, id, form, today)).toThrow(AccessDenied);
    const { customerId, pathId } = value(await acceptReferral(garden.marie, id, form, today));
    expect(value(await acceptReferral(garden.marie, id, form, today))).toMatchObject({ customerId, pathId });
    expect(await one('select last_name, category, notes from customer where id = $1', [customerId])).toEqual({
      last_name: expect.stringMatching(/^Diallo/),
      ...{ category: '', notes: '' },
    });
    const stay = (await stayPage(garden.marie, pathId, today))!;
    expect(stay).toMatchObject({
      household: 4,
      affiliation: 'caf',
      place: 'Bourg',
      prescriber: 'CCAS',
      startsOn: '2025-10-29',
      endsOn: '2026-01-28',
    });
    expect(
      await one('select price_cents, ends_on::text, end_reason, awaiting, renews from subscription where customer_id = $1', [customerId]),
    ).toEqual({
      ...{ price_cents: 1000, ends_on: '2026-01-28', end_reason: '', awaiting: null, renews: false },
    });
    expect(
      await one('select own_price(1000, cents, basis_points)::int as own from own_share where source = $1', [`path:${pathId}`]),
    ).toEqual({ own: 300 });
    expect(await letters(customerId)).toEqual(['signup_accepted', 'path_begins']);
    const welcome = await one<{ body: string }>(`select body from message where customer_id = $1 and event = 'signup_accepted'`, [
      customerId,
    ]);
    expect(welcome.body).not.toMatch(/solidaire|aid[ée]|€/);
    expect(await sentPerson(nora, id, today)).toMatchObject({ progress: 'accepted', startsOn: '2025-10-29' });
    expect(await sentPerson(nora, id, '2025-10-29')).toMatchObject({ progress: 'began' });
  });

  test('of a form that was read before somebody answered is told so', async () => {
    const id = await sent();
    const form = await accepting(id);
    value(await refuseReferral(garden.paul, id, { version: form.version, message: 'Complet.' }));
    expect(await acceptReferral(garden.marie, id, form, today)).toMatchObject({
      ok: false,
      reason: expect.stringContaining('quelqu’un d’autre'),
    });
    expect(await sentPerson(nora, id, today)).toMatchObject({ progress: 'refused', reason: 'Complet.' });
  });

  test('refused on its way leaves nothing behind', async () => {
    const id = await sent({ nom: 'Sanstrace' });
    await garden.owner.query(`update programme set ends_on = '2025-10-21' where id = $1`, [programme]);
    expect(await acceptReferral(garden.marie, id, await accepting(id), today)).toMatchObject({ ok: false });
    await garden.owner.query('update programme set ends_on = null where id = $1', [programme]);
    expect(await one(`select count(*)::int as n from customer where last_name = 'Sanstrace'`)).toEqual({ n: 0 });
  });

  test('takes up the record of a known customer', async () => {
    const known = await sow(garden, 'customer', { number: '900', last_name: 'Connue', first_name: 'Léa', email: 'lea@exemple.test' });
    const id = await sent({ prenom: 'Léa', nom: 'Connue', email: 'lea@exemple.test' });
    expect((await page(id)).choices!.known[0]).toMatchObject({ id: known });
    expect((await accepted(id, { client: String(known) })).customerId).toBe(known);
  });
});

describe('waiting', () => {
  test('goes by turn: another one before asks for a reason, which is kept', async () => {
    const early = await sent({ foyer: '1' }, '2025-10-06');
    const late = await sent({ foyer: '6' }, '2025-10-13');
    for (const id of [early, late]) value(await queueReferral(garden.marie, id, { version: (await page(id)).row.version }));
    const list = await referralList(garden.marie, { state: 'waiting', page: 1, perPage: 10 }, today);
    expect(list.rows.map(({ id, turn }) => [id, turn])).toEqual([[early, 1], [late, 2]]); // biome-ignore format: pairs
    expect((await page(late)).before).toBe(1);
    expect(await acceptReferral(garden.marie, late, await accepting(late), today)).toMatchObject({
      ok: false,
      fields: { tour: expect.any(String) },
    });
    await accepted(late, { tour: 'La première personne est en voyage.' });
    expect((await page(late)).row.outOfTurn).toContain('voyage');
    await accepted(early);
  });
});

describe('a term', () => {
  test('is told once, six weeks before, to the person and to who sent her; then help goes on the day after', async () => {
    const id = await sent();
    const { customerId, pathId } = await accepted(id);
    await tellTerms(garden.marie, '2025-12-01');
    expect(await letters(customerId)).not.toContain('path_ends_soon');
    await tellTerms(garden.marie, '2025-12-20');
    await tellTerms(garden.marie, '2025-12-20');
    await tellTerms(garden.marie, '2025-12-21');
    expect((await letters(customerId)).filter((event) => event === 'path_ends_soon')).toHaveLength(1);
    const told = await garden.owner.query(`select body from message where event = 'referral_ends_soon' and subject like $1`, [
      `%n° ${id} %`,
    ]);
    expect(told.rows).toHaveLength(1);
    expect(told.rows[0].body).not.toMatch(/Diallo|Awa/);

    const form = renewalForm.parse({ duree: '6', justificatif: 'benefit', vuLe: '2025-12-20', accord: 'on', cle: randomUUID() });
    expect(await askRenewal(nora, id, form, '2025-11-01')).toMatchObject({ ok: false });
    const renewal = value(await askRenewal(nora, id, form, '2025-12-20')).id;
    expect(value(await askRenewal(nora, id, { ...form, cle: randomUUID() }, '2025-12-20')).id).toBe(renewal);
    // The calendar of next year is open.
    for (const [week, day] of [[6, '2026-02-04'], [7, '2026-02-11']] as const) // biome-ignore format: pairs
      await sow(garden, 'delivery', { tour_id: places.wednesday, year: 2026, week, usual_date: day, date: day });
    const asking = { version: (await page(renewal)).row.version, ensuite: 'renewal' as const };
    const next = value(await acceptRenewal(garden.marie, renewal, asking, '2025-12-20'));
    expect(value(await acceptRenewal(garden.marie, renewal, asking, '2025-12-20'))).toMatchObject({ pathId: next.pathId });
    expect(await stayPage(garden.marie, next.pathId, today)).toMatchObject({
      startsOn: '2026-01-29',
      endsOn: '2026-07-28',
      renewedFrom: pathId,
    });
    expect((await letters(customerId)).filter((event) => event === 'path_begins')).toHaveLength(2);
  });

  test('never goes on to a full price that was not told: the baskets end with it; told, they go on', async () => {
    const [quiet, spoken, written] = [
      await sent({ email: '', telephone: '06 00 00 00 00' }),
      await sent({ email: '', telephone: '06 00 00 00 01' }),
      await sent(),
    ];
    const stays: { pathId: number; customerId: number }[] = [];
    for (const id of [quiet, spoken, written]) stays.push(await accepted(id, { ensuite: 'ordinary' }));
    const endsOf = async () =>
      (
        await garden.owner.query('select ends_on::text as "on" from subscription where customer_id = any($1) order by id', [
          stays.map(({ customerId }) => customerId),
        ])
      ).rows.map(({ on }) => on);
    expect(await endsOf()).toEqual(['2026-10-28', '2026-10-28', '2026-10-28']);
    const told = await tellTerms(garden.marie, '2025-12-20');
    expect(told).toMatchObject({ unreached: 2 });
    value(await toldByMouth(garden.marie, stays[1]!.pathId, '2026-01-02'));
    value(await toldByMouth(garden.marie, stays[1]!.pathId, '2026-01-02'));
    await holdTerms(garden.marie, '2026-01-18');
    await holdTerms(garden.marie, '2026-01-19');
    expect(await endsOf()).toEqual(['2026-01-28', '2026-10-28', '2026-10-28']);
    expect(await one('select end_reason from subscription where customer_id = $1', [stays[0]!.customerId])).toEqual({
      end_reason: 'Terme convenu',
    });
  });

  test('may come earlier, with the baskets', async () => {
    const { pathId, customerId } = await accepted(await sent());
    const { version } = (await stayPage(garden.marie, pathId, today))!;
    const asking = { version, le: '2025-11-30', raison: 'Déménage' };
    value(await endStay(garden.marie, pathId, asking, today));
    value(await endStay(garden.marie, pathId, asking, today));
    expect(await endStay(garden.marie, pathId, { ...asking, le: '2025-11-20' }, today)).toMatchObject({ ok: false });
    expect(await one('select ends_on::text from subscription where customer_id = $1', [customerId])).toEqual({ ends_on: '2025-11-30' });
    expect(
      (await stayList(garden.marie, { filter: 'ended', search: '', page: 1, perPage: 50 }, '2025-12-01')).rows.map(({ id }) => id),
    ).toContain(pathId);
  });
});

describe('what is known of people', () => {
  test('is theirs to take away, with who looked at it', async () => {
    const { customerId, pathId } = await accepted(await sent({ reference: 'T-export' }));
    await stayPage(garden.paul, pathId, today);
    const parts = new Map(
      (await ownData({ gardenId: garden.gardenId, userId: 'awa', customerId, seenBy: 'customer' })).map(({ title, rows }) => [title, rows]),
    );
    expect(parts.get('Mon prix convenu')).toEqual([
      expect.objectContaining({ Référence: 'T-export', Caisse: 'CAF', 'Orienté par': 'CCAS', 'Justificatif vu le': today }),
    ]);
    expect(parts.get('Qui a consulté mon prix convenu')).toContainEqual({ Jour: today, 'Personne du jardin': 'Paul Fabre' });
  });

  test('is noted when it is read, once a day for each record', async () => {
    const id = value(await noteReferral(garden.marie, { ...asked(), prescripteur: '' }, today)).id;
    for (let times = 0; times < 2; times++) await referralPage(garden.paul, id, today);
    const { rows } = await readings(garden.marie, { page: 1, perPage: 200 });
    expect(rows.filter(({ who, what, recordId }) => who === 'Paul Fabre' && what === 'referral' && recordId === id)).toEqual([
      expect.objectContaining({ day: today, name: expect.stringContaining('Awa') }),
    ]);
  });

  test('is erased when its time is over, and not before; the night says how much', async () => {
    const refused = await sent({ nom: 'Refusé' });
    value(await refuseReferral(garden.marie, refused, { version: (await page(refused)).row.version, message: 'Complet.' }));
    await garden.owner.query(`update referral set handled_at = '2025-10-20 12:00+02' where id = $1`, [refused]);
    const helped = await sent({ nom: 'Aidée', reference: 'dossier-secret' });
    const { pathId } = await accepted(helped);
    const waiting = await sent({ nom: 'Attend' });
    const known = async (id: number) => (await one<{ last_name: string }>('select last_name from referral where id = $1', [id])).last_name;

    expect(await forgetOldHelp(garden.marie, '2025-12-20')).toEqual({ referrals: 0, stays: 0 });
    expect((await forgetOldHelp(garden.marie, '2025-12-21')).referrals).toBeGreaterThanOrEqual(1);
    expect([await known(refused), await known(helped), await known(waiting)]).toEqual(['', 'Aidée', 'Attend']);
    await forgetOldHelp(garden.marie, '2026-10-21');
    expect([await known(waiting), await known(helped)]).toEqual(['', 'Aidée']);
    expect(await sentPerson(nora, waiting, '2026-10-21')).toMatchObject({ progress: 'withdrawn' });
    await forgetOldHelp(garden.marie, '2028-01-29');
    expect(await known(helped)).toBe('');
    expect(await one('select reference, household, affiliation from path where id = $1', [pathId])).toEqual({
      reference: '',
      household: null,
      affiliation: 'caf',
    });
    expect(await forgetOldHelp(garden.marie, '2028-01-29')).toEqual({ referrals: 0, stays: 0 });
    expect((await forgottenSoFar(garden.marie)).map(({ day }) => day)).toEqual(['2028-01-29', '2026-10-21', '2025-12-21']);
    const { rows } = await garden.owner.query(`select 1 from audit_entry where before::text || after::text ~ 'dossier-secret'`);
    expect(rows).toEqual([]);
  });
});
