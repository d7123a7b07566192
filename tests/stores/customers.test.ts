import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  archiveCustomer,
  changeCustomer,
  createCustomer,
  customerList,
  customersToExport,
  customerToChange,
  newCustomer,
  unarchiveCustomer,
} from '../../src/domains/customers/index.server.ts';
import { customerForm } from '../../src/domains/customers/schema.ts';
import { post } from '../../src/domains/ledger/index.server.ts';
import { AccessDenied, type Actor } from '../../src/platform/access/actor.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { useDatabase } from '../database.ts';
import { countingQueries } from '../queries.ts';
import { plantGarden, sow, sowLogistics, type TestGarden } from './customers.garden.ts';

const { ownerUrl } = useDatabase();
const today = '2025-10-20';
let garden: TestGarden;
let ids: Awaited<ReturnType<typeof sowLogistics>> & { gerard: number; lea: number; canteen: number };

const asked = (
  change: Partial<{
    search: string;
    sort: string;
    direction: 'asc' | 'desc';
    page: number;
    perPage: number;
    filters: Record<string, string>;
  }> = {},
) => ({
  search: '',
  sort: 'nom',
  direction: 'asc' as const,
  page: 1,
  perPage: 50,
  filters: {},
  ...change,
});
const found = async (change: Parameters<typeof asked>[0], actor: Actor = garden.marie) =>
  (await customerList(actor, today, asked(change))).rows.map((row) => row.lastName);

beforeAll(async () => {
  garden = await plantGarden(ownerUrl());
  const logistics = await sowLogistics(garden);
  const gerard = await sow(garden, 'customer', {
    number: '1001',
    last_name: 'Bärre-Lévêque',
    first_name: 'Gérard',
    phone: '06 40 97 25 46',
    email: 'gerard@exemple.test',
    city: 'Épinal',
    category: 'Particulier',
  });
  await garden.owner.query(`select install_ledger(${garden.gardenId})`);
  const paid = [
    { account: '411000', amount: -1250, customer: gerard },
    { account: '530000', amount: 1250 },
  ];
  await inGarden(garden.marie, (tx) =>
    post(tx, 'CA', [{ day: '2025-10-01', label: 'Espèces', document: 'E1', documentDay: '2025-10-01', lines: paid }]),
  );
  const lea = await sow(garden, 'customer', {
    number: '1002',
    last_name: 'Dupont',
    first_name: 'Léa',
    phone: '0329112233',
    city: 'Charmes',
    category: 'Salarié',
  });
  const canteen = await sow(garden, 'customer', {
    number: 'C7',
    kind: 'organisation',
    last_name: 'Cantine 100%_bio',
    city: 'Golbey',
    category: 'Restauration',
  });
  await sow(garden, 'customer', { number: '900', last_name: 'Zola', archived_at: new Date() });
  await sow(garden, 'subscription', {
    customer_id: gerard,
    product_id: logistics.simple,
    slot_id: logistics.stationSlot,
    frequency: 'weekly',
    quantity: 1,
    price_cents: 1380,
    starts_on: '2025-01-01',
    ends_on: '2025-12-31',
  });
  await sow(garden, 'subscription', {
    customer_id: lea,
    product_id: logistics.family,
    slot_id: logistics.schoolSlot,
    frequency: 'weekly',
    quantity: 2,
    price_cents: 2370,
    starts_on: '2024-01-01',
    ends_on: '2024-12-31',
  });
  ids = { ...logistics, gerard, lea, canteen };
});
afterAll(() => garden.owner.end());

describe('the list', () => {
  test.each([
    ['LEV', ['Bärre-Lévêque']],
    ['gerard barre', ['Bärre-Lévêque']],
    ['06 40 97', ['Bärre-Lévêque']],
    ['064097', ['Bärre-Lévêque']],
    ['06.40.97.25.46', ['Bärre-Lévêque']],
    ['03 29 11', ['Dupont']],
    ['épinal', ['Bärre-Lévêque']],
    ['gerard@', ['Bärre-Lévêque']],
    ['C7', ['Cantine 100%_bio']],
    ['0%_b', ['Cantine 100%_bio']],
    ['100_', []],
    ['dupont charmes', ['Dupont']],
    ['dupont épinal', []],
  ])('« %s » finds %j', async (search, names) => expect(await found({ search })).toEqual(names));

  test('filters, and archived customers apart', async () => {
    expect(await found({})).toEqual(['Bärre-Lévêque', 'Cantine 100%_bio', 'Dupont']);
    expect(await found({ filters: { archives: 'oui' } })).toEqual(['Zola']);
    expect(await found({ filters: { categorie: 'Salarié' } })).toEqual(['Dupont']);
    expect(await found({ filters: { abonnement: 'avec' } })).toEqual(['Bärre-Lévêque']);
    expect(await found({ filters: { abonnement: 'sans' } })).toEqual(['Cantine 100%_bio', 'Dupont']);
    expect(await found({ filters: { depot: String(ids.station), panier: String(ids.simple) } })).toEqual(['Bärre-Lévêque']);
    expect(await found({ filters: { depot: String(ids.school) } })).toEqual([]);
  });

  test('sorts, pages, counts', async () => {
    expect(await found({ sort: 'ville', direction: 'desc' })).toEqual(['Cantine 100%_bio', 'Bärre-Lévêque', 'Dupont']);
    expect(await found({ sort: 'numero' })).toEqual(['Cantine 100%_bio', 'Bärre-Lévêque', 'Dupont']);
    expect(await found({ sort: 'solde' })).toEqual(['Bärre-Lévêque', 'Cantine 100%_bio', 'Dupont']);
    expect(await found({ sort: 'solde', direction: 'desc' })).toEqual(['Cantine 100%_bio', 'Dupont', 'Bärre-Lévêque']);
    const second = await customerList(garden.marie, today, asked({ page: 2, perPage: 2 }));
    expect([second.rows.length, second.total]).toEqual([1, 3]);
    const beyond = await customerList(garden.marie, today, asked({ page: 9, perPage: 2 }));
    expect([beyond.rows.length, beyond.total]).toEqual([0, 3]);
  });

  test('says what each receives; balances and subscriptions need their right', async () => {
    const [gerard] = (await customerList(garden.marie, today, asked())).rows;
    expect(gerard).toMatchObject({
      balanceCents: -1250,
      receives: [{ product: 'Simple', frequency: 'weekly', quantity: 1, depot: 'Gare' }],
    });
    const list = await customerList(garden.with('customers:read'), today, asked());
    expect(list.rows[0]).toMatchObject({ balanceCents: null, receives: null });
    expect(list.facets.depots).toEqual([]);
  });

  test('one query, whatever the number', async () => {
    const { queries } = await countingQueries(() => customerList(garden.marie, today, asked({ search: 'du' })));
    expect(queries).toHaveLength(1);
  });
});

describe('commands', () => {
  const form = (change: object) => customerForm.parse({ number: '2001', lastName: 'Martin', ...change });

  test('the form tidies a phone, and says what is missing', () => {
    expect(form({ phone: '0612345678', volunteer: '', paymentMethod: 'cheque' })).toMatchObject({
      phone: '06 12 34 56 78',
      volunteer: null,
      paymentMethod: 'cheque',
    });
    const bad = customerForm.safeParse({ number: '', lastName: ' ', email: 'a@', postcode: '88', phone: '12', volunteer: 'demain' });
    expect([...new Set(bad.error?.issues.map((issue) => issue.path[0]))]).toEqual([
      'number',
      'lastName',
      'postcode',
      'phone',
      'email',
      'volunteer',
    ]);
  });

  test('a form sent twice creates one customer; the same number for another is refused, with the next free one', async () => {
    const once = await createCustomer(garden.marie, form({}));
    const twice = await createCustomer(garden.marie, form({}));
    expect(once.ok).toBe(true);
    expect(twice).toEqual(once);
    expect(await found({ search: 'martin' })).toEqual(['Martin']);
    const other = await createCustomer(garden.paul, form({}));
    expect(other).toMatchObject({ ok: false, fields: { number: 'Le numéro 2001 est celui de Martin. Le prochain libre est 2002.' } });
    expect((await newCustomer(garden.marie)).number).toBe('2002');
  });

  test('two people change one record: nothing is lost', async () => {
    const read = (await customerToChange(garden.marie, ids.lea))!;
    const { version, values } = read.customer;
    expect(
      await changeCustomer(garden.paul, ids.lea, { version, base: values, values: { ...values, city: 'Golbey', phone: '03 29 00 00 00' } }),
    ).toMatchObject({ ok: true });
    const mine = { ...values, phone: '06 00 00 00 00', notes: 'Sonner deux fois' };
    const refused = await changeCustomer(garden.marie, ids.lea, { version, base: values, values: mine });
    expect(refused).toMatchObject({
      ok: false,
      conflict: true,
      version: version + 1,
      values: { city: 'Golbey', phone: '06 00 00 00 00', notes: 'Sonner deux fois' },
      fields: { phone: 'Enregistré par Paul Fabre : 03 29 00 00 00. Gardez votre réponse, ou reprenez la sienne.' },
    });
    if (!('conflict' in refused)) throw new Error('no conflict');
    expect(refused.reason).toContain('Paul Fabre');
    const again = { version: refused.version, base: refused.base, values: refused.values };
    expect(await changeCustomer(garden.marie, ids.lea, again)).toMatchObject({ ok: true });
    // Sent twice: the record already says so.
    expect(await changeCustomer(garden.marie, ids.lea, again)).toMatchObject({ ok: true });
    expect((await customerToChange(garden.marie, ids.lea))!.customer).toMatchObject({
      version: version + 2,
      values: { city: 'Golbey', notes: 'Sonner deux fois' },
    });
  });

  test('a number that another customer has is refused', async () => {
    const { version, values } = (await customerToChange(garden.marie, ids.lea))!.customer;
    expect(await changeCustomer(garden.marie, ids.lea, { version, base: values, values: { ...values, number: '1001' } })).toMatchObject({
      ok: false,
      fields: { number: expect.any(String) },
    });
  });

  test('a customer is archived when no subscription runs, and comes back', async () => {
    expect(await archiveCustomer(garden.marie, ids.gerard, today)).toMatchObject({
      ok: false,
      reason: expect.stringContaining('mercredi 31 décembre 2025'),
    });
    expect(await archiveCustomer(garden.marie, ids.canteen, today)).toMatchObject({ ok: true });
    expect(await archiveCustomer(garden.marie, ids.canteen, today)).toMatchObject({ ok: true });
    expect(await found({ search: 'cantine' })).toEqual([]);
    expect(await unarchiveCustomer(garden.marie, ids.canteen)).toMatchObject({ ok: true });
    expect(await found({ search: 'cantine' })).toHaveLength(1);
  });

  test('nothing without its right', async () => {
    const none = garden.with('subscriptions:change');
    const reader = garden.with('customers:read');
    const values = form({ number: '3001' });
    for (const refused of [
      async () => customerList(none, today, asked()),
      async () => customersToExport(none, today, asked()),
      async () => newCustomer(reader),
      async () => customerToChange(reader, ids.lea),
      async () => createCustomer(reader, values),
      async () => changeCustomer(reader, ids.lea, { version: 1, base: null, values }),
      async () => archiveCustomer(reader, ids.lea, today),
      async () => unarchiveCustomer(reader, ids.lea),
    ])
      await expect(refused()).rejects.toThrow(AccessDenied);
    expect(await found({ search: '3001' })).toEqual([]);
  });
});
