import { z } from 'zod';
import { parseEuros } from '#kernel/money.ts';
import { kinds } from './labels.ts';

/** What the forms of baskets of employees may send. */

const line = (most: number) => z.string().trim().max(most);
const ticked = z.preprocess((value) => value === 'on' || value === true, z.boolean());
const day = z.iso.date('Choisissez un jour.');

const amount = z.string().transform((typed, context) => {
  const cents = typed.trim() === '' ? 0 : parseEuros(typed);
  if (cents !== null && cents >= 0 && cents <= 100_000) return cents;
  context.addIssue({ code: 'custom', message: 'Écrivez un montant, par exemple 45 ou 45,50.' });
  return z.NEVER;
});

export const agreementSchema = z
  .object({
    customer: z.coerce.number().int().positive(),
    employeeNumber: line(40).default(''),
    kind: z.enum(kinds, 'Choisissez ce qui est retenu.'),
    flat: amount.default(0),
    most: amount,
    signedOn: day,
    evidence: line(300).min(1, 'Dites où l’autorisation signée est rangée.'),
    startsOn: day,
    lawful: ticked,
  })
  .refine(({ most }) => most > 0, { path: ['most'], message: 'Écrivez le plafond que la personne a signé.' })
  .refine(({ kind, flat }) => kind === 'real' || flat > 0, { path: ['flat'], message: 'Écrivez le montant fixe.' })
  .refine(({ kind, flat, most }) => kind === 'real' || flat <= most, { path: ['flat'], message: 'Pas plus que le plafond.' })
  .refine(({ lawful }) => lawful, { path: ['lawful'], message: 'Vérifiez-le avec la paie avant de continuer.' });
export type AgreementGiven = z.output<typeof agreementSchema>;

export const endSchema = z.object({ version: z.coerce.number().int().min(1), endsOn: day });
export const monthSchema = z.object({ month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])-01$/) });
