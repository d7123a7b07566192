import { sql } from 'kysely';
import { notify } from '#domains/messages/index.server.ts';
import { type Day, sayDayAndYear } from '#kernel/day.ts';
import { done, type Outcome, type Refusal, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { sayReceives } from '../labels.ts';
import { sayCarriedPrice } from '../rules/agreed.ts';
import { overflows, sayOverflows } from '../rules/capacity.ts';
import { plan } from '../rules/plan.ts';
import { carryShares } from './agreed.ts';
import { type BulkResult, bulk } from './bulk.ts';
import { slotLoads } from './capacity.ts';
import { loadEndings } from './endings.ts';
import { list, loadSeason, loadSubscriptions } from './load.ts';
import { type Told, toldOf } from './people.ts';
import { type Drafted, draftsOf, type LeftOut, type RenewalForm, type RenewalLine } from './renewal-drafts.ts';

export type Renewal = BulkResult & {
  lines: RenewalLine[];
  left: LeftOut[];
  /** Depots that could not hold what comes: « Gare : complet… ». */
  full: string[];
  told: Told;
};

/**
 * Renews subscriptions: each is carried on by a new one, with its permanent terms at the end (temporary requests are left behind), in the new
 * season of its plan or for the same length. Nobody is renewed twice; a deposit is not asked again. Told first, done in one step, taken back as
 * an operation.
 * @returns null when all of them were renewed already (a form sent twice).
 */
export async function renew(
  actor: Actor,
  form: RenewalForm,
  { today, mode }: { today: Day; mode: 'preview' | 'apply' },
): Promise<Outcome<Renewal | null>> {
  requireRight(actor, 'subscriptions:change');
  if (form.ids.length === 0) return refuse('Cochez au moins un abonnement.', { ids: 'Cochez au moins un abonnement.' });
  let told: Omit<Renewal, keyof BulkResult> = { lines: [], left: [], full: [], told: nobody };
  let already = false;
  const answer = await bulk(actor, { kind: 'renewal', name: 'Renouvellement', today, mode }, async (tx, batchId) => {
    const chosen = await loadEndings(tx, sql`s.id = any(${list(form.ids)}::bigint[])`);
    const drafts = await draftsOf(tx, chosen, form, today);
    told = { lines: drafts.lines.map(({ line }) => line), left: drafts.left, full: [], told: nobody };
    already = chosen.length > 0 && chosen.every((one) => one.state === 'renewed');
    if (drafts.lines.length === 0) return nothingToRenew(drafts.left);
    const count = drafts.lines.length;
    const name = count === 1 ? 'Renouvellement d’un abonnement' : `Renouvellement de ${count} abonnements`;
    await tx.updateTable('batch').set({ name }).where('id', '=', batchId).execute();
    const loads = await slotLoads(tx, { today, slotIds: [...new Set(drafts.lines.map(({ row }) => row.slot_id))] });
    const made = await insert(tx, actor.gardenId, drafts.lines);
    told.full = await remarkBaskets(tx, made, loads, today);
    if (mode === 'apply' && told.full.length > 0 && !form.beyond) return refuse(told.full.join(' '), { beyond: told.full.join(' ') });
    const tells = form.notify ? told.lines : told.lines.filter(changesPrice);
    if (tells.length > 0) told.told = await tell(tx, actor.gardenId, tells);
    return { subscriptionIds: [...made.keys()] };
  });
  if (!answer.ok) return already ? done(null) : answer;
  return done({ ...answer.value, ...told });
}

/** Nobody comes to the price of all unannounced. */
const changesPrice = ({ priceOfAll, agreed }: RenewalLine): boolean => priceOfAll || (agreed?.until ?? null) !== null;

const nobody: Told = { written: 0, toCall: [] };

async function tell(tx: Tx, gardenId: number, lines: readonly RenewalLine[]): Promise<Told> {
  const reached = await notify(
    tx,
    gardenId,
    lines.map((line) => ({
      event: 'renewal_done',
      customerId: line.customerId,
      variables: {
        formule: sayReceives(line),
        debut: sayDayAndYear(line.becomes.startsOn),
        fin: sayDayAndYear(line.becomes.endsOn),
        prix: sayCarriedPrice(line.becomes.priceCents, line.becomes.endsOn, line.agreed),
      },
    })),
  );
  return toldOf(tx, [...new Set(lines.map(({ customerId }) => customerId))], reached);
}

const nothingToRenew = (left: LeftOut[]): Refusal =>
  refuse(
    left.length === 0
      ? 'Ces abonnements n’existent pas dans votre jardin.'
      : `Aucun ne peut être renouvelé : ${left[0]!.customer}, ${left[0]!.why}.`,
  );

/** @returns the drafts by the id of what was made of them. */
async function insert(tx: Tx, gardenId: number, drafts: readonly Drafted[]): Promise<Map<number, Drafted>> {
  const added = await sql<{ id: number; renewedFrom: number }>`
    insert into subscription (garden_id, customer_id, plan_id, product_id, slot_id, frequency, quantity, price_cents, starts_on, ends_on, basket_count,
      awaiting, renews, billing_mode, billing_count, renewed_from)
    select ${gardenId}, r.* from jsonb_to_recordset(${JSON.stringify(drafts.map(({ row }) => row))}) as r(customer_id bigint, plan_id bigint, product_id bigint, slot_id bigint,
      frequency text, quantity int, price_cents bigint, starts_on date, ends_on date, basket_count int, awaiting text, renews boolean,
      billing_mode text, billing_count int, renewed_from bigint)
    returning id, renewed_from as "renewedFrom"`.execute(tx);
  const byOld = new Map(drafts.map((draft) => [draft.row.renewed_from, draft]));
  const made = new Map(added.rows.map((row) => [row.id, byOld.get(row.renewedFrom)!]));
  const carried = [...made].flatMap(([id, { row, share }]) => (share ? [{ id, startsOn: row.starts_on, share }] : []));
  await carryShares(tx, gardenId, carried);
  return made;
}

type Loads = Awaited<ReturnType<typeof slotLoads>>;

/** What the new ones would bring: depots that cannot hold it are answered; who would receive nothing is told on the line. */
async function remarkBaskets(tx: Tx, made: ReadonlyMap<number, Drafted>, loads: Loads, today: Day): Promise<string[]> {
  const since = Number(today.slice(0, 4)) - 1;
  const season = await loadSeason(tx, since);
  const planned = (await loadSubscriptions(tx, since, [...made.keys()])).flatMap((one) => {
    const { baskets } = plan({ ...one, awaiting: false }, season, []);
    if (baskets.length === 0) made.get(one.id)!.line.remarks.push('aucune livraison ouverte à ces dates');
    return baskets;
  });
  const depots = new Map([...made.values()].map(({ row, line }) => [row.slot_id, line.depot]));
  const found = Map.groupBy(overflows(loads, planned), (one) => one.slotId);
  return [...found].map(([slotId, ofSlot]) => `${depots.get(slotId)} : ${sayOverflows(ofSlot)}`);
}
