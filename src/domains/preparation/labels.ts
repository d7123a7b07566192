import type { ShapingRequest } from '#domains/subscriptions/rules/expected.ts';
import { type Day, sayDay } from '#kernel/day.ts';
import { type BasketChange, type ChangeCounts, type ChangeKind, changeKinds } from './rules/changes.ts';

/** How changes from one delivery to the next are told. */

/** « 3 nouveaux », « 1 départ ». */
export const changeLabels: Record<ChangeKind, { one: string; many: string }> = {
  new: { one: 'nouveau', many: 'nouveaux' },
  ended: { one: 'fin d’abonnement', many: 'fins d’abonnement' },
  absent: { one: 'absent', many: 'absents' },
  back: { one: 'de retour', many: 'de retour' },
  depot: { one: 'arrive d’un autre dépôt', many: 'arrivent d’un autre dépôt' },
  left: { one: 'part vers un autre dépôt', many: 'partent vers un autre dépôt' },
  product: { one: 'autre panier', many: 'autres paniers' },
  quantity: { one: 'autre quantité', many: 'autres quantités' },
  doubled: { one: 'doublé', many: 'doublés' },
  made_up: { one: 'en plus', many: 'en plus' },
  by_hand: { one: 'écrit à la main', many: 'écrits à la main' },
};

/** In the order of their kinds: 3, « nouveaux ». */
export const tellCounts = (counts: ChangeCounts): { kind: ChangeKind; count: number; what: string }[] =>
  changeKinds.flatMap((kind) => {
    const count = counts[kind];
    return count ? [{ kind, count, what: changeLabels[kind][count > 1 ? 'many' : 'one'] }] : [];
  });

/** One word or two for each kind, at the head of a line. */
export const changeWords: Record<ChangeKind, string> = {
  new: 'Nouveau',
  ended: 'Terminé',
  absent: 'Absent',
  back: 'De retour',
  depot: 'Arrive',
  left: 'Part',
  product: 'Autre panier',
  quantity: 'Quantité',
  doubled: 'Doublé',
  made_up: 'En plus',
  by_hand: 'À la main',
};

export type ChangeNames = { depot: (slotId: number) => string; product: (productId: number) => string };

/** « 2 Simple au lieu de 1 Simple, venait de Gare ». */
export function sayChange({ kinds, before, now, requests, slotClosed, resumesOn }: BasketChange, names: ChangeNames): string {
  const basket = (one: NonNullable<BasketChange['now']>) => `${one.quantity} ${names.product(one.productId)}`;
  const has = (kind: ChangeKind) => kinds.includes(kind);
  if (has('left'))
    return [`${basket(before!)} de moins ici`, `reçoit à ${names.depot(now!.slotId)}`, whyMoved(requests, slotClosed)]
      .filter(Boolean)
      .join(', ');
  if (!now) return [`${basket(before!)} de moins`, whyGone(kinds, requests, slotClosed, resumesOn)].filter(Boolean).join(', ');
  const changed = before && (before.quantity !== now.quantity || before.productId !== now.productId);
  return [
    changed ? `${basket(now)} au lieu de ${basket(before)}` : basket(now),
    has('depot') ? `venait de ${names.depot(before!.slotId)}` : '',
    has('depot') ? whyMoved(requests, slotClosed) : '',
    has('made_up') ? whyMore(requests) : '',
    noteOf(requests),
  ]
    .filter(Boolean)
    .join(', ');
}

function whyGone(kinds: readonly ChangeKind[], requests: readonly ShapingRequest[], slotClosed: boolean, resumesOn: Day | null): string {
  if (kinds.includes('ended')) return 'abonnement terminé';
  if (resumesOn) return `reprend le ${sayDay(resumesOn)}`;
  const taken = requests.find(({ kind, brought }) => kind === 'cancel' || kind === 'gift' || (kind === 'postpone' && !brought));
  if (taken?.kind === 'cancel') return 'annulé';
  if (taken?.kind === 'gift') return 'offert';
  if (taken) return `reporté en semaine ${taken.toWeek}`;
  if (slotClosed) return 'point de dépôt fermé';
  return noteOf(requests);
}

function whyMoved(requests: readonly ShapingRequest[], slotClosed: boolean): string {
  if (slotClosed) return 'son dépôt est fermé';
  const move = requests.find((request) => request.kind === 'move');
  if (!move) return '';
  return move.untilWeek === null || move.untilWeek === move.week ? 'cette semaine seulement' : `jusqu’à la semaine ${move.untilWeek}`;
}

function whyMore(requests: readonly ShapingRequest[]): string {
  const brought = requests.find((request) => request.brought);
  if (brought) return `reporté de la semaine ${brought.week}`;
  return requests.some((request) => request.kind === 'make_up') ? 'rattrapage' : 'hors de ses semaines';
}

const noteOf = (requests: readonly ShapingRequest[]): string => requests.find((request) => request.kind === 'manual')?.note ?? '';
