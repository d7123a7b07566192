import { z } from 'zod';
import { bareIban, whyNotIban } from '#domains/banking/rules/account.ts';
import { groupPhone } from '#domains/customers/rules/phone.ts';
import { paymentMethods } from '#domains/customers/schema.ts';
import { offeredFrequencies } from '#domains/plans/rules/offer.ts';
import { frequencies } from '#domains/subscriptions/rules/frequency.ts';
import { parseDay } from '#kernel/day.ts';
import { parseEuros } from '#kernel/money.ts';

/** What each step of a sign-up may send. What was typed is kept as it was typed, and read by these again each time. */

const id = (what: string) => z.coerce.number({ error: what }).int().min(1, what);
/** A choice among some: its id, or none of them (`non`, `nouveau`: a choice too, so that it can be ticked). */
const idOrNothing = z.preprocess(
  (value) => (value === '' || value === 'non' || value === 'nouveau' || value === undefined ? null : value),
  z.coerce.number().int().min(1).nullable(),
);
const tick = z.preprocess((value) => value === 'on' || value === 'oui', z.boolean());
const text = (most: number) => z.string().trim().max(most, `${most} signes au plus.`).default('');
const filled = (most: number, what = 'À remplir.') => z.string({ error: what }).trim().min(1, what).max(most, `${most} signes au plus.`);

/** `depot`: a depot that was chosen before, on its own page. */
export const planStep = z.object({ formule: id('Choisissez un panier.'), depot: idOrNothing.optional() });

export const rhythmStep = z.object({
  frequence: z.enum(offeredFrequencies, 'Choisissez une fréquence.'),
  quantite: z
    .string({ error: 'Choisissez combien de paniers.' })
    .trim()
    .regex(/^[1-9]\d?$/, 'Écrivez un nombre entier, 1 ou plus.')
    .transform(Number),
  nombre: idOrNothing,
});

/** `code`: the word of a reserved depot. `attente`: wait there for a place. */
export const depotStep = z.object({ creneau: id('Choisissez un point de dépôt.'), code: text(100), attente: tick });
/** What is kept of it. `ouvert`: the slot whose word was given rightly. */
export const depotKept = z.object({ creneau: id('Choisissez un point de dépôt.'), ouvert: idOrNothing, attente: tick });

export const startStep = z.object({
  debut: z.string({ error: 'Choisissez le premier panier.' }).transform((typed, context) => {
    const day = parseDay(typed);
    if (day) return day;
    context.addIssue({ code: 'custom', message: 'Choisissez le premier panier.' });
    return z.NEVER;
  }),
});
/** What is kept of it: the side of the weeks too, that the balance of the tour had chosen. */
export const startKept = startStep.extend({ cote: z.enum(frequencies).optional() });

const amount = z
  .string()
  .trim()
  .default('')
  .transform((typed, context) => {
    const cents = typed === '' ? 0 : parseEuros(typed);
    if (cents !== null && cents >= 0 && cents <= 5000) return cents;
    context.addIssue({ code: 'custom', message: 'Un montant entre 0 et 50 €, par exemple 1,50.' });
    return z.NEVER;
  });

/** `adhesion`: a kind's id, `oui` for the only one of a garden without kinds, `non` for none. `arrondi`: cents, or `autre`. */
export const optionsStep = z.object({
  adhesion: z.string().trim().max(20).default(''),
  contenant: idOrNothing,
  arrondi: z
    .string()
    .trim()
    .regex(/^(\d{0,4}|autre)$/, 'Choisissez un des montants.')
    .default(''),
  arrondiAutre: amount,
});

export const youStep = z.object({
  prenom: filled(80),
  nom: filled(120),
  email: z.preprocess(
    (value) => (typeof value === 'string' ? value.trim() : value),
    z.email('Cette adresse e-mail n’est pas complète. Exemple : prenom.nom@exemple.fr').max(200),
  ),
  telephone: z
    .string()
    .trim()
    .max(60)
    .refine((value) => (value.match(/\d/g)?.length ?? 0) >= 6, 'Il manque des chiffres. Exemple : 06 12 34 56 78')
    .transform(groupPhone),
  adresse: filled(200),
  codePostal: z
    .string()
    .trim()
    .regex(/^[0-9A-Za-z][0-9A-Za-z -]{2,9}$/, 'Cinq chiffres. Exemple : 88150'),
  ville: filled(100),
  message: text(500),
  benevole: tick,
});
export type You = z.output<typeof youStep>;

/** `parts`: in how many equal parts. `mandat`: go on with the one that stands. */
export const paymentStep = z
  .object({
    moyen: z.enum(paymentMethods, 'Choisissez comment régler.'),
    parts: idOrNothing,
    mandat: tick,
    titulaire: text(70),
    iban: z.string().default('').transform(bareIban),
    accord: tick,
  })
  .superRefine(({ moyen, mandat, iban, accord }, context) => {
    if (moyen !== 'direct_debit' || mandat) return;
    const why = whyNotIban(iban);
    if (why) context.addIssue({ code: 'custom', path: ['iban'], message: why });
    if (!accord)
      context.addIssue({
        code: 'custom',
        path: ['accord'],
        message: 'Sans votre accord, nous ne pouvons pas prélever : cochez la case, ou choisissez un autre moyen.',
      });
  });

/** `vu`: the mark of what was shown. `accord`: the garden's conditions, when it has some. `site`: nobody sees it; what fills it is a machine. */
export const sendStep = z.object({ vu: z.string().max(40).default(''), accord: tick, site: z.string().max(200).default('') });

export const laterForm = z.object({
  email: z.preprocess(
    (value) => (typeof value === 'string' ? value.trim() : value),
    z.email('Cette adresse e-mail n’est pas complète. Exemple : prenom.nom@exemple.fr').max(200),
  ),
});

/** All the answers that stand, each null while it is missing or wrong. */
export type Answers = {
  panier: z.output<typeof planStep> | null;
  rythme: z.output<typeof rhythmStep> | null;
  depot: z.output<typeof depotKept> | null;
  debut: z.output<typeof startKept> | null;
  options: z.output<typeof optionsStep> | null;
  vous: You | null;
  paiement: z.output<typeof paymentStep> | null;
};
export type RawAnswers = Partial<Record<keyof Answers, Record<string, string>>>;

const shapes = {
  panier: planStep,
  rythme: rhythmStep,
  depot: depotKept,
  debut: startKept,
  options: optionsStep,
  vous: youStep,
  paiement: paymentStep,
};

export const answersOf = (raw: RawAnswers): Answers =>
  Object.fromEntries(
    Object.entries(shapes).map(([step, shape]) => {
      const typed = raw[step as keyof Answers];
      const read = typed ? shape.safeParse(typed) : null;
      return [step, read?.success ? read.data : null];
    }),
  ) as Answers;

/** What the garden's team may correct of what was asked for, before it answers. */
export const correctionTerms = z.object({
  version: z.coerce.number().int(),
  formule: id('Choisissez un panier.'),
  frequence: z.enum(offeredFrequencies, 'Choisissez une fréquence.'),
  quantite: rhythmStep.shape.quantite,
  nombre: idOrNothing,
  creneau: id('Choisissez un point de dépôt.'),
  debut: startStep.shape.debut,
  beyond: tick,
});
/** And of the person, when she is no customer yet. */
export const correctionForm = correctionTerms.extend(youStep.omit({ benevole: true, message: true }).shape);

const version = z.coerce.number().int();
/** `client`: whose record it is; nothing: a new one. */
export const acceptForm = z.object({ version, client: idOrNothing, beyond: tick });
export const queueForm = z.object({ version, client: idOrNothing });
export const refuseForm = z.object({ version, message: filled(2000, 'Écrivez quelques mots : la personne les recevra.') });
