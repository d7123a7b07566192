import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { messageList } from '../../src/domains/messages/index.server.ts';
import {
  addPerson,
  addPrescriber,
  changePrescriber,
  endPerson,
  prescriberPage,
  refer,
  sentPeople,
  sentPerson,
  setPrescriberAside,
  withdrawReferral,
} from '../../src/domains/solidarity/index.server.ts';
import { referralForm } from '../../src/domains/solidarity/schema-referral.ts';
import { enterPrescriber } from '../../src/edge/enter-prescriber.ts';
import { AccessDenied } from '../../src/platform/access/actor.ts';
import type { Prescribing } from '../../src/platform/access/own.ts';
import { closeSignIn } from '../../src/platform/auth/move.ts';
import { database } from '../../src/platform/db/index.ts';
import { actions as signIn } from '../../src/routes/(public)/connexion/+page.server.ts';
import { actions as byLink } from '../../src/routes/(public)/connexion/lien/+page.server.ts';
import { Browser } from '../browser.ts';
import { useDatabase } from '../database.ts';
import { deliverAll, tokenIn } from '../letters.ts';
import { plantGarden, type TestGarden } from './customers.garden.ts';
import { value } from './solidarity-people.garden.ts';

/** Prescribers come in by a link to the address that the garden wrote down, to the people they sent and to nobody else. */

const { ownerUrl } = useDatabase();
const today = '2026-03-10';
let garden: TestGarden;
let ccas: number;
let nora: Prescribing;
let paul: Prescribing;

const spaceOf = (userId: string, personId: number): Prescribing => ({ gardenId: garden.gardenId, userId, personId, prescriberId: ccas });
const asked = (more: object = {}) =>
  referralForm.parse({
    ...{
      prenom: 'Awa',
      nom: 'Diallo',
      telephone: '06 12 34 56 78',
      email: '',
      commune: 'Metz',
      foyer: '4',
      caisse: 'caf',
      reference: 'T2',
    },
    ...{ duree: '6', justificatif: 'income', vuLe: today, accord: 'on', cle: randomUUID() },
    ...more,
  });

beforeAll(async () => {
  garden = await plantGarden(ownerUrl());
  ccas = value(await addPrescriber(garden.marie, { nom: 'CCAS de Metz', structure: 'ccas', commune: 'Metz' })).id;
  nora = spaceOf('marie', value(await addPerson(garden.marie, ccas, { nom: 'Nora Weber', email: 'Nora@ccas.test', telephone: '' })).id);
  paul = spaceOf('paul', value(await addPerson(garden.marie, ccas, { nom: 'Paul Roux', email: 'paul@ccas.test', telephone: '' })).id);
  await deliverAll(ownerUrl());
});
afterAll(() => garden.owner.end());

async function enter(browser: Browser, email: string): Promise<string | null> {
  await new Browser().post(signIn.link, { email, suite: '/prescripteur/essai' });
  const [mail] = await deliverAll(ownerUrl());
  return mail
    ? (await browser.post(byLink.default, { token: tokenIn(mail).replace(/&suite=.*/, ''), suite: '/prescripteur/essai' })).location
    : null;
}
async function opens(browser: Browser, slug = 'essai'): Promise<number> {
  const params = { jardin: slug };
  const event = browser.event(`/prescripteur/${slug}`, params);
  Object.assign(event.locals, await browser.locals('/', params));
  return enterPrescriber(event).then(
    () => 200,
    (thrown: { status: number }) => thrown.status,
  );
}

describe('organisations and their people', () => {
  test('added once, changed with care for others; another right than solidarity opens nothing', async () => {
    expect(value(await addPrescriber(garden.marie, { nom: 'ccas de metz', structure: 'ccas', commune: 'Metz' })).id).toBe(ccas);
    expect(await addPrescriber(garden.marie, { nom: 'CCAS de Metz', structure: 'other', commune: 'Metz' })).toMatchObject({ ok: false });
    const { version } = (await prescriberPage(garden.marie, ccas))!.record;
    value(await changePrescriber(garden.marie, ccas, { nom: 'CCAS de Metz', structure: 'social', commune: 'Metz', version }));
    value(await changePrescriber(garden.marie, ccas, { nom: 'CCAS de Metz', structure: 'social', commune: 'Metz', version }));
    expect(await changePrescriber(garden.marie, ccas, { nom: 'CCAS', structure: 'ccas', commune: 'Metz', version })).toMatchObject({
      ok: false,
      fields: { structure: expect.stringContaining('Service social') },
    });
    const others = garden.with('customers:change', 'subscriptions:change', 'staff:change');
    expect(() => addPrescriber(others, { nom: 'X', structure: 'ccas', commune: '' })).toThrow(AccessDenied);
    expect(() => prescriberPage(others, ccas)).toThrow(AccessDenied);
  });

  test('one address, one person; the letter is read by who is named for solidarity alone', async () => {
    expect(value(await addPerson(garden.marie, ccas, { nom: 'Nora W.', email: 'nora@ccas.test', telephone: '' })).id).toBe(nora.personId);
    const other = value(await addPrescriber(garden.marie, { nom: 'Épicerie', structure: 'grocery', commune: 'Metz' })).id;
    expect(await addPerson(garden.marie, other, { nom: 'Nora', email: 'nora@ccas.test', telephone: '' })).toMatchObject({ ok: false });
    const page = { search: '', sort: 'date', direction: 'desc', page: 1, perPage: 50, filters: {} } as const;
    const letters = async (...rights: Parameters<TestGarden['with']>) =>
      (await messageList(garden.with(...rights), page)).rows.map(({ event }) => event);
    expect(await letters('messages:read', 'solidarity:read')).toEqual(['prescriber_invited', 'prescriber_invited']);
    expect(await letters('messages:change')).toEqual([]);
  });
});

describe('the space', () => {
  test('opens by a link to the address, to its garden alone; neither to staff nor to customers', async () => {
    const browser = new Browser();
    expect(await enter(browser, 'nora@ccas.test')).toBe('/prescripteur/essai');
    expect((await browser.locals()).person).toMatchObject({ name: 'Nora Weber' });
    expect([await opens(browser), await opens(browser, 'ailleurs'), await opens(new Browser())]).toEqual([200, 404, 303]);
    const staff = new Browser();
    await garden.owner.query(`update auth."user" set "emailVerified" = true where id = 'marie'`);
    expect(await enter(staff, 'marie@exemple.test')).toBe('/prescripteur/essai');
    expect(await opens(staff)).toBe(404);
  });

  test('closes with the organisation, and opens again; a sign-in that opens a space is not thrown away', async () => {
    const browser = new Browser();
    await enter(browser, 'nora@ccas.test');
    value(await setPrescriberAside(garden.marie, ccas, true));
    expect(await opens(browser)).toBe(404);
    value(await setPrescriberAside(garden.marie, ccas, false));
    await database()
      .transaction()
      .execute((tx) => closeSignIn(tx, 'nora@ccas.test'));
    expect(await opens(browser)).toBe(200);
  });

  test('shows the people one sent oneself, and takes the form sent twice once', async () => {
    const form = asked();
    const first = value(await refer(nora, form, today)).id;
    expect(value(await refer(nora, form, today)).id).toBe(first);
    value(await refer(paul, asked({ nom: 'Martin' }), today));
    expect((await sentPeople(nora, today)).map(({ name, progress }) => [name, progress])).toEqual([['Awa Diallo', 'received']]);
    expect(await sentPerson(paul, first, today)).toBeNull();
    expect(await withdrawReferral(paul, first, today)).toMatchObject({ ok: false });
  });

  test('a proof to come, or too old, is sent back beside its field', async () => {
    expect(await refer(nora, asked({ vuLe: '2026-03-11' }), today)).toMatchObject({ ok: false, fields: { vuLe: expect.any(String) } });
    expect(await refer(nora, asked({ vuLe: '2025-11-01' }), today)).toMatchObject({ ok: false, fields: { vuLe: expect.any(String) } });
  });

  test('what is withdrawn says nothing of the person any more, the trail included', async () => {
    const id = value(await refer(nora, asked({ prenom: 'Zoltan', nom: 'Quirinal', reference: 'dossier-secret' }), today)).id;
    value(await withdrawReferral(nora, id, today));
    value(await withdrawReferral(nora, id, today));
    expect(await sentPerson(nora, id, today)).toMatchObject({ name: '', progress: 'withdrawn', erased: true });
    const { rows } = await garden.owner.query(
      `select 1 from audit_entry where before::text || after::text ~ 'Zoltan|Quirinal|dossier-secret' union all select 1 from referral r where r::text ~ 'Zoltan|Quirinal|dossier-secret'`,
    );
    expect(rows).toEqual([]);
  });

  test('who leaves enters no more, and hands on the people she sent', async () => {
    const browser = new Browser();
    await enter(browser, 'paul@ccas.test');
    expect(await endPerson(garden.marie, ccas, paul.personId, paul.personId)).toMatchObject({ ok: false });
    value(await endPerson(garden.marie, ccas, paul.personId, nora.personId));
    value(await endPerson(garden.marie, ccas, paul.personId, nora.personId));
    expect(await opens(browser)).toBe(404);
    expect((await sentPeople(nora, today)).map(({ name }) => name)).toContain('Awa Martin');
  });
});
