import { z } from 'zod';
import { parseEuros } from '#kernel/money.ts';
import { kinds } from './labels.ts';
import { feeWays } from './rules/participation.ts';

/** What the forms of workshops may send. */

const line = (most: number) => z.string().trim().max(most);
const version = z.coerce.number().int().min(0).default(0);
const key = z.uuid();

/** « 14:00 », as browsers send it, or « 14h », « 14 h 30 » where they let people type. */
const hour = z
  .string()
  .transform((typed) => {
    const [, hours, minutes] = /^\s*(\d{1,2})\s*(?:[h:]\s*(\d{2})?)?(?::\d{2})?\s*$/i.exec(typed) ?? [];
    return `${(hours ?? '').padStart(2, '0')}:${minutes ?? '00'}`;
  })
  .refine((text) => /^([01]\d|2[0-3]):[0-5]\d$/.test(text), 'Écrivez une heure, par exemple 14 h 30.');

const amount = z
  .string()
  .default('')
  .transform((typed, context) => {
    const cents = typed.trim() === '' ? 0 : parseEuros(typed);
    if (cents !== null && cents >= 0 && cents <= 1_000_000) return cents;
    context.addIssue({ code: 'custom', message: 'Écrivez un montant, par exemple 5 ou 4,50 ; rien si c’est gratuit.' });
    return z.NEVER;
  });

const people = (most: number) =>
  z.coerce.number('Combien de personnes ?').int('Un nombre entier.').min(1, 'Une personne au moins.').max(most, `${most} au plus.`);

const day = z.iso.date('Choisissez un jour.');

/** A workshop. The last day to enrol is the day itself when it is left out. */
export const workshopSchema = z
  .object({
    version,
    token: key,
    title: line(120).min(1, 'Donnez un nom à cet atelier.'),
    kind: z.enum(kinds, 'Choisissez un thème.'),
    description: z
      .string()
      .max(8000)
      .default('')
      .transform((typed) => typed.replace(/\r\n?/g, '\n').trim()),
    day,
    from: hour,
    until: hour,
    place: line(120).min(1, 'Dites où.'),
    address: line(200).default(''),
    seats: people(500),
    enrolUntil: z.union([z.literal('').transform(() => null), day]).default(null),
    fee: amount,
    cost: amount,
    funder: line(120).default(''),
    feeBilled: z.enum(feeWays).optional(),
    feeVat: z.coerce.number().int().min(0).max(10_000).optional(),
    // Not asked from who may not know funders: then it stays as it is.
    funderId: z.union([z.literal('').transform(() => null), z.coerce.number().int().positive(), z.null()]).optional(),
    published: z.preprocess((value) => value === 'on' || value === true, z.boolean()),
  })
  .refine(({ from, until }) => until > from, { path: ['until'], message: 'L’heure de fin vient après l’heure de début.' })
  .refine(({ enrolUntil, day: on }) => enrolUntil === null || enrolUntil <= on, {
    path: ['enrolUntil'],
    message: 'Au plus tard le jour de l’atelier.',
  });
export type WorkshopGiven = z.output<typeof workshopSchema>;

export const claimSchema = z.object({ dueOn: day });
export const cancelSchema = z.object({ version, reason: line(300).default('') });

const agreed = z
  .enum(['yes', 'no', ''])
  .default('')
  .transform((said) => (said === '' ? null : said === 'yes'));

/** How many of one household come at once, when they enrol by themselves. */
export const mostAtOnce = 6;
export const ownEnrolSchema = z.object({ workshop: z.coerce.number().int().positive(), seats: people(mostAtOnce), agreed, token: key });
export const ownAnswerSchema = z.object({ enrolment: z.coerce.number().int().positive(), agreed });
export const enrolmentSchema = z.object({ enrolment: z.coerce.number().int().positive() });

/** Somebody whom the animator puts down: a customer, or a name. */
export const enrolSchema = z.object({
  customer: z.preprocess((value) => (value === '' || value === undefined ? null : value), z.coerce.number().int().positive().nullable()),
  name: line(120).default(''),
  phone: line(30).default(''),
  seats: people(12),
  agreed,
  token: key,
});
export type EnrolGiven = z.output<typeof enrolSchema>;

/** Who came: `came-12` holds how many of that party, nothing when nobody has said. */
export const attendanceSchema = (ids: readonly number[]) =>
  z.object(
    Object.fromEntries(
      ids.flatMap((id) => [
        [
          `came-${id}`,
          z.preprocess(
            (value) => (value === '' || value === undefined ? null : value),
            z.coerce.number('Un nombre, ou rien.').int('Un nombre entier.').min(0).max(12, '12 au plus.').nullable(),
          ),
        ],
        [`agreed-${id}`, agreed],
      ]),
    ),
  );

export const photoSchema = z.object({
  photo: z.instanceof(File, { error: 'Choisissez une photo.' }),
  alt: line(160).default(''),
  people: z.array(z.coerce.number().int().positive()).default([]),
  nobody: z.preprocess((value) => value === 'on' || value === true, z.boolean()),
});
