import { z } from 'zod';
import { parseEuros } from '#kernel/money.ts';

const amount = (text: string, context: z.RefinementCtx): number => {
  const cents = parseEuros(text);
  if (cents !== null && cents >= 0) return cents;
  context.addIssue({ code: 'custom', message: 'Écrivez un montant, par exemple 13,80.' });
  return z.NEVER;
};

/** « 5,5 », « 5,5 % » → 550 basis points. */
const percent = (text: string, context: z.RefinementCtx): number => {
  const number = Number(text.replace(/[\s%\u00a0\u202f]/g, '').replace(',', '.'));
  const points = Math.round(number * 100);
  if (text.trim() !== '' && Number.isFinite(number) && points >= 0 && points <= 10_000 && Math.abs(points - number * 100) < 1e-6)
    return points;
  context.addIssue({ code: 'custom', message: 'Écrivez un pourcentage entre 0 et 100, par exemple 5,5.' });
  return z.NEVER;
};

const orNothing =
  (read: (text: string, context: z.RefinementCtx) => number) =>
  (text: string, context: z.RefinementCtx): number | null =>
    text.trim() === '' ? null : read(text, context);

/** « 8 » → 8 baskets in a crate. */
const perCrate = (text: string, context: z.RefinementCtx): number => {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= 999) return count;
  context.addIssue({ code: 'custom', message: 'Écrivez un nombre entre 1 et 999, ou rien.' });
  return z.NEVER;
};

export const productKinds = ['basket', 'other'] as const;

/** What the form of a product may send. Amounts in cents, percentages in basis points. */
export const productForm = z.object({
  version: z.coerce.number().int().min(0).default(0),
  name: z.string().trim().min(1).max(60),
  kind: z.enum(productKinds).default('basket'),
  priceCents: z.string().transform(amount),
  vatBasisPoints: z.string().transform(percent),
  position: z.coerce.number().int().min(0).max(9999),
  targetDepartureCents: z.string().transform(orNothing(amount)),
  wishedMarginBasisPoints: z.string().transform(orNothing(percent)),
  perCrate: z.string().default('').transform(orNothing(perCrate)),
});
export type ProductChange = z.output<typeof productForm>;
