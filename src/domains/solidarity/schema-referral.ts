import { z } from 'zod';
import { groupPhone } from '#domains/customers/rules/phone.ts';
import { offeredFrequencies } from '#domains/plans/rules/offer.ts';
import { parseDay } from '#kernel/day.ts';
import type { Affiliation, PrescriberKind, Proof } from './labels-referral.ts';

/** What forms of prescribers, referrals and stays send. Words of the forms are French; so are the names of their fields. */

const text = (most: number) => z.string().trim().max(most, `${most} signes au plus.`).default('');
const filled = (most: number) => z.string({ error: 'À remplir.' }).trim().min(1, 'À remplir.').max(most, `${most} signes au plus.`);
const choice = <const T extends string>(values: readonly [T, ...T[]], message = 'Choisissez une des réponses.') => z.enum(values, message);
const tick = z.preprocess((value) => value === 'on' || value === 'oui', z.boolean());
const ticked = (message: string) => tick.refine(Boolean, message);
export const version = z.coerce.number().int().min(1);

const email = z.union([z.literal(''), z.email().max(200)]);
const trimmed = <S extends z.ZodType>(schema: S) => z.preprocess((value) => (typeof value === 'string' ? value.trim() : ''), schema);
const phone = text(60)
  .refine((value) => value === '' || (value.match(/\d/g)?.length ?? 0) >= 6, 'Il manque des chiffres. Exemple : 06 12 34 56 78')
  .transform(groupPhone);

export const dayField = z.string({ error: 'À remplir.' }).transform((typed, context) => {
  const found = parseDay(typed);
  if (found) return found;
  context.addIssue({ code: 'custom', message: typed.trim() === '' ? 'À remplir.' : 'Cette date n’existe pas. Exemple : 22/10/2026' });
  return z.NEVER;
});

const kinds = ['ccas', 'social', 'grocery', 'student', 'association', 'other'] as const satisfies readonly PrescriberKind[];
const affiliations = ['', 'caf', 'msa'] as const satisfies readonly Affiliation[];
const proofs = ['income', 'benefit', 'student', 'judged'] as const satisfies readonly Proof[];

export const prescriberForm = z.object({ nom: filled(120), structure: choice(kinds), commune: text(100), version: version.optional() });
export type PrescriberValues = z.output<typeof prescriberForm>;

export const personForm = z.object({ nom: filled(120), email: trimmed(z.email().max(200)), telephone: phone });
export type PersonValues = z.output<typeof personForm>;

/** Takes a person's access away; those she sent pass to a colleague, when there is one. */
export const personLeaves = z.object({
  personne: z.coerce.number().int().min(1),
  suite: z.union([z.literal(''), z.coerce.number().int().min(1)]).default(''),
});

const help = {
  duree: z.coerce.number().pipe(z.union([z.literal(3), z.literal(6)], 'Choisissez 3 ou 6 mois.')),
  justificatif: choice(proofs, 'Dites ce que vous avez vu.'),
  vuLe: dayField,
  accord: ticked('La personne doit être d’accord et avoir reçu l’information.'),
  cle: z.uuid(),
};
/** `prescripteur`: chosen by the team alone; from a prescriber's space it is hers, whatever is sent. */
export const referralForm = z
  .object({
    ...{ prenom: filled(80), nom: filled(120), telephone: phone, email: trimmed(email), commune: filled(100) },
    foyer: z
      .string({ error: 'À remplir.' })
      .trim()
      .regex(/^([1-9]|1\d|20)$/, 'Un nombre de 1 à 20.')
      .transform(Number),
    caisse: choice(affiliations),
    reference: text(60),
    prescripteur: z.union([z.literal(''), z.coerce.number().int().min(1)]).default(''),
    ...help,
  })
  .superRefine(({ telephone, email: address }, context) => {
    if (telephone === '' && address === '')
      context.addIssue({
        code: 'custom',
        path: ['telephone'],
        message: 'Un téléphone ou une adresse e-mail : il faut pouvoir joindre la personne.',
      });
  });
export type ReferralValues = z.output<typeof referralForm>;

export const renewalForm = z.object(help);
export type RenewalValues = z.output<typeof renewalForm>;

export const refusalForm = z.object({ version, message: filled(800) });
export const versionForm = z.object({ version });

const next = choice(['ends', 'ordinary', 'renewal'], 'Dites ce qui suivra le terme.');
/** A renewal carries the same basket on. */
export const renewalAcceptance = z.object({ version, ensuite: next });

const wanted = z.coerce.number({ error: 'Choisissez une des réponses.' }).int().min(1, 'Choisissez une des réponses.');
/** What the team decides of a referral: whose record, which programme and basket, and what follows the term. */
export const acceptanceForm = z.object({
  version,
  client: z.preprocess(
    (value) => (value === '' || value === 'nouveau' || value === undefined ? null : value),
    z.coerce.number().int().min(1).nullable(),
  ),
  programme: wanted,
  formule: wanted,
  creneau: wanted,
  frequence: choice(offeredFrequencies, 'Choisissez une fréquence.'),
  debut: z.preprocess((value) => (value === '' || value === undefined ? null : value), dayField.nullable()),
  adhesion: choice(['due', 'offerte']).default('due'),
  ensuite: next,
  depasser: tick,
  tour: text(300),
});
export type AcceptanceValues = z.output<typeof acceptanceForm>;

/** Ends a stay earlier than agreed. */
export const endForm = z.object({ version, le: dayField, raison: text(200) });
