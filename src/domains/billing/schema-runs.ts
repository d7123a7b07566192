import { z } from 'zod';
import { billingModes } from '#domains/plans/schema.ts';
import { parseDay } from '#kernel/day.ts';

/** What the forms of billing runs may send. */

const day = (missing: string) =>
  z.string(missing).transform((text, context) => {
    const read = parseDay(text);
    if (read) return read;
    context.addIssue({ code: 'custom', message: text.trim() === '' ? missing : 'Cette date n’existe pas. Exemple : 31/10/2025' });
    return z.NEVER;
  });

const ids = z.array(z.coerce.number().int().positive()).max(500).default([]);
const words = z.array(z.string().max(60)).max(50).default([]);

/** Whose: all customers, or those that one of each list fits. Lists left empty leave everybody. */
export const runFilters = z.object({
  clients: ids,
  tournees: ids,
  formules: ids,
  modes: z.array(z.enum(billingModes)).default([]),
  categories: words,
  paiements: words,
});
export type RunFilters = z.output<typeof runFilters>;

/** What is looked at: everything owed up to a day, for whom. */
export const runAsked = runFilters.extend({ jusqua: day('Jusqu’à quel jour ?') });

export const runForm = runAsked
  .extend({
    nom: z.string().trim().min(1, 'Donnez un nom à cette facturation.').max(80),
    date: day('Quelle date porteront les factures ?'),
    echeance: day('Pour quand sont-elles à régler ?'),
    cle: z.string().regex(/^[\w-]{8,64}$/),
  })
  .refine(({ date, echeance }) => echeance >= date, {
    path: ['echeance'],
    message: 'L’échéance ne peut pas précéder la date des factures.',
  });

export const runStep = z.object({ version: z.coerce.number().int().min(1).default(1) });
