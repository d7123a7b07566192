import { z } from 'zod';
import { parseEuros } from '#kernel/money.ts';

/** From which debts a garden reminds its customers, and stops packing for them. Amounts in cents, typed in euros. */

/** « 80 » or « 80,50 » → cents; empty: none. What is stored comes back as the number it is. */
const euros = z.preprocess((value, context) => {
  if (value === null || typeof value === 'number') return value;
  if (typeof value !== 'string' || value.trim() === '') return null;
  const cents = parseEuros(value);
  if (cents !== null) return cents;
  context.issues.push({ code: 'custom', message: 'Écrivez un montant. Exemple : 80 ou 80,50', input: value });
  return z.NEVER;
}, z.number().int().min(100, 'Un euro au moins.').max(10_000_000).nullable());

export const debtSettings = {
  /** Late debts above this: baskets are held back. Null: never. */
  debtLimitCents: euros.default(null),
  /** Nobody is reminded of less. */
  remindFromCents: euros.default(500),
};

/** What a form may send of them. */
export const debtGiven = {
  debtLimitCents: euros.optional(),
  remindFromCents: euros.optional(),
};
