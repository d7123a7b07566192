import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  acceptReferral,
  queueReferral,
  referralList,
  refuseReferral,
  sentPerson,
  stayPage,
} from '../../src/domains/solidarity/index.server.ts';
import { AccessDenied } from '../../src/platform/access/actor.ts';
import { useDatabase } from '../database.ts';
import { sow } from './customers.garden.ts';
import { today } from './places.garden.ts';
import { type People, plantPeople, value } from './solidarity-people.garden.ts';

/** From a referral to a basket like anybody's; who waits, and whose turn it is. */

const { ownerUrl } = useDatabase();
let garden: People['garden'];
let programme: People['programme'];
let nora: People['nora'];
let sent: People['sent'];
let page: People['page'];
let accepting: People['accepting'];
let accepted: People['accepted'];
let one: People['one'];
let letters: People['letters'];

beforeAll(async () => {
  ({ garden, programme, nora, sent, page, accepting, accepted, one, letters } = await plantPeople(ownerUrl()));
});
afterAll(() => garden.owner.end());

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
