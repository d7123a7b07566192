import { z } from 'zod';
import { quartersOf, type Step } from './rules/membership.ts';
import { amount } from './schema-charges.ts';

export const pricings = ['whole', 'pivot', 'quarters'] as const;
export type Pricing = (typeof pricings)[number];

const amountOrNone = z
  .preprocess((value) => (typeof value === 'string' && value.trim() === '' ? null : value), amount.nullable())
  .default(null);
const two = (value: number) => String(value).padStart(2, '0');
// Fields that a choice hides come empty: they are as if they had not been sent.
const orAbsent = <S extends z.ZodType>(schema: S) => z.preprocess((value) => (value === '' ? undefined : value), schema);
const dayOfMonth = (usual: number) =>
  orAbsent(
    z.coerce
      .number('Un jour du mois, de 1 à 31.')
      .int()
      .min(1, 'Un jour du mois, de 1 à 31.')
      .max(31, 'Un jour du mois, de 1 à 31.')
      .default(usual),
  );
const month = (usual: number) => orAbsent(z.coerce.number().int().min(1).max(12).default(usual));

/** Days of the longest year: 29 February is one. */
const exists = (monthNumber: number, dayNumber: number): boolean =>
  dayNumber <= [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][monthNumber - 1]!;

/** What the form of a kind of membership sends. */
export const membershipTypeForm = z
  .object({
    version: z.coerce.number().int().min(0).default(0),
    name: z.string().trim().min(1).max(60),
    amountCents: amount,
    period: z.enum(['fixed_year', 'anniversary']),
    startDay: dayOfMonth(1),
    startMonth: month(1),
    pricing: z.enum(pricings).default('whole'),
    pivotDay: dayOfMonth(1),
    pivotMonth: month(7),
    pivotCents: amountOrNone,
    second: amountOrNone,
    third: amountOrNone,
    fourth: amountOrNone,
    account: z.string().trim().default('756000'),
    position: z.coerce.number().int().min(0).max(9999).default(0),
  })
  .superRefine((typed, context) => {
    const wrong = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
    if (typed.period === 'anniversary') return;
    if (!exists(typed.startMonth, typed.startDay)) wrong('startDay', 'Ce jour n’existe pas dans ce mois.');
    if (typed.pricing === 'pivot') {
      if (!exists(typed.pivotMonth, typed.pivotDay)) wrong('pivotDay', 'Ce jour n’existe pas dans ce mois.');
      if (typed.pivotCents === null) wrong('pivotCents', 'Écrivez le prix à partir de ce jour.');
    }
    if (typed.pricing === 'quarters')
      for (const name of ['second', 'third', 'fourth'] as const)
        if (typed[name] === null) wrong(name, 'Écrivez un prix pour ce trimestre.');
  });
export type MembershipTypeForm = z.output<typeof membershipTypeForm>;

export type MembershipTypeValues = {
  name: string;
  amountCents: number;
  period: 'fixed_year' | 'anniversary';
  yearStarts: string;
  steps: Step[];
  account: string;
  position: number;
};

/** What is kept of the form: what an anniversary, or a whole price, does not use is dropped. */
export function membershipTypeIn(typed: MembershipTypeForm): { version: number; values: MembershipTypeValues } {
  const { version, name, amountCents, period, account, position } = typed;
  const yearStarts = period === 'anniversary' ? '01-01' : `${two(typed.startMonth)}-${two(typed.startDay)}`;
  const quarters = quartersOf(yearStarts);
  const steps: Step[] =
    period === 'anniversary' || typed.pricing === 'whole'
      ? []
      : typed.pricing === 'pivot'
        ? [{ from: `${two(typed.pivotMonth)}-${two(typed.pivotDay)}`, amountCents: typed.pivotCents! }]
        : [typed.second!, typed.third!, typed.fourth!].map((cents, at) => ({ from: quarters[at]!, amountCents: cents }));
  return { version, values: { name, amountCents, period, yearStarts, steps, account, position } };
}

/** How a kind that is kept would have been typed: a pivot, quarters, or whole. */
export const pricingOf = ({ steps }: { steps: readonly Step[] }): Pricing =>
  steps.length === 0 ? 'whole' : steps.length === 1 ? 'pivot' : 'quarters';

/** Beside period and amount (customers/schema.ts): which kind, and whether it is to bill. */
export const membershipMore = z.object({
  typeId: z.preprocess((value) => (value === '' || value === undefined ? null : value), z.coerce.number().int().positive().nullable()),
  charged: z.preprocess((value) => value === 'on', z.boolean()),
});
