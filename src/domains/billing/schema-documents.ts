import { z } from 'zod';
import { parseDay } from '#kernel/day.ts';
import { parseEuros } from '#kernel/money.ts';
import { parseQuantity } from '#kernel/quantity.ts';
import { vatRates } from './labels-documents.ts';
import { formKey } from './schema-charges.ts';

const text = (max: number) => z.string().trim().max(max).default('');
const day = z.string().transform((given, context) => {
  const found = parseDay(given);
  if (found) return found;
  context.addIssue({ code: 'custom', message: given.trim() === '' ? 'À remplir.' : 'Cette date n’existe pas. Exemple : 01/01/2026' });
  return z.NEVER;
});

/** As many lines as the form of a free invoice has; those without a label and a price are left out. */
export const lineCount = 8;
const places = Array.from({ length: lineCount }, (_, at) => at + 1);
const each = <T>(name: string, field: T) => Object.fromEntries(places.map((place) => [`${name}${place}`, field])) as Record<string, T>;

const head = z.object({
  key: formKey,
  customer: z.coerce.number().int().positive(),
  day,
  dueOn: day,
  title: text(120),
  note: text(600),
  /** Whether prices are typed with VAT. */
  vatIncluded: z.preprocess((value) => value !== 'no', z.boolean()),
  activity: z.string().trim().max(12).default(''),
});

/** What a form may send of an invoice by hand. Lines are read by `linesTyped`. */
export const invoiceForm = z.object({
  ...head.shape,
  ...each('label', text(120)),
  ...each('quantity', text(20)),
  ...each('price', text(20)),
  ...each('vat', text(6)),
  ...each('account', text(12)),
});
export type InvoiceValues = z.output<typeof head> & Record<string, unknown>;

export type TypedLine = { label: string; quantity: number; unitPrice: number; vatBasisPoints: number; account: string };

/** The lines of the form, or what is to be mended, field by field. Below zero, a price is a discount. */
export function linesTyped(values: Record<string, unknown>): { lines: TypedLine[]; errors: Record<string, string> } {
  const lines: TypedLine[] = [];
  const errors: Record<string, string> = {};
  for (const place of places) {
    const [label, quantity, price, vat, account] = ['label', 'quantity', 'price', 'vat', 'account'].map((name) =>
      String(values[name + place] ?? ''),
    );
    if (!label && !price) continue;
    const count = quantity ? parseQuantity(quantity) : 1000;
    const cents = parseEuros(price!);
    const rate = Number(vat || 0);
    if (!label) errors[`label${place}`] = 'Dites ce que c’est.';
    if (count === null || count === 0) errors[`quantity${place}`] = 'Un nombre plus grand que zéro, par exemple 2,5.';
    if (cents === null) errors[`price${place}`] = price ? 'Écrivez un montant, par exemple 4,50.' : 'À remplir.';
    if (!(vatRates as readonly number[]).includes(rate)) errors[`vat${place}`] = 'Choisissez un taux.';
    if (!account) errors[`account${place}`] = 'Choisissez.';
    lines.push({ label: label!, quantity: count ?? 0, unitPrice: cents ?? 0, vatBasisPoints: rate, account: account! });
  }
  if (lines.length === 0) errors.label1 = 'Écrivez au moins une ligne.';
  return { lines, errors };
}

/** What is credited: `all`, or lines by their places. */
export const creditForm = z.object({
  whole: z.enum(['all', 'lines']),
  lines: z.array(z.coerce.number().int().positive()).default([]),
  note: text(300),
});

/** `sent`: how many times the document had left when the page was shown, so that a form sent twice sends once. */
export const sendForm = z.object({
  to: z.preprocess((value) => (typeof value === 'string' ? value.trim() : value), z.email().max(200)),
  message: text(2000),
  sent: z.coerce.number().int().min(0),
});
