import { sayReason } from '#domains/subscriptions/labels.ts';
import type { NamedReason } from '#domains/subscriptions/rules/lines.ts';
import { type Day, sayDay, type Week } from '#kernel/day.ts';
import type { OwnWish } from './schema-exceptions.ts';

/** « jeudi 8 octobre », or its week when no delivery says the day. */
export const sayOn = (day: Day | undefined | null, week: Week): string => (day ? `${sayDay(day)}` : `la semaine ${week.week}`);

const sayCount = (count: number) => (count === 1 ? 'un panier' : `${count} paniers`);

/** Why a basket is not the usual one, as its customer says it: days, not weeks. */
export function sayOwnReason(reason: NamedReason & { on?: Day }, year: number): string {
  if (reason.kind === 'postponed_to' && reason.on) return `reporté au ${sayDay(reason.on)}`;
  if (reason.kind === 'postponed_from' && reason.on) return `reporté du ${sayDay(reason.on)}`;
  if (reason.kind === 'given') return 'donné, merci !';
  if (reason.kind === 'awaiting') return 'votre abonnement n’a pas encore commencé';
  if (reason.kind === 'by_hand') return 'modifié par le jardin';
  if (reason.kind === 'too_late') return 'une demande est arrivée trop tard';
  return sayReason(reason, year);
}

/** What is wished, as the beginning of a sentence: « Reporter le panier du jeudi 8 octobre au jeudi 15 octobre ». */
export function sayWish(wish: OwnWish, from: string, dayOf: (week: Week) => string, place: string | null): string {
  switch (wish.kind) {
    case 'cancel':
      return `Annuler le panier du ${from}`;
    case 'postpone':
      return `Reporter le panier du ${from} au ${dayOf(wish.to)}`;
    case 'double':
      return `Recevoir ${sayCount(wish.quantity)} de plus le ${from}`;
    case 'make_up':
      return `Rattraper ${sayCount(wish.quantity)} le ${from}`;
    case 'gift':
      return `Donner le panier du ${from}`;
    case 'move':
      return `Prendre le panier du ${from}${wish.until ? ` (et jusqu’au ${dayOf(wish.until)})` : ''} à un autre endroit${place ? ` (${place})` : ''}`;
  }
}

/** What was done, in a sentence. @param count how many baskets. */
export function sayChanged(
  wish: OwnWish & { said?: string },
  from: string,
  dayOf: (week: Week) => string,
  place: string | null,
  count = 1,
): string {
  const [basket, are, s] = count > 1 ? ['Vos paniers', 'sont', 's'] : ['Votre panier', 'est', ''];
  switch (wish.kind) {
    case 'cancel':
      return `${basket} du ${from} ${are} annulé${s}.`;
    case 'postpone':
      return `${basket} du ${from} ${are} reporté${s} au ${dayOf(wish.to)}.`;
    case 'double':
      return `Vous recevrez ${sayCount(wish.quantity)} de plus le ${from}.`;
    case 'make_up':
      return `Vous recevrez ${sayCount(wish.quantity)} de plus le ${from}, en rattrapage.`;
    case 'gift':
      return `${basket} du ${from} ${are} donné${s}${wish.said ?? ''}. Merci !`;
    case 'move':
      return `${basket} du ${from}${wish.until ? `, et jusqu’au ${dayOf(wish.until)},` : ''} vous attend${count > 1 ? 'ent' : ''} ${place ? `à : ${place}` : 'au nouvel endroit'}.`;
  }
}

/** Hands offered to the garden: what for. */
export const taskLabels = {
  harvest: 'Récolter et jardiner',
  packing: 'Préparer les paniers',
  rounds: 'Livrer, conduire',
  depot: 'Tenir un point de dépôt',
  market: 'Tenir le stand au marché',
  events: 'Fêtes et portes ouvertes',
  office: 'Bureau, affiches, site',
} as const;
export type Task = keyof typeof taskLabels;
export const tasks = Object.keys(taskLabels) as [Task, ...Task[]];

/** When. */
export const momentLabels = {
  morning: 'Le matin en semaine',
  afternoon: 'L’après-midi en semaine',
  evening: 'Le soir',
  saturday: 'Le samedi',
  sunday: 'Le dimanche',
  sometimes: 'De temps en temps, si on m’appelle',
} as const;
export type Moment = keyof typeof momentLabels;
export const moments = Object.keys(momentLabels) as [Moment, ...Moment[]];
