import { z } from 'zod';
import { parseDay } from '#kernel/day.ts';
import { parseEuros } from '#kernel/money.ts';
import { parseQuantity } from '#kernel/quantity.ts';
import { kindsByHand } from './rules/charge.ts';

const day = z.string().transform((text, context) => {
  const found = parseDay(text);
  if (found) return found;
  context.addIssue({ code: 'custom', message: text.trim() === '' ? 'À remplir.' : 'Cette date n’existe pas. Exemple : 01/01/2026' });
  return z.NEVER;
});
const dayOrNone = z.preprocess((text) => (typeof text === 'string' && text.trim() === '' ? null : text), day.nullable()).default(null);

/** « 4,50 » → 450 cents, never below zero: whether the garden asks or gives is said by the kind. */
export const amount = z.string().transform((text, context) => {
  const cents = parseEuros(text);
  if (cents !== null && cents >= 0) return cents;
  context.addIssue({
    code: 'custom',
    message: cents === null ? 'Écrivez un montant, par exemple 4,50.' : 'Écrivez le montant sans signe : ce que c’est le dit déjà.',
  });
  return z.NEVER;
});

const quantity = z.string().transform((text, context) => {
  const read = parseQuantity(text);
  if (read !== null && read > 0) return read;
  context.addIssue({ code: 'custom', message: 'Écrivez un nombre plus grand que zéro, par exemple 1 ou 2,5.' });
  return z.NEVER;
});

const idOrNone = z.preprocess(
  (value) => (value === '' || value === undefined ? null : value),
  z.coerce.number().int().positive().nullable(),
);

/** What makes a form that was sent twice count once. */
export const formKey = z
  .string()
  .trim()
  .regex(/^[\w-]{8,64}$/);

/** A line added by hand to what a customer owes. Quantities in thousandths, amounts in cents, rates in basis points. */
export const chargeForm = z.object({
  key: formKey,
  kind: z.enum(kindsByHand),
  label: z.string().trim().min(1).max(120),
  quantity: quantity,
  unitPriceCents: amount,
  /** Whether the price holds VAT. */
  vatIncluded: z.preprocess((value) => value !== 'no', z.boolean()),
  vatBasisPoints: z.coerce.number().int().min(0).max(10_000).default(0),
  /** Empty: where its kind goes. */
  account: z.string().trim().default(''),
  activity: z.string().trim().default(''),
  /** The subscription with whose baskets it comes; none: it is billed once. */
  subscriptionId: idOrNone,
  billOn: day,
  untilOn: dayOrNone,
  note: z.string().trim().max(300).default(''),
});
export type ChargeValues = z.output<typeof chargeForm>;

export const chargeAsked = z.object({ charge: z.coerce.number().int().positive() });
/** A charge of every delivery ends: its last day. */
export const chargeEnd = chargeAsked.extend({ untilOn: day });

export const openingForm = z.object({ sign: z.enum(['owes', 'in_hand'], 'Choisissez ce que veut dire un solde sans signe.') });

export const statementAsked = z.object({ du: dayOrNone, au: dayOrNone });

export const statementToSend = z.object({
  ...{ du: dayOrNone, au: dayOrNone, key: z.uuid() },
  to: z.preprocess(
    (value) => (typeof value === 'string' ? value.trim() : value),
    z.email('Une adresse comme nom@exemple.fr.').max(200, 'Cette adresse est trop longue.'),
  ),
  message: z.string().trim().max(2000, 'Ce message est trop long : 2 000 caractères au plus.').default(''),
});
