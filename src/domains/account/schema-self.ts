import { z } from 'zod';
import { bareIban, whyNotBic, whyNotIban } from '#domains/banking/rules/account.ts';
import { groupPhone } from '#domains/customers/rules/phone.ts';
import { customerForm } from '#domains/customers/schema.ts';
import { dayOrNothing } from '#domains/subscriptions/schema-subscribe.ts';
import { endingWishes } from './rules/money-ending.ts';

/** What the forms of the account may send, besides those about baskets. */

const version = z.coerce.number().int().min(0).default(0);
const id = z.coerce.number().int().positive();
const text = (most: number) => z.string().trim().max(most).default('');
/** A box that has to be ticked. */
const ticked = (message: string) => z.literal('on', message);

/** How she may be reached; her e-mail address changes by a link sent there. */
export const contactForm = customerForm.pick({ phone: true, address: true, postcode: true, city: true }).extend({ version });
export type ContactValues = Omit<z.output<typeof contactForm>, 'version'>;

export const addressForm = z.object({
  email: z.email('Cette adresse e-mail n’est pas complète. Exemple : prenom.nom@exemple.fr').max(200),
});

export const memberForm = z.object({
  name: z.string().trim().min(1, 'Écrivez le prénom et le nom.').max(80),
  phone: z
    .string()
    .trim()
    .max(60)
    .refine((value) => value === '' || (value.match(/\d/g)?.length ?? 0) >= 6, 'Il manque des chiffres. Exemple : 06 12 34 56 78')
    .transform(groupPhone)
    .default(''),
});
export type MemberValues = z.output<typeof memberForm>;
export const memberChangeForm = memberForm.extend({ member: id, version });
export const memberToRemove = z.object({ member: id });

const checked = (tidy: (typed: string) => string, whyNot: (value: string) => string | null) =>
  z
    .string()
    .default('')
    .transform((typed, context) => {
      const value = tidy(typed);
      const why = whyNot(value);
      if (why === null) return value;
      context.addIssue({ code: 'custom', message: why });
      return z.NEVER;
    });
const iban = checked(bareIban, whyNotIban);
const bic = checked((typed) => typed.replace(/\s/g, '').toUpperCase(), whyNotBic);

export const signForm = z.object({
  iban,
  bic,
  reference: z.string().trim().min(1).max(35),
  accept: ticked('Cochez la case pour donner votre accord.'),
});
export const accountChangeForm = z.object({ version, iban, bic, accept: ticked('Cochez la case pour donner votre accord.') });

/** Ending a subscription, read from the address: what follows is shown before it is confirmed. */
export const ownEndForm = z.object({
  version,
  quand: z.enum(endingWishes, 'Choisissez quand il s’arrête.').default('soonest'),
  jour: dayOrNothing,
  raison: text(80),
  note: text(400),
  caution: z.enum(['back', 'gift']).default('back'),
});
/** What was shown of the proposal, in short. */
export const renewForm = z.object({ seen: text(60) });
export const declineForm = z.object({ version });

export const erasureForm = z.object({ note: text(600), sure: ticked('Cochez la case pour confirmer.') });

/** What the garden answers. */
export const answerForm = z.object({ request: id, version, message: text(1000) });
export const depositForm = z.object({ request: id, version, fate: z.enum(['returned', 'given']) });
