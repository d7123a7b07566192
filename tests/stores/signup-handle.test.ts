import { beforeEach, expect, test } from 'vitest';
import {
  acceptSignup,
  correctSignup,
  finishedSignup,
  queueSignup,
  refuseSignup,
  saveSignupSettings,
  signupList,
  signupRecord,
  signupSettingsOf,
  signupsToHandle,
  type Visit,
} from '../../src/domains/signup/index.server.ts';
import { AccessDenied } from '../../src/platform/access/actor.ts';
import { sow } from './customers.garden.ts';
import { all, fill, garden, only, places, plan, send, setting, somebody, today, useSignups, visit } from './signup.garden.ts';

useSignups();
beforeEach(() => setting({ signupApproval: true }));

/** A sign-up that waits for the garden. */
async function arrives(way: Parameters<typeof fill>[1] = {}): Promise<{ id: number; email: string; who: Visit }> {
  const person = somebody();
  const who = visit();
  await fill(who, { person, ...way });
  const sent = await send(who);
  expect(sent).toMatchObject({ ok: true, value: { state: 'sent' } });
  return { who, ...(await only('select id::int, email from signup where email = $1', [(way.person ?? person).email!.toLowerCase()])) };
}
const held = () => only('select count(*)::int as n from place_hold');
const letter = (email: string) => all('select event from message where to_address = $1 order by id', [email]);

test('while it waits its place is kept, and no customer is made; accepted, the place is hers', async () => {
  const { id, email } = await arrives({ slotId: places.stationSlot });
  expect(await held()).toEqual({ n: 1 });
  expect(await only('select count(*)::int as n from customer where email = $1', [email])).toEqual({ n: 0 });
  // The only place of that depot: nobody else gets it meanwhile.
  const other = visit();
  await fill(other, { slotId: places.stationSlot });
  expect(await send(other)).toMatchObject({ ok: false, fields: { complet: expect.any(String) } });
  const record = (await signupRecord(garden.marie, id, today))!;
  expect([record.wrong, record.known, record.progress.preview!.ok && record.progress.preview!.value.full]).toEqual([null, [], null]);
  const asked = { version: record.row.version, customerId: null, beyond: false };
  const answers = await Promise.all([acceptSignup(garden.marie, id, asked, today), acceptSignup(garden.marie, id, asked, today)]);
  expect(answers[0]).toEqual(answers[1]);
  expect(answers[0]).toMatchObject({ ok: true });
  expect(await held()).toEqual({ n: 0 });
  expect(
    await only('select count(*)::int as n from subscription u join customer c on c.id = u.customer_id where c.email = $1', [email]),
  ).toEqual({ n: 1 });
  expect((await letter(email)).map(({ event }) => event)).toEqual(['signup_received', 'signup_accepted']);
});

test('a known customer is proposed, and takes it as hers: no second record, what she has stays', async () => {
  const customer = await sow(garden, 'customer', {
    number: '900',
    last_name: 'Petit',
    first_name: 'Anne',
    phone: '06 11 22 33 44',
    city: 'Bourg',
  });
  const { id } = await arrives({ person: somebody({ prenom: 'Anne', nom: 'PETIT', telephone: '06.11.22.33.44' }) });
  const record = (await signupRecord(garden.marie, id, today))!;
  expect(record.known).toMatchObject([{ id: customer, by: ['téléphone', 'nom'] }]);
  expect(await acceptSignup(garden.marie, id, { version: record.row.version, customerId: customer, beyond: false }, today)).toEqual({
    ok: true,
    value: { customerId: customer },
  });
  expect(
    await only(
      'select city, (select count(*)::int from customer where search_text(last_name) = $$petit$$) as n from customer where id = $1',
      [customer],
    ),
  ).toEqual({ city: 'Bourg', n: 1 });
});

test('refused with a word that is sent; its place is free again; two people of the garden do not both decide', async () => {
  const { id, email } = await arrives({ slotId: places.openSlot });
  const { row } = (await signupRecord(garden.marie, id, today))!;
  const asked = { version: row.version, message: 'Ce dépôt ferme cet hiver.' };
  expect(await refuseSignup(garden.marie, id, asked, today)).toMatchObject({ ok: true });
  expect(await refuseSignup(garden.marie, id, asked, today)).toMatchObject({ ok: true });
  expect(await held()).toEqual({ n: 0 });
  expect(await acceptSignup(garden.paul, id, { version: row.version, customerId: null, beyond: false }, today)).toMatchObject({
    ok: false,
    reason: expect.stringContaining('quelqu’un d’autre'),
  });
  expect((await letter(email)).map(({ event }) => event)).toEqual(['signup_received', 'signup_refused']);
  expect((await signupRecord(garden.marie, id, today))!.handler).toBe('Marie Curien');
});

test('corrected before the answer: the place that is kept follows; what cannot be is refused beside its field; sent twice, once', async () => {
  const { id } = await arrives();
  const { row } = (await signupRecord(garden.marie, id, today))!;
  const terms = {
    formule: String(plan),
    frequence: 'weekly',
    quantite: '2',
    nombre: '',
    creneau: String(places.tenSlot),
    debut: '2025-10-30',
  };
  const asked = { version: row.version, terms, person: null, beyond: false };
  expect(await correctSignup(garden.marie, id, { ...asked, terms: { ...terms, debut: '2025-10-28' } }, today)).toMatchObject({
    ok: false,
    fields: { debut: expect.any(String) },
  });
  expect(await correctSignup(garden.marie, id, { ...asked, terms: { ...terms, quantite: '11' } }, today)).toMatchObject({
    ok: false,
    fields: { beyond: expect.any(String) },
  });
  expect(await correctSignup(garden.marie, id, asked, today)).toMatchObject({ ok: true });
  expect(await correctSignup(garden.marie, id, asked, today)).toMatchObject({ ok: true });
  expect(await all('select slot_id::int as slot, quantity from place_hold')).toEqual([{ slot: places.tenSlot, quantity: 2 }]);
  const { row: now } = (await signupRecord(garden.marie, id, today))!;
  expect(await acceptSignup(garden.marie, id, { version: now.version, customerId: null, beyond: false }, today)).toMatchObject({
    ok: true,
  });
  expect(await only('select u.quantity from subscription u join signup s on s.subscription_id = u.id where s.id = $1', [id])).toEqual({
    quantity: 2,
  });
});

test('put on the waiting list instead; the list says what waits, and needs its right', async () => {
  const { id } = await arrives();
  expect(await signupsToHandle(garden.marie)).toBeGreaterThan(0);
  const { row } = (await signupRecord(garden.marie, id, today))!;
  expect(await queueSignup(garden.marie, id, { version: row.version, customerId: null }, today)).toMatchObject({ ok: true });
  expect(await held()).toEqual({ n: 0 });
  const list = await signupList(garden.marie, { search: 'DURAND', state: 'waiting', page: 1, perPage: 50 });
  expect(list.rows.map((one) => one.id)).toEqual([id]);
  expect(list.counts.waiting).toBe(1);
  expect(() => signupList(garden.with('customers:read'), { search: '', state: '', page: 1, perPage: 50 })).toThrow(AccessDenied);
  expect(() => acceptSignup(garden.with('subscriptions:change'), id, { version: 1, customerId: null, beyond: false }, today)).toThrow(
    AccessDenied,
  );
});

test('a sign-up whose first day went by is told, and not taken in as it is', async () => {
  const { id } = await arrives();
  const later = '2025-10-29';
  const record = (await signupRecord(garden.marie, id, later))!;
  expect(record.wrong).toContain('premier panier');
  expect(await acceptSignup(garden.marie, id, { version: record.row.version, customerId: null, beyond: false }, later)).toMatchObject({
    ok: false,
    reason: record.wrong,
  });
});

test('settings of sign-ups are kept apart from the others, unless somebody changed them meanwhile', async () => {
  const { values, base } = await signupSettingsOf(garden.marie);
  expect(await saveSignupSettings(garden.marie, { ...values, signupTopUp: true }, base)).toMatchObject({ ok: true });
  expect(await saveSignupSettings(garden.paul, { ...values, signupOpen: false }, base)).toMatchObject({ ok: false });
  expect(await only('select settings from garden where id = $1', [garden.gardenId])).toMatchObject({
    settings: { signupTopUp: true, signupOpen: true },
  });
});

test('who asks to wait while the garden reads each sign-up keeps no place, is told so, and is written to once', async () => {
  // Its one place went to the first of these tests.
  const before = await held();
  const { id, email, who } = await arrives({ slotId: places.stationSlot, waits: true });
  expect(await held()).toEqual(before);
  expect(await finishedSignup(who, today)).toMatchObject({ state: 'sent', waits: true });
  expect((await letter(email)).map(({ event }) => event)).toEqual(['waiting_added']);
  const { row } = (await signupRecord(garden.marie, id, today))!;
  expect(await queueSignup(garden.marie, id, { version: row.version, customerId: null }, today)).toMatchObject({ ok: true });
  expect(await finishedSignup(who, today)).toMatchObject({ state: 'waiting', waits: true });
  expect((await letter(email)).map(({ event }) => event)).toEqual(['waiting_added']);
});
