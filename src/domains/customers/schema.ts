import { z } from 'zod';
import { parseDay } from '#kernel/day.ts';
import { parseEuros } from '#kernel/money.ts';
import { groupPhone } from './rules/phone.ts';

const text = (most: number) => z.string().trim().max(most).default('');

export const volunteerAnswers = ['yes', 'maybe', 'no'] as const;
export const paymentMethods = ['direct_debit', 'cheque', 'transfer', 'cash', 'card', 'voucher'] as const;

/** An empty choice of a form says nothing. */
const choice = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.preprocess((value) => (value === '' || value === undefined ? null : value), z.enum(values).nullable());

/** What the form of a customer sends. Texts are trimmed; an empty text is an absent one. */
export const customerForm = z.object({
  number: z
    .string()
    .trim()
    .min(1)
    .max(20)
    .regex(/^[\p{L}\p{N}][\p{L}\p{N} ./-]*$/u, 'Des chiffres ou des lettres. Exemple : 1954'),
  kind: z.enum(['person', 'organisation']).default('person'),
  civility: text(20),
  lastName: z.string().trim().min(1).max(120),
  firstName: text(80),
  address: text(200),
  postcode: z
    .string()
    .trim()
    .regex(/^([0-9A-Za-z][0-9A-Za-z -]{2,9})?$/, 'Cinq chiffres. Exemple : 88150')
    .default(''),
  city: text(100),
  phone: z
    .string()
    .trim()
    .max(60)
    .refine((value) => value === '' || (value.match(/\d/g)?.length ?? 0) >= 6, 'Il manque des chiffres. Exemple : 06 12 34 56 78')
    .transform(groupPhone)
    .default(''),
  email: z.union([z.literal(''), z.email('Cette adresse e-mail n’est pas complète. Exemple : prenom.nom@exemple.fr').max(200)]).default(''),
  category: text(60),
  volunteer: choice(volunteerAnswers),
  paymentMethod: choice(paymentMethods),
  notes: text(4000),
});

export type CustomerValues = z.output<typeof customerForm>;

/** A change also says which version of the record it was typed on, and what the record said then (JSON), so that two people may work at once. */
export const customerChange = customerForm.extend({
  version: z.coerce.number().int(),
  base: z.preprocess((value) => {
    try {
      return JSON.parse(String(value));
    } catch {
      return null;
    }
  }, customerForm.partial().nullable()),
});

const fields = Object.keys(customerForm.shape) as (keyof CustomerValues)[];

/** What the form holds of a record. */
export const valuesOf = (record: CustomerValues): CustomerValues =>
  Object.fromEntries(fields.map((field) => [field, record[field]])) as CustomerValues;

export const sameValues = (one: CustomerValues, other: CustomerValues): boolean => fields.every((field) => one[field] === other[field]);

const day = z.string().transform((text, context) => {
  const found = parseDay(text);
  if (found) return found;
  context.addIssue({ code: 'custom', message: text.trim() === '' ? 'À remplir.' : 'Cette date n’existe pas. Exemple : 01/01/2026' });
  return z.NEVER;
});

/** A membership: its period, both days included, and what was paid, in cents. */
export const membershipForm = z.object({
  startsOn: day,
  endsOn: day,
  amountCents: z.string().transform((text, context) => {
    const cents = parseEuros(text);
    if (cents !== null && cents >= 0) return cents;
    context.addIssue({ code: 'custom', message: 'Écrivez un montant, par exemple 15,00.' });
    return z.NEVER;
  }),
});
export type MembershipValues = z.output<typeof membershipForm>;
