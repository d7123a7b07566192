import { z } from 'zod';
import { parseDay } from '#kernel/day.ts';
import { bareIban, whyNotBic, whyNotCreditor, whyNotIban } from './rules/account.ts';
import { isSepaReference } from './rules/letters.ts';

const text = (max: number) => z.string().trim().max(max);
const id = z.coerce.number().int().positive();
const version = z.coerce.number().int().min(0).default(0);
const key = z.uuid();

/** A day as a field of dates sends it, or as people type it. */
export const day = z.string().transform((typed, context) => {
  const read = parseDay(typed);
  if (read) return read;
  context.addIssue({ code: 'custom', message: typed.trim() === '' ? 'À remplir.' : 'Une date, par exemple 05/11/2025.' });
  return z.NEVER;
});

const checked = (tidy: (typed: string) => string, whyNot: (value: string) => string | null) =>
  z.string().transform((typed, context) => {
    const value = tidy(typed);
    const why = whyNot(value);
    if (why === null) return value;
    context.addIssue({ code: 'custom', message: why });
    return z.NEVER;
  });
const bare = (typed: string) => typed.replace(/\s/g, '').toUpperCase();
const iban = checked(bareIban, whyNotIban);
const bic = checked(bare, whyNotBic);
const tick = z.literal('yes').optional();

/** An account of the garden at a bank. */
export const accountForm = z.object({
  version,
  name: text(80).min(1),
  holder: text(70).min(1),
  iban,
  bic,
  creditorIdentifier: checked(bare, (value) => (value === '' ? null : whyNotCreditor(value))),
  account: z.string().regex(/^512[0-9]{0,7}$/, 'Un compte de banque commence par 512.'),
});
export type AccountValues = Omit<z.output<typeof accountForm>, 'version'>;

/** Bytes. */
const MOST = 5_000_000;
/** A form without a file sends an empty one. */
const file = z
  .instanceof(File)
  .refine((given) => given.size <= MOST, 'Plus de 5 Mo : réduisez le document, ou scannez-le en moins fin.')
  .optional();

const reference = text(35).refine(
  (value) => value === '' || isSepaReference(value),
  'Lettres sans accent, chiffres, / - ? : ( ) . , + et espace seulement.',
);

/** A mandate that a customer signed. An empty reference: the garden's next one. */
export const mandateForm = z.object({
  customerId: id,
  reference: reference.default(''),
  iban,
  bic,
  signedOn: day,
  scheme: z.enum(['CORE', 'B2B']).default('CORE'),
  once: tick,
  evidence: z.enum(['paper', 'online']),
  evidenceNote: text(2000).default(''),
  scan: file,
  payByDebit: tick,
});

export const accountChangeForm = z.object({ version, iban, bic, bank: z.enum(['same', 'other', 'unknown']).default('unknown') });
export const referenceChangeForm = z.object({ version, reference: reference.refine((value) => value !== '', 'À remplir.') });
export const mandateEndForm = z.object({ version, endedOn: day, reason: text(200).default('') });
export const proofForm = z.object({ evidence: z.enum(['paper', 'online']), evidenceNote: text(2000).default(''), scan: file });

export const batchForm = z.object({ key, accountId: id, dueOn: day });
export const lineForm = z.object({ line: id });
export const sendForm = z.object({ version, accept: tick });
export const confirmForm = z.object({ version, day });
export const rejectForm = z.object({
  line: id,
  day,
  code: z.string().regex(/^[A-Z0-9]{4}$/, 'Choisissez une raison.'),
  fee: tick,
});

export const refundForm = z.object({
  key,
  accountId: id,
  executeOn: day,
  customers: z.array(id).default([]),
});
/** When the bank made refunds. */
export const refundDayForm = z.object({ batch: id, day });
