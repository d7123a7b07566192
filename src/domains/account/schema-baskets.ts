import { z } from 'zod';
import type { Week } from '#kernel/day.ts';
import type { OwnWish } from './schema-exceptions.ts';

/** « 2025-43 » */
export function weekIn(text: string | null | undefined): Week | null {
  const match = /^(\d{4})-(\d{1,2})$/.exec(text ?? '');
  const week = match ? { year: Number(match[1]), week: Number(match[2]) } : null;
  return week && week.week >= 1 && week.week <= 53 ? week : null;
}
export const weekValue = ({ year, week }: Week): string => `${year}-${week}`;

export const doings = ['reporter', 'annuler', 'doubler', 'deplacer', 'donner', 'rattraper'] as const;
export type Doing = (typeof doings)[number];
export const doingIn = (text: string | null): Doing | null => doings.find((one) => one === text) ?? null;

/** One form for all that may be asked of a basket: what another question sends is not read. */
export const ownAsk = z.object({
  faire: z.enum(doings, { error: 'Choisissez ce que vous voulez faire.' }),
  semaine: z.string().default(''),
  nombre: z.string().default('1'),
  lieu: z.string().default(''),
  duree: z.enum(['une-fois', 'periode', 'toujours']).default('une-fois'),
  jusqua: z.string().default(''),
  aussi: z.array(z.coerce.number().int()).default([]),
  version: z.coerce.number().int().default(0),
  /** To whom it is given: what giving's forms propose. */
  a: z.string().max(14).default(''),
  note: z.string().trim().max(500, 'Pas plus de 500 caractères.').default(''),
});
export type OwnAsk = z.infer<typeof ownAsk>;

/** What is wished, or what is missing to know it. A change of place for good is no request: `forGood` says so besides. */
export function wishIn(given: OwnAsk): { wish: OwnWish; forGood: boolean } | { errors: Record<string, string> } {
  const once = (wish: OwnWish) => ({ wish, forGood: false });
  switch (given.faire) {
    case 'annuler':
      return once({ kind: 'cancel' });
    case 'donner':
      return once({ kind: 'gift' });
    case 'reporter': {
      const to = weekIn(given.semaine);
      return to ? once({ kind: 'postpone', to }) : { errors: { semaine: 'Choisissez le jour où vous voulez ce panier.' } };
    }
    case 'doubler':
    case 'rattraper': {
      const quantity = Number(given.nombre);
      if (!Number.isInteger(quantity) || quantity < 1 || quantity > 20) return { errors: { nombre: 'Écrivez un nombre de 1 à 20.' } };
      return once({ kind: given.faire === 'doubler' ? 'double' : 'make_up', quantity });
    }
    case 'deplacer': {
      const [slotId, until] = [Number(given.lieu), given.duree === 'periode' ? weekIn(given.jusqua) : null];
      if (!given.lieu || !Number.isSafeInteger(slotId)) return { errors: { lieu: 'Choisissez où vous voulez prendre votre panier.' } };
      if (given.duree === 'periode' && !until) return { errors: { jusqua: 'Choisissez jusqu’à quand.' } };
      return { wish: { kind: 'move', slotId, until }, forGood: given.duree === 'toujours' };
    }
  }
}
