import { z } from 'zod';
import { parseEuros } from '#kernel/money.ts';

/** Direct debits: how many days before customers are told (14 unless the garden agreed on fewer with them), and what a rejection costs them, in cents. */
export const debitSettings = {
  debitNoticeDays: z.coerce.number().int().min(1).max(30).default(14),
  rejectionFeeCents: z.coerce.number().int().min(0).max(10_000).default(0),
};

const euros = z.string().transform((text, context) => {
  const cents = text.trim() === '' ? 0 : parseEuros(text);
  if (cents !== null && cents >= 0 && cents <= 10_000) return cents;
  context.addIssue({ code: 'custom', message: 'Un montant entre 0 et 100 €, par exemple 7,50.' });
  return z.NEVER;
});

/** What a form may send of them: the fee in euros, as it is typed. */
export const debitGiven = { debitNoticeDays: debitSettings.debitNoticeDays.unwrap().optional(), rejectionFeeCents: euros.optional() };
