import { expect, test } from 'vitest';
import { answerStep, choosePlace, forgetOldSignups, keepTyped, sendSignup, signupPage } from '../../src/domains/signup/index.server.ts';
import { AccessDenied } from '../../src/platform/access/actor.ts';
import { visitorOf } from '../../src/platform/access/own.ts';
import { countingQueries } from '../queries.ts';
import { sow } from './customers.garden.ts';
import {
  all,
  debit,
  fill,
  garden,
  moment,
  only,
  page,
  places,
  plan,
  send,
  setting,
  somebody,
  today,
  useSignups,
  visit,
} from './signup.garden.ts';

useSignups();

test('let through: a customer, her membership, her subscription and its baskets, a mandate with its evidence, a letter; all told beforehand', async () => {
  await setting({ signupApproval: false, signupTopUp: true });
  const who = visit();
  const person = somebody();
  await fill(who, { person, payment: debit, options: { arrondi: '50' } });
  const { quote, next } = await page(who);
  expect(next).toBe('verifier');
  expect(quote!.lines.map(({ label, cents }) => [label, cents])).toEqual([
    ['9 paniers', 9 * 1380],
    ['Adhésion', 1500],
    ['Caution', 2000],
    ['Arrondi solidaire', 9 * 50],
  ]);
  expect(await send(who)).toMatchObject({ ok: true, value: { state: 'accepted' } });
  const made = await only(
    `select s.state, s.answers, c.email, c.payment_method, u.starts_on::text, (select count(*)::int from basket b where b.subscription_id = u.id) as baskets,
      m.iban, m.evidence, m.evidence_note, (select amount_cents::int from membership x where x.customer_id = c.id) as member
    from signup s join customer c on c.id = s.customer_id join subscription u on u.id = s.subscription_id join mandate m on m.customer_id = c.id
    where c.email = $1`,
    [person.email],
  );
  expect(made).toMatchObject({
    state: 'accepted',
    payment_method: 'direct_debit',
    starts_on: '2025-10-29',
    baskets: 9,
    evidence: 'online',
    member: 1500,
  });
  expect(made.iban).toBe('FR7630006000011234567890189');
  expect(made.evidence_note).toContain('192.0.2.7');
  expect(made.evidence_note).toContain('FR72ZZZ123456');
  // Once a mandate holds it, the account's number stands nowhere else.
  expect(JSON.stringify(made.answers)).not.toContain('3000');
  expect(
    await all(
      `select kind, label, per, unit_price_cents::int as cents from charge where label in ('Arrondi solidaire') or kind = 'membership' order by id`,
    ),
  ).toEqual([
    { kind: 'membership', label: 'Adhésion du 01/01/2025 au 31/12/2025', per: 'once', cents: 1500 },
    { kind: 'gift', label: 'Arrondi solidaire', per: 'delivery', cents: 50 },
  ]);
  expect(await only('select event, subject, customer_id is not null as hers from message where to_address = $1', [person.email])).toEqual({
    event: 'signup_accepted',
    subject: 'Bienvenue ! Vos paniers commencent le mercredi 29 octobre',
    hers: true,
  });
});

test('sent twice, or by two tabs at once, it makes one; a tab that comes later is told that it was sent', async () => {
  await setting({ signupApproval: false });
  const who = visit();
  const person = somebody();
  await fill(who, { person });
  const { mark } = await page(who);
  const sending = { seen: mark, agreed: false, moment, userId: null };
  const answers = await Promise.all([1, 2, 3].map(() => sendSignup(who, sending, today)));
  expect(answers.every((one) => one.ok)).toBe(true);
  expect(await only('select count(*)::int as n from customer where email = $1', [person.email])).toEqual({ n: 1 });
  expect(await signupPage(who, 'rythme', today)).toEqual({ state: 'accepted' });
  expect(await answerStep(who, 'rythme', { frequence: 'monthly', quantite: '1', nombre: '' }, moment, today)).toMatchObject({
    ok: true,
    value: { sent: true },
  });
});

test('two people take the last place: one has it, the other is told before anything is written, and may wait there', async () => {
  await setting({ signupApproval: false });
  const [first, second] = [visit(), visit()];
  await fill(first, { slotId: places.stationSlot });
  await fill(second, { slotId: places.stationSlot });
  const [one, two] = await Promise.all([send(first), send(second)]);
  expect([one.ok, two.ok].filter(Boolean)).toHaveLength(1);
  const [refused, loser] = one.ok ? [two, second] : [one, first];
  expect(refused).toMatchObject({ ok: false, fields: { complet: expect.stringContaining('Complet') } });
  expect(await only(`select count(*)::int as n from subscription where slot_id = $1`, [places.stationSlot])).toEqual({ n: 1 });
  // Nothing typed is lost: she waits there, with two questions less.
  expect(await choosePlace(loser, { slotId: places.stationSlot, code: '', waits: true }, moment, today)).toMatchObject({
    ok: true,
    value: { next: 'verifier' },
  });
  expect(await send(loser)).toMatchObject({ ok: true, value: { state: 'waiting' } });
  expect(
    await only(`select count(*)::int as n from waiting_entry w join waiting_wish x on x.entry_id = w.id where x.slot_id = $1`, [
      places.stationSlot,
    ]),
  ).toEqual({ n: 1 });
});

test('what changed since it was shown is shown again before it is agreed to', async () => {
  await setting({ signupApproval: false });
  const who = visit();
  await fill(who);
  const { mark } = await page(who);
  await garden.owner.query('update plan_price set price_cents = 1400 where plan_id = $1', [plan]);
  expect(await send(who, { seen: mark })).toMatchObject({ ok: false, reason: expect.stringContaining('viennent de changer') });
  expect(await send(who)).toMatchObject({ ok: true });
  await garden.owner.query('update plan_price set price_cents = 1380 where plan_id = $1', [plan]);
});

test('nothing typed is lost: a wrong answer is kept, and asked again; a first day that has gone is asked again', async () => {
  const who = visit();
  await fill(who);
  await keepTyped(who, 'vous', { ...somebody(), email: 'pas une adresse' });
  const asked = await page(who);
  expect([asked.next, asked.raw.vous!.email, asked.answers.vous]).toEqual(['vous', 'pas une adresse', null]);
  const later = await signupPage(who, 'verifier', '2025-10-29');
  expect(later).toMatchObject({ instead: 'debut' });
  expect(await answerStep(who, 'debut', { debut: '2025-10-20' }, moment, today)).toMatchObject({
    ok: false,
    fields: { debut: expect.any(String) },
  });
  expect(await answerStep(who, 'rythme', { frequence: 'weekly', quantite: '1', nombre: '12' }, moment, today)).toMatchObject({
    fields: { nombre: expect.stringContaining('période') },
  });
});

test('a reserved depot asks for its word, however it is written, and never gives it away; a garden’s conditions are agreed to', async () => {
  await setting({ signupApproval: false, signupConditions: 'Je rends mes cagettes.' });
  const depot = await sow(garden, 'depot', { number: '9', name: 'Usine', category: 'reserved', password: 'Potager' });
  const slotId = await sow(garden, 'slot', { tour_id: places.wednesday, depot_id: depot, stop_order: 9 });
  const who = visit();
  await fill(who);
  expect(await choosePlace(who, { slotId, code: '', waits: false }, moment, today)).toMatchObject({
    ok: false,
    fields: { [`code-${slotId}`]: expect.any(String) },
  });
  expect(await choosePlace(who, { slotId, code: 'carotte', waits: false }, moment, today)).toMatchObject({ ok: false });
  expect(await choosePlace(who, { slotId, code: ' POTAGER', waits: false }, moment, today)).toMatchObject({ ok: true });
  const found = await page(who);
  expect(JSON.stringify([found.place, found.raw])).not.toContain('Potager');
  expect(await send(who)).toMatchObject({ ok: false, fields: { accord: expect.any(String) } });
  expect(await send(who, { agreed: true })).toMatchObject({ ok: true, value: { state: 'accepted' } });
  expect(await only(`select consent ->> 'conditions' as words from signup where consent ? 'conditions'`)).toMatchObject({
    words: expect.stringContaining('cagettes'),
  });
});

test('who seems to be known is not taken for herself: a person of the garden looks; a customer who signed in subscribes at once, without another membership', async () => {
  await setting({ signupApproval: false });
  const email = 'lamy@exemple.test';
  const customer = await sow(garden, 'customer', { number: '777', last_name: 'Lamy', first_name: 'Rose', email });
  await sow(garden, 'membership', { customer_id: customer, starts_on: '2025-01-01', ends_on: '2025-12-31', amount_cents: 1500 });
  const stranger = visit();
  await fill(stranger, { person: somebody({ email: 'LAMY@exemple.test' }) });
  expect(await send(stranger)).toMatchObject({ ok: true, value: { state: 'sent' } });
  expect(await only(`select why from signup where email = $1`, [email])).toEqual({ why: 'known' });
  const rose = visit(customer);
  await fill(rose);
  const { quote, way } = await page(rose);
  expect(way).not.toContain('vous');
  expect(quote!.lines.map(({ label }) => label)).toEqual(['9 paniers', 'Caution']);
  expect(await send(rose)).toMatchObject({ ok: true, value: { state: 'accepted' } });
  expect(await only('select count(*)::int as n from subscription where customer_id = $1', [customer])).toEqual({ n: 1 });
});

test('drafts are forgotten after thirty days, leaving no name in the trail; what was sent stays', async () => {
  const who = visit();
  const person = somebody({ nom: 'Passante' });
  await fill(who, { person });
  await garden.owner.query(`update signup set touched_at = now() - interval '31 days' where state = 'draft' and email = $1`, [
    person.email,
  ]);
  const before = await only(`select count(*)::int as n from signup where state <> 'draft'`);
  expect((await forgetOldSignups(garden.marie)).drafts).toBe(1);
  expect(await only(`select count(*)::int as n from signup where state <> 'draft'`)).toEqual(before);
  expect(
    await only(`select count(*)::int as n from audit_entry where before::text like '%Passante%' or after::text like '%Passante%'`),
  ).toEqual({ n: 0 });
});

test('a step takes thirty-five queries at most; whoever has no right lent opens nothing', async () => {
  const who = visit();
  await fill(who);
  const { queries } = await countingQueries(() => signupPage(who, 'verifier', today));
  expect(queries.length).toBeLessThanOrEqual(35);
  expect(() => signupPage({ ...who, actor: visitorOf(garden.gardenId) }, 'verifier', today)).toThrow(AccessDenied);
  expect(() => sendSignup({ ...who, actor: visitorOf(garden.gardenId) }, { seen: '', agreed: true, moment, userId: null }, today)).toThrow(
    AccessDenied,
  );
});
