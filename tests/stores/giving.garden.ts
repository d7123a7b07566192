import { afterAll, beforeAll, expect } from 'vitest';
import { recordGift, stateEligibility } from '../../src/domains/giving/index.server.ts';
import type { GiftValues } from '../../src/domains/giving/schema.ts';
import { accountBalances, ledgerBreaks } from '../../src/domains/ledger/index.server.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { useDatabase } from '../database.ts';
import { type PaidGarden, paidGarden, today } from './online.garden.ts';

export { today };

/** A garden that receives gifts, with an address and a number; it has stated nothing of its receipts. */
export let garden: PaidGarden;
export let cheque: number;
let keys = 0;
/** Of a form, said once. */
export const nextKey = (): number => ++keys;

export function useGiving(): void {
  const database = useDatabase({ max: 12 });
  beforeAll(async () => {
    process.env.COCAGNE_DEMO = 'yes';
    process.env.COCAGNE_SECRET = 's'.repeat(64);
    garden = await paidGarden(database.ownerUrl());
    await garden.through('test');
    await garden.owner.query(`select install_giving(${garden.gardenId})`);
    await garden.rows(
      `update garden set address = '12 chemin des Champs', postcode = '88130', city = 'Charmes', settings = settings || '{"siret": "78467169500103"}' where id = $1`,
      [garden.gardenId],
    );
    cheque = Number((await garden.rows<{ id: string }>("select id from payment_method where kind = 'cheque'"))[0]!.id);
  });
  afterAll(async () => {
    delete process.env.COCAGNE_DEMO;
    delete process.env.COCAGNE_SECRET;
    await garden.owner.end();
  });
}

export const typed = (more: Partial<GiftValues> = {}): GiftValues => ({
  ...{
    key: `formulaire-${++keys}`,
    donor: null,
    kind: 'person',
    lastName: 'Durand',
    firstName: 'Marie',
    legalForm: '',
    siren: '',
    address: '3 rue du Verger',
  },
  ...{
    postcode: '88130',
    city: 'Charmes',
    email: 'marie@exemple.test',
    receipts: 'year',
    nature: 'money',
    cents: 5000,
    day: '2025-10-20',
    method: cheque,
  },
  ...{ reference: '', bank: '', campaign: null, counterpart: false, label: '', valuation: '', note: '', ...more },
});
export const record = async (more: Partial<GiftValues> = {}) => {
  const written = await recordGift(garden.marie, typed(more), today);
  if (!written.ok) throw new Error(written.reason);
  return written.value.id;
};
export const balance = async (account: string) =>
  (await inGarden(garden.marie, (tx) => accountBalances(tx))).find(({ number }) => number === account)?.balance ?? 0;
const stated = {
  startsOn: '2025-01-01',
  eligible: true,
  body: 'insertion',
  articles: ['200', '238 bis'],
  object: 'Insertion par le maraîchage',
} as const;
export const state = (more = {}) =>
  stateEligibility(
    garden.marie,
    { ...stated, articles: [...stated.articles], ruling: '', signer: 'Odile Grandjean', signerTitle: 'Présidente', sure: true, ...more },
    today,
  );

/** The ledger is whole, and what gifts say is what it holds. */
export async function booksAgree(): Promise<void> {
  expect(await inGarden(garden.marie, ledgerBreaks)).toEqual([]);
  const [sums] = await garden.rows<{ persons: string; companies: string }>(`
    select sum(g.cents) filter (where d.kind = 'person') as persons, sum(g.cents) filter (where d.kind = 'company') as companies
    from gift g join donor d on d.id = g.donor_id where g.state = 'received' and g.nature <> 'goods'`);
  expect([(await balance('754100')) + Number(sums!.persons), (await balance('754200')) + Number(sums!.companies)]).toEqual([0, 0]);
}
