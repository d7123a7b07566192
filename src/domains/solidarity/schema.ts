import { z } from 'zod';
import { parseDay } from '#kernel/day.ts';
import { parseEuros } from '#kernel/money.ts';
import type { ShareRule } from './rules/shares.ts';

/** What forms of programmes, funders and claims may send, and what it means. */

const text = (most: number) => z.string().trim().max(most).default('');
const required = (most: number) => z.string().trim().min(1, 'À remplir.').max(most);
const day = z.string().transform((typed, context) => {
  const found = parseDay(typed);
  if (found) return found;
  context.addIssue({ code: 'custom', message: typed.trim() === '' ? 'À remplir.' : 'Cette date n’existe pas. Exemple : 22/10/2026' });
  return z.NEVER;
});
const maybeDay = z.union([z.literal('').transform(() => null), day]).default(null);
const euros = (typed: string, context: z.RefinementCtx): number => {
  const cents = parseEuros(typed);
  if (cents !== null && cents >= 0) return cents;
  context.addIssue({ code: 'custom', message: 'Écrivez un montant, par exemple 3,00.' });
  return z.NEVER;
};
const maybeEuros = z
  .string()
  .trim()
  .default('')
  .transform((typed, context) => (typed === '' ? null : euros(typed, context)));
/** « 30 », « 33,33 » → hundredths of a percent; null when it is none. */
export function parsePercent(typed: string): number | null {
  const match = /^(\d{1,3})(?:[.,](\d{1,2}))?\s*%?$/.exec(typed.trim());
  if (!match) return null;
  const points = Number(match[1]) * 100 + Number((match[2] ?? '0').padEnd(2, '0'));
  return points <= 10_000 ? points : null;
}
const percent = (otherwise: string) =>
  z
    .string()
    .trim()
    .default(otherwise)
    .transform((typed, context) => {
      const points = parsePercent(typed);
      if (points !== null) return points;
      context.addIssue({ code: 'custom', message: 'Écrivez une part entre 0 et 100, par exemple 30.' });
      return z.NEVER;
    });
const id = z.coerce.number().int().min(1);
const version = z.coerce.number().int().min(0).default(0);

export const funderForm = z.object({
  name: required(80),
  kind: z.enum(['national', 'caf', 'msa', 'commune', 'company', 'other', 'garden', 'donations']),
  customerId: z.union([z.literal('').transform(() => null), id]).default(null),
  reference: text(120),
  treatment: z.enum(['price_complement', 'subsidy']).default('price_complement'),
  treatmentOn: maybeDay,
  version,
});
export type FunderValues = z.output<typeof funderForm>;

/** How many shares a form has room for. */
export const shareRows = [1, 2, 3, 4, 5, 6] as const;
const row = (n: number) => ({
  [`funder${n}`]: text(12),
  [`kind${n}`]: z.enum(['remainder', 'amount', 'percent']).default('remainder'),
  [`value${n}`]: text(12),
  [`affiliation${n}`]: z.enum(['', 'caf', 'msa']).default(''),
  [`place${n}`]: text(80),
});
const rows = Object.assign({}, ...shareRows.map(row)) as Record<string, z.ZodType<string>>;

export const programmeForm = z.object({
  name: required(80),
  startsOn: day,
  endsOn: maybeDay,
  plans: z.array(id).default([]),
  personCents: maybeEuros,
  personPercent: percent('30'),
  termMonths: z.coerce.number({ error: 'Écrivez un nombre de mois.' }).int().min(1, 'Un mois au moins.').max(24, 'Deux ans au plus.'),
  whenShort: z.enum(['stop', 'next', 'allow']),
  warnPercent: percent('20'),
  note: text(600),
  version,
  ...rows,
});
export type ProgrammeValues = z.output<typeof programmeForm>;

/** The shares as typed, in order; errors by field. Rows without a funder are left out. */
export function sharesTyped(values: Record<string, unknown>): { shares: ShareRule[]; errors: Record<string, string> } {
  const shares: ShareRule[] = [];
  const errors: Record<string, string> = {};
  for (const n of shareRows) {
    const funder = Number(values[`funder${n}`] ?? '');
    if (!funder) continue;
    const kind = values[`kind${n}`] as ShareRule['kind'];
    const typed = String(values[`value${n}`] ?? '');
    const cents = kind === 'amount' ? parseEuros(typed) : null;
    const basisPoints = kind === 'percent' ? parsePercent(typed) : null;
    if (kind === 'amount' && (cents === null || cents < 0)) errors[`value${n}`] = 'Écrivez un montant, par exemple 3,00.';
    if (kind === 'percent' && basisPoints === null) errors[`value${n}`] = 'Écrivez une part, par exemple 50.';
    const affiliation = values[`affiliation${n}`] as ShareRule['affiliation'];
    shares.push({ funder, kind, cents, basisPoints, affiliation, place: String(values[`place${n}`] ?? '') });
  }
  return { shares, errors };
}

export const envelopeForm = z.object({
  funderId: id,
  startsOn: day,
  endsOn: maybeDay,
  cents: maybeEuros,
  baskets: z
    .union([z.literal('').transform(() => null), z.coerce.number({ error: 'Écrivez un nombre de paniers.' }).int().min(0).max(100_000)])
    .default(null),
  note: text(200),
  key: required(60),
});
export const withdrawEnvelopeForm = z.object({ envelope: id });

export const claimForm = z.object({
  funderId: id,
  until: day,
  day,
  dueOn: day,
  seen: z.coerce.number().int(),
  key: required(60),
});
export const contestForm = z.object({ note: required(600) });

/** Baskets of a contested claim that somebody else pays: whose, delivered when, who pays, and why. */
export const moveForm = z
  .object({
    stays: z.array(id).min(1, 'Cochez au moins une personne.'),
    from: day,
    until: day,
    funderId: z.coerce.number({ error: 'Choisissez qui paie à la place.' }).int().min(1, 'Choisissez qui paie à la place.'),
    reason: required(600),
    key: required(60),
  })
  .refine(({ from, until }) => from <= until, { path: ['until'], message: 'Avant le début.' });
export type MoveValues = z.output<typeof moveForm>;
/** Workshops of a contested claim that somebody else pays; without a payer, the garden bears them. */
export const moveCostsForm = z.object({
  costs: z.array(id).min(1, 'Cochez au moins un atelier.'),
  costsTo: z.union([z.literal('garden').transform(() => null), z.coerce.number().int().min(1)], 'Choisissez qui paie à la place.'),
  costsReason: required(600),
  key: required(60),
});
export type MoveCostsValues = z.output<typeof moveCostsForm>;
export const maintainForm = z.object({ maintained: required(600), key: required(60) });
export type MaintainValues = z.output<typeof maintainForm>;
