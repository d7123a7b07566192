import { z } from 'zod';
import { paymentMethods } from '#domains/customers/schema.ts';
import { parseDay } from '#kernel/day.ts';
import { parseEuros } from '#kernel/money.ts';
import { type Flexibility, flexibleKinds, type Limit, limitedKinds, readFlexibility, remedies } from './rules/flexibility.ts';
import { offeredFrequencies } from './rules/offer.ts';
import { billingRhythms } from './rules/rhythm.ts';
import { readWeeks } from './rules/weeks.ts';

/** What the forms of plans may send, and what it means. */

export const billingModes = ['arrears', 'instalments', 'prepaid', 'pack'] as const;
export { billingRhythms };
/** How many limits of cancellations and postponements a form has room for. */
export const limitRows = [1, 2, 3] as const;

const amount = (text: string, context: z.RefinementCtx): number => {
  const cents = parseEuros(text);
  if (cents !== null && cents >= 0) return cents;
  context.addIssue({ code: 'custom', message: 'Écrivez un montant, par exemple 13,80.' });
  return z.NEVER;
};
const price = z.string().trim().min(1).transform(amount);
const fee = z
  .string()
  .trim()
  .default('')
  .transform((text, context) => (text === '' ? 0 : amount(text, context)));

const whole = (text: string, context: z.RefinementCtx, from: number, to: number): number => {
  const number = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= from && number <= to) return number;
  context.addIssue({ code: 'custom', message: `Écrivez un nombre entier entre ${from} et ${to}.` });
  return z.NEVER;
};
const number = (from: number, to: number, otherwise: string) =>
  z
    .string()
    .trim()
    .default(otherwise)
    .transform((text, context) => whole(text, context, from, to));
const numberOrNothing = (from: number, to: number) =>
  z
    .string()
    .trim()
    .default('')
    .transform((text, context) => (text === '' ? null : whole(text, context, from, to)));

const tick = z.preprocess((value) => value === 'on' || value === 'oui' || value === true, z.boolean());
const idOrNothing = z.preprocess(
  (value) => (value === '' || value === undefined ? null : value),
  z.coerce.number().int().min(1).nullable(),
);

/** « 12, 24 » → [12, 24] */
const counts = z
  .string()
  .trim()
  .default('')
  .transform((text, context) => {
    const parts = text.split(/\s*(?:[,;/]|\bou\b|\bet\b)\s*|\s+/).filter(Boolean);
    const numbers = [...new Set(parts.map(Number))].sort((a, b) => a - b);
    if (numbers.every((one) => Number.isInteger(one) && one > 0 && one < 1000)) return numbers;
    context.addIssue({ code: 'custom', message: 'Écrivez des nombres de paniers, par exemple : 12, 24.' });
    return z.NEVER;
  });

const weeks = z
  .string()
  .max(300)
  .default('')
  .transform((text, context) => {
    const read = readWeeks(text);
    if (read.ok) return read.weeks;
    context.addIssue({ code: 'custom', message: read.reason });
    return z.NEVER;
  });

/** « 1/7 », « 01/07 » → « 07-01 »; nothing → ''. */
const dayOfYear = z
  .string()
  .trim()
  .default('')
  .transform((text, context) => {
    if (text === '') return '';
    // Any leap year: 29 February is a day like another here.
    const day = parseDay(`${text.replace(/[\s.-]+/g, '/').replace(/\/$/, '')}/2024`);
    if (day) return day.slice(5);
    context.addIssue({ code: 'custom', message: 'Écrivez un jour et un mois, par exemple 01/07.' });
    return z.NEVER;
  });
const limitKinds = z.enum([...limitedKinds, 'both']).default('both');
const limitMax = numberOrNothing(0, 99);

const limitFields = {
  ...{ limit1From: dayOfYear, limit1Until: dayOfYear, limit1Kinds: limitKinds, limit1Max: limitMax },
  ...{ limit2From: dayOfYear, limit2Until: dayOfYear, limit2Kinds: limitKinds, limit2Max: limitMax },
  ...{ limit3From: dayOfYear, limit3Until: dayOfYear, limit3Kinds: limitKinds, limit3Max: limitMax },
};

const fields = z.object({
  version: z.coerce.number().int().min(0).default(0),
  name: z.string().trim().min(1).max(80),
  description: z.string().trim().max(600).default(''),
  productId: z.coerce.number().int('Choisissez un produit.').min(1, 'Choisissez un produit.'),
  seasonId: idOrNothing,
  frequencies: z.array(z.enum(offeredFrequencies)).min(1),
  basketCounts: counts,
  weeks,
  billingMode: z.enum(billingModes).default('arrears'),
  billingCount: numberOrNothing(1, 366),
  billingRhythm: z.enum(billingRhythms).default('month'),
  paymentMethods: z.array(z.enum(paymentMethods)).default([]),
  membershipRequired: tick,
  depositCents: fee,
  containerFeeCents: fee,
  trialBaskets: numberOrNothing(1, 52),
  tacitRenewal: tick,
  noticeDays: number(0, 366, '30'),
  allowed: z.array(z.enum(flexibleKinds)).default([]),
  cutoffHours: numberOrNothing(0, 336),
  remedy: z.enum(remedies).default('none'),
  postponeWeeks: numberOrNothing(1, 52),
  ...limitFields,
  categories: z.array(z.string().trim().min(1).max(60)).default([]),
  minQuantity: number(1, 999, '1'),
  maxQuantity: numberOrNothing(1, 999),
  position: number(0, 9999, '0'),
});

/** A row of limits is filled whole, or left empty. */
function checkLimits(form: Record<string, unknown>, context: z.RefinementCtx): void {
  for (const row of limitRows) {
    const parts = ['From', 'Until', 'Max'].map((part) => `limit${row}${part}`);
    const empty = parts.filter((part) => form[part] === '' || form[part] === null);
    if (empty.length > 0 && empty.length < parts.length)
      for (const path of empty) context.addIssue({ code: 'custom', path: [path], message: 'À remplir, ou videz toute la limite.' });
  }
}

const quantities = { path: ['maxQuantity'], message: 'Le maximum ne peut pas être plus petit que le minimum.' };

export const planForm = fields
  .superRefine(checkLimits)
  .refine(({ minQuantity, maxQuantity }) => maxQuantity === null || maxQuantity >= minQuantity, quantities);
/** A new plan comes with its price. */
export const newPlanForm = fields
  .extend({ priceCents: price })
  .superRefine(checkLimits)
  .refine(({ minQuantity, maxQuantity }) => maxQuantity === null || maxQuantity >= minQuantity, quantities);

type Typed = z.output<typeof fields>;
type LimitField = keyof typeof limitFields;
type FlexibilityField = 'allowed' | 'cutoffHours' | 'remedy' | 'postponeWeeks' | LimitField;

/** What makes a plan, its price apart. Amounts in cents. */
export type PlanValues = Omit<Typed, 'version' | FlexibilityField> & { flexibility: Flexibility };

const apart = new Set(['priceCents', ...Object.keys(limitFields)]);

/** What a form means, once it is read; a price typed with it is left to the caller. */
export function planIn(form: Typed): PlanValues {
  const { version: _, allowed, cutoffHours, remedy, postponeWeeks, ...rest } = form;
  const values = Object.fromEntries(Object.entries(rest).filter(([field]) => !apart.has(field))) as Omit<PlanValues, 'flexibility'>;
  const limits = limitRows.flatMap((row) => limitIn(form, row));
  return { ...values, flexibility: readFlexibility({ allowed, cutoffHours, remedy, postponeWeeks, limits }) };
}

function limitIn(form: Typed, row: (typeof limitRows)[number]): Limit[] {
  const [from, until, max] = [form[`limit${row}From`], form[`limit${row}Until`], form[`limit${row}Max`]];
  if (!from || !until || max === null) return [];
  const kinds = form[`limit${row}Kinds`];
  return [{ from, until, kinds: kinds === 'both' ? [...limitedKinds] : [kinds], max }];
}

/** A price from a day on. */
export const priceForm = z.object({
  startsOn: z.string().transform((text, context) => {
    const day = parseDay(text);
    if (day) return day;
    context.addIssue({ code: 'custom', message: 'Cette date n’existe pas. Exemple : 01/01/2026' });
    return z.NEVER;
  }),
  priceCents: price,
});

export const priceToRemove = z.object({ price: z.coerce.number().int().min(1) });

/** The weeks alone, when a plan that has subscribers changes them. */
export const weeksForm = z.object({ version: z.coerce.number().int().min(1), weeks });
