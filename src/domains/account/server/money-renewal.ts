import { customerEndings, type EndingSubscription, type Renewal, renew } from '#domains/subscriptions/index.server.ts';
import { mayRenew } from '#domains/subscriptions/rules/renewal.ts';
import type { Day } from '#kernel/day.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { lookOwn, type Own, requireOwn } from '#platform/access/own.ts';
import { notRenewed } from '../labels-money.ts';
import { endOwn, ownEnding } from './money-ending.ts';

/** What the garden proposes to a customer whose subscription ends. */
export type OwnRenewal = {
  ending: EndingSubscription;
  version: number;
  /** What she is shown, in short: sent back with her answer. */
  seen: string;
  /** The subscription that would carry it on; null when it cannot be, and `why`. */
  line: Renewal['lines'][number] | null;
  why: string | null;
};

const notProposed = 'Cet abonnement n’est pas à renouveler pour l’instant.';

/** A proposal that changed since it was read (a price, a season) is read again before it is agreed to. */
const seenOf = ({ becomes, agreed }: Renewal['lines'][number]): string =>
  [becomes.startsOn, becomes.endsOn, becomes.priceCents, ...(agreed ? [agreed.ownCents, agreed.until ?? ''] : [])].join(' ');

const find = async (actor: Parameters<typeof customerEndings>[0], own: Own, id: number, today: Day) =>
  (await customerEndings(actor, own.customerId, today)).find((one) => one.id === id) ?? null;

/** For the page of a renewal; null when the subscription is not hers, or nothing is proposed of it. */
export async function ownRenewal(own: Own, id: number, today: Day): Promise<OwnRenewal | null> {
  const actor = lookOwn(own, 'subscriptions:change');
  const [ending, standing] = await Promise.all([find(actor, own, id, today), ownEnding(own, id, today)]);
  if (!ending || !mayRenew(ending.state)) return null;
  const version = standing?.subscription.version ?? 0;
  const seen = await renew(actor, { ids: [id], prices: 'new', herself: true }, { today, mode: 'preview' });
  if (!seen.ok || !seen.value) return { ending, version, seen: '', line: null, why: seen.ok ? notProposed : seen.reason };
  const line = seen.value.lines[0] ?? null;
  return { ending, version, seen: line ? seenOf(line) : '', line, why: seen.value.full.length ? seen.value.full.join(' ') : null };
}

/** She says yes: the same terms in the season to come, at its prices. Sent twice, it acts once. */
export async function renewOwn(own: Own, id: number, seen: string, today: Day): Promise<Outcome<null>> {
  const actor = requireOwn(own, 'subscriptions:change');
  const ending = await find(actor, own, id, today);
  if (ending?.state === 'renewed') return done(null);
  if (!ending || !mayRenew(ending.state)) return refuse(notProposed);
  const now = await ownRenewal(own, id, today);
  if (now?.line && now.seen !== seen) return refuse('La proposition du jardin a changé : relisez-la avant de répondre.');
  const renewed = await renew(actor, { ids: [id], prices: 'new', herself: true, notify: true }, { today, mode: 'apply' });
  return renewed.ok ? done(null) : refuse(`${renewed.reason} Appelez le jardin : il cherchera une solution avec vous.`);
}

/** She says no: it ends at its term, and nobody asks her again. */
export async function declineOwn(own: Own, id: number, version: number, today: Day): Promise<Outcome<{ endsOn: Day; product: string }>> {
  requireOwn(own, 'subscriptions:change');
  return endOwn(own, { id, version, wish: 'term', day: null, reason: notRenewed, note: '', deposit: '' }, today);
}
