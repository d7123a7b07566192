import { z } from 'zod';
import { parseDay } from '#kernel/day.ts';
import { type Cents, parseEuros } from '#kernel/money.ts';
import { methodKinds } from './rules/states.ts';

/** What the forms of payments may send, and what it means. Amounts are typed in euros and become cents. */

export const version = z.coerce.number().int().min(0).default(0);
/** Made when a form is shown: the same form sent twice acts once. */
export const key = z.string().regex(/^[\w-]{8,64}$/);
export const text = (most: number) => z.string().trim().max(most).default('');
const id = z.coerce.number('Choisissez une des réponses proposées.').int().min(1, 'Choisissez une des réponses proposées.');
export const idOrNothing = z.preprocess(
  (value) => (value === '' || value === undefined ? null : value),
  z.coerce.number().int().min(1).nullable(),
);

export const day = z.string().transform((typed, context) => {
  const read = parseDay(typed);
  if (read) return read;
  context.addIssue({ code: 'custom', message: typed.trim() ? 'Cette date n’existe pas. Exemple : 22/10/2025' : 'À remplir.' });
  return z.NEVER;
});

/** A million euros: more is a slip of the finger. */
export const dearest: Cents = 100_000_000;
const cents = (typed: string, context: z.RefinementCtx): Cents => {
  const read = parseEuros(typed);
  if (read !== null && read > 0 && read <= dearest) return read;
  const message =
    read === null
      ? 'Écrivez un montant en euros, par exemple 42,50.'
      : read <= 0
        ? 'Un montant au-dessus de zéro.'
        : 'Ce montant est trop grand.';
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
};
export const amount = z.string().trim().min(1).transform(cents);
export const amountOrNothing = text(16).transform((typed, context) => (typed === '' ? null : cents(typed, context)));

export const methodForm = z.object({
  version,
  name: z.string().trim().min(1).max(60),
  kind: z.enum(methodKinds),
  account: z.string().trim().min(1),
  remitted: z.preprocess((value) => value === 'on', z.boolean()),
  position: z.coerce.number().int().min(0).max(999).default(0),
});
export type MethodValues = Omit<z.output<typeof methodForm>, 'version'>;

export const paymentForm = z.object({
  key,
  method: id,
  amount,
  day,
  state: z.enum(['paid', 'expected', 'uncertain']).default('paid'),
  reference: text(40),
  bank: text(60),
  document: idOrNothing,
  note: text(400),
});
export type PaymentValues = z.output<typeof paymentForm>;

/** Money given back: `beyond` is ticked when the customer has less in hand. */
export const refundForm = paymentForm
  .omit({ state: true, bank: true })
  .extend({ beyond: z.preprocess((value) => value === 'on', z.boolean()) });
export type RefundValues = z.output<typeof refundForm>;

export const completionForm = z.object({ version, reference: text(40), bank: text(60), document: idOrNothing, note: text(400) });
export type Completion = Omit<z.output<typeof completionForm>, 'version'>;

export const receivedForm = z.object({ day });
export const rejectionForm = z.object({ day, reason: z.string().trim().min(1).max(200), fee: amountOrNothing });
/** A cheque of a market that came back: perhaps one of several, perhaps a customer's. */
export const bounceForm = z.object({
  day,
  amount,
  reason: z.string().trim().min(1).max(200),
  reference: text(40),
  bank: text(60),
  customer: text(120),
  fee: amountOrNothing,
});
export type BounceValues = z.output<typeof bounceForm>;
export const settledForm = z.object({ method: id, day });
export const cancellationForm = z.object({ reason: z.string().trim().min(1).max(200) });

export const slipForm = z.object({ method: id, day, payments: z.array(id).min(1, 'Cochez au moins un règlement.') });
export const depositForm = z.object({ day, account: idOrNothing });

/** Fields whose names are only known when the form is: read one by one, by their names (`typedLines`, `salesIn`). */
type Named = [name: string, type: z.ZodType];
const fieldsOf = (entries: readonly Named[]): Record<never, never> => Object.fromEntries(entries);

/** The pile: one way of paying and one day for all, and so many lines. Lines without anything typed are left out. */
export const pileForm = (lines: number) =>
  z.object({
    key,
    method: id,
    day,
    total: amountOrNothing,
    ...fieldsOf(
      Array.from({ length: lines }).flatMap((_, at): Named[] => [
        [`customer${at}`, text(120)],
        [`amount${at}`, text(16)],
        [`reference${at}`, text(40)],
        [`bank${at}`, text(60)],
      ]),
    ),
  });

/** How many cheques of a market may be typed one by one. */
export const chequesAtMarket = 8;

/** A day of market: `lines` kinds of sales, an amount for each way of paying, and cheques one by one: the bank counts them so, and may send one back. */
export const takingForm = (lines: number, methods: readonly number[]) =>
  z
    .object({
      key,
      day,
      place: z.string().trim().min(1).max(80),
      activity: idOrNothing,
      note: text(400),
      ...fieldsOf(
        Array.from({ length: lines }).flatMap((_, at): Named[] => [
          [`account${at}`, text(10)],
          [`vat${at}`, text(6)],
          [`gross${at}`, amountOrNothing],
        ]),
      ),
      ...fieldsOf(methods.map((one) => [`method${one}`, amountOrNothing])),
      ...fieldsOf(
        cheques.flatMap((at): Named[] => [
          [`cheque${at}`, amountOrNothing],
          [`number${at}`, text(40)],
          [`bank${at}`, text(60)],
        ]),
      ),
    })
    .superRefine((typed, context) => {
      const form: Record<string, unknown> = typed;
      const seen = new Set<unknown>();
      for (const at of cheques) {
        const [amount, number] = [form[`cheque${at}`], form[`number${at}`]];
        const add = (field: string, message: string) => context.addIssue({ code: 'custom', path: [`${field}${at}`], message });
        if (amount === null && (number || form[`bank${at}`])) add('cheque', 'Combien ?');
        if (number && seen.has(number)) add('number', `Le n° ${number} est déjà écrit plus haut.`);
        seen.add(number);
      }
    });
const cheques = Array.from({ length: chequesAtMarket }, (_, at) => at);

type Given = {
  sales: { account: string; vatBasisPoints: number; grossCents: Cents }[];
  receipts: { method: number; amount: Cents; reference?: string; bank?: string }[];
};

/**
 * What the form of a day of market means: lines and ways of paying without an amount are left out. @param cheque the way of paying that cheques are,
 * if the garden takes any.
 */
export function salesIn(form: Record<string, unknown>, lines: number, methods: readonly number[], cheque?: number): Given {
  const at = (name: string) => form[name] as number | null | undefined;
  return {
    sales: Array.from({ length: lines }, (_, place) => place).flatMap((place) => {
      const grossCents = at(`gross${place}`);
      return grossCents
        ? [{ account: String(form[`account${place}`] ?? ''), vatBasisPoints: Number(form[`vat${place}`] || 0), grossCents }]
        : [];
    }),
    receipts: [
      ...methods.flatMap((method) => {
        const amount = at(`method${method}`);
        return amount ? [{ method, amount }] : [];
      }),
      ...cheques.flatMap((place) => {
        const amount = at(`cheque${place}`);
        return amount && cheque
          ? [{ method: cheque, amount, reference: String(form[`number${place}`] ?? ''), bank: String(form[`bank${place}`] ?? '') }]
          : [];
      }),
    ],
  };
}
