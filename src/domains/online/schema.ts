import { z } from 'zod';
import { type Cents, formatEuros, parseEuros } from '#kernel/money.ts';
import { providerKinds } from './rules/provider.ts';

/** What the forms of paying online may send, and what it means. */

const key = z.string().regex(/^[\w-]{8,64}$/);
const text = (most: number) => z.string().trim().max(most).default('');

/** A choice of the page (« ce qui est à régler », a bill), or an amount of one's own. */
export const payForm = z.object({ key, choice: z.string().max(40), amount: text(16) });
export type PayValues = z.output<typeof payForm>;

/** The amount typed, in cents; or why it is none. */
export function readAmount(typed: string): { cents: Cents } | { wrong: string } {
  if (typed === '') return { wrong: 'Écrivez le montant que vous voulez payer.' };
  const cents = parseEuros(typed);
  if (cents === null) return { wrong: 'Écrivez un montant en euros, par exemple 42,50.' };
  return cents > 0 ? { cents } : { wrong: `Un montant au-dessus de ${formatEuros(0)}.` };
}

export const testForm = z.object({ act: z.string() });

const id = z.preprocess((value) => (value === '' || value === undefined ? null : value), z.coerce.number().int().min(1).nullable());
const version = z.coerce.number().int().min(0).default(0);

/** Who takes the money. Keys left empty stay as they are: they are never sent back to the page. */
export const chosenForm = z.object({ version, active: z.enum(['', ...providerKinds]), method: id });
export type Chosen = z.output<typeof chosenForm>;

/** « https://www.helloasso.com/associations/mon-jardin » is understood too. */
const organisation = text(200).transform((typed) => /associations\/([^/?#\s]+)/.exec(typed)?.[1] ?? typed);
export const helloAssoForm = z.object({
  version,
  organisation: organisation.refine((name) => /^[\p{L}\p{N}-]{2,120}$/u.test(name), 'C’est la fin de l’adresse de votre page HelloAsso.'),
  clientId: z.string().trim().min(8).max(120),
  clientSecretNew: text(200),
  signatureKeyNew: text(200),
  sandbox: z.preprocess((value) => value === 'on', z.boolean()),
});
export type HelloAssoValues = z.output<typeof helloAssoForm>;

const starts = (pattern: RegExp, said: string) => text(300).refine((typed) => typed === '' || pattern.test(typed), said);
export const stripeForm = z.object({
  version,
  secretKeyNew: starts(/^(sk|rk)_(live|test)_\w+$/, 'Elle commence par « sk_live_ » ou « rk_live_ ».'),
  webhookSecretNew: starts(/^whsec_\w+$/, 'Il commence par « whsec_ ».'),
});
export type StripeValues = z.output<typeof stripeForm>;
