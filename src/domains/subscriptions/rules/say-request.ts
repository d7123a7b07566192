import type { Day, Week } from '#kernel/day.ts';
import { sayDay } from '#kernel/day.ts';
import type { NamedReason } from './lines.ts';
import type { RequestKind, RequestProblem } from './plan.ts';
import type { StoredRemedy } from './requests.ts';

/** Requests and what they change, as people of a garden say them. */

/** « semaine 43 », with its year when it is not the one people have in mind. */
export const sayWeek = (week: Week, year: number): string => `semaine ${week.week}${week.year === year ? '' : ` de ${week.year}`}`;

/** « 2 paniers » */
export const sayBaskets = (count: number): string => (count === 1 ? '1 panier' : `${count} paniers`);

/** Why a basket is not the usual one. @param year that of the delivery, left unsaid. */
export function sayReason(reason: NamedReason, year: number): string {
  switch (reason.kind) {
    case 'cancelled':
      return 'annulé';
    case 'postponed_to':
      return `reporté à la ${sayWeek(reason, year)}`;
    case 'postponed_from':
      return `reçu en plus : reporté de la ${sayWeek(reason, year)}`;
    case 'given':
      return 'donné';
    case 'doubled':
      return reason.by === 1 ? 'un panier de plus' : `${reason.by} paniers de plus`;
    case 'made_up':
      return reason.by === 1 ? 'un panier rattrapé' : `${reason.by} paniers rattrapés`;
    case 'elsewhere':
      return reason.place ? `à récupérer à : ${reason.place}` : 'autre point de dépôt';
    case 'by_hand':
      return 'modifié à la main';
    case 'slot_closed': {
      const closed = reason.place ? `${reason.place} fermé` : 'point de dépôt fermé';
      return reason.replaced ? `${closed} : panier reçu ailleurs` : `${closed} : pas de panier`;
    }
    case 'used_up':
      return 'tous les paniers achetés sont reçus';
    case 'awaiting':
      return 'en attente : ne commence pas encore';
    case 'moved':
      return `déplacé : livraison ${reason.date < reason.usualDate ? 'avancée' : 'repoussée'} au ${sayDay(reason.date)}`;
    case 'closed':
      return 'pas de livraison cette semaine-là';
    case 'too_late':
      return 'une demande est arrivée trop tard : sans effet';
  }
}

export const problemLabels: Record<RequestProblem['problem'], string> = {
  no_basket: 'pas de panier prévu cette semaine-là',
  no_delivery: 'pas de livraison la semaine demandée',
};

export const kindLabels: Record<RequestKind, string> = {
  cancel: 'Annulation',
  postpone: 'Report',
  double: 'Panier doublé',
  make_up: 'Rattrapage',
  gift: 'Don',
  move: 'Autre point de dépôt',
  manual: 'Modification à la main',
};

export type SaidRequest = {
  kind: RequestKind;
  year: number;
  week: number;
  toYear: number | null;
  toWeek: number | null;
  untilYear?: number | null;
  untilWeek?: number | null;
  quantity?: number | null;
  remedy?: StoredRemedy | null;
  /** Where it is sent. */
  placeName?: string | null;
  /** Of a gift: to whom, or its value alone. */
  givenName?: string | null;
  asValue?: boolean;
};

/** « panier de la semaine 43 reporté à la semaine 44 » */
export function sayRequest(request: SaidRequest): string {
  const of = `panier de la semaine ${request.week}`;
  const count = request.quantity ?? 1;
  const there = request.placeName ? ` : ${request.placeName}` : '';
  switch (request.kind) {
    case 'cancel':
      return `${of} annulé${request.remedy === 'credit' ? ', en avoir' : request.remedy === 'make_up' ? ', à rattraper' : ''}`;
    case 'postpone':
      return `${of} reporté à la ${sayWeek({ year: request.toYear!, week: request.toWeek! }, request.year)}`;
    case 'gift':
      return `${of} donné${request.asValue ? ' (sa valeur)' : request.givenName ? ` à ${request.givenName}` : ''}`;
    case 'double':
      return count === 1 ? `un panier de plus en semaine ${request.week}` : `${count} paniers de plus en semaine ${request.week}`;
    case 'make_up':
      return count === 1 ? `panier rattrapé en semaine ${request.week}` : `${count} paniers rattrapés en semaine ${request.week}`;
    case 'manual':
      return `${of} modifié à la main`;
    case 'move':
      return request.untilWeek
        ? `autre point de dépôt de la semaine ${request.week} à la ${sayWeek({ year: request.untilYear!, week: request.untilWeek }, request.year)}${there}`
        : `${of} à un autre point de dépôt${there}`;
  }
}

/** « 2 paniers à rattraper avant le 31 décembre » */
export const sayOwed = (owed: number, until: Day): string =>
  `${sayBaskets(owed)} à rattraper avant le ${sayDay(until).replace(/^\p{L}+ /u, '')}`;

type Entry = { action: 'insert' | 'update' | 'delete'; before: unknown; after: unknown };
type StoredRow = {
  kind: RequestKind;
  year: number;
  week: number;
  to_year: number | null;
  to_week: number | null;
  until_year?: number | null;
  until_week?: number | null;
  quantity?: number | null;
  remedy?: StoredRemedy | null;
  dispensed?: boolean;
  as_value?: boolean;
};

const sayStored = (stored: unknown): string => {
  const row = stored as StoredRow;
  const request = {
    ...row,
    toYear: row.to_year,
    toWeek: row.to_week,
    untilYear: row.until_year,
    untilWeek: row.until_week,
    asValue: row.as_value,
  };
  return `${sayRequest(request)}${row.dispensed ? ' (par dérogation)' : ''}`;
};

/** How the trail of a request is told. */
export function tellRequest({ action, before, after }: Entry): string {
  if (action === 'insert') return `Demande : ${sayStored(after)}`;
  if (action === 'delete') return `Demande effacée : ${sayStored(before)}`;
  const changed = after as Partial<StoredRow> & { withdrawn_at?: string | null };
  if (changed?.withdrawn_at) return 'Demande retirée';
  return changed?.until_week ? `Changement de point de dépôt écourté : jusqu’à la semaine ${changed.until_week}` : 'Demande modifiée';
}
