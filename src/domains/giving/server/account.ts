import { sql } from 'kysely';
import type { Entry } from '#domains/ledger/index.server.ts';
import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import type { Tx } from '#platform/db/index.ts';
import type { DonorKind, Nature } from '../rules/eligibility.ts';

/** The number of the account by which all gifts pass. */
const COMMON = 'DONS';

/**
 * The customer in whose name gifts are received: one for the whole garden, so that a gift never pays anybody's invoice and nobody becomes a customer by giving.
 * Made when the first gift comes, and marked as technical: lists of people leave it out. Two statements at most.
 */
export async function commonAccount(tx: Tx, gardenId: number): Promise<number> {
  const find = () => tx.selectFrom('customer').select('id').where('number', '=', COMMON).executeTakeFirst();
  const known = await find();
  if (known) return known.id;
  await sql`
    insert into customer (garden_id, number, kind, last_name, technical) values (${gardenId}, ${COMMON}, 'organisation', 'Donateurs', true)
    on conflict do nothing`.execute(tx);
  return (await find())!.id;
}

export type Posting = { id: number; donor: string; kind: DonorKind; nature: Nature; day: Day; cents: Cents };

/** What is credited by a gift: gifts by hand of persons, sponsorship of companies (règlement ANC 2018-06, comptes 7541 et 7542). */
export const creditOf = ({ kind }: Pick<Posting, 'kind'>): string => (kind === 'company' ? '754200' : '754100');

/**
 * The entry of a gift: money leaves the common account for the year's resources; goods stand in class 8, off the result.
 * @param account whose 411000 it leaves: the common one, or the customer's own when she gives up what she is owed.
 */
export function giftEntry(gift: Posting, account: number): Entry {
  const { id, donor, day, cents } = gift;
  const document = `DON-${id}`;
  const label = `Don de ${donor}`.slice(0, 200);
  const common = { day, label, document, documentDay: day, source: `gift:${id}` };
  if (gift.nature === 'goods')
    return {
      ...common,
      lines: [
        { account: '860000', amount: cents },
        { account: '870000', amount: -cents },
      ],
    };
  return {
    ...common,
    lines: [
      { account: '411000', amount: cents, customer: account },
      { account: creditOf(gift), amount: -cents },
    ],
  };
}
