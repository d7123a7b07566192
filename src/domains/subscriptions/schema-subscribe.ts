import { z } from 'zod';
import { parseDay } from '#kernel/day.ts';
import { frequencies } from './rules/frequency.ts';

/** What the forms of subscriptions may send. Their names stand in addresses, in French. */

const id = (what: string) => z.coerce.number({ error: what }).int().min(1, what);
const wished = ['fortnightly', 'monthly'] as const;

/** « 01/12/2025 », or nothing. */
export const dayOrNothing = z
  .string()
  .trim()
  .default('')
  .transform((text, context) => {
    if (text === '') return null;
    const day = parseDay(text);
    if (day) return day;
    context.addIssue({ code: 'custom', message: 'Cette date n’existe pas. Exemple : 01/12/2025' });
    return z.NEVER;
  });

export const dayTyped = dayOrNothing.transform((day, context) => {
  if (day) return day;
  context.addIssue({ code: 'custom', message: 'À remplir.' });
  return z.NEVER;
});

const tick = z.preprocess((value) => value === 'on' || value === 'oui', z.boolean());
const quantity = z
  .string()
  .trim()
  .regex(/^[1-9]\d{0,2}$/, 'Écrivez un nombre entier, 1 ou plus.')
  .transform(Number);
const slot = id('Choisissez un point de dépôt.');
const numberOrNothing = z.preprocess(
  (value) => (value === '' || value === undefined ? null : value),
  z.coerce.number().int().min(1).nullable(),
);

/** Step 2 of a new subscription, read from the address. */
export const wishForm = z.object({
  formule: id('Choisissez une formule.'),
  frequence: z.enum([...frequencies, ...wished], 'Choisissez une fréquence.'),
  quantite: quantity,
  creneau: slot,
  nombre: numberOrNothing,
  debut: dayOrNothing,
  fin: dayOrNothing,
});

/** What goes with saving it. */
export const subscribeForm = z.object({
  after: z.coerce.number().int().min(0),
  already: tick,
  beyond: tick,
  /** What was shown of a price agreed with the customer (`DraftAgreed.key`). */
  convenu: z.string().max(60).default(''),
});

const version = z.coerce.number().int().min(1);

/** Other terms from a week on, named by its Monday (`2025-12-01`). */
export const changeForm = z.object({
  version,
  semaine: dayTyped,
  formule: numberOrNothing,
  frequence: z.enum(frequencies, 'Choisissez une fréquence.'),
  quantite: quantity,
  creneau: slot,
  prix: z.enum(['garde', 'formule']).default('garde'),
  beyond: tick,
});

export const changeToWithdraw = z.object({ changement: id(''), beyond: tick });

export const endForm = z.object({
  version,
  quand: z.enum(['date', 'terme'], 'Choisissez quand il s’arrête.'),
  date: dayOrNothing,
  raison: z.string().trim().min(1, 'Choisissez une raison.').max(60),
  precision: z.string().trim().max(200).default(''),
  autres: z.array(z.coerce.number().int().min(1)).default([]),
});

/** « Paiement reçu », « Reprendre », from the record. */
export const whichSubscription = z.object({ abonnement: id(''), beyond: tick });
