import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  accountRequests,
  changeOwnAccount,
  declineOwn,
  endOwn,
  keepOwn,
  nextOwnReference,
  ownAwaited,
  ownDocumentPdf,
  ownDocuments,
  ownDue,
  ownEnding,
  ownMandates,
  ownRenewal,
  ownStatement,
  ownSubscription,
  ownSubscriptions,
  renewOwn,
  settleEndingDeposit,
  signOwn,
} from '../../src/domains/account/index.server.ts';
import { mandate, mandateProof } from '../../src/domains/banking/index.server.ts';
import type { Outcome } from '../../src/kernel/outcome.ts';
import { AccessDenied } from '../../src/platform/access/actor.ts';
import type { Own } from '../../src/platform/access/own.ts';
import { useDatabase } from '../database.ts';
import { countingQueries } from '../queries.ts';
import { type BillingGarden, bill, plantBilling, subscribed } from './billing.garden.ts';
import { sow } from './customers.garden.ts';

const database = useDatabase();
const today = '2025-11-03';
let garden: BillingGarden;
let jeanne: { customer: number; subscription: number };
let karim: { customer: number; subscription: number };
let jeanneOwn: Own;
let karimOwn: Own;

const ownOf = (customerId: number, userId: string, seenBy: Own['seenBy'] = 'customer'): Own => ({
  gardenId: garden.gardenId,
  userId,
  customerId,
  seenBy,
});
const value = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.value;
};
const letters = async (customer: number): Promise<string[]> =>
  (await garden.owner.query('select event from message where customer_id = $1 order by id', [customer])).rows.map(({ event }) => event);
const ends = async (subscription: number) =>
  (await garden.owner.query('select ends_on::text as on, end_reason as reason from subscription where id = $1', [subscription])).rows[0];
const baskets = async (subscription: number) =>
  (await garden.owner.query('select count(*)::int as n from basket where subscription_id = $1', [subscription])).rows[0].n;

beforeAll(async () => {
  garden = await plantBilling(database.ownerUrl());
  await garden.owner.query(`select install_payments(${garden.gardenId})`);
  await garden.owner.query(`update plan set notice_days = 14 where id = ${garden.places.plan}`);
  jeanne = await subscribed(garden, 'Bonnet');
  karim = await subscribed(garden, 'Haddad');
  await garden.owner.query(`update customer set email = 'jeanne@exemple.test', first_name = 'Jeanne' where id = ${jeanne.customer}`);
  jeanneOwn = ownOf(jeanne.customer, 'marie');
  karimOwn = ownOf(karim.customer, 'paul');
  await bill(garden, '2025-10-31');
});
afterAll(() => garden.owner.end());

test('each sees her own subscriptions, invoices, dues and statement; what is another’s does not exist', async () => {
  expect((await ownSubscriptions(jeanneOwn, today)).map(({ id }) => id)).toEqual([jeanne.subscription]);
  expect(await ownSubscription(jeanneOwn, karim.subscription, today)).toBeNull();
  expect(await ownEnding(jeanneOwn, karim.subscription, today)).toBeNull();
  expect(await ownRenewal(jeanneOwn, karim.subscription, today)).toBeNull();
  const [hers, his] = await Promise.all([jeanneOwn, karimOwn].map((own) => ownDocuments(own, { page: 1, perPage: 25 }, today)));
  expect([hers!.total, his!.total]).toEqual([1, 1]);
  expect(hers!.rows[0]!.id).not.toBe(his!.rows[0]!.id);
  expect((await ownDocumentPdf(jeanneOwn, hers!.rows[0]!.id))!.content.subarray(0, 5).toString()).toBe('%PDF-');
  expect(await ownDocumentPdf(jeanneOwn, his!.rows[0]!.id)).toBeNull();
  expect(await ownDocumentPdf(jeanneOwn, 999_999)).toBeNull();
  const told = (await ownStatement(jeanneOwn, {}, today))!;
  expect(told.recipient.name).toContain('Bonnet');
  expect(told.closing).toBe(hers!.rows[0]!.grossCents);
});

test('nobody ends, keeps, renews or declines what is another’s', async () => {
  const before = await ends(karim.subscription);
  const asked = { id: karim.subscription, version: 1, wish: 'soonest', day: null, reason: '', note: '', deposit: '' } as const;
  for (const outcome of [
    await endOwn(jeanneOwn, asked, today),
    await keepOwn(jeanneOwn, karim.subscription, today),
    await renewOwn(jeanneOwn, karim.subscription, '', today),
    await declineOwn(jeanneOwn, karim.subscription, 1, today),
  ])
    expect(outcome.ok).toBe(false);
  expect(await ends(karim.subscription)).toEqual(before);
});

test('staff who look at an account change nothing there', async () => {
  const looking = ownOf(jeanne.customer, 'marie', 'staff');
  expect((await ownSubscriptions(looking, today)).length).toBe(1);
  await expect(async () =>
    endOwn(looking, { id: jeanne.subscription, version: 1, wish: 'term', day: null, reason: '', note: '', deposit: '' }, today),
  ).rejects.toThrow(AccessDenied);
  await expect(async () => keepOwn(looking, jeanne.subscription, today)).rejects.toThrow(AccessDenied);
  await expect(async () => renewOwn(looking, jeanne.subscription, '', today)).rejects.toThrow(AccessDenied);
  const consent = { person: 'Marie', email: 'marie@exemple.test', at: 'x', address: '::1', agent: '' };
  await expect(async () => signOwn(looking, { iban: 'x', bic: '', reference: 'x' }, consent, today)).rejects.toThrow(AccessDenied);
});

test('what is due, late and on its way, and how to pay; always as many queries', async () => {
  const due = await ownDue(jeanneOwn, '2025-12-15');
  const [invoice] = (await ownDocuments(jeanneOwn, { page: 1, perPage: 25 }, '2025-12-15')).rows;
  expect(due).toMatchObject({ toPay: invoice!.grossCents, late: invoice!.grossCents, inHand: 0, held: false, online: false, debits: [] });
  expect(due.lines).toMatchObject([{ document: invoice!.id, left: invoice!.grossCents, late: true }]);
  expect(invoice!.state).toBe('late');
  expect(due.kinds).toContain('transfer');
  expect((await countingQueries(() => ownDue(jeanneOwn, today))).queries.length).toBeLessThanOrEqual(6);
  expect((await countingQueries(() => ownDocuments(jeanneOwn, { page: 1, perPage: 25 }, today))).queries.length).toBeLessThanOrEqual(3);
});

test('a first payment that baskets wait for is told with its amount, though no bill has it yet', async () => {
  const waits = { awaiting: 'payment', billing_mode: 'prepaid', billing_count: 4, starts_on: '2025-11-05' };
  const { customer, subscription } = await subscribed(garden, 'Attend', waits);
  const awaited = await ownAwaited(ownOf(customer, 'marie', 'staff'), today);
  expect(awaited).toEqual([{ subscription, product: 'Simple', cents: 4 * 1380 }]);
  expect((await ownDue(ownOf(customer, 'marie', 'staff'), today)).toPay).toBe(0);
  expect(await ownAwaited(jeanneOwn, today)).toEqual([]);
});

test('a subscription ends after its notice, at once; the letter confirms it, and the garden has only the deposit to settle', async () => {
  const ending = (await ownEnding(jeanneOwn, jeanne.subscription, today))!;
  expect(ending).toMatchObject({ noticeDays: 14, proposed: '2025-11-17', deposit: null });
  const had = await baskets(jeanne.subscription);
  const asked = {
    id: jeanne.subscription,
    version: ending.subscription.version,
    day: null,
    reason: 'Je déménage',
    note: 'Merci !',
    deposit: 'back',
  } as const;
  expect(await endOwn(jeanneOwn, { ...asked, wish: 'day', day: '2025-11-16' }, today)).toMatchObject({
    ok: false,
    fields: { day: expect.any(String) },
  });
  expect(await endOwn(jeanneOwn, { ...asked, wish: 'soonest', version: asked.version + 7 }, today)).toMatchObject({ ok: false });
  expect(value(await endOwn(jeanneOwn, { ...asked, wish: 'soonest' }, today))).toMatchObject({ endsOn: '2025-11-17' });
  expect(value(await endOwn(jeanneOwn, { ...asked, wish: 'soonest' }, today))).toMatchObject({ endsOn: '2025-11-17' });
  expect(await ends(jeanne.subscription)).toEqual({ on: '2025-11-17', reason: 'Par le client : je déménage' });
  expect(await baskets(jeanne.subscription)).toBeLessThan(had);
  expect((await letters(jeanne.customer)).filter((event) => event === 'termination_noted')).toHaveLength(1);
  const { open, past } = await accountRequests(garden.marie, today);
  expect(open).toEqual([]);
  expect(past).toMatchObject([
    { kind: 'ending', state: 'done', customerId: jeanne.customer, endsOn: '2025-11-17', reason: 'Je déménage', note: 'Merci !' },
  ]);

  // She changes her mind: all is as it was.
  expect(value(await keepOwn(jeanneOwn, jeanne.subscription, today)).endsOn).toBe('2025-12-31');
  value(await keepOwn(jeanneOwn, jeanne.subscription, today));
  expect(await ends(jeanne.subscription)).toEqual({ on: '2025-12-31', reason: '' });
  expect(await baskets(jeanne.subscription)).toBe(had);
  expect((await letters(jeanne.customer)).filter((event) => event === 'termination_withdrawn')).toHaveLength(1);
  expect((await accountRequests(garden.marie, today)).past).toMatchObject([{ state: 'withdrawn' }]);
});

test('what the garden ended, its customer does not take up again', async () => {
  const { customer, subscription } = await subscribed(garden, 'Renvoyée');
  await garden.owner.query(`update subscription set end_reason = 'Impayé', ends_on = '2025-11-20' where id = ${subscription}`);
  expect(await keepOwn(ownOf(customer, 'marie'), subscription, today)).toMatchObject({
    ok: false,
    reason: expect.stringContaining('Le jardin'),
  });
  expect((await ends(subscription)).reason).toBe('Impayé');
});

test('the deposit of an ended subscription waits for the garden, which gives it back or keeps it as was wished', async () => {
  const { customer, subscription } = await subscribed(garden, 'Cautionnée');
  await sow(garden, 'charge', {
    ...{
      customer_id: customer,
      subscription_id: subscription,
      kind: 'deposit',
      label: 'Caution',
      unit_price_cents: 3500,
      account: '419600',
    },
    ...{ bill_on: '2025-10-20', source: `deposit:${subscription}`, quantity_milli: 1000, per: 'once', vat_basis_points: 0 },
  });
  const own = ownOf(customer, 'marie');
  const { subscription: one, deposit } = (await ownEnding(own, subscription, today))!;
  expect(deposit).toMatchObject({ cents: 3500, fate: 'held' });
  value(
    await endOwn(own, { id: subscription, version: one.version, wish: 'term', day: null, reason: '', note: '', deposit: 'gift' }, today),
  );
  const [request] = (await accountRequests(garden.marie, today)).open;
  expect(request).toMatchObject({ kind: 'ending', deposit: 'gift', depositCents: 3500, customerId: customer });
  await expect(async () =>
    settleEndingDeposit(garden.with('customers:change'), request!.id, { version: request!.version, fate: 'given' }, today),
  ).rejects.toThrow(AccessDenied);
  value(await settleEndingDeposit(garden.marie, request!.id, { version: request!.version, fate: 'returned' }, today));
  value(await settleEndingDeposit(garden.marie, request!.id, { version: request!.version, fate: 'returned' }, today));
  expect((await accountRequests(garden.marie, today)).open).toEqual([]);
  const { rows } = await garden.owner.query(
    `select count(*)::int as n from charge where source = 'deposit_back:${subscription}' and withdrawn_at is null`,
  );
  expect(rows[0].n).toBe(1);
});

test('a renewal is proposed in its weeks, accepted once, or declined', async () => {
  const near = '2025-12-01';
  const own = karimOwn;
  expect((await ownSubscriptions(own, today))[0]!.renewal).toBeNull();
  expect((await ownSubscriptions(own, near))[0]!.renewal).toMatchObject({ state: 'to_ask', overOn: '2025-12-31' });
  const proposed = (await ownRenewal(own, karim.subscription, near))!;
  expect(proposed.line).toMatchObject({ becomes: { startsOn: '2026-01-01' } });
  expect(await renewOwn(own, karim.subscription, 'autre prix', near)).toMatchObject({
    ok: false,
    reason: expect.stringContaining('a changé'),
  });
  value(await renewOwn(own, karim.subscription, proposed.seen, near));
  value(await renewOwn(own, karim.subscription, proposed.seen, near));
  const { rows } = await garden.owner.query(`select starts_on::text as on from subscription where renewed_from = ${karim.subscription}`);
  expect(rows).toEqual([{ on: '2026-01-01' }]);
  expect((await letters(karim.customer)).filter((event) => event === 'renewal_done')).toHaveLength(1);
  expect(await ownRenewal(own, karim.subscription, near)).toBeNull();

  const { customer, subscription } = await subscribed(garden, 'Partante');
  const leaving = ownOf(customer, 'marie');
  const { version } = (await ownRenewal(leaving, subscription, near))!;
  expect(value(await declineOwn(leaving, subscription, version, near)).endsOn).toBe('2025-12-31');
  expect(await ends(subscription)).toEqual({ on: '2025-12-31', reason: 'Par le client : ne renouvelle pas' });
  expect(await ownRenewal(leaving, subscription, near)).toBeNull();
});

test('a mandate is signed online with its evidence, once; another account keeps it', async () => {
  const given = { iban: 'FR7630006000011234567890189', bic: '', reference: await nextOwnReference(jeanneOwn) };
  const consent = {
    person: 'Jeanne Bonnet',
    email: 'jeanne@exemple.test',
    at: '03/11/2025 à 10:00:00 (heure de Paris)',
    address: '192.0.2.7',
    agent: 'Essai/1.0',
  };
  expect(await signOwn(jeanneOwn, given, consent, today)).toMatchObject({
    ok: false,
    reason: expect.stringContaining('ne peut pas encore prélever'),
  });
  await sow(garden, 'bank_account', {
    name: 'Compte',
    holder: 'Jardin d’essai',
    iban: 'FR7630004000031234567890143',
    creditor_identifier: 'FR72ZZZ123456',
  });
  expect(await signOwn(jeanneOwn, { ...given, reference: 'AUTRE-1' }, consent, today)).toMatchObject({
    ok: false,
    reason: expect.stringContaining('référence'),
  });
  const { reference } = value(await signOwn(jeanneOwn, given, consent, today));
  expect(value(await signOwn(jeanneOwn, given, consent, today)).reference).toBe(reference);
  const { standing } = await ownMandates(jeanneOwn, today);
  expect(standing).toMatchObject({ reference, iban: '•••• 0189', evidence: 'online' });
  const page = (await mandate(garden.marie, standing!.id, today))!;
  const proof = String(Buffer.from((await mandateProof(garden.marie, standing!.id, page.proofs[0]!.id))!.content));
  for (const part of [reference, 'FR72ZZZ123456', given.iban, consent.at, consent.address, consent.agent, 'huit semaines'])
    expect(proof).toContain(part);
  expect((await ownMandates(karimOwn, today)).standing).toBeNull();
  const { rows } = await garden.owner.query(`select payment_method as way from customer where id = ${jeanne.customer}`);
  expect(rows[0].way).toBe('direct_debit');

  const other = { version: standing!.version, iban: 'FR1420041010050500013M02606', bic: '' };
  expect(await changeOwnAccount(karimOwn, other, consent, today)).toMatchObject({ ok: false });
  expect(await changeOwnAccount(jeanneOwn, { ...other, version: 99 }, consent, today)).toMatchObject({ ok: false });
  value(await changeOwnAccount(jeanneOwn, other, consent, today));
  value(await changeOwnAccount(jeanneOwn, other, consent, today));
  expect((await ownMandates(jeanneOwn, today)).standing).toMatchObject({ reference, iban: '•••• 2606' });
  expect((await mandate(garden.marie, standing!.id, today))!.proofs).toHaveLength(2);
  const told = await letters(jeanne.customer);
  expect(told.filter((event) => event === 'mandate_signed')).toHaveLength(1);
  expect(told.filter((event) => event === 'account_changed')).toHaveLength(1);
});
