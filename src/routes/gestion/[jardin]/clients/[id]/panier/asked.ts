import { z } from 'zod';
import type { AskFor } from '#domains/subscriptions/index.server.ts';
import type { Week } from '#kernel/day.ts';
import { parseEuros } from '#kernel/money.ts';

type Wish = AskFor['wish'];

/** « 2025-43 » */
export function weekIn(text: string | null | undefined): Week | null {
  const match = /^(\d{4})-(\d{1,2})$/.exec(text ?? '');
  return match ? { year: Number(match[1]), week: Number(match[2]) } : null;
}
export const weekValue = ({ year, week }: Week): string => `${year}-${week}`;

const kinds = ['annuler', 'reporter', 'doubler', 'rattraper', 'deplacer', 'donner'] as const;
const remedies = { perdu: 'none', avoir: 'credit', rattraper: 'make_up' } as const;
const slotId = z.string().regex(/^\d*$/).default('');

/** One form for all that may be asked: the fields of the kinds that were not chosen come along, and are not read. */
export const askForm = z.object({
  demande: z.enum(kinds, { error: 'Choisissez ce qui est demandé.' }),
  echange: z.enum(['perdu', 'avoir', 'rattraper', '']).default(''),
  semaine: z.string().default(''),
  'en-plus': z.string().default(''),
  rattrapes: z.string().default(''),
  depot: slotId,
  duree: z.enum(['une-fois', 'periode']).default('une-fois'),
  jusqua: z.string().default(''),
  a: z.string().max(14).default(''),
  aussi: z.array(z.coerce.number().int()).default([]),
  note: z.string().trim().max(300).default(''),
  derogation: z.string().optional(),
  beyond: z.string().optional(),
});
export type AskValues = z.output<typeof askForm>;

/** What a sent form asks for, or what is to be mended, field by field. */
export function wishOf(values: AskValues): { wish: Wish } | { errors: Record<string, string> } {
  switch (values.demande) {
    case 'annuler':
      return { wish: { kind: 'cancel', remedy: values.echange === '' ? undefined : remedies[values.echange] } };
    case 'donner':
      return { wish: { kind: 'gift' } };
    case 'reporter':
      return { wish: { kind: 'postpone', to: weekIn(values.semaine) } };
    case 'doubler':
      return counted('en-plus', values, (quantity) => ({ kind: 'double', quantity }));
    case 'rattraper':
      return counted('rattrapes', values, (quantity) => ({ kind: 'make_up', quantity }));
    case 'deplacer': {
      const until = values.duree === 'periode' ? weekIn(values.jusqua) : null;
      if (values.duree === 'periode' && !until) return { errors: { jusqua: 'Choisissez la dernière semaine.' } };
      return { wish: { kind: 'move', slotId: values.depot === '' ? null : Number(values.depot), until } };
    }
  }
}

function counted(name: 'en-plus' | 'rattrapes', values: AskValues, wish: (quantity: number) => Wish): ReturnType<typeof wishOf> {
  const quantity = Number(values[name]);
  return Number.isInteger(quantity) && quantity >= 1 && quantity <= 20
    ? { wish: wish(quantity) }
    : { errors: { [name]: 'Écrivez un nombre de 1 à 20.' } };
}

/** The basket as it is to be received. */
export const manualForm = z.object({
  quantite: z.coerce.number({ error: 'Écrivez un nombre de 0 à 50.' }).int().min(0).max(50),
  produit: z.coerce.number().int(),
  lieu: z.coerce.number().int(),
  prix: z.string().transform((text, context) => {
    const cents = parseEuros(text);
    if (cents !== null && cents >= 0) return cents;
    context.addIssue({ code: 'custom', message: 'Écrivez un montant, par exemple 13,80.' });
    return z.NEVER;
  }),
  note: z.string().trim().max(300).default(''),
  beyond: z.string().optional(),
});

/** What is said once it is done. */
export function sayDone(wish: Wish, week: Week, count: number): string {
  const basket = count > 1 ? `Les paniers de la semaine ${week.week} sont` : `Le panier de la semaine ${week.week} est`;
  const s = count > 1 ? 's' : '';
  switch (wish.kind) {
    case 'cancel':
      return `${basket} annulé${s}.`;
    case 'postpone':
      return `${basket} reporté${s} à la semaine ${wish.to!.week}.`;
    case 'gift':
      return `${basket} donné${s}.`;
    case 'double':
      return `C’est noté : ${wish.quantity === 1 ? 'un panier' : `${wish.quantity} paniers`} de plus en semaine ${week.week}.`;
    case 'make_up':
      return `C’est noté : ${wish.quantity === 1 ? 'un panier rattrapé' : `${wish.quantity} paniers rattrapés`} en semaine ${week.week}.`;
    case 'move':
      return wish.until
        ? `Le point de dépôt est changé de la semaine ${week.week} à la semaine ${wish.until.week}.`
        : `Le point de dépôt de la semaine ${week.week} est changé.`;
    case 'manual':
      return `${basket} modifié${s} à la main.`;
  }
}
