import { z } from 'zod';
import { parseDay } from '#kernel/day.ts';
import { parseEuros } from '#kernel/money.ts';
import { parseMonth } from './rules/months.ts';

/** What the forms of accounting may send, and what it means. */

const text = (max: number) => z.string().trim().max(max).default('');
const version = z.coerce.number().int().min(0);
export const day = z.string().transform((typed, context) => {
  const read = parseDay(typed);
  if (read) return read;
  context.addIssue({ code: 'custom', message: typed.trim() ? 'Cette date n’existe pas. Exemple : 01/06/2026' : 'À remplir.' });
  return z.NEVER;
});
export const month = z.string().transform((typed, context) => {
  const read = parseMonth(typed);
  if (read) return read;
  context.addIssue({ code: 'custom', message: 'Choisissez un mois.' });
  return z.NEVER;
});
const confirmed = z.literal('oui').optional();

/** Journals in which people write by themselves: sales are written by invoices alone, so that the journal always equals them. */
export const manualJournals = ['OD', 'BQ', 'CA', 'AN'] as const;

/** How many lines the form of an entry has room for. */
export const fewestLines = 4;
export const mostLines = 40;

const amount = text(16).transform((typed, context) => {
  if (typed === '') return 0;
  const cents = parseEuros(typed);
  if (cents !== null && cents >= 0) return cents;
  context.addIssue({ code: 'custom', message: 'Écrivez un montant, par exemple 120,50.' });
  return z.NEVER;
});

const heading = z.object({
  key: z.string().min(8).max(64),
  journal: z.enum(manualJournals).default('OD'),
  day,
  label: z.string().trim().min(1).max(120),
  document: z.string().trim().min(1).max(40),
});
export type EntryHeading = z.output<typeof heading>;

/** The form of an entry: its heading, and for each line `account1`, `label1`, `debit1`, `credit1`, `customer1`, `activity1`. */
export const entryForm = (lines: number) =>
  z.object({
    ...heading.shape,
    ...Object.fromEntries(
      Array.from({ length: lines }, (_, at) => [
        ...[[`account${at + 1}`, text(80)] as const, [`label${at + 1}`, text(120)] as const, [`customer${at + 1}`, text(40)] as const],
        ...[[`debit${at + 1}`, amount] as const, [`credit${at + 1}`, amount] as const, [`activity${at + 1}`, text(20)] as const],
      ]).flat(),
    ),
  });

/** What the form of an entry means. */
export const entryIn = (form: Record<string, unknown>, lines: number): EntryHeading & { lines: TypedLine[] } => {
  const { key, journal, day: on, label, document } = form as EntryHeading;
  return { key, journal, day: on, label, document, lines: linesIn(form, lines) };
};

export type TypedLine = {
  place: number;
  account: string;
  label: string;
  debit: number;
  credit: number;
  customer: string;
  activity: string;
};

/** Lines where something was typed. « 512000 Banque » is account 512000. */
function linesIn(form: Record<string, unknown>, lines: number): TypedLine[] {
  return Array.from({ length: lines }, (_, at) => {
    const of = (name: string) => form[`${name}${at + 1}`] as string;
    const number = (name: string) => (form[`${name}${at + 1}`] as number | undefined) ?? 0;
    return {
      place: at + 1,
      account: /^\d*/.exec(of('account') ?? '')![0] || (of('account') ?? ''),
      label: of('label') ?? '',
      debit: number('debit'),
      credit: number('credit'),
      customer: of('customer') ?? '',
      activity: of('activity') ?? '',
    };
  }).filter(({ account, debit, credit, customer }) => account || debit || credit || customer);
}

export const reversalForm = z.object({ day, reason: z.string().trim().min(3).max(120) });

export const accountForm = z.object({
  number: z
    .string()
    .trim()
    .regex(/^[1-9]\d{2,9}$/, 'Un numéro de compte a de 3 à 10 chiffres et ne commence pas par 0.'),
  name: z.string().trim().min(1).max(80),
});
export const accountNameForm = z.object({ id: z.coerce.number().int().min(1), version, name: z.string().trim().min(1).max(80) });
export const activityForm = z.object({
  code: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[A-Z0-9]{2,6}$/, 'De 2 à 6 lettres ou chiffres, sans accent ni espace.'),
  name: z.string().trim().min(1).max(60),
});
export const activityNameForm = z.object({ id: z.coerce.number().int().min(1), version, name: z.string().trim().min(1).max(60) });
export const putAsideForm = z.object({ id: z.coerce.number().int().min(1), back: z.literal('oui').optional() });

export const exportForm = z
  .object({
    from: day,
    until: day,
    journals: z.array(z.string().regex(/^[A-Z0-9]{2,6}$/)).min(1, 'Choisissez au moins un journal.'),
    /** Only what no export has taken yet. */
    fresh: z.preprocess((value) => value === 'on', z.boolean()),
  })
  .refine(({ from, until }) => from <= until, { path: ['until'], message: 'La fin vient après le début.' });
export const cancelForm = z.object({ id: z.coerce.number().int().min(1) });

export const monthForm = z.object({ month, confirmed });
export const yearForm = z.object({ endsOn: day, confirmed });
export const yearDaysForm = z.object({ startsOn: day, endsOn: day });
export const tillForm = z.object({ until: day });

export const archiveForm = z
  .object({ from: day, until: day })
  .refine(({ from, until }) => from <= until, { path: ['until'], message: 'La fin vient après le début.' });
