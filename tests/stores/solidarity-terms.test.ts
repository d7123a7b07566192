import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  acceptRenewal,
  askRenewal,
  endStay,
  holdTerms,
  noteRenewal,
  sentPerson,
  stayList,
  stayPage,
  tellTerms,
  toldByMouth,
} from '../../src/domains/solidarity/index.server.ts';
import { renewalForm } from '../../src/domains/solidarity/schema-referral.ts';
import { useDatabase } from '../database.ts';
import { sow } from './customers.garden.ts';
import { today } from './places.garden.ts';
import { type People, plantPeople, value } from './solidarity-people.garden.ts';

/** What follows a stay: told before, held to, never a full price that was not announced. */

const { ownerUrl } = useDatabase();
let garden: People['garden'];
let places: People['places'];
let nora: People['nora'];
let sent: People['sent'];
let page: People['page'];
let accepted: People['accepted'];
let one: People['one'];
let letters: People['letters'];

beforeAll(async () => {
  ({ garden, places, nora, sent, page, accepted, one, letters } = await plantPeople(ownerUrl()));
});
afterAll(() => garden.owner.end());

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

  test('may come earlier, with the baskets; then nobody is invited to carry it on', async () => {
    const id = await sent();
    const { pathId, customerId } = await accepted(id);
    const { version } = (await stayPage(garden.marie, pathId, today))!;
    const asking = { version, le: '2025-11-30', raison: 'Déménage' };
    value(await endStay(garden.marie, pathId, asking, today));
    value(await endStay(garden.marie, pathId, asking, today));
    expect(await endStay(garden.marie, pathId, { ...asking, le: '2025-11-20' }, today)).toMatchObject({ ok: false });
    expect(await one('select ends_on::text from subscription where customer_id = $1', [customerId])).toEqual({ ends_on: '2025-11-30' });
    expect(
      (await stayList(garden.marie, { filter: 'ended', search: '', page: 1, perPage: 50 }, '2025-12-01')).rows.map(({ id }) => id),
    ).toContain(pathId);

    // Within six weeks of its new end: neither she nor who sent her is written to, or asked.
    for (const day of ['2025-11-20', '2025-12-10']) {
      await tellTerms(garden.marie, day);
      expect(await sentPerson(nora, id, day)).toMatchObject({ mayRenew: false, progress: day < '2025-12-01' ? 'began' : 'ended' });
      const ending = await stayList(garden.marie, { filter: 'ending', search: '', page: 1, perPage: 50 }, day);
      expect(ending.rows.map((row) => row.id)).not.toContain(pathId);
    }
    expect(await letters(customerId)).not.toContain('path_ends_soon');
    expect(
      await one('select count(*)::int as n from message where event = $1 and subject like $2', ['referral_ends_soon', `%n° ${id} %`]),
    ).toEqual({ n: 0 });
    const form = renewalForm.parse({ duree: '3', justificatif: 'benefit', vuLe: '2025-12-01', accord: 'on', cle: randomUUID() });
    const refused = { ok: false, reason: expect.stringContaining('arrêtée avant son terme') };
    expect(await askRenewal(nora, id, form, '2025-12-01')).toMatchObject(refused);
    expect(await noteRenewal(garden.marie, pathId, form, '2025-12-01')).toMatchObject(refused);
  });
});
