import { z } from 'zod';
import { parseDay } from '#kernel/day.ts';
import { parseQuantity, parseUnitPrice } from '#kernel/quantity.ts';

/** What the forms of produce, suppliers, crews and reference prices may send, and what it means. */

export const categories = ['vegetable', 'fruit', 'herb', 'other'] as const;
export const units = ['kg', 'piece', 'bunch', 'box'] as const;
export const organics = ['organic', 'conversion', 'conventional'] as const;
export type Category = (typeof categories)[number];
export type Organic = (typeof organics)[number];

const version = z.coerce.number().int().min(0).default(0);
const text = (most: number) => z.string().trim().max(most).default('');
const idOrNothing = z.preprocess(
  (value) => (value === '' || value === undefined ? null : value),
  z.coerce.number().int().min(1).nullable(),
);

const grams = text(9).transform((typed, context) => {
  if (typed === '') return null;
  const number = /^\d{1,5}$/.test(typed) ? Number(typed) : 0;
  if (number > 0) return number;
  context.addIssue({ code: 'custom', message: 'Écrivez un poids en grammes, sans virgule : par exemple 350.' });
  return z.NEVER;
});

const quantity = text(12).transform((typed, context) => {
  if (typed === '') return null;
  const read = parseQuantity(typed);
  if (read) return read;
  context.addIssue({ code: 'custom', message: 'Écrivez une quantité, par exemple 10 ou 12,5.' });
  return z.NEVER;
});

/** One emoji, or nothing: a flag or a family is several signs, but people see one. */
const emoji = text(24).refine(
  (typed) => typed === '' || ([...new Intl.Segmenter('fr').segment(typed)].length === 1 && /\p{Extended_Pictographic}/u.test(typed)),
  'Mettez un seul dessin (emoji), ou rien.',
);

const months = z
  .array(z.coerce.number().int().min(1).max(12))
  .default([])
  .transform((list) => [...new Set(list)].sort((a, b) => a - b))
  // Twelve months ticked say the same as none.
  .transform((list) => (list.length === 12 ? [] : list));

const produceFields = z.object({
  name: z.string().trim().min(1).max(60),
  category: z.enum(categories).default('vegetable'),
  family: text(60),
  unit: z.enum(units).default('kg'),
  pieceGrams: grams,
  organic: z.enum(organics).default('organic'),
  months,
  storage: text(400),
  emoji,
  supplierId: idOrNothing,
  crewId: idOrNothing,
  container: text(40),
  containerQuantity: quantity,
});

/** What is said of something baskets are made of. `pieceGrams`: of one piece, bunch or box; `containerQuantity`: thousandths of the unit. */
export type ProduceValues = z.output<typeof produceFields>;

export const produceForm = produceFields
  .extend({ version })
  .refine(({ containerQuantity, container }) => container === '' || containerQuantity !== null, {
    path: ['containerQuantity'],
    message: 'Combien y en a-t-il dedans ?',
  });

/** 10 000 € for one unit: more is a slip of the finger. */
const dearest = 100_000_000;

const price = (typed: string, context: z.RefinementCtx): number => {
  const read = parseUnitPrice(typed);
  if (read !== null && read <= dearest) return read;
  context.addIssue({ code: 'custom', message: 'Écrivez un prix en euros, par exemple 1,51.' });
  return z.NEVER;
};

const day = z.string().transform((typed, context) => {
  const read = parseDay(typed);
  if (read) return read;
  context.addIssue({ code: 'custom', message: 'Cette date n’existe pas. Exemple : 01/06/2026' });
  return z.NEVER;
});

/** A reference price from a day on; an empty one says that there is none any more. */
export const priceForm = z.object({
  startsOn: day,
  unitPrice: text(16).transform((typed, context) => (typed === '' ? null : price(typed, context))),
  note: text(120),
});

/** Raw ten-thousandths, as our own page wrote them beside a field: what was shown in it. */
const shown = z
  .string()
  .regex(/^\d{0,10}$/)
  .transform((typed) => (typed === '' ? null : Number(typed)))
  .optional();
/** Another figure for a price that is written already: what stood there when it was looked at comes along. */
export const correctionForm = z.object({
  price: z.coerce.number().int().min(1),
  was: shown.transform((typed) => typed ?? null),
  unitPrice: text(16).transform((typed, context) => (typed === '' ? null : price(typed, context))),
});
export const priceToRemove = z.object({ price: z.coerce.number().int().min(1) });

export const supplierForm = z.object({
  version,
  name: z.string().trim().min(1).max(80),
  contact: text(80),
  phone: text(40),
  email: z.union([z.literal(''), z.email('Cette adresse e-mail n’est pas complète.')]).default(''),
  note: text(600),
});
export type SupplierValues = Omit<z.output<typeof supplierForm>, 'version'>;

export const crewForm = z.object({
  version,
  name: z.string().trim().min(1).max(60),
  position: z.coerce.number().int().min(0).max(9999).default(0),
});
export type CrewValues = Omit<z.output<typeof crewForm>, 'version'>;

export const pairForm = z.object({ other: z.coerce.number('Choisissez un produit.').int().min(1, 'Choisissez un produit.') });
export const pairToRemove = z.object({ pair: z.coerce.number().int().min(1) });

const priceOrNothing = text(16)
  .transform((typed, context) => (typed === '' ? null : price(typed, context)))
  .optional();

/** The form of many prices: for each produce of the list, `price12` and what was shown there, `was12`. Those it leaves out are left alone. */
export const pricesForm = (ids: readonly number[]) =>
  z.object({
    startsOn: day,
    ...Object.fromEntries(ids.map((id) => [`price${id}`, priceOrNothing])),
    ...Object.fromEntries(ids.map((id) => [`was${id}`, shown])),
  });

/** What the form of many prices means. */
export function pricesIn(
  form: Record<string, unknown>,
  ids: readonly number[],
): { produceId: number; was: number | null; unitPrice: number | null }[] {
  return ids.flatMap((id) => {
    const [unitPrice, was] = [form[`price${id}`], form[`was${id}`]] as (number | null | undefined)[];
    return unitPrice === undefined || was === undefined ? [] : [{ produceId: id, was, unitPrice }];
  });
}
