import { z } from 'zod';

/** What the forms of the bank's files and lines may send. */

const version = z.coerce.number().int().min(0).default(0);
const note = z.string().trim().max(200, 'Pas plus de 200 signes.').default('');
const idOrNothing = z.preprocess(
  (value) => (value === '' || value === undefined ? null : value),
  z.coerce.number().int().min(1).nullable(),
);

/** Checked again by the reader, which says more. */
const largest = 40 * 1024 * 1024;

export const bankFileForm = z.object({
  // A browser sends an empty file without a name when none was chosen.
  file: z
    .instanceof(File, { error: 'Choisissez le fichier de la banque.' })
    .refine(({ name, size }) => name !== '' || size > 0, 'Choisissez le fichier de la banque.')
    .refine(({ size }) => size <= largest, 'Plus de 40 Mo : demandez à la banque une période plus courte.'),
  accountId: idOrNothing,
});

/** What a line is; `target` names one of the answers that the page offers. */
export const acceptForm = z.object({ version, target: z.string().min(1, 'Choisissez une des réponses proposées.').max(60), note });
export const postForm = z.object({ version, account: z.string().regex(/^[1-9]\d{2,9}$/, 'Choisissez un compte.'), note });
export const ignoreForm = z.object({
  version,
  note: note.refine((text) => text !== '', 'Dites en deux mots pourquoi : on s’en souviendra.'),
});
