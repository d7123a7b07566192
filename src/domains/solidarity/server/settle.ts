import { sql } from 'kysely';
import { readSettings } from '#domains/gardens/settings.ts';
import { closedUntil, type Entry, post } from '#domains/ledger/index.server.ts';
import { addDays, type Day, shortDay } from '#kernel/day.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import type { FunderKind } from '#platform/db/schema-solidarity.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { type Accrued, accrualLines, type Treatment } from '../rules/posting.ts';
import type { Line } from '../rules/settle.ts';
import { toSettle } from './settle-store.ts';

/** One settles a garden, or claims from its funders, at a time. */
export const lockSolidarity = (tx: Tx, gardenId: number) => sql`select pg_advisory_xact_lock(37, ${gardenId})`.execute(tx);

/** Of the night, and on demand: who pays what of the baskets received up to yesterday. @returns how many lines were written. */
export function settleGarden(actor: Actor, today: Day): Promise<number> {
  requireRight(actor, 'solidarity:change');
  return inGarden(actor, (tx) => settle(tx, actor.gardenId, addDays(today, -1)));
}

/** The same within a transaction. Asked twice, it writes nothing the second time. */
export async function settle(tx: Tx, gardenId: number, until: Day): Promise<number> {
  await lockSolidarity(tx, gardenId);
  const { lines } = await toSettle(tx, until);
  await writeLines(tx, gardenId, lines);
  return lines.length;
}

type FunderFacts = {
  id: number;
  name: string;
  kind: FunderKind;
  customer: number | null;
  treatments: { startsOn: Day; treatment: Treatment }[];
};
type ProductFacts = { id: number; account: string; activity: string | null; vatBasisPoints: number };
type Taxed = Line & { treatment: Treatment | null };

/** How a funder is treated on a day: as said from then on; before anything is said, as a complement of the price. Who claims nothing has none. */
function treatmentOf(funder: FunderFacts | undefined, day: Day): Treatment | null {
  if (!funder?.customer) return null;
  return funder.treatments.findLast(({ startsOn }) => startsOn <= day)?.treatment ?? 'price_complement';
}

/** Writes lines, with an entry for each day and funder that is claimed: what it owes before it is. Nothing of a person's own part, which her invoices post. @param decision that they come from, if they do. */
export async function writeLines(tx: Tx, gardenId: number, lines: readonly Line[], decision: number | null = null): Promise<void> {
  if (lines.length === 0) return;
  const { rows: funders } = await sql<FunderFacts>`
    select f.id, f.name, f.kind, f.customer_id as customer, coalesce((select jsonb_agg(jsonb_build_object('startsOn', t.starts_on, 'treatment', t.treatment)
      order by t.starts_on) from funder_treatment t where t.garden_id = f.garden_id and t.funder_id = f.id), '[]') as treatments
    from funder f where f.garden_id = app_garden()`.execute(tx);
  const known = new Map(funders.map((one) => [one.id, one]));
  const taxed = lines.map(
    (line): Taxed => ({ ...line, treatment: line.funder === null ? null : treatmentOf(known.get(line.funder), line.day) }),
  );
  const claimed = taxed.filter(({ treatment }) => treatment !== null);
  const groups = Map.groupBy(claimed, ({ day, funder }) => `${day} ${funder}`);
  const entries = await entriesOf(tx, gardenId, groups, known);
  const posted = await post(tx, 'OD', [...entries.values()]);
  const ids = new Map([...entries.keys()].map((key, index) => [key, posted[index]!.id]));
  const rows = taxed.map((line) => ({ ...line, entry: line.treatment === null ? null : (ids.get(`${line.day} ${line.funder}`) ?? null) }));
  await sql`
    insert into payer_line (garden_id, path_id, subscription_id, day, unit, product_id, funder_id, envelope_id, quantity, cents, treatment, entry_id, decision_id)
    select ${gardenId}::integer, r.path, r.subscription, r.day, r.unit, r.product, r.funder, r.envelope, r.quantity, r.cents, r.treatment, r.entry, ${decision}::bigint
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (path bigint, subscription bigint, day date, unit integer, product bigint, funder bigint,
      envelope bigint, quantity integer, cents bigint, treatment text, entry bigint)`.execute(tx);
}

/** An entry for each group that comes to something, by its key: on the day of the delivery, or the first that is open. */
async function entriesOf(
  tx: Tx,
  gardenId: number,
  groups: ReadonlyMap<string, readonly Taxed[]>,
  funders: ReadonlyMap<number, FunderFacts>,
): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  if (groups.size === 0) return entries;
  const closed = await closedUntil(tx);
  const garden = await tx.selectFrom('garden').select('settings').where('id', '=', gardenId).executeTakeFirstOrThrow();
  const { vatLiable } = readSettings(garden.settings);
  const { rows: products } = await sql<ProductFacts>`
    select id, sale_account as account, activity_code as activity, vat_basis_points as "vatBasisPoints" from product where garden_id = app_garden()`.execute(
    tx,
  );
  const byId = new Map(products.map((one) => [one.id, one]));
  const activities = new Map((await tx.selectFrom('activity').select(['id', 'code']).execute()).map(({ id, code }) => [code, id]));
  for (const [key, some] of groups) {
    const { day, funder: id } = some[0]!;
    const funder = funders.get(id!)!;
    const accrued = [...Map.groupBy(some, ({ product, treatment }) => `${product} ${treatment}`).values()].map(
      (same): Accrued => ({
        ...byId.get(same[0]!.product)!,
        treatment: same[0]!.treatment!,
        cents: same.reduce((sum, { cents }) => sum + cents, 0),
      }),
    );
    const lines = accrualLines(funder.customer!, accrued, vatLiable, activities);
    const open = closed && day <= closed ? addDays(closed, 1) : day;
    const label = `Paniers solidaires du ${shortDay(day)} ${funder.name}`;
    if (lines.length > 0) entries.set(key, { day: open, label, document: `PS-${day}`, documentDay: day, lines });
  }
  return entries;
}
