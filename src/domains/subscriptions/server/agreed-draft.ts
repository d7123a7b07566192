import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { done, type Outcome } from '#kernel/outcome.ts';
import type { Tx } from '#platform/db/index.ts';
import { owedOf, type Taken, takenAlong } from '../rules/agreed.ts';
import { type AgreedShare, agreedWith } from './agreed.ts';
import { type Draft, draftOf, type SubscriptionWish } from './draft.ts';

/** What a price agreed with the customer makes of a subscription that is made for her, and what is told before it is confirmed. */
export type DraftAgreed = {
  share: AgreedShare;
  taken: Taken;
  /** Of a basket, while it holds. */
  ownCents: Cents;
  /** The last day that was agreed; null: none. */
  endsOn: Day | null;
  /** What of it somebody is shown: it must be the same when she confirms. */
  key: string;
};
export type AgreedDraft = Draft & { agreed: DraftAgreed | null };

/**
 * Works a wish out with the price that is agreed with its customer, if there is one: it goes along as in a renewal (0037), the subscription stops with it
 * where nothing was agreed for afterwards, and nothing is waited for before it starts. @param herself she said yes to the price of all: nothing is cut short, and what
 * is waited for stays. Two queries, and those of a draft again when it is cut short.
 */
export async function agreedDraft(
  tx: Tx,
  wish: SubscriptionWish,
  today: Day,
  { herself = false }: { herself?: boolean } = {},
): Promise<Outcome<AgreedDraft>> {
  const drafted = await draftOf(tx, wish, today);
  if (!drafted.ok || wish.customerId === null) return drafted.ok ? done({ ...drafted.value, agreed: null }) : drafted;
  return withAgreedPrice(tx, drafted.value, { ...wish, customerId: wish.customerId }, today, herself);
}

/** The same of a wish that is drafted already. */
export async function withAgreedPrice(
  tx: Tx,
  draft: Draft,
  wish: SubscriptionWish & { customerId: number },
  today: Day,
  herself: boolean,
): Promise<Outcome<AgreedDraft>> {
  const agreed = await agreedWith(tx, wish.customerId, draft.plan.id, today);
  const found = agreed
    .map((share) => ({ share, taken: takenAlong(herself ? { ...share, goesOn: true } : share, draft) }))
    .sort((a, b) => (begins(a.taken) < begins(b.taken) ? -1 : 1))[0];
  if (!found) return done({ ...draft, agreed: null });
  const { share, taken } = found;
  const told = (what: Taken): DraftAgreed => {
    const ownCents = owedOf(draft.priceCents, share);
    const { kind } = what;
    const key = kind === 'along' ? `${ownCents} ${what.from} ${what.until ?? ''}` : what.why;
    return { share, taken: what, ownCents, endsOn: share.endsOn, key };
  };
  if (taken.kind === 'left') return done({ ...draft, agreed: told(taken) });
  let kept = draft;
  if (taken.period.endsOn < draft.endsOn) {
    const cut = await draftOf(tx, { ...wish, startsOn: draft.startsOn, endsOn: taken.period.endsOn }, today);
    // No delivery before it ends: there is nothing left for it to hold for.
    if (!cut.ok) return done({ ...draft, agreed: told({ kind: 'left', why: 'over' }) });
    kept = cut.value;
  }
  const awaiting = herself || taken.from > kept.startsOn ? kept.awaiting : null;
  return done({ ...kept, awaiting, agreed: told(taken) });
}

const begins = (taken: Taken): string => (taken.kind === 'along' ? taken.from : '~');

/** What is owed of a basket of a day. */
export const owedOn =
  ({ priceCents, agreed }: AgreedDraft) =>
  (day: Day): Cents =>
    agreed?.taken.kind === 'along' && day >= agreed.taken.from && (agreed.taken.until === null || day <= agreed.taken.until)
      ? agreed.ownCents
      : priceCents;
