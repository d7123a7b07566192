import { z } from 'zod';
import { isSiren } from '#domains/gardens/rules/legal.ts';
import { amount, day, idOrNothing, key, text, version } from '#domains/payments/schema.ts';
import { articles, bodyNames, donorKinds, natures } from './rules/eligibility.ts';

const siren = z.preprocess(
  (value) => (typeof value === 'string' ? value.replace(/[\s.]/g, '') : value),
  z
    .string()
    .default('')
    .refine((value) => value === '' || isSiren(value), 'Un numéro SIREN a 9 chiffres : vérifiez-les un par un.'),
);
const email = z.preprocess(
  (value) => (typeof value === 'string' ? value.trim() : value),
  z.union([z.literal(''), z.email('Une adresse comme nom@exemple.fr.').max(200)]).default(''),
);
const postcode = z.preprocess(
  (value) => (typeof value === 'string' ? value.replace(/\s/g, '') : value),
  z.string().max(10, 'Un code postal a cinq chiffres.').default(''),
);
const yes = z.preprocess((value) => value === 'yes' || value === 'on', z.boolean());

const who = {
  kind: z.enum(donorKinds).default('person'),
  lastName: text(120),
  firstName: text(80),
  legalForm: text(60),
  siren,
  address: text(200),
  postcode,
  city: text(80),
  email,
  receipts: z.enum(['year', 'once', 'none']).default('year'),
};
export const donorForm = z.object({ version, ...who, lastName: z.string().trim().min(1).max(120), note: text(400) });
export type DonorValues = Omit<z.output<typeof donorForm>, 'version'>;

/** A gift that staff write down: of a donor who is known, or of somebody new (« donor » left out). */
export const giftForm = z.object({
  key,
  donor: idOrNothing,
  ...who,
  nature: z.enum(natures),
  cents: amount,
  day,
  /** A way of paying; none: promised, not received yet. */
  method: idOrNothing,
  reference: text(40),
  bank: text(60),
  campaign: idOrNothing,
  counterpart: yes,
  label: text(200),
  valuation: text(300),
  note: text(400),
});
export type GiftValues = z.output<typeof giftForm>;

export const receivedGift = z.object({
  method: z.coerce.number().int().positive('Choisissez un moyen de paiement.'),
  day,
  reference: text(40),
  bank: text(60),
});
export const giftCancellation = z.object({ reason: z.string().trim().min(1).max(200) });

export const statementForm = z.object({
  startsOn: day,
  eligible: z.enum(['yes', 'no'], 'Choisissez une réponse.').transform((value) => value === 'yes'),
  body: z.enum(bodyNames, 'Choisissez ce qu’est votre jardin.').optional(),
  articles: z.array(z.enum(articles)).default([]),
  object: text(300),
  ruling: text(120),
  signer: text(80),
  signerTitle: text(80),
  sure: yes,
});
export type StatementValues = z.output<typeof statementForm>;

const dayOrNothing = z
  .preprocess((value) => (typeof value === 'string' && value.trim() === '' ? null : value), day.nullable())
  .default(null);
const amountOrNothing = z
  .preprocess((value) => (typeof value === 'string' && value.trim() === '' ? null : value), amount.nullable())
  .default(null);

export const campaignForm = z.object({
  version,
  title: z.string().trim().min(1).max(100),
  slug: z
    .string()
    .trim()
    .toLowerCase()
    .max(60)
    .regex(/^([a-z0-9]+(-[a-z0-9]+)*)?$/, 'Des lettres sans accent, des chiffres et des tirets : « serre-2027 ».')
    .default(''),
  lead: text(200),
  body: text(8000),
  goalCents: amountOrNothing,
  startsOn: day,
  endsOn: dayOrNothing,
  counterpart: text(200),
  project: text(120),
  /** The programme of solidarity baskets that its gifts feed. */
  programme: idOrNothing,
  published: yes,
});
export type CampaignValues = Omit<z.output<typeof campaignForm>, 'version'>;

/** What somebody gives from the public page of a campaign, or from her account. */
export const givenForm = z.object({
  key,
  /** Euros chosen, or « autre ». */
  choice: z.string().default('autre'),
  other: text(16),
  way: z.enum(['online', 'cheque', 'transfer'], 'Choisissez comment vous donnez.'),
  ...who,
  lastName: z.string().trim().min(1).max(120),
  email: z.preprocess((value) => (typeof value === 'string' ? value.trim() : value), z.email('Une adresse comme nom@exemple.fr.').max(200)),
  /** Seen by machines alone. */
  website: text(200),
});
export type GivenValues = z.output<typeof givenForm>;

/** A gift from one's account: once and online, or every month with one's bills. */
export const ownGift = z.object({
  key,
  choice: z.string().default('autre'),
  other: text(16),
  how: z.enum(['once', 'monthly'], 'Choisissez.'),
});
export type OwnGift = z.output<typeof ownGift>;
export const roundUpForm = z.object({
  subscription: z.coerce.number().int().positive(),
  choice: z.enum(['0', '50', '100', '200', 'autre'], 'Choisissez un montant.'),
  other: amountOrNothing,
});
export const wishForm = z.object({ receipts: z.enum(['year', 'once', 'none']) });

/** An organisation to which baskets are given. */
export const recipientForm = z.object({
  slot: z.coerce.number('Choisissez un point de dépôt.').int().positive('Choisissez un point de dépôt.'),
  about: text(120),
});
export type RecipientValues = z.output<typeof recipientForm>;
export const newRecipient = recipientForm.extend({ customer: idOrNothing, name: text(120) });
export const recipientChange = recipientForm.extend({ recipient: z.coerce.number().int().positive(), version });
export const recipientAsked = z.object({ recipient: z.coerce.number().int().positive() });

/** What gifts of a project served for. */
export const useForm = z.object({ key, day, cents: amount, label: z.string().trim().min(1).max(120) });
export type UseValues = z.output<typeof useForm>;
export const untilForm = z.object({ until: day });

/** How often a receipt had left when its page was shown. */
export const sentForm = z.object({ sent: z.coerce.number().int().min(0) });
export const regularAsked = z.object({ regular: z.coerce.number().int().positive() });
export const receiptCancellation = z.object({ reason: z.string().trim().min(1).max(200), again: yes });
export const yearAsked = z.object({ year: z.coerce.number().int().min(2000).max(2100) });
