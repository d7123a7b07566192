import { z } from 'zod';
import { parseDay } from '#kernel/day.ts';
import { amount, formKey } from './schema-charges.ts';

/** A kind of container that comes back, and its deposit. */
export const returnableForm = z.object({
  version: z.coerce.number().int().min(0).default(0),
  name: z.string().trim().min(1).max(60),
  depositCents: amount,
  position: z.coerce.number().int().min(0).max(9999).default(0),
});
export type ReturnableValues = Omit<z.output<typeof returnableForm>, 'version'>;

export const moveKinds = ['lent', 'returned', 'given'] as const;

/** Containers that went to a customer, or left her. */
export const moveForm = z.object({
  key: formKey,
  returnableId: z.coerce.number('Choisissez un contenant.').int().positive(),
  kind: z.enum(moveKinds),
  quantity: z.coerce.number('Écrivez un nombre entier, par exemple 2.').int('Écrivez un nombre entier, par exemple 2.').min(1).max(9999),
  day: z.string().transform((text, context) => {
    const found = parseDay(text);
    if (found) return found;
    context.addIssue({ code: 'custom', message: 'Cette date n’existe pas. Exemple : 01/01/2026' });
    return z.NEVER;
  }),
});
export type MoveValues = z.output<typeof moveForm>;
export const moveAsked = z.object({ move: z.coerce.number().int().positive() });
/** What becomes of the deposit of a subscription. */
export const subscriptionDepositForm = z.object({ subscription: z.coerce.number().int().positive(), fate: z.enum(['returned', 'given']) });
