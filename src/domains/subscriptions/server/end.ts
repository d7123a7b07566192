import { sql } from 'kysely';
import { addDays, type Day, sayDayAndYear } from '#kernel/day.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { type Held, lastPrepared, requestsAfter } from '../rules/ending.ts';
import type { ViewOfSome } from './asked.ts';
import { list } from './load.ts';
import { changedSince, loadReworked, type Mode, planAndTell, type Reworked, reworking, type ToldChange } from './rework.ts';

export type EndAsk = {
  subscriptionId: number;
  version: number;
  /** On a day; or at its term: once the baskets bought are received, or at the end of its period, without renewal. */
  how: { on: Day } | 'term';
  reason: string;
  /** Others of the same customer that end with it. */
  others: readonly number[];
};

export type Ended = ToldChange & {
  customerId: number;
  ends: { id: number; product: string; endsOn: Day }[];
  /** Requests that were taken back, as they are about what comes after. */
  withdrawn: number;
};

/**
 * Ends a subscription, and others of the same customer with it. Baskets that are prepared stay: it ends with the last of them at the earliest.
 * One that has not begun never does. Requests about later weeks are taken back. Sent twice, it acts once. `resumeSubscription` undoes it.
 */
export function endSubscription(actor: Actor, ending: EndAsk, today: Day, mode: Mode = 'apply'): Promise<Outcome<Ended>> {
  requireRight(actor, 'subscriptions:change');
  return reworking(actor, mode, (tx) => endWithin(tx, actor.gardenId, ending, today));
}

/** What it holds in deliveries that no longer change. */
export const heldBy = (id: number, { deliveries }: Pick<ViewOfSome, 'deliveries'>): Held[] =>
  deliveries.flatMap(({ state, usualDate, date, baskets }) =>
    state === 'open' ? [] : baskets.filter((one) => one.subscriptionId === id).map(({ quantity }) => ({ usualDate, date, quantity })),
  );

/** The same within a transaction that holds the garden's lock (`lockPlan`): a refusal has written nothing. */
export async function endWithin(tx: Tx, gardenId: number, ending: EndAsk, today: Day): Promise<Outcome<Ended>> {
  const { all, view } = await loadReworked(tx, { besides: ending.subscriptionId }, today);
  const main = all.find(({ subscription }) => subscription.id === ending.subscriptionId);
  if (!main) return refuse('Cet abonnement n’existe pas dans votre jardin.');
  const { customerId, version, endsOn, endReason } = main.subscription;
  const on = ending.how === 'term' ? null : ending.how.on;
  const again = endReason === ending.reason && (on === null || endsOn === on);
  if (again && version !== ending.version)
    return done({ customerId, ends: [], withdrawn: 0, counts: { added: 0, removed: 0, moved: 0, changed: 0 }, lines: [], problems: [] });
  if (version !== ending.version) return refuse(changedSince);
  if (on !== null) {
    const earliest = lastPrepared(heldBy(main.subscription.id, view));
    const wrong =
      on > endsOn
        ? `Cet abonnement s’arrête déjà le ${sayDayAndYear(endsOn)}.`
        : earliest && on < earliest
          ? `Un panier est déjà préparé : choisissez au plus tôt le ${sayDayAndYear(earliest)}.`
          : null;
    if (wrong) return refuse(wrong, { date: wrong });
  }
  const chosen = [main, ...all.filter(({ subscription }) => subscription !== main.subscription && ending.others.includes(subscription.id))];
  const ends: Ended['ends'] = [];
  const gone: number[] = [];
  for (const one of chosen) {
    const { id, product } = one.subscription;
    const period = on === null ? one.subscription : shortened(one, on, lastPrepared(heldBy(id, view)), today);
    gone.push(...requestsAfter(one.planned, period.endsOn).map((request) => request.id));
    ends.push({ id, product, endsOn: period.endsOn });
    await sql`
      update subscription set starts_on = ${period.startsOn}, ends_on = ${period.endsOn}, renews = false, end_reason = ${ending.reason}, version = version + 1
      where garden_id = ${gardenId} and id = ${id}`.execute(tx);
  }
  if (gone.length > 0)
    await sql`update request set withdrawn_at = now() where garden_id = ${gardenId} and id = any(${list(gone)}::bigint[])`.execute(tx);
  const told = await planAndTell(
    tx,
    gardenId,
    ends.map(({ id }) => id),
    today,
  );
  return done({ customerId, ends, withdrawn: gone.length, ...told });
}

/** Its period, cut short: never longer than it was, never shorter than what is prepared. What would not have begun by then never begins. */
function shortened({ subscription }: Reworked, on: Day, earliest: Day | null, today: Day): { startsOn: Day; endsOn: Day } {
  const { startsOn, endsOn } = subscription;
  const wanted = earliest && earliest > on ? earliest : on;
  if (wanted >= endsOn) return { startsOn, endsOn };
  if (wanted >= startsOn) return { startsOn, endsOn: wanted };
  const yesterday = addDays(today, -1);
  return { startsOn: yesterday, endsOn: yesterday };
}
